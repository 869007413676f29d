"""The people who talk to the coach."""

from dataclasses import dataclass
from datetime import datetime

from storage.engine import Db, Row
from storage.instants import from_ms, maybe_from_ms, to_ms


@dataclass(frozen=True, slots=True)
class Person:
    """A person by their Telegram number. `timezone` is an IANA name. `inactive_reason` says why
    nothing can be sent to them; `model_agreed_at`, since when their text may go to a model."""

    id: int
    chat_id: int
    language: str
    timezone: str | None
    created_at: datetime
    seen_at: datetime
    inactive_reason: str | None
    model_agreed_at: datetime | None


def seen(db: Db, *, id: int, language: str, now: datetime, chat_id: int | None = None) -> Person:
    """Someone wrote: makes them known, or remembers when. The language counts the first time
    only; after that it is theirs to set. Their private chat has their own number."""
    row = db.one(
        """INSERT INTO people (id, chat_id, language, created_at, seen_at)
           VALUES (:id, :chat_id, :language, :now, :now)
           ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at
           RETURNING *""",
        id=id,
        chat_id=id if chat_id is None else chat_id,
        language=language,
        now=to_ms(now),
    )
    assert row
    return _person(row)


def get(db: Db, id: int) -> Person | None:
    row = db.one("SELECT * FROM people WHERE id = :id", id=id)
    return _person(row) if row else None


def set_language(db: Db, id: int, language: str) -> None:
    db.run("UPDATE people SET language = :language WHERE id = :id", id=id, language=language)


def set_timezone(db: Db, id: int, timezone: str) -> None:
    """`timezone` is an IANA name."""
    db.run("UPDATE people SET timezone = :timezone WHERE id = :id", id=id, timezone=timezone)


def agree_to_model(db: Db, id: int, now: datetime | None) -> None:
    """From `now` on their text may go to a model; None takes it back."""
    at = None if now is None else to_ms(now)
    db.run("UPDATE people SET model_agreed_at = :at WHERE id = :id", id=id, at=at)


def deactivate(db: Db, chat_id: int, reason: str, now: datetime) -> None:
    """Nothing can be sent to that chat (blocked, deleted account); the first reason stays."""
    db.run(
        """UPDATE people SET inactive_reason = :reason, inactive_at = :now
           WHERE chat_id = :chat_id AND inactive_reason IS NULL""",
        chat_id=chat_id,
        reason=reason,
        now=to_ms(now),
    )


def activate(db: Db, chat_id: int) -> None:
    """They are back."""
    db.run(
        """UPDATE people SET inactive_reason = NULL, inactive_at = NULL
           WHERE chat_id = :chat_id AND inactive_reason IS NOT NULL""",
        chat_id=chat_id,
    )


def _person(row: Row) -> Person:
    return Person(
        id=row["id"],
        chat_id=row["chat_id"],
        language=row["language"],
        timezone=row["timezone"],
        created_at=from_ms(row["created_at"]),
        seen_at=from_ms(row["seen_at"]),
        inactive_reason=row["inactive_reason"],
        model_agreed_at=maybe_from_ms(row["model_agreed_at"]),
    )
