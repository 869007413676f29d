"""A letter's way in and its shelf: files, photos, pastes, versions, postings held against it."""
