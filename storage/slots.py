"""Slots of reminders: each planned sending has one row, and leaves at most once.

A slot waits until it is looked at (`look_at`), is claimed in the transaction that writes its
message, and is sent once Telegram has given the message a number. What a plan should have said
while we were down is kept as missed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from coach.reminders import Kind, Slot
from storage.engine import Db, Row, one_of
from storage.instants import from_ms, maybe_from_ms, maybe_to_ms, to_ms
from storage.messages import SEND_ONCE

IN_DOUBT = timedelta(minutes=2)
"""So long after it was marked, a message that has no number won't get one: the process died or
Telegram's answer was lost."""

NOT_TAKEN = ("flood", "network", "server", "stale", "token_refused")
"""The ends of a message that Telegram certainly has not taken."""


class State(StrEnum):
    """How far a slot is."""

    WAITING = "waiting"  # to be looked at
    CLAIMED = "claimed"  # its message is on its way
    SENT = "sent"
    UNCERTAIN = "uncertain"  # it may have left; it isn't repeated
    MISSED = "missed"  # we were down, and a newer one speaks
    SKIPPED = "skipped"  # decided against, for a reason
    DONE = "done"  # answered before it came


@dataclass(frozen=True, slots=True)
class StoredSlot:
    """A slot with its number. `rounds` counts how often a message was written for it."""

    id: int
    person_id: int | None
    slot: Slot
    zone: str
    in_quiet: bool
    state: State
    rounds: int

    @property
    def key(self) -> str:
        """The key of its next message."""
        return f"slot:{self.id}" + (f":{self.rounds}" if self.rounds else "")


def add(
    db: Db,
    slot: Slot,
    *,
    person_id: int | None,
    zone: str,
    state: State = State.WAITING,
    in_quiet: bool = False,
    reason: str | None = None,
    look_at: datetime | None = None,
) -> bool:
    """False when the slot has a row already, whatever became of it. A waiting one is looked at
    when it is due, or at `look_at`."""
    waits = state is State.WAITING
    added = db.run(
        """INSERT INTO slots (person_id, chat_id, thread_id, kind, local_date, local_time, zone,
               in_quiet, due_at, fresh_until, state, reason, look_at)
           VALUES (:person_id, :chat_id, :thread_id, :kind, :local_date, :local_time, :zone,
               :in_quiet, :due_at, :fresh_until, :state, :reason, :look_at)
           ON CONFLICT (chat_id, thread_id, kind, local_date, local_time) DO NOTHING""",
        person_id=person_id,
        chat_id=slot.chat_id,
        thread_id=slot.thread_id,
        kind=slot.kind.value,
        local_date=slot.local_date.isoformat(),
        local_time=f"{slot.local_time:%H:%M}",
        zone=zone,
        in_quiet=int(in_quiet),
        due_at=to_ms(slot.due_at),
        fresh_until=to_ms(slot.fresh_until),
        state=state.value,
        reason=reason,
        look_at=maybe_to_ms(look_at or slot.due_at) if waits else None,
    )
    return added == 1


def get(db: Db, id: int) -> StoredSlot | None:
    row = db.one("SELECT * FROM slots WHERE id = :id", id=id)
    return _stored(row) if row else None


def of_chat(db: Db, chat_id: int) -> list[StoredSlot]:
    """Every slot that a chat has had, in the order of their instants."""
    rows = db.query("SELECT * FROM slots WHERE chat_id = :id ORDER BY due_at, id", id=chat_id)
    return [_stored(row) for row in rows]


def last_message(db: Db, chat_id: int, thread_id: int, kind: Kind) -> tuple[date, str] | None:
    """The local date and the key of the newest message of a kind in a place; None before the
    first."""
    row = db.one(
        """SELECT local_date, message_key FROM slots
           WHERE chat_id = :chat_id AND thread_id = :thread_id AND kind = :kind
               AND message_key IS NOT NULL
           ORDER BY local_date DESC, id DESC LIMIT 1""",
        chat_id=chat_id,
        thread_id=thread_id,
        kind=kind.value,
    )
    return (date.fromisoformat(row["local_date"]), row["message_key"]) if row else None


def messages_of(db: Db, chat_id: int, thread_id: int, kind: Kind) -> list[tuple[date, str]]:
    """The local date and the key of every message of a kind in a place, the oldest first."""
    rows = db.query(
        """SELECT local_date, message_key FROM slots
           WHERE chat_id = :chat_id AND thread_id = :thread_id AND kind = :kind
               AND message_key IS NOT NULL
           ORDER BY local_date, id""",
        chat_id=chat_id,
        thread_id=thread_id,
        kind=kind.value,
    )
    return [(date.fromisoformat(row["local_date"]), row["message_key"]) for row in rows]


