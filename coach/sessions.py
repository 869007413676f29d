"""Sessions: one sitting with the cards of a day, as a value that can be stored and taken back.

A button carries the session's id and the position it was shown at: only the press that fits
both changes anything, so a double tap and an old button write nothing.
"""

from collections.abc import Collection, Mapping, Sequence
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
    the card whose answer is shown; `touched` is the UTC instant of the last press, `asked` that
    at which the card's question was shown. `message` is the one that shows the session."""

    id: str
    day: date
    queue: tuple[str, ...]
    touched: datetime
    position: int = 0
    intervals: Mapping[Rating, int] | None = None
    steps: tuple[Step, ...] = ()
    finished: bool = False
    asked: datetime | None = None
    message: int | str | None = None

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
    return Session(name, day, tuple(card.id for card in cards), now, asked=now)


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
        asked=at,
    )
    return Answered(after, graded.card, graded.grade, graded.warn)


def undo(session: Session, now: datetime) -> Undone | None:
    """Takes back the last grade; None when there is none."""
    if not session.steps:
        return None
    *steps, last = session.steps
    put_last = last.repeats and session.queue[-1] == last.card.id
    before = replace(
        session,
        queue=session.queue[:-1] if put_last else session.queue,
        position=session.position - 1,
        intervals=None,
        steps=tuple(steps),
        touched=now,
        finished=False,
        asked=now,
    )
    return Undone(before, last.card, last.grade)


def finish(session: Session, now: datetime) -> Session:
    """Ends here: what is left of the queue waits for another day."""
    return replace(session, finished=True, intervals=None, touched=now)


def without(session: Session, gone: Collection[str], now: datetime) -> Session:
    """The session without cards that were deleted or set aside since it began; what was graded
    stays where it is. When the card that is shown goes, the next one is asked."""
    ahead = session.queue[session.position :]
    kept = tuple(card for card in ahead if card not in gone)
    if kept == ahead:
        return session
    shown = session.current not in gone
    return replace(
        session,
        queue=session.queue[: session.position] + kept,
        intervals=session.intervals if shown else None,
        asked=session.asked if shown else now,
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """What a session came to: cards that were met, those known at the first look, and how many
    wait in its queue."""

    met: int
    known: int
    left: int


def tally(session: Session) -> Tally:
    first = dict[str, Rating]()
    for step in session.steps:
        first.setdefault(step.card.id, step.grade.rating)
    known = sum(rating is not Rating.AGAIN for rating in first.values())
    left = set(session.queue[session.position :]) - set(first)
    return Tally(len(first), known, len(left))


AWAY = 7
"""After so many days without a card, coming back is worth a word."""


def days_away(last: date | None, today: date) -> int:
    """How long somebody was away, in days, when that is worth a word; 0 when it isn't. `last` is
    the last study day with a grade before today."""
    days = (today - last).days if last else 0
    return days if days >= AWAY else 0
