"""Memory of one card: how likely it is remembered on a day, and what a grade does to that.

The model is FSRS-6, computed by `fsrs`. It is told study days and never hours: of Good at 20:00
and again at 09:00 it would make 0 days and a stability of 2.307, while a night has passed (7.315).
"""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cache

import fsrs
from fsrs.scheduler import DEFAULT_PARAMETERS

from coach.studydays import noon

Weights = tuple[float, ...]

WEIGHTS: Weights = tuple(DEFAULT_PARAMETERS)
"""The 21 default weights of FSRS-6. On a public log of 12,580 reviews they predict with a log
loss of 0.4513; weights fitted to that very person gave 0.4517 (`benchmarks scheduler`)."""

VERSION = "fsrs-6"
"""Stands beside every grade in the log, since another model would have asked on other days."""

RETENTION = 0.9
"""The chance of remembering at which stability is measured."""

NAME = 0
"""A card's name to `fsrs`. Without one it reads the clock and sleeps for a millisecond."""


class Rating(IntEnum):
    """How well a card was remembered; the numbers are those of FSRS and of Anki's log."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class Memory:
    """What FSRS knows of a card: stability in days, difficulty 1–10, the last study day."""

    stability: float
    difficulty: float
    day: date


def learn(memory: Memory | None, rating: Rating, day: date, weights: Weights = WEIGHTS) -> Memory:
    """The memory after a grade on a study day; None is a card never seen.

    A day before the last one (a person who flew west, a clock put back) counts as the last one.
    """
    day = max(day, memory.day) if memory else day
    told = fsrs.Rating(rating)
    card, _ = _scheduler(weights).review_card(_card(memory, day), told, review_datetime=noon(day))
    assert card.stability is not None
    assert card.difficulty is not None
    return Memory(card.stability, card.difficulty, day)


def chance(memory: Memory, day: date, weights: Weights = WEIGHTS) -> float:
    """The chance, 0–1, that a card is remembered on a study day."""
    factor, decay = _curve(weights)
    elapsed = max(0, (day - memory.day).days)
    return (1 + factor * elapsed / memory.stability) ** decay


def days_until(memory: Memory, retention: float, weights: Weights = WEIGHTS) -> int:
    """Whole days from the last study day until the chance has fallen to `retention`; at least 1."""
    factor, decay = _curve(weights)
    return max(1, round(memory.stability / factor * (retention ** (1 / decay) - 1)))


def _card(memory: Memory | None, day: date) -> fsrs.Card:
    if memory is None:
        return fsrs.Card(NAME, due=noon(day))
    return fsrs.Card(
        NAME,
        fsrs.State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=noon(day),
        last_review=noon(memory.day),
    )


@cache
def _scheduler(weights: Weights) -> fsrs.Scheduler:
    """No steps of minutes, since a session is once a day; no fuzz, since ours is repeatable."""
    return fsrs.Scheduler(weights, learning_steps=(), relearning_steps=(), enable_fuzzing=False)


@cache
def _curve(weights: Weights) -> tuple[float, float]:
    """Factor and exponent of the forgetting curve of FSRS-6, which the last weight shapes."""
    decay = -weights[20]
    return RETENTION ** (1 / decay) - 1, decay
