"""Passages: the parts of a letter that can be given to somebody to read."""

import re

MOST = 8
"""Passages that are offered: more buttons than that nobody reads."""

SHORTEST = 40
"""Characters below which a paragraph is a greeting, a heading or a name."""


def passages(text: str) -> list[str]:
    """The paragraphs worth reading, in their order; none for a letter of one paragraph."""
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text)]
    if len(paragraphs) == 1:
        paragraphs = [line.strip() for line in text.splitlines()]
    long = [part for part in paragraphs if len(part) >= SHORTEST]
    return long[:MOST] if len(long) > 1 else []


def beginning(passage: str, room: int = 32) -> str:
    """The first words, for a button."""
    line = " ".join(passage.split())
    return line if len(line) <= room else line[: room - 1].rsplit(" ", 1)[0] + "…"
