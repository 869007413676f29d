"""Cards from Anki or a table, and back there: what a file holds, and as what we keep it."""
