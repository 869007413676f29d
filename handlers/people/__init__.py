"""What concerns one person: first minutes, settings, what a model may read, the day, a pause."""
