"""What became of a letter from one version to the next: fixed, new, still there, and the scores.

Pure, and fair: both versions are to be read by the same rules before they are compared.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz.distance import Indel

from coach.letters import Criterion, Edit, Finding, Review

T = TypeVar("T", Edit, Finding)


@dataclass(frozen=True, slots=True)
class Change(Generic[T]):
    """What of the earlier version is gone, what the later one brought, and what is in both, once
    as it was and once as it is. Each slip or finding is in exactly one of them."""

    fixed: tuple[T, ...] = ()
    new: tuple[T, ...] = ()
    still: tuple[tuple[T, T], ...] = ()

    @property
    def before(self) -> int:
        """How many there were."""
        return len(self.fixed) + len(self.still)

    @property
    def after(self) -> int:
        """How many there are."""
        return len(self.new) + len(self.still)


@dataclass(frozen=True, slots=True)
class Step:
    """A criterion's score before and after, 1 to 4."""

    criterion: Criterion
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """A version against the one before; `steps` are the criteria that both could be scored by."""

    slips: Change[Edit]
    points: Change[Finding]
    steps: tuple[Step, ...]
    same_words: bool = False


def compare(before: str, earlier: Review, after: str, later: Review) -> Comparison:
    """What changed between two texts, each with its review by the same engine."""
    moved = Alignment(before, after)
    return Comparison(
        slips=_sorted_out(earlier.edits, later.edits, _slip_likenesses(before, after, moved)),
        points=_sorted_out(earlier.findings, later.findings, _point_likenesses(moved)),
        steps=_steps(earlier, later),
        same_words=before.split() == after.split(),
    )


def _steps(earlier: Review, later: Review) -> tuple[Step, ...]:
    scores = {one.criterion: one.score for one in earlier.critique.scores}
    return tuple(
        Step(one.criterion, was, one.score)
        for one in later.critique.scores
        if one.score is not None and (was := scores.get(one.criterion)) is not None
    )


# Which is which.

Likenesses = Sequence[Callable[[T, T], bool]]
"""Ways in which an earlier one and a later one may be the same, the surest first."""


def _sorted_out(
    earlier: Sequence[T], later: Sequence[T], ways: "tuple[Distance[T], Likenesses[T]]"
) -> Change[T]:
    """Pairs them, the surest way first and the nearest first; each is in one pair at most."""
    distance, likenesses = ways
    left, right = list(range(len(earlier))), list(range(len(later)))
    pairs: dict[int, int] = {}
    for alike in likenesses:
        for i in list(left):
            found = [j for j in right if alike(earlier[i], later[j])]
            if found:
                j = min(found, key=lambda j: distance(earlier[i], later[j]))
                pairs[i] = j
                left.remove(i)
                right.remove(j)
    return Change(
        fixed=tuple(earlier[i] for i in left),
        new=tuple(later[j] for j in right),
        still=tuple((earlier[i], later[pairs[i]]) for i in sorted(pairs)),
    )


Distance = Callable[[T, T], int]


def _slip_likenesses(
    before: str, after: str, moved: "Alignment"
) -> tuple[Distance[Edit], Likenesses[Edit]]:
    def in_place(one: Edit, other: Edit) -> bool:
        return one.wrong == other.wrong and moved.meet(one, other)

    def among_the_same_words(one: Edit, other: Edit) -> bool:
        same = (one.wrong, one.right) == (other.wrong, other.right)
        return same and around(before, one) == around(after, other)

    def mended_wrongly(one: Edit, other: Edit) -> bool:
        return one.right == other.right and moved.meet(one, other)

    def elsewhere(one: Edit, other: Edit) -> bool:
        same = (one.wrong, one.right) == (other.wrong, other.right)
        return same and any(character.isalnum() for character in one.wrong)

    return moved.distance, (in_place, among_the_same_words, mended_wrongly, elsewhere)


def around(text: str, edit: Edit) -> tuple[str, str]:
    """The word before a slip and the word behind it, in small letters."""
    before = WORD.findall(text[max(0, edit.start - NEIGHBOUR) : edit.start])
    after = WORD.search(text[edit.end : edit.end + NEIGHBOUR])
    return before[-1].casefold() if before else "", after[0].casefold() if after else ""


NEIGHBOUR = 40

WHOLE_LETTER = frozenset(
    {"no-addressee-detail", "no-evidence", "reason-without-cause", "too-long", "too-short"}
)
"""Rules that speak of the whole letter, whatever place they show."""


