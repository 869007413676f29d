"""What a deck of Anki is called here: without the roof that our exports put over ours."""

from coach.anki.fields import plain

ROOT = "Sogood"
"""Our own decks lie below it in Anki."""

DEFAULT = "Default"
"""Anki's first deck, in which lies what has no other place."""

LONGEST_NAME = 200


def deck_of(name: str) -> str:
    """The name of a deck of ours; "" for one's own cards."""
    name = " ".join(plain(name).split())[:LONGEST_NAME]
    if name in {ROOT, DEFAULT}:
        return ""
    return name.removeprefix(f"{ROOT}::")
