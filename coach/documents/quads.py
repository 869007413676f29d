"""Where a passage stands on its pages: one box for each line that it runs over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coach.documents.traced import Box, Place

HALF = 0.5
"""Of the lower of two characters: what stands on one line has as much height in common."""


@dataclass(frozen=True, slots=True)
class Quad:
    """The box around a passage on one line, in points of the page's own space."""

    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def corners(self) -> tuple[float, ...]:
        """Upper left, upper right, lower left, lower right: the order that viewers expect,
        which isn't the one that ISO 32000 draws."""
        upper = (self.left, self.top, self.right, self.top)
        return (*upper, self.left, self.bottom, self.right, self.bottom)

    def with_box(self, box: Box) -> "Quad":
        """The box around both."""
        left, bottom, right, top = box
        return Quad(
            self.page,
            min(self.left, left),
            min(self.bottom, bottom),
            max(self.right, right),
            max(self.top, top),
        )


def quads(places: Iterable[Place | None]) -> list[Quad]:
    """One for each line; nothing where a character with a box has none on the page."""
    found: list[Quad] = []
    before: Box | None = None
    for place in places:
        if place is None or place.box is None:
            continue
        if before and found[-1].page == place.page and _on_one_line(before, place.box):
            found[-1] = found[-1].with_box(place.box)
        else:
            found.append(Quad(place.page, *place.box))
        before = place.box
    return found


def around(found: Sequence[Quad]) -> Box:
    """The box around all of them."""
    return (
        min(quad.left for quad in found),
        min(quad.bottom for quad in found),
        max(quad.right for quad in found),
        max(quad.top for quad in found),
    )


def _on_one_line(before: Box, after: Box) -> bool:
    """Side by side, and where the words stand on their side, one above the other. A line goes on
    to the right at any distance, any other way by no more than a blank."""
    height, width = before[3] - before[1], before[2] - before[0]
    if _overlap(before[1], before[3], after[1], after[3]) >= HALF:
        return after[0] >= before[0] or before[0] - after[2] <= height
    gap = max(after[1] - before[3], before[1] - after[3])
    return _overlap(before[0], before[2], after[0], after[2]) >= HALF and gap <= width


def _overlap(low: float, high: float, other_low: float, other_high: float) -> float:
    """How much two stretches share, as a part of the shorter one."""
    shared = min(high, other_high) - max(low, other_low)
    shorter = min(high - low, other_high - other_low)
    return shared / shorter if shorter > 0 else float(shared >= 0)
