"""Cards: what is remembered of each, what a grade does, and the log from which it can be rebuilt.

The log of grades is the truth and is kept for ever; a card's state is a cache of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from coach.interviews import Interview, last_look
from coach.memory import VERSION, Memory, Rating, chance, learn
from coach.scheduling import Load, Wishes, interval

LEECH_LAPSES = 8
"""So many lapses show that it is the card that is bad and not the memory (Anki's figure)."""

LEECH_AGAIN = 4
"""A leech that was kept is spoken of again after so many further lapses."""


@dataclass(frozen=True, slots=True)
class Grade:
    """One entry of the log: a card was graded at a UTC instant that belongs to a study day.

    `seconds` is how long the answer took. `interval` is the days that were chosen then, before
    an interview drew the card forward; None in a log that came from elsewhere.
    """

    card: str
    rating: Rating
    at: datetime
    day: date
    seconds: float | None = None
    interval: int | None = None
    scheduler: str = VERSION


@dataclass(frozen=True, slots=True)
class State:
    """Where a card stands: its memory, the days until it comes back, its grades and lapses."""

    memory: Memory
    interval: int
    reps: int
    lapses: int

    @property
    def due(self) -> date:
        """The study day from which the card is due, whatever the time of day."""
        return self.memory.day + timedelta(self.interval)


@dataclass(frozen=True, slots=True)
class Card:
    """A card to be scheduled; without a state it is new. Cards of one note are siblings."""

    id: str
    note: str
    state: State | None = None
    suspended: bool = False
    leech: bool = False


@dataclass(frozen=True, slots=True)
class Graded:
    """What came of a grade; with `warn` the person is to be asked what to do with a leech."""

    card: Card
    grade: Grade
    warn: bool


def due_day(card: Card, interview: Interview | None = None) -> date | None:
    """The study day from which the card is due; None for a new card."""
    if card.state is None or interview is None:
        return card.state and card.state.due
    return last_look(card.state.due, card.state.memory.day, interview, card.id)


def is_due(card: Card, today: date, interview: Interview | None = None) -> bool:
    due = due_day(card, interview)
    return due is not None and due <= today and not card.suspended


def intervals(
    card: Card, *, day: date, wishes: Wishes, load: Load | None = None
) -> dict[Rating, int]:
    """Days until the card comes back after each grade: made when the buttons are shown, and
    handed to `grade`, so that what is stored is what was shown even if the load has changed."""
    state = card.state
    memories = {
        rating: learn(state and state.memory, rating, day, wishes.weights) for rating in Rating
    }
    return {
        rating: interval(memory, wishes, card=card.id, reps=_reps(state) + 1, load=load)
        for rating, memory in memories.items()
    }


def on_button(card: Card, days: int, day: date, interview: Interview | None = None) -> int:
    """The days that the button says: an interval, drawn forward to a last look before the
    interview."""
    if interview is None:
        return days
    return (last_look(day + timedelta(days), day, interview, card.id) - day).days


def grade(
    card: Card,
    rating: Rating,
    *,
    interval: int,
    at: datetime,
    day: date,
    wishes: Wishes,
    seconds: float | None = None,
) -> Graded:
    """Grades a card at a UTC instant of a study day; `interval` is that grade's own interval."""
    entry = Grade(card.id, rating, at, day, seconds, interval)
    lapses = _lapses(card.state)
    state = _after(card.state, entry, wishes)
    warn = state.lapses > lapses and is_leech(state.lapses)
    graded = replace(card, state=state, suspended=card.suspended or warn, leech=card.leech or warn)
    return Graded(graded, entry, warn)


def rebuild(log: Iterable[Grade], wishes: Wishes) -> State | None:
    """The state of a card from its log, oldest grade first; None from an empty log."""
    state: State | None = None
    for entry in log:
        state = _after(state, entry, wishes)
    return state


def is_leech(lapses: int) -> bool:
    """Whether so many lapses call for a word about the card: 8, 12, 16 and so on."""
    return lapses >= LEECH_LAPSES and (lapses - LEECH_LAPSES) % LEECH_AGAIN == 0


def remembered(card: Card, day: date, wishes: Wishes) -> float:
    """The chance, 0–1, that a card is known on a study day; 0 for one never seen."""
    return chance(card.state.memory, day, wishes.weights) if card.state else 0.0


def _after(state: State | None, entry: Grade, wishes: Wishes) -> State:
    memory = learn(state and state.memory, entry.rating, entry.day, wishes.weights)
    reps = _reps(state) + 1
    days = entry.interval
    if days is None:
        days = interval(memory, wishes, card=entry.card, reps=reps)
    return State(memory, days, reps, _lapses(state) + _lapsed(state, entry))


def _lapsed(state: State | None, entry: Grade) -> bool:
    """A card that was known and is not; failing it twice on one day is one lapse."""
    return entry.rating is Rating.AGAIN and state is not None and entry.day > state.memory.day


def _reps(state: State | None) -> int:
    return state.reps if state else 0


def _lapses(state: State | None) -> int:
    return state.lapses if state else 0
