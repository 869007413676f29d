"""Pages that came as photos, by the name that Telegram gave each file, until they are a letter."""

from dataclasses import dataclass
from datetime import datetime

from storage.engine import Db
from storage.instants import maybe_from_ms, to_ms


@dataclass(frozen=True, slots=True)
class Sheet:
    """One picture: the message it came with, the file to be fetched and what it was called."""

    message_id: int
    file_id: str
    name: str


def add(
    db: Db, *, chat_id: int, message_id: int, album: str, file_id: str, name: str, now: datetime
) -> bool:
    """False when the message is kept already. `album` is the same for all pages of one letter."""
    added = db.run(
        """INSERT INTO sheets (chat_id, message_id, album, file_id, name, created_at)
           VALUES (:chat_id, :message_id, :album, :file_id, :name, :now)
           ON CONFLICT (chat_id, message_id) DO NOTHING""",
        chat_id=chat_id,
        message_id=message_id,
        album=album,
        file_id=file_id,
        name=name,
        now=to_ms(now),
    )
    return added == 1


def newest_at(db: Db, chat_id: int, album: str) -> datetime | None:
    """When the latest page came in; None when none is waiting."""
    row = db.one(
        "SELECT max(created_at) AS at FROM sheets WHERE chat_id = :chat_id AND album = :album",
        chat_id=chat_id,
        album=album,
    )
    return maybe_from_ms(row["at"]) if row else None


def waiting(db: Db, chat_id: int, album: str) -> list[Sheet]:
    """The pages in the order they were sent."""
    rows = db.query(
        """SELECT message_id, file_id, name FROM sheets
           WHERE chat_id = :chat_id AND album = :album ORDER BY message_id""",
        chat_id=chat_id,
        album=album,
    )
    return [Sheet(row["message_id"], row["file_id"], row["name"]) for row in rows]


def take(db: Db, chat_id: int, album: str) -> int:
    """They are a letter now and kept no longer; how many there were."""
    return db.run(
        "DELETE FROM sheets WHERE chat_id = :chat_id AND album = :album",
        chat_id=chat_id,
        album=album,
    )


def purge(db: Db, before: datetime) -> int:
    """Forgets pages that came before an instant; how many there were."""
    return db.run("DELETE FROM sheets WHERE created_at < :before", before=to_ms(before))
