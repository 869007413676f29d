"""Parts of a long paste that Telegram cut into several messages, until they are one letter."""

from datetime import datetime

from storage.engine import Db
from storage.instants import to_ms


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


def take(db: Db, chat_id: int) -> list[str]:
    """The parts in the order they were sent; they are kept no longer."""
    rows = db.query(
        "DELETE FROM pieces WHERE chat_id = :chat_id RETURNING message_id, text", chat_id=chat_id
    )
    return [row["text"] for row in sorted(rows, key=lambda row: row["message_id"])]
