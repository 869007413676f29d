"""Anki's collections: other people's databases read in a child process, and ours written."""
