"""Excerpts: what of a letter, without names, is given to another to read, and what they say of it.

Only what was given or is about to be is kept, and never the passage as it was written. A row goes
with its readings when the text is gone from its reader's chat.
"""

from dataclasses import dataclass
from datetime import datetime

from storage.engine import Db, Row
from storage.instants import maybe_from_ms, to_ms


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A text that `person_id` gives to `reader_id`; a draft until `given_at`. It is to be gone at
    `gone_at`."""

    id: int
    pair_id: int
    person_id: int
    reader_id: int | None
    text: str
    given_at: datetime | None
    gone_at: datetime | None


def draft(db: Db, *, pair_id: int, person_id: int, text: str) -> Excerpt | None:
    """What somebody is about to give, in the place of an earlier draft; None when they have given
    something to this pair."""
    row = db.one(
        """INSERT INTO excerpts (pair_id, person_id, text) VALUES (:pair_id, :person_id, :text)
           ON CONFLICT (pair_id, person_id) DO UPDATE SET text = excluded.text
           WHERE excerpts.given_at IS NULL
           RETURNING *""",
        pair_id=pair_id,
        person_id=person_id,
        text=text,
    )
    return _excerpt(row) if row else None


def get(db: Db, id: int) -> Excerpt | None:
    row = db.one("SELECT * FROM excerpts WHERE id = :id", id=id)
    return _excerpt(row) if row else None


def by(db: Db, pair_id: int, person_id: int) -> Excerpt | None:
    """What somebody gives to a pair."""
    row = db.one(
        "SELECT * FROM excerpts WHERE pair_id = :pair_id AND person_id = :person_id",
        pair_id=pair_id,
        person_id=person_id,
    )
    return _excerpt(row) if row else None


def of_pair(db: Db, pair_id: int) -> list[Excerpt]:
    """All that is given or about to be in a pair."""
    rows = db.query("SELECT * FROM excerpts WHERE pair_id = :id ORDER BY id", id=pair_id)
    return [_excerpt(row) for row in rows]


def of_person(db: Db, person_id: int) -> list[Excerpt]:
    """All that somebody wrote or was given, also of pairs that have ended."""
    rows = db.query(
        "SELECT * FROM excerpts WHERE person_id = :id OR reader_id = :id ORDER BY id",
        id=person_id,
    )
    return [_excerpt(row) for row in rows]


def give(db: Db, id: int, reader_id: int, *, now: datetime, gone_at: datetime) -> bool:
    """The draft goes to its reader; False when it was given before."""
    return bool(
        db.run(
            """UPDATE excerpts SET reader_id = :reader_id, given_at = :now, gone_at = :gone_at
               WHERE id = :id AND given_at IS NULL""",
            id=id,
            reader_id=reader_id,
            now=to_ms(now),
            gone_at=to_ms(gone_at),
        )
    )


def drop(db: Db, id: int) -> bool:
    """It is gone, and what was said of it; False when it was before."""
    return bool(db.run("DELETE FROM excerpts WHERE id = :id", id=id))


def answer(
    db: Db, *, excerpt_id: int, person_id: int, question: int, answer: str, now: datetime
) -> bool:
    """What the reader says to a question, counted from 1; False when they have said something
    to it."""
    return bool(
        db.run(
            """INSERT INTO readings (excerpt_id, person_id, question, answer, created_at)
               VALUES (:excerpt_id, :person_id, :question, :answer, :now)
               ON CONFLICT (excerpt_id, person_id, question) DO NOTHING""",
            excerpt_id=excerpt_id,
            person_id=person_id,
            question=question,
            answer=answer,
            now=to_ms(now),
        )
    )


def answers(db: Db, excerpt_id: int) -> list[str]:
    """What was said to the first questions, in their order; empty where nothing was."""
    rows = db.query(
        "SELECT answer FROM readings WHERE excerpt_id = :id ORDER BY question", id=excerpt_id
    )
    return [row["answer"] for row in rows]


def _excerpt(row: Row) -> Excerpt:
    return Excerpt(
        id=row["id"],
        pair_id=row["pair_id"],
        person_id=row["person_id"],
        reader_id=row["reader_id"],
        text=row["text"],
        given_at=maybe_from_ms(row["given_at"]),
        gone_at=maybe_from_ms(row["gone_at"]),
    )
