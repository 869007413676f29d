"""Pairs: who reads whose letter, so that everybody meets everybody before anybody twice.

Of all ways to split a cohort into pairs, and one trio when the number is odd, the one is taken
whose members have met least. A cohort is small enough to look at every way; so with 30 % of the
members changing each time no pair meets again that could be spared (tests/coach/test_pairs.py;
taking the circle method instead repeats a fifth of the pairs, chance a quarter).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import combinations
from random import Random

LARGEST = 15
"""Above, looking at every way would take seconds; cohorts have twelve members at most."""

Pair = frozenset[int]
"""Two members who read each other, or three who read round."""

Met = Mapping[Pair, Sequence[int]]
"""For two members, how many rounds ago they met, each time; 1 is the last round."""


def split(members: Collection[int], met: Met, seed: str) -> list[Pair]:
    """The members in pairs, the least acquainted together; one trio when they are odd.

    The seed settles what is equal. Nobody is paired when there are fewer than two.
    Raises ValueError for more than LARGEST.
    """
    if len(members) > LARGEST:
        raise ValueError(f"at most {LARGEST} members can be paired")
    order = sorted(members)
    Random(seed).shuffle(order)
    return _best(order, _acquaintance(order, met)) if len(order) > 1 else []


def history(rounds: Iterable[Collection[Pair]]) -> dict[Pair, list[int]]:
    """What `split` needs of earlier rounds, newest first; a trio counts as three that met."""
    met: dict[Pair, list[int]] = {}
    for ago, pairs in enumerate(rounds, start=1):
        for pair in pairs:
            for two in combinations(sorted(pair), 2):
                met.setdefault(frozenset(two), []).append(ago)
    return met


def _acquaintance(order: Sequence[int], met: Met) -> list[list[float]]:
    """How well each two, by their places in `order`, know each other: every meeting counts one,
    and a little more the shorter ago it was."""
    return [
        [sum(1 + 1 / (1 + ago) for ago in met.get(frozenset({one, other}), ())) for other in order]
        for one in order
    ]


def _best(order: Sequence[int], known: Sequence[Sequence[float]]) -> list[Pair]:
    """The cheapest split, found once for every set of members that is still to be placed."""

    @cache
    def cheapest(left: frozenset[int]) -> tuple[float, tuple[tuple[int, ...], ...]]:
        if not left:
            return 0.0, ()
        first, *others = sorted(left)
        sizes = (1, 2) if len(left) % 2 else (1,)
        ways = list[tuple[float, tuple[tuple[int, ...], ...]]]()
        for size in sizes:
            for partners in combinations(others, size):
                together = (first, *partners)
                rest = left.difference(together)
                if len(rest) == 1:
                    continue  # nobody is left alone
                cost, split = cheapest(rest)
                own = sum(known[one][other] for one, other in combinations(together, 2))
                ways.append((cost + own, (together, *split)))
        return min(ways, key=lambda way: way[0])

    _, places = cheapest(frozenset(range(len(order))))
    return [frozenset(order[place] for place in together) for together in places]