def said_anew(db: Db, key: str, new_key: str) -> None:
    """What a slot said has been said once more, under another key: that is its message now."""
    db.run(
        "UPDATE slots SET message_key = :new_key WHERE message_key = :key", key=key, new_key=new_key
    )


def is_open(db: Db, stored: StoredSlot) -> bool:
    """Whether it is still the newest of its kind in its chat, and what it asks for isn't done."""
    slot = stored.slot
    newer = db.one(
        """SELECT 1 FROM slots
           WHERE chat_id = :chat_id AND thread_id = :thread_id AND kind = :kind
               AND local_date > :local_date LIMIT 1""",
        chat_id=slot.chat_id,
        thread_id=slot.thread_id,
        kind=slot.kind.value,
        local_date=slot.local_date.isoformat(),
    )
    return newer is None and stored.state is not State.DONE


def claim_due(db: Db, now: datetime, chats: int) -> list[list[StoredSlot]]:
    """What waits for its turn, chat by chat, of at most so many chats, the longest waiting first;
    in a chat the oldest first. They are ours until the transaction ends."""
    rows = db.query(
        f"""SELECT * FROM slots
            WHERE state = 'waiting' AND look_at <= :now AND (chat_id, thread_id) IN (
                SELECT chat_id, thread_id FROM slots WHERE state = 'waiting' AND look_at <= :now
                ORDER BY look_at, id LIMIT :chats)
            ORDER BY look_at, id {db.skip_locked}""",  # noqa: S608 - a word of the engine
        now=to_ms(now),
        chats=chats,
    )
    by_chat: dict[tuple[int, int], list[StoredSlot]] = {}
    for stored in map(_stored, rows):
        by_chat.setdefault((stored.slot.chat_id, stored.slot.thread_id), []).append(stored)
    return [sorted(those, key=lambda one: one.slot.due_at) for those in by_chat.values()]


def next_look(db: Db, *, after: datetime) -> datetime | None:
    """When a slot that waits is to be looked at next."""
    row = db.one(
        "SELECT min(look_at) AS look_at FROM slots WHERE state = 'waiting' AND look_at > :after",
        after=to_ms(after),
    )
    return maybe_from_ms(row["look_at"]) if row else None


def claimed(db: Db, slots: Sequence[StoredSlot], key: str, now: datetime) -> None:
    """The message `key` speaks for these slots."""
    _change(
        db,
        slots,
        """state = 'claimed', look_at = NULL, claimed_at = :now, message_key = :key,
           rounds = rounds + 1""",
        now=to_ms(now),
        key=key,
    )


def hold(db: Db, slot: StoredSlot, until: datetime) -> None:
    """Nothing is said before `until`; then it is decided anew."""
    _change(db, [slot], "look_at = :until", until=to_ms(until))


def skip(db: Db, slots: Sequence[StoredSlot], reason: str, state: State = State.SKIPPED) -> None:
    """Nothing is said, for good."""
    _change(db, slots, f"state = '{state.value}', look_at = NULL, reason = :reason", reason=reason)


def freeze(db: Db, chat_id: int, reason: str) -> int:
    """Nobody is there to read: nothing that waits for the chat is said any more. How many."""
    return db.run(
        """UPDATE slots SET state = 'skipped', look_at = NULL, reason = :reason
           WHERE chat_id = :chat_id AND state = 'waiting'""",
        chat_id=chat_id,
        reason=reason,
    )


def snooze(db: Db, slot: StoredSlot, until: datetime, fresh: timedelta) -> None:
    """The same slot speaks again at `until`, and `fresh` long after. A second snooze moves the
    first."""
    _change(
        db,
        [slot],
        "state = 'waiting', look_at = :until, fresh_until = :fresh, due_at = :until",
        until=to_ms(until),
        fresh=to_ms(until + fresh),
    )


def done(db: Db, chat_id: int, kind: Kind, now: datetime) -> int:
    """What the chat's reminders of this kind were about is done: nothing more is said of it until
    the plan's next slot, and the last one counts as answered. How many that changed."""
    answered(db, chat_id, kind, now)
    return db.run(
        """UPDATE slots SET state = 'done', look_at = NULL
           WHERE chat_id = :chat_id AND kind = :kind AND state IN ('waiting', 'sent')""",
        chat_id=chat_id,
        kind=kind.value,
        now=to_ms(now),
    )


def answered(db: Db, chat_id: int, kind: Kind, now: datetime) -> bool:
    """They reacted to the last reminder of this kind, in whatever way; False: they had already."""
    changed = db.run(
        """UPDATE slots SET answered_at = :now
           WHERE answered_at IS NULL AND id = (
               SELECT id FROM slots
               WHERE chat_id = :chat_id AND kind = :kind AND message_key IS NOT NULL
               ORDER BY local_date DESC, id DESC LIMIT 1)""",
        chat_id=chat_id,
        kind=kind.value,
        now=to_ms(now),
    )
    return bool(changed)


