"""Messages from the operator to everybody: drafts, how far they are, and what stops them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from storage.engine import Db, Row
from storage.instants import from_ms, maybe_from_ms, to_ms
from storage.messages import SEND_ONCE


class State(StrEnum):
    """Where a broadcast stands."""

    DRAFT = "draft"
    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A copy of the operator's `message_id` for `total` people; `shown_in` is the message that
    says how far it is."""

    id: int
    person_id: int
    message_id: int
    shown_in: int | None
    state: State
    total: int
    sent: int
    missed: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Tally:
    """How many have it, could not be reached, are being written to, and wait; until when the last
    of those does."""

    sent: int
    missed: int
    in_hand: int
    waiting: int
    last_due: datetime | None


def draft(db: Db, *, person_id: int, message_id: int, total: int, now: datetime) -> Broadcast:
    """A message that might go to everybody. The one before that was never sent gives way."""
    drop_drafts(db, person_id)
    row = db.one(
        """INSERT INTO broadcasts (person_id, message_id, state, total, created_at)
           VALUES (:person_id, :message_id, 'draft', :total, :now) RETURNING *""",
        person_id=person_id,
        message_id=message_id,
        total=total,
        now=to_ms(now),
    )
    assert row
    return _broadcast(row)


def drop_drafts(db: Db, person_id: int) -> None:
    """What was never sent isn't wanted any more."""
    db.run(
        "DELETE FROM broadcasts WHERE person_id = :person_id AND state = 'draft'",
        person_id=person_id,
    )


def get(db: Db, id: int) -> Broadcast | None:
    row = db.one("SELECT * FROM broadcasts WHERE id = :id", id=id)
    return _broadcast(row) if row else None


def running(db: Db) -> Broadcast | None:
    """The one that is on its way; there is one at a time."""
    row = db.one("SELECT * FROM broadcasts WHERE state = 'running' ORDER BY id DESC LIMIT 1")
    return _broadcast(row) if row else None


def begin(db: Db, id: int, *, total: int, shown_in: int) -> bool:
    """A draft goes out; False when it is no draft any more."""
    return _change(
        db, id, State.DRAFT, "state = 'running', total = :a, shown_in = :b", total, shown_in
    )


def end(db: Db, id: int, state: State, so_far: Tally) -> bool:
    """It is over; False when it was before. What is in hand will be sent."""
    change = f"state = '{state.value}', sent = :a, missed = :b"
    return _change(db, id, State.RUNNING, change, so_far.sent + so_far.in_hand, so_far.missed)


def _change(db: Db, id: int, before: State, change: str, a: int, b: int) -> bool:
    changed = db.run(
        f"UPDATE broadcasts SET {change} WHERE id = :id AND state = :before",  # noqa: S608
        id=id,
        before=before.value,
        a=a,
        b=b,
    )
    return changed == 1


def key_of(id: int, person_id: int) -> str:
    """What the copy for somebody is known by."""
    return f"{_prefix(id)}{person_id}"


def _prefix(id: int) -> str:
    return f"broadcast:{id}:"


def tally(db: Db, broadcast: Broadcast) -> Tally:
    """How far it is. What it came to is kept once it is over."""
    if broadcast.state is not State.RUNNING:
        return Tally(broadcast.sent, broadcast.missed, 0, 0, None)
    found = {row["state"]: row for row in db.query(_TALLY, **_copies(broadcast.id))}
    return Tally(
        sent=_count(found, "done"),
        missed=_count(found, "dead"),
        in_hand=_count(found, "claimed"),
        waiting=_count(found, "waiting"),
        last_due=maybe_from_ms(found["waiting"]["last_due"] if "waiting" in found else None),
    )


_TALLY = """SELECT state, count(*) AS n, max(due_at) AS last_due FROM jobs
            WHERE kind = :kind AND key LIKE :like GROUP BY state"""


def _count(found: dict[str, Row], state: str) -> int:
    return found[state]["n"] if state in found else 0


def withdraw(db: Db, id: int) -> int:
    """Takes back the copies that nobody has in hand yet; how many that were."""
    return db.run(
        "DELETE FROM jobs WHERE kind = :kind AND key LIKE :like AND state = 'waiting'",
        **_copies(id),
    )


def withdraw_of(db: Db, person_id: int) -> None:
    """Takes back the copies of all that somebody has sent to everybody: each names their chat."""
    rows = db.query("SELECT id FROM broadcasts WHERE person_id = :id", id=person_id)
    for row in rows:
        db.run(
            """DELETE FROM jobs WHERE kind = :kind AND key LIKE :like
               AND state IN ('waiting', 'dead')""",
            **_copies(row["id"]),
        )


def purge(db: Db, before: datetime) -> int:
    """Forgets broadcasts that were drafted before an instant; how many there were."""
    return db.run(
        "DELETE FROM broadcasts WHERE created_at < :before AND state <> 'running'",
        before=to_ms(before),
    )


def _copies(id: int) -> dict[str, Any]:
    return {"kind": SEND_ONCE, "like": _prefix(id) + "%"}


def _broadcast(row: Row) -> Broadcast:
    return Broadcast(
        id=row["id"],
        person_id=row["person_id"],
        message_id=row["message_id"],
        shown_in=row["shown_in"],
        state=State(row["state"]),
        total=row["total"],
        sent=row["sent"],
        missed=row["missed"],
        created_at=from_ms(row["created_at"]),
    )
