"""What leaves for Telegram: jobs whose lane is the chat, and their fate.

Answers are jobs of the kind "send" and leave at least once. Reminders are jobs of the kind
"remind": they leave at most once, and answers need not wait for thousands of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from storage import jobs
from storage.beside import beside
from storage.engine import Db
from storage.instants import maybe_from_ms, maybe_to_ms, to_ms
from storage.jobs import Job

SEND = "send"
SEND_ONCE = "remind"

CHATS: Mapping[str, tuple[str, ...]] = {
    "people": (),
    "letters": (),
    "sent_messages": (),
    "pieces": ("message_id",),
    "sheets": ("message_id",),
    "plans": ("thread_id", "kind"),
    "slots": ("thread_id", "kind", "local_date", "local_time"),
    "quizzes": ("on_day",),
    "cohorts": ("thread_id",),
    "lost_groups": (),
}
"""The tables that name a chat in `chat_id`, and what tells the rows of one chat from each other
where there can be one only."""


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
    until: datetime | None = None


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
    until: datetime | None = None,
    attachment: Attachment | None = None,
) -> bool:
    """False when a message with that key was added before: it leaves once.

    `{"message_id": {"of": KEY}}` in `params` stands for the message that KEY became. `once` asks to
    mark it as sent before it is sent, so that a crash rather loses than doubles it. After `until`
    it isn't worth sending any more.
    """
    if message_id(db, key) is not None:  # it is out, perhaps so long that its job is purged
        return False
    added = jobs.add(
        db,
        kind=SEND_ONCE if once else SEND,
        key=key,
        lane=str(chat_id),
        payload={
            "method": method,
            "params": dict(params),
            "once": once,
            "until": maybe_to_ms(until),
        },
        due_at=due_at or now,
        now=now,
    )
    if added and attachment:
        _attach(db, key, attachment)
    return added


def message(job: Job) -> Message:
    """The message that such a job carries."""
    payload = job.payload
    return Message(
        chat_id=int(job.lane or 0),
        method=payload["method"],
        params=payload["params"],
        once=payload["once"],
        until=maybe_from_ms(payload.get("until")),
    )


def attachment(db: Db, job: Job) -> Attachment | None:
    """The file that travels with a message."""
    row = db.one("SELECT field, filename, data FROM attachments WHERE job_id = :id", id=job.id)
    return Attachment(row["field"], row["filename"], row["data"]) if row else None


@beside
def sent(
    db: Db,
    job: Job,
    *,
    chat_id: int,
    message_id: int | None,
    now: datetime,
    poll_id: str | None = None,
) -> bool:
    """Remembers what the message became, lets its file go and ends the job. Where a change of a
    message that was deleted had to be sent anew, the key of that message means the new one.

    False when the lease went to someone else: then the message is out all the same, perhaps
    twice, and the one remembered is the latest. Nothing is remembered for a job that was deleted
    while its message was on its way: whoever it went to has been forgotten.
    """
    if message_id is not None and jobs.exists(db, job.id):
        _remember(db, job.key, chat_id, message_id, poll_id, now)
        _follow(db, job, message_id)
    db.run("DELETE FROM attachments WHERE job_id = :id", id=job.id)
    return jobs.done(db, job, now)


def _follow(db: Db, job: Job, message_id: int) -> None:
    """The message that a job was to change may have become another."""
    changed = job.payload["params"].get("message_id")
    if isinstance(changed, dict):
        db.run(
            """UPDATE sent_messages SET message_id = :message_id
               WHERE key = :key AND message_id <> :message_id""",
            key=cast(dict[str, str], changed)["of"],
            message_id=message_id,
        )


def not_sent(db: Db, job: Job, *, error: str, now: datetime) -> None:
    """A message that was marked as sent before it was sent certainly hasn't left."""
    db.run(
        """UPDATE jobs SET state = 'dead', error = :error, finished_at = :now
           WHERE id = :id AND state = 'done'""",
        id=job.id,
        error=error,
        now=to_ms(now),
    )


def call_it(db: Db, key: str, chat_id: int, message_id: int, now: datetime) -> None:
    """Gives a message that is out a key, by which it can be changed later."""
    _remember(db, key, chat_id, message_id, None, now)


def forget_message(db: Db, key: str) -> None:
    """A message can't be changed any more, as those of a group that became a supergroup."""
    db.run("DELETE FROM sent_messages WHERE key = :key", key=key)


def message_id(db: Db, key: str) -> int | None:
    """The number that Telegram gave to the message with that key; None while it isn't out."""
    row = db.one("SELECT message_id FROM sent_messages WHERE key = :key", key=key)
    return row["message_id"] if row else None