def ignored(db: Db, chat_id: int, kind: Kind) -> int:
    """How many of the last reminders of this kind, in a row, nobody reacted to."""
    row = db.one(
        """SELECT count(*) AS n FROM slots
           WHERE chat_id = :chat_id AND kind = :kind AND message_key IS NOT NULL
               AND answered_at IS NULL AND local_date > coalesce((
                   SELECT max(local_date) FROM slots
                   WHERE chat_id = :chat_id AND kind = :kind AND answered_at IS NOT NULL), '')""",
        chat_id=chat_id,
        kind=kind.value,
    )
    return row["n"] if row else 0


def spoken_to(db: Db, chat_id: int) -> bool:
    """Whether the chat has had any reminder."""
    row = db.one(
        "SELECT 1 FROM slots WHERE chat_id = :id AND message_key IS NOT NULL LIMIT 1", id=chat_id
    )
    return row is not None


def settle(db: Db, now: datetime) -> list[StoredSlot]:
    """Learns what became of the messages on their way. What certainly hasn't left is looked at
    again; what may have left and didn't say so is returned, and never repeated."""
    db.run(
        """UPDATE slots SET state = 'sent' WHERE state = 'claimed' AND EXISTS (
               SELECT 1 FROM sent_messages WHERE key = slots.message_key)"""
    )
    places, names = one_of("error", NOT_TAKEN)
    db.run(
        f"""UPDATE slots SET state = 'waiting', look_at = :now
            WHERE state = 'claimed' AND EXISTS (
                SELECT 1 FROM jobs WHERE kind = :kind AND key = slots.message_key
                AND state = 'dead' AND error IN {places})""",  # noqa: S608 - names of parameters
        now=to_ms(now),
        kind=SEND_ONCE,
        **names,
    )
    db.run(
        """UPDATE slots SET state = 'skipped', reason = (
               SELECT error FROM jobs WHERE kind = :kind AND key = slots.message_key)
           WHERE state = 'claimed' AND EXISTS (
               SELECT 1 FROM jobs WHERE kind = :kind AND key = slots.message_key
               AND state = 'dead')""",
        kind=SEND_ONCE,
    )
    rows = db.query(
        """UPDATE slots SET state = 'uncertain'
           WHERE state = 'claimed' AND claimed_at <= :before AND NOT EXISTS (
               SELECT 1 FROM jobs WHERE kind = :kind AND key = slots.message_key
               AND (finished_at IS NULL OR finished_at > :before))
           RETURNING *""",
        kind=SEND_ONCE,
        before=to_ms(now - IN_DOUBT),
    )
    return [_stored(row) for row in rows]


def release_future(db: Db, now: datetime) -> int:
    """The clock ran ahead and was put back: slots that lie ahead again and haven't left are
    forgotten with their messages, so that they come at their time. How many there were."""
    ahead = """FROM slots WHERE due_at > :now AND (
            (rounds = 0 AND state IN ('waiting', 'missed', 'skipped'))
            OR (rounds = 1 AND state = 'claimed' AND EXISTS (
                SELECT 1 FROM jobs WHERE kind = :kind AND key = slots.message_key
                AND state = 'waiting')))"""
    values = {"now": to_ms(now), "kind": SEND_ONCE}
    keys = [row["message_key"] for row in db.query(f"SELECT message_key {ahead}", **values)]
    if not keys:
        return 0
    released = db.run(f"DELETE {ahead}", **values)
    for key in filter(None, keys):
        db.run("DELETE FROM jobs WHERE kind = :kind AND key = :key", kind=SEND_ONCE, key=key)
    return released


def purge(db: Db, before: datetime) -> int:
    """Forgets the slots of long ago."""
    return db.run("DELETE FROM slots WHERE due_at < :before", before=to_ms(before))


def _change(db: Db, slots: Sequence[StoredSlot], change: str, **values: object) -> None:
    if slots:
        places, ids = one_of("id", [stored.id for stored in slots])
        db.run(f"UPDATE slots SET {change} WHERE id IN {places}", **ids, **values)  # noqa: S608


def _stored(row: Row) -> StoredSlot:
    slot = Slot(
        chat_id=row["chat_id"],
        thread_id=row["thread_id"],
        kind=Kind(row["kind"]),
        local_date=date.fromisoformat(row["local_date"]),
        local_time=time.fromisoformat(row["local_time"]),
        due_at=from_ms(row["due_at"]),
        fresh_until=from_ms(row["fresh_until"]),
    )
    return StoredSlot(
        id=row["id"],
        person_id=row["person_id"],
        slot=slot,
        zone=row["zone"],
        in_quiet=bool(row["in_quiet"]),
        state=State(row["state"]),
        rounds=row["rounds"],
    )
