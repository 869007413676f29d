"""The methods of the Bot API that the local Telegram plays, one file per subject."""
