"""Cards and decks: where they come from, the daily session, the interview, files in and out."""
