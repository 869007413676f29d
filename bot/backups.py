"""A copy of the database every day (UTC), and the newest few of them kept."""

import asyncio
import logging
from datetime import datetime
from pathlib import Path

from bot.scheduler import Tick
from storage import Store, StoreError

log = logging.getLogger(__name__)

NAME = "sogood-{day:%Y-%m-%d}.db"
NAMES = "sogood-????-??-??.db"


def daily(store: Store, folder: Path, kept: int) -> Tick:
    """A tick that sees to it that today has its copy; `kept` of them stay. The copy is written
    beside the ticking, because nobody's reminder should wait for it."""
    running: set[asyncio.Task[None]] = set()
    troubles: set[str] = set()

    async def see_to_it(now: datetime) -> None:
        target = folder / NAME.format(day=now)
        if not running and not target.exists():
            task = asyncio.create_task(_back_up(store, target, kept, troubles))
            running.add(task)
            task.add_done_callback(running.discard)

    return see_to_it


async def _back_up(store: Store, target: Path, kept: int, troubles: set[str]) -> None:
    """Old copies go only when the new one is whole; what fails is tried at the next tick, and said
    once."""
    try:
        await store.backup(target)
        await asyncio.to_thread(rotate, target.parent, kept)
    except (StoreError, OSError) as problem:
        trouble = getattr(problem, "code", type(problem).__name__)
        if trouble not in troubles:
            log.warning("no backup for today yet: %s", trouble)
        troubles.add(trouble)
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
