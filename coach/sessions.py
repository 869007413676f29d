"""Sessions: one sitting with the cards of a day, as a value that can be stored and taken back.

A button carries the session's id and the position it was shown at: only the press that fits
both changes anything, so a double tap and an old button write nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from coach.cards import Card, Grade, grade
from coach.memory import Rating
from coach.scheduling import Wishes

LINGERS = timedelta(hours=1)
"""So long after the last press a session goes on, though a new study day has begun."""


@dataclass(frozen=True, slots=True)
class Step:
    """What undo needs: the card as it was, the entry to take out of the log, and whether the
    card was put to the end of the queue once more."""

    card: Card
    grade: Grade
    repeats: bool


@dataclass(frozen=True, slots=True)
class Session:
    """The queue of card ids, the position in it, and the steps taken. `intervals` are those of
    the card that is shown; `touched` is the UTC instant of the last press."""

    id: str
    day: date
    queue: tuple[str, ...]
    touched: datetime
    position: int = 0
    intervals: Mapping[Rating, int] | None = None
    steps: tuple[Step, ...] = ()
    finished: bool = False

    @property
    def current(self) -> str | None:
        """The id of the card to be answered; None when all is done or the person has finished."""
        over = self.finished or self.position == len(self.queue)
        return None if over else self.queue[self.position]


@dataclass(frozen=True, slots=True)
class Button:
    """Where a pressed button was shown."""

    session: str
    position: int


class Press(StrEnum):
    """What a press means now: it counts; it was counted already; it is of a session gone by,
    and today's session is to be opened instead."""

    COUNTS = "counts"
    COUNTED = "counted"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Answered:
    """The session after a grade, the card and the log entry to store, and whether to warn."""

    session: Session
    card: Card
    grade: Grade
    warn: bool


@dataclass(frozen=True, slots=True)
class Undone:
    """The session after an undo, the card as it was, and the log entry to take out."""

    session: Session
    card: Card
    grade: Grade


def start(name: str, cards: Sequence[Card], *, day: date, now: datetime) -> Session:
    return Session(name, day, tuple(card.id for card in cards), now)


def show(session: Session, intervals: Mapping[Rating, int], now: datetime) -> Session:
    """The answer is shown, with these intervals on the buttons."""
    return replace(session, intervals=dict(intervals), touched=now)


def judge(session: Session | None, button: Button, *, today: date, now: datetime) -> Press:
    """What a press on a button means for the session that is open, if one is.

    Undo is judged alike: it moves the position too, so its second tap was counted as well.
    """
    if session is None or session.id != button.session or not is_open(session, today, now):
        return Press.STALE
    return Press.COUNTS if button.position == session.position else Press.COUNTED


def is_open(session: Session, today: date, now: datetime) -> bool:
    return session.day == today or now - session.touched < LINGERS


def answer(
    session: Session,
    card: Card,
    rating: Rating,
    *,
    at: datetime,
    day: date,
    wishes: Wishes,
    seconds: float | None = None,
) -> Answered:
    """Grades the current card with the interval its button showed.

    A card that was forgotten comes once more at the end, unless it did or became a leech.
    Raises ValueError when the card isn't the one shown: ask `judge` before.
    """
    if card.id != session.current or session.intervals is None:
        raise ValueError("this card is not shown now")
    graded = grade(
        card,
        rating,
        interval=session.intervals[rating],
        at=at,
        day=day,
        wishes=wishes,
        seconds=seconds,
    )
    repeats = rating is Rating.AGAIN and not graded.warn and session.queue.count(card.id) == 1
    after = replace(
        session,
        queue=session.queue + (card.id,) * repeats,
        position=session.position + 1,
        intervals=None,
        steps=(*session.steps, Step(card, graded.grade, repeats)),
        touched=at,
    )
    return Answered(after, graded.card, graded.grade, graded.warn)


def undo(session: Session, now: datetime) -> Undone | None:
    """Takes back the last grade; None when there is none."""
    if not session.steps:
        return None
    *steps, last = session.steps
    before = replace(
        session,
        queue=session.queue[:-1] if last.repeats else session.queue,
        position=session.position - 1,
        intervals=None,
        steps=tuple(steps),
        touched=now,
        finished=False,
    )
    return Undone(before, last.card, last.grade)


def finish(session: Session, now: datetime) -> Session:
    """Ends here: what is left of the queue waits for another day."""
    return replace(session, finished=True, intervals=None, touched=now)
