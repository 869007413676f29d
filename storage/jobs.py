"""The one queue: updates that came in, reviews to write, reminders, messages to send.

A job waits until it is due, is claimed for the length of a lease, and ends done or dead. Jobs of a
kind that share a lane are worked one at a time and in the order of their ids: one that waits for
another try holds its lane, one that was planned for later and one that is dead do not. A claim is
fenced by owner and attempt: whoever lost the lease can no longer change the job. That holds also
while other processes claim and end jobs: what is marked `beside` is safe among its like.
"""

import json
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from storage.beside import beside
from storage.engine import Db, Row, one_of
from storage.instants import from_ms, maybe_from_ms, to_ms


@dataclass(frozen=True, slots=True)
class Job:
    """A job in the hands of `owner`. `attempts` counts this one. `origin` names what it came of,
    through however many jobs, and nobody."""

    id: int
    kind: str
    key: str
    lane: str | None
    due_at: datetime
    attempts: int
    owner: str
    payload: dict[str, Any]
    created_at: datetime
    origin: str | None = None


ORIGIN: ContextVar[str | None] = ContextVar("origin", default=None)
"""What the jobs that are added now come of."""


@dataclass(frozen=True, slots=True)
class DeadJob:
    """A job that was given up, as an operator sees it: without its payload."""

    id: int
    kind: str
    key: str
    attempts: int
    error: str
    died_at: datetime


@beside
def add(
    db: Db,
    *,
    kind: str,
    key: str,
    payload: Mapping[str, Any],
    due_at: datetime,
    lane: str | None = None,
    person_id: int | None = None,
    now: datetime | None = None,
) -> bool:
    """False when that kind and key are known already; then nothing changes.

    `person_id` is whose data the payload holds; without it, the person whose number the lane is.
    `now` is when the job was made; without it, its due time.
    """
    added = db.run(
        """INSERT INTO jobs (kind, key, lane, person_id, state, due_at, ready_at, payload,
               created_at, origin)
           VALUES (:kind, :key, :lane, :person_id, 'waiting', :due_at, :due_at, :payload,
               :created_at, :origin)
           ON CONFLICT (kind, key) DO NOTHING""",
        kind=kind,
        key=key,
        lane=lane,
        person_id=_person_of(lane) if person_id is None else person_id,
        due_at=to_ms(due_at),
        payload=json.dumps(payload, ensure_ascii=False),
        created_at=to_ms(now or due_at),
        origin=ORIGIN.get(),
    )
    return added == 1


@beside
def claim(
    db: Db, *, kind: str, owner: str, now: datetime, lease: timedelta, limit: int
) -> list[Job]:
    """At most `limit` jobs that are due, or whose lease has run out, now in the hands of `owner`
    until `now + lease`; the longest due first."""
    asked = {
        "kind": kind,
        "owner": owner,
        "now": to_ms(now),
        "until": to_ms(now + lease),
        "limit": limit,
    }
    claimed = _claimed(db, asked)
    if db.skip_locked and (back := _put_back(db, claimed, now)):
        claimed = [job for job in claimed if job.id not in back] + _claimed(db, asked)
    return sorted(claimed, key=lambda job: (job.due_at, job.id))


def _claimed(db: Db, asked: Mapping[str, object]) -> list[Job]:
    sql = _CLAIM.format(skip_locked=db.skip_locked, lanes_of_ours=db.lanes_of_ours)
    return [_job(row) for row in db.query(sql, **asked)]


def _put_back(db: Db, claimed: Sequence[Job], now: datetime) -> set[int]:
    """Gives back what should not have been claimed. Who claimed from the same lanes, or added an
    older job there, has committed before the lanes were ours, but perhaps after the claim had
    looked; now nobody else claims there. What comes free is for the next statement to claim."""
    in_lanes = [job.id for job in claimed if job.lane is not None]
    if not in_lanes:
        return set()
    these, ids = one_of("id", in_lanes)
    return {row["id"] for row in db.query(_PUT_BACK.format(these=these), now=to_ms(now), **ids)}


# The rows to claim are found once, whatever an engine thinks of a subquery it could ask again.
_CLAIM = """
    WITH free AS (
        SELECT job.id, job.kind, job.lane FROM jobs AS job
        WHERE job.kind = :kind AND job.finished_at IS NULL AND job.ready_at <= :now
          AND (job.lane IS NULL OR (
            NOT EXISTS (
                SELECT 1 FROM jobs AS busy
                WHERE busy.kind = job.kind AND busy.lane = job.lane AND busy.state = 'claimed'
                  AND busy.ready_at > :now)
            AND NOT EXISTS (
                SELECT 1 FROM jobs AS older
                WHERE older.kind = job.kind AND older.lane = job.lane
                  AND older.finished_at IS NULL AND older.id < job.id
                  AND (older.attempts > 0 OR older.ready_at <= :now))))
        ORDER BY job.ready_at, job.id
        LIMIT :limit {skip_locked})
    UPDATE jobs SET state = 'claimed', owner = :owner, attempts = attempts + 1, ready_at = :until
    WHERE id IN (SELECT id FROM free {lanes_of_ours})
    RETURNING id, kind, key, lane, due_at, attempts, owner, payload, created_at,
        origin"""

