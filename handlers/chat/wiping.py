"""What was deleted leaves the disk: at once, or as soon as nobody reads any more."""

import logging
from datetime import datetime, timedelta
from typing import Any

from handlers.chat.work import Work, finish
from storage import Db, Store, StoreUnavailable, jobs
from storage.jobs import Job

log = logging.getLogger(__name__)

WIPE = "wipe"
"""The kind of job that tries again."""

PATIENCE = timedelta(minutes=1)
"""Between two tries: a backup that reads takes seconds, a full disk takes its operator."""


async def wipe(store: Store, now: datetime, work: Work) -> bool:
    """Whether what was deleted is off the disk by now; else a job sees to it."""
    done = await wiped(store)
    if not done:
        await store.write(try_later, now)
        work.nudge(WIPE)
    return done


async def wipe_again(job: Job, *, store: Store, now: datetime, **_: Any) -> None:
    """Tries for as long as it takes."""
    done = await wiped(store)

    def end(db: Db) -> None:
        finish(db, job, now)
        if not done:
            try_later(db, now)

    await store.write(end)


async def wiped(store: Store) -> bool:
    """One try; whether it went through."""
    try:
        return await store.wipe()
    except StoreUnavailable as problem:
        log.warning("what was deleted is still on the disk (%s)", problem.code)
        return False


def try_later(db: Db, now: datetime) -> None:
    """Leaves it to the job."""
    jobs.add(db, kind=WIPE, key=now.isoformat(), payload={}, due_at=now + PATIENCE, now=now)
