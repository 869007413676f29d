"""What leaves for Telegram: jobs of the kind "send" whose lane is the chat, and their fate."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage import jobs
from storage.engine import Db
from storage.instants import to_ms
from storage.jobs import Job

SEND = "send"

CHATS = ("people", "letters", "sent_messages", "pieces")
"""The tables that name a chat in `chat_id`."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels with a message in the parameter `field`; kept until it is sent."""

    field: str
    filename: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """What to call at Telegram. `params` is as the Bot API writes it, without the chat."""

    chat_id: int
    method: str
    params: dict[str, Any]
    once: bool


def add(
    db: Db,
    *,
    key: str,
    chat_id: int,
    method: str,
    params: Mapping[str, Any],
    now: datetime,
    due_at: datetime | None = None,
    once: bool = False,
    attachment: Attachment | None = None,
) -> bool:
    """False when a message with that key was added before: it leaves once.

    `{"message_id": {"of": KEY}}` in `params` stands for the message that KEY became. `once` asks to
    mark it as sent before it is sent, so that a crash rather loses than doubles it.
    """
    if message_id(db, key) is not None:  # it is out, perhaps so long that its job is purged
        return False
    added = jobs.add(
        db,
        kind=SEND,
        key=key,
        lane=str(chat_id),
        payload={"method": method, "params": dict(params), "once": once},
        due_at=due_at or now,
        now=now,
    )
    if added and attachment:
        _attach(db, key, attachment)
    return added


def message(job: Job) -> Message:
    """The message that a job of the kind "send" carries."""
    payload = job.payload
    chat_id = int(job.lane or 0)
    return Message(chat_id, payload["method"], payload["params"], payload["once"])


def attachment(db: Db, job: Job) -> Attachment | None:
    """The file that travels with a message."""
    row = db.one("SELECT field, filename, data FROM attachments WHERE job_id = :id", id=job.id)
    return Attachment(row["field"], row["filename"], row["data"]) if row else None


def sent(db: Db, job: Job, *, chat_id: int, message_id: int | None, now: datetime) -> bool:
    """Remembers what the message became, lets its file go and ends the job.

    False when the lease went to someone else: then the message is out all the same, perhaps
    twice, and the one remembered is the latest.
    """
    if message_id is not None:
        _remember(db, job.key, chat_id, message_id, now)
    db.run("DELETE FROM attachments WHERE job_id = :id", id=job.id)
    return jobs.done(db, job, now)


def message_id(db: Db, key: str) -> int | None:
    """The number that Telegram gave to the message with that key; None while it isn't out."""
    row = db.one("SELECT message_id FROM sent_messages WHERE key = :key", key=key)
    return row["message_id"] if row else None


def move_chat(db: Db, old: int, new: int) -> None:
    """A group became a supergroup: every row that names the chat names the new one."""
    for table in CHATS:
        db.run(f"UPDATE {table} SET chat_id = :new WHERE chat_id = :old", new=new, old=old)  # noqa: S608
    db.run(
        "UPDATE jobs SET lane = :new WHERE kind = :kind AND lane = :old AND finished_at IS NULL",
        kind=SEND,
        new=str(new),
        old=str(old),
    )


def freeze(db: Db, chat_id: int, reason: str, now: datetime) -> int:
    """Nobody is there to read: what waits for that chat is given up, and could be revived.
    How many there were."""
    return db.run(
        """UPDATE jobs SET state = 'dead', error = :reason, finished_at = :now
           WHERE kind = :kind AND lane = :lane AND finished_at IS NULL AND state = 'waiting'""",
        kind=SEND,
        lane=str(chat_id),
        reason=reason,
        now=to_ms(now),
    )


def _attach(db: Db, key: str, attachment: Attachment) -> None:
    db.run(
        """INSERT INTO attachments (job_id, person_id, field, filename, data)
           SELECT id, person_id, :field, :filename, :data FROM jobs
           WHERE kind = :kind AND key = :key""",
        kind=SEND,
        key=key,
        field=attachment.field,
        filename=attachment.filename,
        data=attachment.data,
    )


def _remember(db: Db, key: str, chat_id: int, message_id: int, now: datetime) -> None:
    db.run(
        """INSERT INTO sent_messages (key, person_id, chat_id, message_id, sent_at)
           VALUES (:key, :person_id, :chat_id, :message_id, :sent_at)
           ON CONFLICT (key) DO UPDATE SET
               chat_id = excluded.chat_id, message_id = excluded.message_id,
               sent_at = excluded.sent_at""",
        key=key,
        person_id=chat_id if chat_id > 0 else None,
        chat_id=chat_id,
        message_id=message_id,
        sent_at=to_ms(now),
    )
