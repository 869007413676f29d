"""Closed sets of words, written as one text."""


def words(text: str) -> frozenset[str]:
    """The words of the text."""
    return frozenset(text.split())
