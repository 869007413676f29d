"""The local Telegram: people, chats and the Bot API over HTTP, on this machine only."""
