"""Lettering: how wide a text is in the pictures' fonts, and how it is made to fit.

Sizes and widths are in the units of the picture, its pixels.
"""

import unicodedata
from dataclasses import dataclass
from xml.sax.saxutils import escape

from coach import fonts

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Line:
    """A text of one line with the size and the weight (fonts.WEIGHTS) it is set in."""

    text: str
    size: float
    weight: str = "regular"

    @property
    def width(self) -> float:
        """How wide the line is; 0 for an empty one."""
        return width(self.text, self.size, self.weight)

    def svg(self, x: float, y: float, *, fill: str, anchor: str = "start") -> str:
        """The line as an SVG element; `y` is its baseline."""
        return (
            f'<text x="{x:g}" y="{y:g}" font-size="{self.size:g}" fill="{fill}"'
            f' font-weight="{fonts.WEIGHTS[self.weight]}" text-anchor="{anchor}">'
            f"{escape(self.text)}</text>"
        )


def width(text: str, size: float, weight: str = "regular") -> float:
    """How wide a text is. Raises KeyError for a character the font lacks (see `drawable`)."""
    table = fonts.advances(weight)
    return sum(table[character] for character in text) * size / fonts.UNITS


def drawable(text: str) -> str:
    """The text without what the fonts can't draw (emoji, other scripts), on one line."""
    table = fonts.advances("regular")
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    return " ".join("".join(one for one in composed if one in table).split())


def fit(text: str, room: float, size: float, *, least: float, weight: str = "regular") -> Line:
    """The text within `room`: smaller, but not below `least`, then cut with an ellipsis."""
    text = drawable(text)
    natural = width(text, 1, weight)
    if natural * least > room:
        return Line(_cut(text, room, least, weight), least, weight)
    return Line(text, min(size, _down(room / natural)) if natural else size, weight)


def wrap(text: str, room: float, size: float, *, lines: int, weight: str = "regular") -> list[Line]:
    """The text in at most so many lines of `room`, broken between words; what doesn't go into
    the last line, and a word wider than a line, is cut with an ellipsis."""
    words = drawable(text).split()
    wrapped: list[str] = []
    while words and len(wrapped) < lines - 1:
        taken = _words_within(words, room, size, weight)
        wrapped.append(" ".join(words[:taken]))
        words = words[taken:]
    wrapped += [" ".join(words)] if words else []
    return [fit(one, room, size, least=size, weight=weight) for one in wrapped]


def _words_within(words: list[str], room: float, size: float, weight: str) -> int:
    taken = 1
    while taken < len(words) and width(" ".join(words[: taken + 1]), size, weight) <= room:
        taken += 1
    return taken


def _cut(text: str, room: float, size: float, weight: str) -> str:
    while text and width(text + ELLIPSIS, size, weight) > room:
        text = text[:-1].rstrip()
    return text + ELLIPSIS if width(ELLIPSIS, size, weight) <= room else ""


def _down(size: float) -> float:
    """Rounded down to a tenth, so that the rounding never makes a line too wide."""
    return int(size * 10) / 10
