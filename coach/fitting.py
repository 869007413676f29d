"""Fitting the weights of FSRS to a person, where that helps.

It seldom does: with few reviews fitted weights predict worse than the default ones (50 reviews
did), and on a public log of 12,580 they were no better. So they are asked for only from 1,000
reviews on, and taken only when they predict the newest fifth better than those we have.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from statistics import fmean

from coach.cards import Grade
from coach.memory import WEIGHTS, Memory, Rating, Weights, chance, learn

ENOUGH = 1000
"""So many reviews at least a day after the last of the same card."""

TEST_SHARE = 0.2
"""The newest reviews are the test and never train."""

Item = tuple[tuple[int, int], ...]
"""A card's grades up to a review: each rating, and the days since the grade before (first 0)."""

Optimise = Callable[[Sequence[Item]], Weights]
"""Finds the weights that predict the last grade of every item best."""


class NotFitted(Exception):
    """The optimiser didn't come to an end."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights that predict better, and the log loss on the newest reviews without and with them."""

    weights: Weights
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Review:
    """A grade at least a day after the last one of its card; `history` is all of the card's grades
    up to it and with it."""

    history: Sequence[Grade]

    @property
    def grade(self) -> Grade:
        return self.history[-1]

    @property
    def item(self) -> Item:
        """What an optimiser is told."""
        days = [grade.day for grade in self.history]
        gaps = [0, *(max(0, (b - a).days) for a, b in pairwise(days))]
        return tuple(
            (int(grade.rating), gap) for grade, gap in zip(self.history, gaps, strict=True)
        )


def reviews(grades: Mapping[str, Sequence[Grade]]) -> list[Review]:
    """All reviews after at least a day, the oldest first; the grades of each card are in order."""
    found = [
        Review(history[: at + 1])
        for history in grades.values()
        for at in range(1, len(history))
        if history[at].day > history[at - 1].day
    ]
    return sorted(found, key=lambda review: review.grade.at)


def fit(
    grades: Mapping[str, Sequence[Grade]], optimise: Optimise, weights: Weights = WEIGHTS
) -> Fit | None:
    """Better weights than those in use; None when there are too few reviews or none better.

    Raises NotFitted when `optimise` does.
    """
    made = reviews(grades)
    if len(made) < ENOUGH:
        return None
    cut = int(len(made) * (1 - TEST_SHARE))
    found = optimise([review.item for review in made[:cut]])
    tested = {(review.grade.card, len(review.history)) for review in made[cut:]}
    before = log_loss(_guesses(grades, tested, weights))
    try:
        after = log_loss(_guesses(grades, tested, found))
    except ValueError as error:  # weights of which `fsrs` makes nothing
        raise NotFitted from error
    return Fit(found, before, after) if after < before else None


def log_loss(guesses: Iterable[tuple[bool, float]]) -> float:
    """How far chances were from what came: 0 is perfect, 0.693 a coin. Needs at least one guess."""
    return -fmean(log(max(1e-12, p if came else 1 - p)) for came, p in guesses)


def _guesses(
    grades: Mapping[str, Sequence[Grade]], tested: set[tuple[str, int]], weights: Weights
) -> Iterator[tuple[bool, float]]:
    """Whether a card was remembered, and the chance of it, at every tested review."""
    for card, history in grades.items():
        memory: Memory | None = None
        for number, grade in enumerate(history, start=1):
            if memory and (card, number) in tested:
                yield grade.rating > Rating.AGAIN, chance(memory, grade.day, weights)
            memory = learn(memory, grade.rating, grade.day, weights)
