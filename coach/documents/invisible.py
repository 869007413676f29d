"""Characters that nobody sees: counted, told, and taken out of what a parser read."""

import re
from collections.abc import Iterator

from coach.documents.document import Note

INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef]"
    "|(?<=[A-Za-z\u00c0-\u024f\u0370-\u052f])[\u200c\u200d]"
)
"""Soft hyphens, zero-width, bidirectional and tag characters. Zero-width joiners only after
Latin, Greek or Cyrillic letters: Persian spelling and emoji need them."""

MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff"
STACKED = re.compile(f"([{MARKS}]{{3}})[{MARKS}]+")
"""More than three marks on one letter: no language's spelling, but it floods a screen."""


def count(text: str) -> int:
    """How many invisible characters a text hides; a byte order mark is none."""
    return len(INVISIBLE.findall(text.removeprefix("\ufeff")))


def notes(text: str) -> Iterator[Note]:
    """What to tell about the invisible characters that are taken out of a text."""
    if unseen := count(text):
        yield Note("invisible_removed", {"count": unseen})


def without(text: str) -> str:
    """The text as it is seen."""
    return STACKED.sub(r"\1", INVISIBLE.sub("", text))


def seen(text: str) -> list[int]:
    """Where each character of `without(text)` stands in `text`."""
    visible = _outside(text, [match.span() for match in INVISIBLE.finditer(text)])
    shown = "".join(text[place] for place in visible)
    piled = [(match.end(1), match.end()) for match in STACKED.finditer(shown)]
    return [visible[place] for place in _outside(shown, piled)]


def _outside(text: str, spans: list[tuple[int, int]]) -> list[int]:
    taken_out = {place for start, end in spans for place in range(start, end)}
    return [place for place in range(len(text)) if place not in taken_out]
