"""What was given up and waits for somebody to look at it: counted, listed, tried again, dropped.

What waited for people who are gone is dead as well, but nobody's task: it counts by itself.
"""

from collections.abc import Sequence
from datetime import datetime

from storage import jobs
from storage.chats import UNREACHABLE
from storage.engine import Db, one_of
from storage.instants import to_ms
from storage.jobs import DeadJob

_GONE, _REASONS = one_of("gone", sorted(UNREACHABLE))
_DEAD = "finished_at IS NOT NULL AND state = 'dead'"
_WORTH = f"{_DEAD} AND (error IS NULL OR error NOT IN {_GONE})"


def counted(db: Db) -> tuple[int, int]:
    """How many could be tried again, and how many wait for people who are gone."""
    every, worth = (
        db.one(f"SELECT count(*) AS n FROM jobs WHERE {which}", **values)  # noqa: S608
        for which, values in ((_DEAD, {}), (_WORTH, _REASONS))
    )
    assert every is not None
    assert worth is not None
    return worth["n"], every["n"] - worth["n"]


def newest(db: Db, *, limit: int, skip: int = 0) -> Sequence[DeadJob]:
    """Those that could be tried again, the latest first, without what is in them."""
    rows = db.query(
        f"""SELECT id, kind, key, attempts, error, finished_at FROM jobs WHERE {_WORTH}
            ORDER BY finished_at DESC, id DESC LIMIT :limit OFFSET :skip""",  # noqa: S608
        limit=limit,
        skip=skip,
        **_REASONS,
    )
    return [jobs.dead_job(row) for row in rows]


def revive_all(db: Db, now: datetime) -> int:
    """Tries everything again that could be; how many that were."""
    return db.run(
        f"""UPDATE jobs SET state = 'waiting', attempts = 0, due_at = :now, ready_at = :now,
                finished_at = NULL, error = NULL
            WHERE {_WORTH}""",  # noqa: S608
        now=to_ms(now),
        **_REASONS,
    )


def revive_own(db: Db, id: int, person_id: int, now: datetime) -> bool:
    """Tries again what was given up of somebody's. False when it isn't theirs, or isn't dead."""
    row = db.one("SELECT person_id FROM jobs WHERE id = :id", id=id)
    return row is not None and row["person_id"] == person_id and jobs.revive(db, id, now)


def drop(db: Db, id: int) -> bool:
    """Forgets one for good, with what is in it. False when it isn't dead."""
    return db.run("DELETE FROM jobs WHERE id = :id AND state = 'dead'", id=id) == 1
