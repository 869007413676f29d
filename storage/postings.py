"""Postings that letters are held against: one a letter, and one that waits for the next letter."""

from dataclasses import dataclass
from datetime import datetime

from storage.engine import Db, Row
from storage.instants import from_ms, to_ms


@dataclass(frozen=True, slots=True)
class Posting:
    """What somebody is asked for. Without a `letter_id` it waits for the next letter."""

    id: int
    person_id: int
    letter_id: int | None
    name: str
    text: str
    created_at: datetime


def keep(
    db: Db, *, person_id: int, letter_id: int | None, name: str, text: str, now: datetime
) -> Posting:
    """The posting of a letter, in the place of the one before; without a letter, the one that
    waits. The text must be free of U+0000."""
    if letter_id is None:
        remove_waiting(db, person_id)
    else:
        remove(db, person_id, letter_id)
    row = db.one(
        """INSERT INTO postings (person_id, letter_id, name, text, created_at)
           VALUES (:person_id, :letter_id, :name, :text, :now) RETURNING *""",
        person_id=person_id,
        letter_id=letter_id,
        name=name,
        text=text,
        now=to_ms(now),
    )
    assert row
    return _posting(row)


def of_letter(db: Db, letter_id: int) -> Posting | None:
    row = db.one("SELECT * FROM postings WHERE letter_id = :id", id=letter_id)
    return _posting(row) if row else None


def waiting(db: Db, person_id: int) -> Posting | None:
    """What the person sent before there was a letter for it."""
    row = db.one("SELECT * FROM postings WHERE person_id = :id AND letter_id IS NULL", id=person_id)
    return _posting(row) if row else None


def attach(db: Db, person_id: int, letter_id: int) -> bool:
    """What waited is this letter's from now on; whether something waited."""
    if waiting(db, person_id) is None:
        return False
    remove(db, person_id, letter_id)
    db.run(
        """UPDATE postings SET letter_id = :letter_id
           WHERE person_id = :person_id AND letter_id IS NULL""",
        letter_id=letter_id,
        person_id=person_id,
    )
    return True


def remove(db: Db, person_id: int, letter_id: int) -> bool:
    """The letter is held against nothing any more; False when it wasn't."""
    changed = db.run(
        "DELETE FROM postings WHERE person_id = :person_id AND letter_id = :letter_id",
        person_id=person_id,
        letter_id=letter_id,
    )
    return bool(changed)


def remove_waiting(db: Db, person_id: int) -> bool:
    """The next letter is held against nothing; False when nothing waited."""
    changed = db.run(
        "DELETE FROM postings WHERE person_id = :person_id AND letter_id IS NULL",
        person_id=person_id,
    )
    return bool(changed)


def follow(db: Db, from_letter: int, to_letter: int) -> None:
    """A letter becomes part of another: its posting goes along, unless the other has one."""
    db.run(
        """UPDATE postings SET letter_id = :other WHERE letter_id = :letter
           AND NOT EXISTS (SELECT 1 FROM versions WHERE letter_id = :letter)
           AND NOT EXISTS (SELECT 1 FROM postings AS kept WHERE kept.letter_id = :other)""",
        letter=from_letter,
        other=to_letter,
    )


def purge(db: Db, before: datetime) -> int:
    """Forgets what has waited since before then."""
    return db.run(
        "DELETE FROM postings WHERE letter_id IS NULL AND created_at < :before",
        before=to_ms(before),
    )


def _posting(row: Row) -> Posting:
    read: Row = {"created_at": from_ms(row["created_at"])}
    return Posting(**row | read)
