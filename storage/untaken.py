"""What waits for a process to take it: what is due, and what is due for long and nobody takes."""

from datetime import datetime, timedelta

from storage import jobs
from storage.engine import Db
from storage.instants import to_ms

PATIENCE = timedelta(minutes=1)
"""Longer than a crashed process keeps others waiting, and than a job that failed waits."""


def due(db: Db, now: datetime) -> list[str]:
    """The kinds of jobs with something that is due. Costs a step for each kind, however much
    waits."""
    rows = db.query(
        """WITH RECURSIVE kinds (kind) AS (
               SELECT min(kind) FROM jobs WHERE finished_at IS NULL
               UNION ALL
               SELECT (SELECT min(job.kind) FROM jobs AS job
                       WHERE job.finished_at IS NULL AND job.kind > kinds.kind)
               FROM kinds WHERE kinds.kind IS NOT NULL)
           SELECT kind FROM kinds
           WHERE kind IS NOT NULL AND EXISTS (
               SELECT 1 FROM jobs AS job
               WHERE job.kind = kinds.kind AND job.finished_at IS NULL AND job.ready_at <= :now)""",
        now=to_ms(now),
    )
    return [row["kind"] for row in rows]


def untaken(db: Db, now: datetime) -> dict[str, datetime]:
    """The kinds of jobs that nobody takes, and since when the longest waiting one is due."""
    late = {kind: at for kind, at in jobs.oldest_due(db, now).items() if now - at > PATIENCE}
    return {kind: at for kind, at in late.items() if not _in_hand(db, kind, now)}


def _in_hand(db: Db, kind: str, now: datetime) -> bool:
    row = db.one(
        """SELECT 1 AS found FROM jobs
           WHERE kind = :kind AND state = 'claimed' AND ready_at > :now LIMIT 1""",
        kind=kind,
        now=to_ms(now),
    )
    return row is not None