def _point_likenesses(moved: "Alignment") -> tuple[Distance[Finding], Likenesses[Finding]]:
    def in_place(one: Finding, other: Finding) -> bool:
        return one.rule == other.rule and bool(one.quote) and moved.meet(one, other)

    def in_words(one: Finding, other: Finding) -> bool:
        said = one.quote.casefold().split()
        return one.rule == other.rule and bool(said) and said == other.quote.casefold().split()

    def in_all(one: Finding, other: Finding) -> bool:
        whole = one.rule in WHOLE_LETTER or not one.quote or not other.quote
        return one.rule == other.rule and whole

    return moved.distance, (in_place, in_words, in_all)


# Where a place of the earlier text is in the later one.

WORD = re.compile(r"\w+")
TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class _Block:
    """Tokens `a` to `b` of the earlier text are tokens `c` to `d` of the later one."""

    a: int
    b: int
    c: int
    d: int
    kept: bool


class Alignment:
    """Two texts, token by token: what was kept, and what stands where something else stood."""

    def __init__(self, before: str, after: str) -> None:
        self._old = [found.span() for found in TOKEN.finditer(before)]
        self._new = [found.span() for found in TOKEN.finditer(after)]
        self._length = len(after)
        self._blocks = _blocks(
            [before[start:end] for start, end in self._old],
            [after[start:end] for start, end in self._new],
        )

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the earlier text is in the later one; of what was rewritten, all that
        stands in its place; of what was taken out, the empty span there."""
        first = self._at(start)[0]
        last = first if start == end else self._at(end - 1)[1]
        return first, max(first, last)

    def meet(self, one: Edit | Finding, other: Edit | Finding) -> bool:
        """Whether a place of the earlier text and one of the later are the same, or overlap."""
        start, end = self.place(one.start, one.end)
        if start < end and other.start < other.end:
            return start < other.end and other.start < end
        return start <= other.end and other.start <= end

    def distance(self, one: Edit | Finding, other: Edit | Finding) -> int:
        """Characters between the place of one and the other."""
        return abs(self.place(one.start, one.end)[0] - other.start)

    def _at(self, offset: int) -> tuple[int, int]:
        """Where a character is, with the place behind it; of one that was rewritten, its block."""
        index = _first(self._old, offset)
        for block in self._blocks:
            if block.a <= index < block.b:
                return self._in(block, index, offset)
        shift = (self._new[-1][1] - self._old[-1][1]) if self._old and self._new else 0
        place = min(self._length, max(0, offset + shift))
        return place, min(self._length, place + 1)

    def _in(self, block: _Block, index: int, offset: int) -> tuple[int, int]:
        if block.kept:
            at = block.c + index - block.a
            place = self._new[at][0] + offset - self._old[index][0]
            place = max(place, self._new[at - 1][1] if at else 0)
            return place, place + 1
        if block.c == block.d:
            place = self._new[block.c][0] if block.c < len(self._new) else self._length
            return place, place
        return self._new[block.c][0], self._new[block.d - 1][1]


def _first(spans: Sequence[tuple[int, int]], offset: int) -> int:
    """The first token that ends behind an offset."""
    low, high = 0, len(spans)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if spans[middle][1] <= offset else (low, middle)
    return low


def _blocks(old: Sequence[str], new: Sequence[str]) -> list[_Block]:
    """Kept runs and what was put in the place of others; a run that was only taken out or only
    put in beside a rewritten one belongs to it."""
    blocks: list[_Block] = []
    for code in Indel.opcodes(old, new):
        block = _Block(
            code.src_start, code.src_end, code.dest_start, code.dest_end, code.tag == "equal"
        )
        if blocks and not block.kept and not blocks[-1].kept:
            blocks[-1] = _Block(blocks[-1].a, block.b, blocks[-1].c, block.d, kept=False)
        else:
            blocks.append(block)
    return blocks


def without(change: Change[Edit], left: Iterable[Edit]) -> tuple[Change[Edit], int]:
    """The change without the slips that their writer has said to leave as they are, and how many
    of those are still there. `left` are edits of the earlier review."""
    chosen = {(edit.start, edit.end, edit.right) for edit in left}
    still = tuple(
        pair for pair in change.still if (pair[0].start, pair[0].end, pair[0].right) not in chosen
    )
    return Change(change.fixed, change.new, still), len(change.still) - len(still)