def move_chat(db: Db, old: int, new: int) -> None:
    """A group became a supergroup: every row that names the chat names the new one. What the old
    chat has keeps its place, so that a reminder which was said isn't said again."""
    _give_way_to_said(db, old, new)
    db.run("DELETE FROM lost_groups WHERE chat_id IN (:old, :new)", old=old, new=new)
    for table, names in CHATS.items():
        if names:
            _make_room(db, table, names, old, new)
        db.run(f"UPDATE {table} SET chat_id = :new WHERE chat_id = :old", new=new, old=old)  # noqa: S608
    db.run(
        """UPDATE jobs SET lane = :new
           WHERE kind IN (:kind, :once) AND lane = :old AND finished_at IS NULL""",
        kind=SEND,
        once=SEND_ONCE,
        new=str(new),
        old=str(old),
    )


def _give_way_to_said(db: Db, old: int, new: int) -> None:
    """A slot that the new chat has spoken for, and the old one not, isn't spoken for again."""
    same = " AND ".join(f"there.{name} = slots.{name}" for name in CHATS["slots"])
    db.run(
        f"""DELETE FROM slots WHERE chat_id = :old AND message_key IS NULL AND EXISTS (
                SELECT 1 FROM slots AS there
                WHERE there.chat_id = :new AND there.message_key IS NOT NULL AND {same})""",  # noqa: S608
        new=new,
        old=old,
    )


def _make_room(db: Db, table: str, names: Sequence[str], old: int, new: int) -> None:
    """Rows that the new chat got before we knew of the move give way to the old chat's."""
    same = " AND ".join(f"moving.{name} = {table}.{name}" for name in names)
    db.run(
        f"""DELETE FROM {table} WHERE chat_id = :new AND EXISTS (
                SELECT 1 FROM {table} AS moving WHERE moving.chat_id = :old AND {same})""",  # noqa: S608
        new=new,
        old=old,
    )


def withdraw(db: Db, key: str) -> bool:
    """Takes an answer back, with all it says, before it is out; False when it is on its way."""
    return bool(
        db.run(
            "DELETE FROM jobs WHERE kind = :kind AND key = :key AND state IN ('waiting', 'dead')",
            kind=SEND,
            key=key,
        )
    )


def purge(db: Db, before: datetime) -> int:
    """Forgets what messages became that left before an instant; they can't be changed any more.
    How many there were."""
    return db.run("DELETE FROM sent_messages WHERE sent_at < :before", before=to_ms(before))


def unname(db: Db, prefix: str, before: datetime) -> int:
    """Of messages whose keys begin so and that left before an instant, only the key is kept: that
    they were sent, not to whom. How many there were."""
    return db.run(
        """UPDATE sent_messages SET person_id = NULL, chat_id = 0, message_id = 0
           WHERE key LIKE :like AND sent_at < :before AND chat_id <> 0""",
        like=f"{prefix}:%",
        before=to_ms(before),
    )


def freeze(db: Db, chat_id: int, reason: str, now: datetime) -> int:
    """Nobody is there to read: what waits for that chat is given up, and could be revived.
    How many there were."""
    return db.run(
        """UPDATE jobs SET state = 'dead', error = :reason, finished_at = :now
           WHERE kind IN (:kind, :once) AND lane = :lane AND finished_at IS NULL
               AND state = 'waiting'""",
        kind=SEND,
        once=SEND_ONCE,
        lane=str(chat_id),
        reason=reason,
        now=to_ms(now),
    )


def _attach(db: Db, key: str, attachment: Attachment) -> None:
    db.run(
        """INSERT INTO attachments (job_id, person_id, field, filename, data)
           SELECT id, person_id, :field, :filename, :data FROM jobs
           WHERE kind IN (:kind, :once) AND key = :key""",
        kind=SEND,
        once=SEND_ONCE,
        key=key,
        field=attachment.field,
        filename=attachment.filename,
        data=attachment.data,
    )


def _remember(
    db: Db, key: str, chat_id: int, message_id: int, poll_id: str | None, now: datetime
) -> None:
    db.run(
        """INSERT INTO sent_messages (key, person_id, chat_id, message_id, poll_id, sent_at)
           VALUES (:key, :person_id, :chat_id, :message_id, :poll_id, :sent_at)
           ON CONFLICT (key) DO UPDATE SET
               chat_id = excluded.chat_id, message_id = excluded.message_id,
               poll_id = excluded.poll_id, sent_at = excluded.sent_at""",
        key=key,
        person_id=chat_id if chat_id > 0 else None,
        chat_id=chat_id,
        message_id=message_id,
        poll_id=poll_id,
        sent_at=to_ms(now),
    )
