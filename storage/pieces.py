"""Parts of a long paste that Telegram cut into several messages, until they are one letter."""

from dataclasses import dataclass
from datetime import datetime

from storage.engine import Db
from storage.instants import maybe_from_ms, to_ms


@dataclass(frozen=True, slots=True)
class Piece:
    """One message's worth of a paste."""

    message_id: int
    text: str


def add(db: Db, *, chat_id: int, message_id: int, text: str, now: datetime) -> bool:
    """False when the message is kept already."""
    added = db.run(
        """INSERT INTO pieces (chat_id, message_id, text, created_at)
           VALUES (:chat_id, :message_id, :text, :now)
           ON CONFLICT (chat_id, message_id) DO NOTHING""",
        chat_id=chat_id,
        message_id=message_id,
        text=text,
        now=to_ms(now),
    )
    return added == 1


def newest_at(db: Db, chat_id: int) -> datetime | None:
    """When the latest part came in; None when the chat has none waiting."""
    row = db.one(
        "SELECT max(created_at) AS at FROM pieces WHERE chat_id = :chat_id", chat_id=chat_id
    )
    return maybe_from_ms(row["at"]) if row else None


def waiting(db: Db, chat_id: int) -> list[Piece]:
    """The parts in the order they were sent."""
    rows = db.query(
        "SELECT message_id, text FROM pieces WHERE chat_id = :chat_id ORDER BY message_id",
        chat_id=chat_id,
    )
    return [Piece(row["message_id"], row["text"]) for row in rows]


def take(db: Db, chat_id: int) -> list[str]:
    """The parts in the order they were sent; they are kept no longer."""
    rows = db.query(
        "DELETE FROM pieces WHERE chat_id = :chat_id RETURNING message_id, text", chat_id=chat_id
    )
    return [row["text"] for row in sorted(rows, key=lambda row: row["message_id"])]


def purge(db: Db, before: datetime) -> int:
    """Forgets parts of long pastes that came before an instant; how many there were."""
    return db.run("DELETE FROM pieces WHERE created_at < :before", before=to_ms(before))
