"""Learners made up to try schedulers on: three memory models, none of which is the scheduler's.

Each draws its cards' difficulty by chance, and remembers or not by its own law. No learner was
fitted to a person; what counts is what holds in all three.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from math import exp, log
from random import Random
from typing import Protocol

from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from coach.forecasts import FIRST, PASSED
from coach.memory import WEIGHTS, Memory, Rating, Weights, chance, learn


class Learner(Protocol):
    """How likely each card is remembered, and what a grade does to that."""

    def chance(self, card: str, day: date) -> float: ...

    def study(self, card: str, rating: Rating, day: date) -> None: ...


def rate(learner: Learner, card: str, day: date, draw: Random, *, first: bool) -> Rating:
    """The grade that the learner gives: a first one by the usual mix, a later one by memory."""
    if first:
        return draw.choices(tuple(Rating), FIRST)[0]
    if draw.random() >= learner.chance(card, day):
        return Rating.AGAIN
    return draw.choices(tuple(Rating)[1:], PASSED)[0]


@dataclass(slots=True)
class WithFsrs:
    """FSRS-6 whose weights are the learner's own."""

    weights: Weights
    memories: dict[str, Memory] = field(default_factory=dict[str, Memory])

    def chance(self, card: str, day: date) -> float:
        known = self.memories.get(card)
        return chance(known, day, self.weights) if known else 0.0

    def study(self, card: str, rating: Rating, day: date) -> None:
        self.memories[card] = learn(self.memories.get(card), rating, day, self.weights)


@dataclass(slots=True)
class WithHalfLives:
    """Exponential forgetting: the half-life (days) doubles or so when a card is remembered,
    more after a long wait, and falls to a third when not."""

    half_life: float
    growth: float
    lives: dict[str, tuple[float, date]] = field(default_factory=dict[str, tuple[float, date]])

    def chance(self, card: str, day: date) -> float:
        life, last = self.lives.get(card, (0.0, day))
        return 2.0 ** (-(day - last).days / life) if life else 0.0

    def study(self, card: str, rating: Rating, day: date) -> None:
        if card not in self.lives:
            life = self.half_life * 1.8 ** (rating - Rating.GOOD)
        elif rating is Rating.AGAIN:
            life = max(0.5, self.lives[card][0] * 0.35)
        else:
            spacing = 1.0 - self.chance(card, day)
            ease = 1.25 ** (rating - Rating.GOOD)
            life = self.lives[card][0] * (1.0 + self.growth * ease * (0.5 + spacing))
        self.lives[card] = (life, day)


@dataclass(slots=True)
class WithActivation:
    """ACT-R: each study leaves a trace that decays, faster when it came while the card was still
    active (Pavlik and Anderson 2005); a card is remembered when the sum is high enough."""

    threshold: float
    noise: float
    decay: float
    traces: dict[str, list[tuple[date, float]]] = field(
        default_factory=dict[str, list[tuple[date, float]]]
    )

    def chance(self, card: str, day: date) -> float:
        if card not in self.traces:
            return 0.0
        return 1.0 / (1.0 + exp((self.threshold - self._activation(card, day)) / self.noise))

    def study(self, card: str, rating: Rating, day: date) -> None:
        active = exp(self._activation(card, day)) if card in self.traces else 0.0
        ease = 0.02 * (Rating.GOOD - rating)
        self.traces.setdefault(card, []).append((day, 0.22 * active + self.decay + ease))

    def _activation(self, card: str, day: date) -> float:
        ages = (((day - then).days + 0.1, decay) for then, decay in self.traces[card])
        return log(sum(age**-decay for age, decay in ages))


def with_fsrs(draw: Random, spread: float = 0.1) -> Learner:
    """Every weight is moved by a factor e^N(0, spread), within the bounds of FSRS."""
    bounds = zip(WEIGHTS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    moved = (
        min(max(weight * exp(draw.gauss(0, spread)), low), high) for weight, low, high in bounds
    )
    return WithFsrs(tuple(moved))


def with_half_lives(draw: Random) -> Learner:
    return WithHalfLives(half_life=10 * exp(draw.gauss(0, 0.2)), growth=draw.uniform(1.2, 2.0))


def with_activation(draw: Random) -> Learner:
    return WithActivation(
        threshold=-0.7 + draw.gauss(0, 0.05), noise=0.25, decay=0.18 + draw.gauss(0, 0.01)
    )


LEARNERS: dict[str, Callable[[Random], Learner]] = {
    "FSRS, own weights": partial(with_fsrs, spread=0.1),
    "half-lives": with_half_lives,
    "ACT-R": with_activation,
}
