"""A copy of the database every day (UTC), and the newest few of them kept.

Whichever process claims the day's job makes the copy: those that share a store make one together.
"""

import asyncio
import logging
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bot.scheduler import Tick
from bot.work import Claims
from storage import Db, Store, StoreError, jobs
from storage.beside import beside
from storage.jobs import Job

log = logging.getLogger(__name__)

NAME = "sogood-{day:%Y-%m-%d}.db"
NAMES = "sogood-????-??-??.db"

BACKUP = "backup"
"""The kind of the job that a day's copy is; its key is the day."""


def daily(store: Store, claims: Claims, folder: Path, kept: int) -> Tick:
    """A tick that sees to it that today has its copy; `kept` of them stay. The copy is written
    beside the ticking, because nobody's reminder should wait for it. `claims` keeps the job ours
    meanwhile."""
    running: set[asyncio.Task[None]] = set()
    troubles: set[str] = set()

    async def see_to_it(now: datetime) -> None:
        target = folder / NAME.format(day=now)
        if not running and not target.exists():
            task = asyncio.create_task(_back_up(store, claims, target, kept, now, troubles))
            running.add(task)
            task.add_done_callback(running.discard)

    return see_to_it


@beside
def _claim(db: Db, claims: Claims, now: datetime) -> Job | None:
    """The job of today, unless another process has it or has done it. Those of days that have
    passed are over."""
    today = f"{now:%Y-%m-%d}"
    jobs.add(db, kind=BACKUP, key=today, payload={}, due_at=now)
    facts = {"owner": claims.owner, "now": now, "lease": claims.lease}
    found = {job.key: job for job in jobs.claim(db, kind=BACKUP, limit=400, **facts)}
    mine = found.pop(today, None)
    for passed in found.values():
        jobs.done(db, passed, now)
    return mine


async def _back_up(
    store: Store, claims: Claims, target: Path, kept: int, now: datetime, troubles: set[str]
) -> None:
    """Old copies go only when the new one is whole; what fails is tried at the next tick, by
    whoever is first, and said once. A store that fails itself says so already."""
    try:
        job = await store.write(_claim, claims, now)
    except StoreError:
        return
    if job is None:
        return
    try:
        await store.backup(target)
        await asyncio.to_thread(rotate, target.parent, kept)
        await store.write(jobs.done, job, now)
    except (StoreError, OSError) as problem:
        trouble = getattr(problem, "code", type(problem).__name__)
        if trouble not in troubles:
            log.warning("no backup for today yet: %s", trouble)
        troubles.add(trouble)
        with suppress(StoreError):  # else its lease runs out
            await store.write(jobs.withdraw, job)
    else:
        troubles.clear()
        log.info("the database is copied to %s", target.name)


def rotate(folder: Path, kept: int) -> list[Path]:
    """Deletes all but the newest `kept` copies; which ones those were."""
    old = sorted(folder.glob(NAMES))[:-kept]
    for copy in old:
        copy.unlink(missing_ok=True)
    return old


def newest(folder: Path) -> Path | None:
    """The copy of the latest day."""
    return max(folder.glob(NAMES), default=None)
