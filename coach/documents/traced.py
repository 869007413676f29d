"""Text that knows where each of its characters comes from, through every cleaning pass."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points, as the page's own space has them."""


class Place(NamedTuple):
    """A character of a page: the page's number from 0, PDFium's number of the character on it,
    and the box that it fills; a blank fills none."""

    page: int
    character: int
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Traced:
    """A text and for each character its place, None for what the source hasn't. Every change
    is made of slices and additions, so the places come along."""

    text: str
    places: tuple[Place | None, ...]

    @classmethod
    def ours(cls, text: str) -> "Traced":
        """A text that stands on no page."""
        return cls(text, (None,) * len(text))

    @classmethod
    def at(cls, text: str, place: Place | None) -> "Traced":
        """A text that stands for one character: "fi" for a ligature."""
        return cls(text, (place,) * len(text))

    @classmethod
    def joined(cls, pieces: "Iterable[Traced]") -> "Traced":
        """The pieces after one another."""
        parts = list(pieces)
        text = "".join(part.text for part in parts)
        return cls(text, tuple(place for part in parts for place in part.places))

    def __getitem__(self, part: slice) -> "Traced":
        """A part of it."""
        return Traced(self.text[part], self.places[part])

    def __add__(self, other: "Traced | str") -> "Traced":
        """This and then the other; a plain text is ours."""
        more = Traced.ours(other) if isinstance(other, str) else other
        return Traced(self.text + more.text, self.places + more.places)

    def chosen(self, kept: Sequence[int]) -> "Traced":
        """The characters at these offsets."""
        text = "".join(self.text[at] for at in kept)
        return Traced(text, tuple(self.places[at] for at in kept))

    def replaced(
        self, pattern: re.Pattern[str], into: "Callable[[re.Match[str]], Traced]"
    ) -> "Traced":
        """Each match made into something else; without a match nothing is copied."""
        pieces: list[Traced] = []
        done = 0
        for found in pattern.finditer(self.text):
            pieces += [self[done : found.start()], into(found)]
            done = found.end()
        return Traced.joined([*pieces, self[done:]]) if pieces else self

    def stripped(self) -> "Traced":
        """Without white space at its ends."""
        start = len(self.text) - len(self.text.lstrip())
        return self[start : max(start, len(self.text.rstrip()))]

    def folded(self) -> "Traced":
        """Stripped, each run of white space a single blank, which keeps the first one's place."""

        if self.text == " ".join(self.text.split()):
            return self

        def blank(found: re.Match[str]) -> Traced:
            return Traced.at(" ", self.places[found.start()])

        return self.replaced(WHITE_SPACE, blank).stripped()


WHITE_SPACE = re.compile(r"\s+")
