"""Quizzes that groups were asked, and how many knew the answer."""

from dataclasses import dataclass
from datetime import date, datetime

from storage.engine import Db, Row
from storage.instants import from_ms, to_ms


@dataclass(frozen=True, slots=True)
class Quiz:
    """A question on its local day. `correct` is the number of the right option; `knew` of `voters`
    chose it."""

    id: int
    chat_id: int
    thread_id: int | None
    day: date
    card: str
    correct: int
    voters: int
    knew: int
    closed: bool
    asked_at: datetime

    @property
    def key(self) -> str:
        """By what its message is known."""
        return f"quiz:{self.id}"


def add(
    db: Db,
    *,
    chat_id: int,
    thread_id: int | None,
    day: date,
    card: str,
    correct: int,
    now: datetime,
) -> Quiz | None:
    """None when the chat has had a quiz on that day."""
    added = db.run(
        """INSERT INTO quizzes (chat_id, thread_id, on_day, card, correct, created_at)
           VALUES (:chat_id, :thread_id, :day, :card, :correct, :now)
           ON CONFLICT (chat_id, on_day) DO NOTHING""",
        chat_id=chat_id,
        thread_id=thread_id,
        day=day.isoformat(),
        card=card,
        correct=correct,
        now=to_ms(now),
    )
    return of_day(db, chat_id, day) if added else None


def of_day(db: Db, chat_id: int, day: date) -> Quiz | None:
    """What the chat was asked on a day."""
    row = db.one(
        "SELECT * FROM quizzes WHERE chat_id = :chat_id AND on_day = :day",
        chat_id=chat_id,
        day=day.isoformat(),
    )
    return _quiz(row) if row else None


def since(db: Db, chat_id: int, day: date) -> list[Quiz]:
    """What the chat was asked from a day on, oldest first: for a week's digest."""
    rows = db.query(
        "SELECT * FROM quizzes WHERE chat_id = :chat_id AND on_day >= :day ORDER BY on_day",
        chat_id=chat_id,
        day=day.isoformat(),
    )
    return [_quiz(row) for row in rows]


def asked(db: Db, chat_id: int) -> list[str]:
    """The cards that the chat was asked, oldest first."""
    rows = db.query(
        "SELECT card FROM quizzes WHERE chat_id = :chat_id ORDER BY on_day", chat_id=chat_id
    )
    return [row["card"] for row in rows]


def by_poll(db: Db, poll_id: str) -> Quiz | None:
    """The quiz that became a poll; None for a stranger's poll."""
    row = db.one(
        """SELECT quizzes.* FROM sent_messages JOIN quizzes ON key = 'quiz:' || quizzes.id
           WHERE poll_id = :poll_id""",
        poll_id=poll_id,
    )
    return _quiz(row) if row else None


def count(db: Db, quiz: Quiz, *, voters: int, knew: int, closed: bool) -> bool:
    """How it stands; False for news that is older than what we know, since votes only grow."""
    counted = db.run(
        """UPDATE quizzes SET voters = :voters, knew = :knew, closed = :closed
           WHERE id = :id AND voters <= :voters AND closed <= :closed""",
        id=quiz.id,
        voters=voters,
        knew=knew,
        closed=int(closed),
    )
    return counted == 1


def _quiz(row: Row) -> Quiz:
    return Quiz(
        row["id"],
        row["chat_id"],
        row["thread_id"],
        date.fromisoformat(row["on_day"]),
        row["card"],
        row["correct"],
        row["voters"],
        row["knew"],
        bool(row["closed"]),
        from_ms(row["created_at"]),
    )
