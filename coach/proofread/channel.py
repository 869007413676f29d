"""How likely a slip of the pen or the keyboard turns one word into another."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from rapidfuzz.distance import OSA, Postfix, Prefix


@dataclass(frozen=True, slots=True)
class Hand:
    """Which letters a language's writers take for each other."""

    beside: frozenset[str]
    """Pairs of letters whose keys are neighbours."""
    vowels: frozenset[str]
    alike: frozenset[str]
    """Pairs of letters that sound alike."""
    endings: tuple[tuple[str, str], ...] = ()
    """Endings put on as if nothing became of the stem ("companys"), and the right ones."""


def hand_of(
    rows: Sequence[str], vowels: str, alike: str, endings: tuple[tuple[str, str], ...] = ()
) -> Hand:
    """A hand from the rows of its keyboard and pairs like "ck cs"."""
    pairs = alike.split()
    both_ways = frozenset([*pairs, *(pair[::-1] for pair in pairs)])
    return Hand(_neighbours(rows), frozenset(vowels), both_ways, endings)


def _neighbours(rows: Sequence[str]) -> frozenset[str]:
    beside = {a + b for row in rows for a, b in pairwise(row)}
    for upper, lower in pairwise(rows):
        for at, key in enumerate(lower):
            beside |= {key + above for above in upper[at : at + 2]}
    return frozenset(beside | {pair[::-1] for pair in beside})


ENGLISH = hand_of(
    rows=("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    vowels="aeiouy",
    alike="ck cs sz cq kq gj td bp fv mn iy xs uw tc ts sc",
    endings=(("ys", "ies"), ("yed", "ied"), ("yer", "ier"), ("yest", "iest"), ("eing", "ing")),
)

# Costs are in nats: the negative log chance of the slip, scaled on hand-made samples.
_SWAP = 3.5
_DOUBLED = 3.2
_HALVED = 3.4
_FIRST_LETTER = 2.0
_SECOND_SLIP = 1.8
_WRONG_ENDING = 3.4


def cost(wrong: str, right: str, hand: Hand = ENGLISH) -> float:
    """What it costs to have typed `wrong` for `right`; both in lower case."""
    if _is_ended_wrong(wrong, right, hand):
        return _WRONG_ENDING
    first = _FIRST_LETTER if wrong[:1] != right[:1] and wrong[1:2] + wrong[:1] != right[:2] else 0.0
    total = _typing(*_apart(wrong, right), hand) + first
    slips = OSA.distance(wrong, right)
    return total + _SECOND_SLIP * max(0, slips - 1)


def _apart(wrong: str, right: str) -> tuple[str, str]:
    """Where the words differ, with the letters around it that tell what the slip costs."""
    ahead = max(0, Prefix.similarity(wrong, right) - _AROUND)
    wrong, right = wrong[ahead:], right[ahead:]
    behind = max(0, Postfix.similarity(wrong, right) - _AROUND)
    return wrong[: len(wrong) - behind], right[: len(right) - behind]


_AROUND = 2
"""Letters: none further off changes the cost."""


def _typing(wrong: str, right: str, hand: Hand) -> float:
    """What the cheapest way costs from one to the other, letter by letter."""
    put_in = [_put_in(wrong, at, hand) for at in range(len(wrong))]
    left_out = [_left_out(right, at, hand) for at in range(len(right))]
    rows = [[0.0, *accumulate(left_out)]]
    for i in range(1, len(wrong) + 1):
        row = [rows[i - 1][0] + put_in[i - 1]]
        for j in range(1, len(right) + 1):
            paid = min(rows[i - 1][j] + put_in[i - 1], row[j - 1] + left_out[j - 1])
            row.append(min(paid, _changed(wrong, right, i, j, rows, left_out, hand)))
        rows.append(row)
    return rows[-1][-1]


def _is_ended_wrong(wrong: str, right: str, hand: Hand) -> bool:
    return any(
        wrong.endswith(plain)
        and right.endswith(due)
        and wrong.removesuffix(plain) == right.removesuffix(due)
        for plain, due in hand.endings
    )


def _changed(
    wrong: str,
    right: str,
    i: int,
    j: int,
    rows: list[list[float]],
    left_out: list[float],
    hand: Hand,
) -> float:
    """The cheapest way that ends in one letter for another, or in two that are swapped."""
    a, b = wrong[i - 1], right[j - 1]
    before = rows[i - 1][j - 1]
    if a == b:
        return before
    best = before + _instead(a, b, hand)
    if i > 1 and j > 1 and wrong[i - 2] == b:
        if a == right[j - 2]:
            best = min(best, rows[i - 2][j - 2] + _SWAP)
        if j > 2 and a == right[j - 3]:
            best = min(best, rows[i - 2][j - 3] + _SWAP + left_out[j - 2])
    return best


def _instead(a: str, b: str, hand: Hand) -> float:
    if "'" in (a, b):
        return 5.5
    if a in hand.vowels and b in hand.vowels:
        return 4.4
    if a + b in hand.alike:
        return 4.7
    return 4.9 if a + b in hand.beside else 7.0


def _put_in(wrong: str, at: int, hand: Hand) -> float:
    """A letter typed too much."""
    letter = wrong[at]
    around = wrong[max(0, at - 1) : at] + wrong[at + 1 : at + 2]
    if letter in around:
        return _DOUBLED
    if letter == "'":
        return 4.0
    return 6.2 if any(letter + other in hand.beside for other in around) else 7.5


def _left_out(right: str, at: int, hand: Hand) -> float:
    """A letter forgotten."""
    letter = right[at]
    around = right[max(0, at - 1) : at] + right[at + 1 : at + 2]
    if letter in around:
        return _HALVED
    if letter == "'":
        return 2.0
    return 4.2 if letter in hand.vowels else 4.5