_PUT_BACK = """
    UPDATE jobs SET state = 'waiting', owner = NULL, attempts = attempts - 1, ready_at = due_at
    WHERE id IN {these} AND (
        EXISTS (
            SELECT 1 FROM jobs AS busy
            WHERE busy.kind = jobs.kind AND busy.lane = jobs.lane AND busy.state = 'claimed'
              AND busy.ready_at > :now AND busy.id <> jobs.id)
        OR EXISTS (
            SELECT 1 FROM jobs AS older
            WHERE older.kind = jobs.kind AND older.lane = jobs.lane
              AND older.finished_at IS NULL AND older.id < jobs.id
              AND (older.attempts > 0 OR older.ready_at <= :now)))
    RETURNING id"""


def unfinished(db: Db, kind: str, lane: str) -> bool:
    """Whether a job of that kind and lane waits or is in hand."""
    row = db.one(
        """SELECT 1 AS found FROM jobs
           WHERE kind = :kind AND lane = :lane AND finished_at IS NULL LIMIT 1""",
        kind=kind,
        lane=lane,
    )
    return row is not None


def exists(db: Db, id: int) -> bool:
    """False when the job was deleted: its person has been forgotten, or its letter is gone."""
    return db.one("SELECT 1 AS found FROM jobs WHERE id = :id", id=id) is not None


@beside
def renew(db: Db, *, owner: str, now: datetime, lease: timedelta) -> int:
    """Puts off the end of every lease of `owner`; how many it still holds. One that has run out
    and is being claimed just now is left to whoever claims it."""
    return db.run(
        f"""UPDATE jobs SET ready_at = :until WHERE id IN (
                SELECT id FROM jobs WHERE state = 'claimed' AND owner = :owner
                {db.skip_locked})""",  # noqa: S608 - a word of the engine
        owner=owner,
        until=to_ms(now + lease),
    )


@beside
def done(db: Db, job: Job, now: datetime) -> bool:
    """Empties the payload and keeps the key, so that the same job isn't taken in twice; of an
    update, whose key says nothing, nobody knows any more who sent it. False when the lease went to
    someone else."""
    return _end(
        db,
        job,
        """state = 'done', finished_at = :now, payload = '{}', error = NULL, owner = NULL,
           lane = CASE kind WHEN 'update' THEN NULL ELSE lane END,
           person_id = CASE kind WHEN 'update' THEN NULL ELSE person_id END""",
        now=to_ms(now),
    )


@beside
def postpone(db: Db, job: Job, *, due_at: datetime, error: str | None = None) -> bool:
    """Back to waiting, until `due_at`. False when the lease went to someone else."""
    return _end(
        db,
        job,
        "state = 'waiting', due_at = :due, ready_at = :due, error = :error, owner = NULL",
        due=to_ms(due_at),
        error=error,
    )


@beside
def bury(db: Db, job: Job, *, error: str, now: datetime) -> bool:
    """Given up: out of its lane's way, the payload kept for `revive`. `error` names a cause and
    never quotes a person. False when the lease went to someone else."""
    return _end(
        db,
        job,
        "state = 'dead', finished_at = :now, error = :error, owner = NULL",
        now=to_ms(now),
        error=error,
    )


@beside
def withdraw(db: Db, job: Job) -> bool:
    """As if it had never been added: its key may come again. False when the lease went to someone
    else."""
    deleted = db.run(
        f"DELETE FROM jobs WHERE {_OURS}",  # noqa: S608 - a text of this module
        id=job.id,
        owner=job.owner,
        attempts=job.attempts,
    )
    return deleted == 1


@beside
def release(db: Db, *, owner: str | None = None) -> int:
    """Lets go of every claim of `owner`, or of everybody: those jobs are due again at once."""
    return db.run(
        """UPDATE jobs SET state = 'waiting', owner = NULL, ready_at = due_at
           WHERE state = 'claimed' AND (:everybody = 1 OR owner = :owner)""",
        owner=owner,
        everybody=int(owner is None),
    )


def next_due(db: Db, kind: str, *, after: datetime | None = None) -> datetime | None:
    """When the next open job of the kind may be claimed; None when there is none.

    That can be in the past while a busy lane holds a job back; `after` looks beyond it.
    """
    row = db.one(
        """SELECT min(ready_at) AS ready_at FROM jobs
           WHERE kind = :kind AND finished_at IS NULL AND ready_at > :after""",
        kind=kind,
        after=-1 if after is None else to_ms(after),
    )
    return maybe_from_ms(row["ready_at"]) if row else None


