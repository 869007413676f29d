"""Batches: which cards come today, and whether a message announces them.

A day has limits; what goes beyond them waits, without a word of reproach.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median

from coach.cards import Card, Grade, is_due, remembered
from coach.interviews import Interview, ahead
from coach.pacing import new_today
from coach.scheduling import Wishes
from coach.texts import say

SECONDS = 18.0
"""How long a card takes, until a person's own log says it better."""

SLOWEST = 60.0
"""A longer answer (seconds) was a pause, and counts as this."""

ENOUGH_ANSWERS = 20
"""From so many answers on, a person's own median is trusted."""

FEW = 3
"""Sessions of fewer cards can be put together, if the person wants that."""

FEW_WAIT = 2
"""Few cards wait until so many days have passed since the last session."""

BEHIND = 2
"""With so many daily limits due, no new card is added."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most cards of a day. Before an interview both count as one number."""

    reviews: int = 20
    new: int = 5


@dataclass(frozen=True, slots=True)
class Done:
    """What was graded on this study day, the second look at a lapse not counted."""

    reviews: int = 0
    new: int = 0
    notes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Batch:
    """The cards of a day in their order, and how many were due before the limit."""

    reviews: tuple[Card, ...]
    new: tuple[Card, ...]
    due: int

    @property
    def cards(self) -> tuple[Card, ...]:
        return self.reviews + self.new


class Silence(StrEnum):
    """Why nothing is announced."""

    NOTHING_DUE = "nothing due"
    ANNOUNCED = "already announced today"
    SKIPPED = "skipped today"
    FEW = "few cards, gathered"


def gather(
    cards: Iterable[Card],
    *,
    today: date,
    limits: Limits,
    wishes: Wishes,
    done: Done | None = None,
    interview: Interview | None = None,
    comeback: int | None = None,
    waiting: int | None = None,
) -> Batch:
    """What to learn now: at most one card of a note a day.

    Those that can still be saved come first; before an interview, those that have waited longest,
    since there every card counts alike (`benchmarks scheduler` compares the orders). New cards
    keep the order in which they are given. `comeback` is the pace of a comeback plan and takes
    the place of the limit of reviews; `waiting` is how many new cards there are, where `cards`
    holds only the first of them.
    """
    done, interview = done or Done(), ahead(interview, today)
    cards = [card for card in cards if not card.suspended]
    due = [card for card in cards if is_due(card, today, interview)]
    due.sort(key=_first_savable(today, wishes))
    if interview and comeback is None:
        due.sort(key=lambda card: (card.state and card.state.due) or today)
    new = [card for card in cards if card.state is None]
    waiting = len(new) if waiting is None else waiting
    room_reviews, room_new = _room(len(due), waiting, today, limits, done, interview, comeback)
    reviews = _apart(due, done.notes)[:room_reviews]
    met = done.notes | {card.note for card in reviews}
    return Batch(tuple(reviews), tuple(_apart(new, met)[:room_new]), len(due))


def done_today(cards: Iterable[Card], grades: Iterable[Grade]) -> Done:
    """What the grades of this study day come to; `cards` are at least those that were graded.

    A card was new if it has no grades but those of today.
    """
    times = Counter(grade.card for grade in grades)
    graded = [card for card in cards if card.state and card.id in times]
    new = sum(card.state.reps == times[card.id] for card in graded if card.state)
    return Done(len(graded) - new, new, frozenset(card.note for card in graded))


def is_behind(due: int, limits: Limits) -> bool:
    """Whether so much is due that new cards rest and a comeback plan is offered."""
    return due >= BEHIND * limits.reviews


def announcement(
    batch: Batch,
    *,
    today: date,
    last_session: date | None = None,
    announced: date | None = None,
    skipped: date | None = None,
    gathers_few: bool = False,
) -> Silence | None:
    """Why a batch is not announced, None when it is; the days are study days."""
    if not batch.cards:
        return Silence.NOTHING_DUE
    if skipped == today:
        return Silence.SKIPPED
    if announced == today:
        return Silence.ANNOUNCED
    few = gathers_few and len(batch.cards) < FEW and last_session is not None
    if few and last_session and (today - last_session).days < FEW_WAIT:
        return Silence.FEW
    return None


def minutes(cards: int, seconds: float = SECONDS) -> int:
    """About how many minutes so many cards take; never none."""
    return max(1, round(cards * seconds / 60))


def usual_seconds(answers: Sequence[float]) -> float:
    """How long a person usually takes for a card, from the seconds of the last answers."""
    if len(answers) < ENOUGH_ANSWERS:
        return SECONDS
    return median(min(answer, SLOWEST) for answer in answers)


def spoken(batch: Batch, language: str, seconds: float = SECONDS) -> str:
    """The batch in a sentence: "20 of 37 cards today, about 6 min"."""
    return " ".join(_sentences(batch, language, seconds))


def _sentences(batch: Batch, language: str, seconds: float) -> Iterator[str]:
    ready, new = len(batch.reviews), len(batch.new)
    if ready:
        key = "cards.batch.some" if ready < batch.due else "cards.batch.all"
        took = minutes(ready, seconds)
        yield say(language, key, count=ready, due=batch.due, minutes=took)
    if new:
        key = "cards.batch.and_new" if ready else "cards.batch.new"
        yield say(language, key, count=new, minutes=minutes(new, seconds))


def _first_savable(today: date, wishes: Wishes) -> Callable[[Card], tuple[float, str]]:
    return lambda card: (-remembered(card, today, wishes), card.id)


def _room(
    due: int,
    new: int,
    today: date,
    limits: Limits,
    done: Done,
    interview: Interview | None,
    comeback: int | None,
) -> tuple[int, int]:
    """How many reviews and new cards still fit into the day."""
    if interview and comeback is None:
        return _paced(new, today, limits, done, interview)
    new_left = 0 if is_behind(due + done.reviews, limits) else max(0, limits.new - done.new)
    return max(0, (comeback or limits.reviews) - done.reviews), new_left


def _paced(
    new: int, today: date, limits: Limits, done: Done, interview: Interview
) -> tuple[int, int]:
    """New cards take their place first: see `coach.pacing`."""
    left = max(0, limits.reviews + limits.new - done.reviews - done.new)
    wanted = new_today(new + done.new, today, interview) - done.new
    new_left = min(left, max(0, wanted), new)
    return left - new_left, new_left


def _apart(cards: Iterable[Card], met: frozenset[str]) -> list[Card]:
    """The cards without siblings of each other or of a note met today: those wait a day."""
    notes = set(met)
    apart = list[Card]()
    for card in cards:
        if card.note not in notes:
            notes.add(card.note)
            apart.append(card)
    return apart
