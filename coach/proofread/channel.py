"""How likely a slip of the pen or the keyboard turns one word into another."""

from itertools import pairwise

from rapidfuzz.distance import OSA

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_VOWELS = frozenset("aeiouy")
_SOUND_ALIKE = frozenset(
    {"ck", "cs", "sz", "cq", "kq", "gj", "td", "bp", "fv", "mn", "iy", "xs", "uw", "tc", "ts", "sc"}
)


def _neighbours() -> frozenset[str]:
    beside = {a + b for row in _ROWS for a, b in pairwise(row)}
    for upper, lower in pairwise(_ROWS):
        for at, key in enumerate(lower):
            beside |= {key + above for above in upper[at : at + 2]}
    return frozenset(beside | {pair[::-1] for pair in beside})


_BESIDE = _neighbours()
_ALIKE = _SOUND_ALIKE | {pair[::-1] for pair in _SOUND_ALIKE}

# Costs are in nats: the negative log chance of the slip, scaled on hand-made samples.
_SWAP = 3.5
_DOUBLED = 3.2
_HALVED = 3.4
_FIRST_LETTER = 2.0
_SECOND_SLIP = 1.8


def cost(wrong: str, right: str) -> float:
    """What it costs to have typed `wrong` for `right`; both in lower case."""
    width = len(right) + 1
    rows = [[0.0] * width]
    for j in range(1, width):
        rows[0].append(0.0)
        rows[0][j] = rows[0][j - 1] + _left_out(right, j - 1)
    for i in range(1, len(wrong) + 1):
        row = [rows[i - 1][0] + _put_in(wrong, i - 1)]
        for j in range(1, width):
            row.append(_step(wrong, right, i, j, rows, row))
        rows.append(row)
    first = _FIRST_LETTER if wrong[:1] != right[:1] and wrong[1:2] + wrong[:1] != right[:2] else 0.0
    total = rows[-1][width - 1] + first
    slips = OSA.distance(wrong, right)
    return total + _SECOND_SLIP * max(0, slips - 1)


def _step(
    wrong: str, right: str, i: int, j: int, rows: list[list[float]], row: list[float]
) -> float:
    a, b = wrong[i - 1], right[j - 1]
    above = rows[i - 1]
    best = above[j - 1] if a == b else above[j - 1] + _instead(a, b)
    best = min(best, above[j] + _put_in(wrong, i - 1), row[j - 1] + _left_out(right, j - 1))
    if i > 1 and j > 1 and a == right[j - 2] and wrong[i - 2] == b and a != b:
        best = min(best, rows[i - 2][j - 2] + _SWAP)
    if i > 1 and j > 2 and a == right[j - 3] and wrong[i - 2] == b and a != b:
        best = min(best, rows[i - 2][j - 3] + _SWAP + _left_out(right, j - 2))
    return best


def _instead(a: str, b: str) -> float:
    if "'" in (a, b):
        return 5.5
    if a in _VOWELS and b in _VOWELS:
        return 4.4
    if a + b in _ALIKE:
        return 4.7
    return 4.9 if a + b in _BESIDE else 7.0


def _put_in(wrong: str, at: int) -> float:
    """A letter typed too much."""
    letter = wrong[at]
    around = wrong[max(0, at - 1) : at] + wrong[at + 1 : at + 2]
    if letter in around:
        return _DOUBLED
    if letter == "'":
        return 4.0
    return 6.2 if any(letter + other in _BESIDE for other in around) else 7.5


def _left_out(right: str, at: int) -> float:
    """A letter forgotten."""
    letter = right[at]
    around = right[max(0, at - 1) : at] + right[at + 1 : at + 2]
    if letter in around:
        return _HALVED
    if letter == "'":
        return 2.0
    return 4.2 if letter in _VOWELS else 4.5