def outlook(db: Db, kind: str, now: datetime) -> tuple[datetime | None, datetime | None]:
    """When the first open job of the kind may be claimed, and the first that may be after `now`."""
    row = db.one(
        """SELECT
               (SELECT min(ready_at) FROM jobs WHERE kind = :kind AND finished_at IS NULL)
                   AS first,
               (SELECT min(ready_at) FROM jobs
                WHERE kind = :kind AND finished_at IS NULL AND ready_at > :now) AS later""",
        kind=kind,
        now=to_ms(now),
    )
    return (maybe_from_ms(row["first"]), maybe_from_ms(row["later"])) if row else (None, None)


def oldest_due(db: Db, now: datetime) -> dict[str, datetime]:
    """For every kind with something due, since when the longest waiting one is."""
    rows = db.query(
        """SELECT kind, min(due_at) AS due_at FROM jobs
           WHERE finished_at IS NULL AND ready_at <= :now GROUP BY kind""",
        now=to_ms(now),
    )
    return {row["kind"]: from_ms(row["due_at"]) for row in rows}


def counts(db: Db) -> dict[str, dict[str, int]]:
    """How many jobs of each kind are in each state."""
    found: dict[str, dict[str, int]] = {}
    for row in db.query(_COUNTS):
        found.setdefault(row["kind"], {})[row["state"]] = row["n"]
    return found


_COUNTS = """
    SELECT kind, state, count(*) AS n FROM jobs
    WHERE finished_at IS NULL GROUP BY kind, state
    UNION ALL
    SELECT kind, state, count(*) AS n FROM jobs
    WHERE finished_at IS NOT NULL AND state IN ('done', 'dead') GROUP BY kind, state"""


def dead(db: Db, limit: int = 20) -> Sequence[DeadJob]:
    """What was given up, the latest first."""
    rows = db.query(
        """SELECT id, kind, key, attempts, error, finished_at FROM jobs
           WHERE finished_at IS NOT NULL AND state = 'dead'
           ORDER BY finished_at DESC, id DESC LIMIT :limit""",
        limit=limit,
    )
    return [dead_job(row) for row in rows]


def revive(db: Db, id: int, now: datetime) -> bool:
    """Tries a dead job again from the start. False when it isn't dead."""
    changed = db.run(
        """UPDATE jobs SET state = 'waiting', attempts = 0, due_at = :now, ready_at = :now,
               finished_at = NULL, error = NULL
           WHERE id = :id AND state = 'dead'""",
        id=id,
        now=to_ms(now),
    )
    return changed == 1


def purge(db: Db, before: datetime, *, limit: int = 10_000) -> int:
    """Forgets the longest done of what was done before an instant, keys and all; dead jobs stay.
    At most `limit`, so that nobody waits for long; how many it were."""
    return _purge(db, "done", before, limit)


def purge_dead(db: Db, before: datetime, *, limit: int = 10_000) -> int:
    """Forgets what was given up before an instant and never revived; how many it were."""
    return _purge(db, "dead", before, limit)


def _purge(db: Db, state: str, before: datetime, limit: int) -> int:
    return db.run(
        """DELETE FROM jobs WHERE id IN (
               SELECT id FROM jobs
               WHERE finished_at IS NOT NULL AND finished_at < :before AND state = :state
               ORDER BY finished_at LIMIT :limit)""",
        before=to_ms(before),
        state=state,
        limit=limit,
    )


def _end(db: Db, job: Job, change: str, **values: object) -> bool:
    changed = db.run(
        f"UPDATE jobs SET {change} WHERE {_OURS}",  # noqa: S608 - `change` is one of three texts above
        id=job.id,
        owner=job.owner,
        attempts=job.attempts,
        **values,
    )
    return changed == 1


_OURS = "id = :id AND state = 'claimed' AND owner = :owner AND attempts = :attempts"


def _person_of(lane: str | None) -> int | None:
    """Telegram numbers people from 1 up and groups from -1 down, and a private chat has the number
    of its person (core.telegram.org/bots/api#chat)."""
    return int(lane) if lane and lane.isdecimal() else None


def _job(row: Row) -> Job:
    return Job(
        id=row["id"],
        kind=row["kind"],
        key=row["key"],
        lane=row["lane"],
        due_at=from_ms(row["due_at"]),
        attempts=row["attempts"],
        owner=row["owner"],
        payload=json.loads(row["payload"]),
        created_at=from_ms(row["created_at"]),
        origin=row["origin"],
    )


def dead_job(row: Row) -> DeadJob:
    """A row as an operator sees it."""
    return DeadJob(
        id=row["id"],
        kind=row["kind"],
        key=row["key"],
        attempts=row["attempts"],
        error=row["error"] or "",
        died_at=from_ms(row["finished_at"]),
    )
