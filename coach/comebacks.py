"""Comebacks: after long absence, a pace and a day by which all is caught up, without red numbers.

The cards that can still be saved come first (descending chance); new cards rest until less than
two daily limits are due.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from babel.dates import format_date

from coach.batches import Limits, is_behind
from coach.cards import Card, is_due
from coach.forecasts import MOST_PLAYED, Deck, play
from coach.scheduling import Wishes
from coach.texts import say

PACES = (1.0, 1.5, 2.0)
"""The paces offered, in daily limits."""

FARTHEST = 180
"""Days looked ahead; a pace that doesn't end by then is said to have no end in sight."""


@dataclass(frozen=True, slots=True)
class Comeback:
    """A pace, in cards a day, and the study day on whose evening no backlog is left; None when
    more falls due than is done."""

    a_day: int
    ends: date | None


def is_offered(cards: Sequence[Card], today: date, limits: Limits) -> bool:
    """Whether so much waits that a plan helps more than a list."""
    return is_behind(_due(cards, today), limits)


def comebacks(
    cards: Sequence[Card], *, today: date, limits: Limits, wishes: Wishes, seed: str
) -> tuple[Comeback, ...]:
    """The paces to choose from, slowest first. Of a large deck a sample is played, with limits
    and paces in proportion. Takes up to a second: call it in a thread."""
    known = [card for card in cards if card.state]
    share = min(1.0, MOST_PLAYED / len(known)) if known else 1.0
    played = Random(seed).sample(known, MOST_PLAYED) if share < 1 else known
    small = Limits(max(1, round(limits.reviews * share)), limits.new)
    return tuple(
        Comeback(
            round(limits.reviews * times),
            _end(played, max(1, round(small.reviews * times)), today, small, wishes, seed),
        )
        for times in PACES
    )


def spoken(comeback: Comeback, language: str) -> str:
    """What a button for this pace says."""
    if comeback.ends is None:
        return say(language, "cards.comeback.open", a_day=comeback.a_day)
    day = format_date(comeback.ends, "d MMMM", locale=language)
    return say(language, "cards.comeback.choice", a_day=comeback.a_day, day=day)


def _end(
    cards: Sequence[Card], a_day: int, today: date, limits: Limits, wishes: Wishes, seed: str
) -> date | None:
    days = (today + timedelta(n) for n in range(FARTHEST))
    draw = Random(f"{seed}:{a_day}")
    evenings = play(cards, days=days, limits=limits, wishes=wishes, draw=draw, comeback=a_day)
    return next((day for day, deck in evenings if _caught_up(deck, day, limits)), None)


def _caught_up(deck: Deck, day: date, limits: Limits) -> bool:
    """What is due in the morning fits into one usual day again."""
    return _due(deck.values(), day + timedelta(1)) <= limits.reviews


def _due(cards: Iterable[Card], day: date) -> int:
    return sum(is_due(card, day) for card in cards)
