"""Spans of a text and the questions asked of them, each answered in logarithmic time."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

Span = tuple[int, int]


class Cover:
    """What a set of spans covers; overlapping spans are merged."""

    def __init__(self, spans: Iterable[Span]) -> None:
        merged: list[Span] = []
        for start, end in sorted(spans):
            if merged and start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            elif start < end:
                merged.append((start, end))
        self._spans = merged
        self._starts = [start for start, _ in merged]

    def __bool__(self) -> bool:
        return bool(self._spans)

    def holds(self, offset: int) -> bool:
        """Whether an offset lies inside."""
        return self.touches(offset, offset + 1)

    def touches(self, start: int, end: int) -> bool:
        """Whether any of start..end lies inside."""
        place = bisect_left(self._starts, end) - 1
        return place >= 0 and self._spans[place][1] > start

    def within(self, start: int, end: int) -> list[Span]:
        """The covered spans that begin in start..end."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return self._spans[first:last]


def at_or_before(starts: list[int], offset: int) -> int:
    """The place in a sorted list of the last start that isn't after `offset`; 0 when all are."""
    return max(0, bisect_right(starts, offset) - 1)
