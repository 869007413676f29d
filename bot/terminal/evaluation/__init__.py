"""The parts of `eval`: the letters, what the model says of them, the figures, the table."""
