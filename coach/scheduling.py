"""Scheduling: the day on which a card comes back, by what a person wishes.

FSRS says when a card would be due; around that day lies a range in which the day is free (the
width is Anki's). Within it cards go where the load is lightest, and a draw that depends on
nothing but the card decides between equal days: what a button shows is what is stored.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import blake2b
from math import inf

from coach.memory import RETENTION, WEIGHTS, Memory, Rating, Weights, days_until, learn
from coach.texts import say

RETENTIONS = (0.80, 0.85, 0.90, 0.95)
"""What may be wished for. Below, most cards are learnt anew; above, they come nearly daily."""

WIDENING = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, inf, 0.05))
"""How much each day of an interval widens its range: from day, to day, share (Anki's figures)."""

LEAST_FUZZED = 2.5
"""Shorter intervals (days) have no range: a day more or less would matter too much."""

FIRST_DAY = date(2000, 1, 3)
"""Any day: the ladder counts days between grades, not dates."""

Load = Mapping[date, int]
"""How many cards of a person are due on each day; a day that isn't there has none."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a person wants cards to come: the chance to remember that is aimed at, the longest
    interval in days, and the light weekdays (ISO, Monday = 1) with their share of a usual day."""

    retention: float = RETENTION
    longest: int = 36_500
    light: Mapping[int, float] = field(default_factory=dict[int, float])
    fuzz: bool = True
    weights: Weights = WEIGHTS


def interval(
    memory: Memory, wishes: Wishes, *, card: str, reps: int, load: Load | None = None
) -> int:
    """Days from the card's last study day until it comes back.

    `reps` counts the grades of the card, this one included; `load` holds the other cards.
    """
    ideal = min(days_until(memory, wishes.retention, wishes.weights), wishes.longest)
    if not wishes.fuzz:
        return ideal
    days = [memory.day + timedelta(days) for days in fuzz_range(ideal, wishes.longest)]
    return (lightest(days, f"{card}:{reps}", wishes.light, load or {}) - memory.day).days


def fuzz_range(ideal: int, longest: int) -> range:
    """The days among which an interval of `ideal` days may be moved, none above `longest`."""
    if ideal < LEAST_FUZZED:
        return range(ideal, ideal + 1)
    width = 1 + sum(share * max(0.0, min(ideal, end) - start) for start, end, share in WIDENING)
    last = min(round(ideal + width), longest)
    return range(min(max(2, round(ideal - width)), last), last + 1)


def ladder(wishes: Wishes, rating: Rating = Rating.GOOD, steps: int = 3) -> tuple[int, ...]:
    """Intervals in days when a new card gets the same grade each time it is due: what a
    retention means, to be shown before it is chosen."""
    memory, day, intervals = None, FIRST_DAY, list[int]()
    for _ in range(steps):
        memory = learn(memory, rating, day, wishes.weights)
        intervals.append(min(days_until(memory, wishes.retention, wishes.weights), wishes.longest))
        day += timedelta(days=intervals[-1])
    return tuple(intervals)


def effect(wishes: Wishes, retention: float, language: str) -> str:
    """What another retention would do, beside the present one: to be read before it is chosen."""
    wanted, current = ladder(replace(wishes, retention=retention)), ladder(wishes)
    return say(
        language,
        "cards.retention.effect",
        wanted=round(retention * 100),
        wanted_days=", ".join(map(str, wanted)),
        current=round(wishes.retention * 100),
        current_days=", ".join(map(str, current)),
    )


def lightest(days: Sequence[date], seed: str, light: Mapping[int, float], load: Load) -> date:
    """The day with the least to do; the seed settles an equal choice. A light weekday is chosen
    only while it stays within its share of the mean, or when there is no other."""
    mean = (sum(load.get(day, 0) for day in days) + 1) / len(days)
    free = [day for day in days if load.get(day, 0) + 1 <= light.get(day.isoweekday(), inf) * mean]
    return min(free or days, key=lambda day: (load.get(day, 0), _draw(seed, day)))


def _draw(seed: str, day: date) -> bytes:
    return blake2b(f"{seed}:{day.toordinal()}".encode(), digest_size=8).digest()
