"""The only importer of apscheduler: it ticks; the database knows what is due."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from storage import StoreUnavailable

log = logging.getLogger(__name__)

Tick = Callable[[datetime], Awaitable[object]]
"""Does what is due at an instant. May return the instant of what is due next."""


class Ticker:
    """Calls every tick at the start, each `every`, when something is due and whenever the clock is
    moved, one round at a time; a round that is late is done once."""

    def __init__(self, ticks: Sequence[Tick], clock: Clock, every: timedelta) -> None:
        self._ticks = ticks
        self._clock = clock
        self._round = asyncio.Lock()
        self._following: asyncio.Task[None] | None = None
        self._scheduler = AsyncIOScheduler()
        self._scheduler.add_job(
            self.tick,
            "interval",
            seconds=every.total_seconds(),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    def start(self) -> None:
        """Begins to tick; needs a running event loop."""
        self._scheduler.start()
        self._following = asyncio.create_task(self._follow())

    def stop(self) -> None:
        """Ticks no more; a round that has begun is left to end."""
        self._scheduler.shutdown(wait=False)
        if self._following:
            self._following.cancel()

    async def tick(self) -> datetime | None:
        """One round. A tick that fails keeps no other from its turn. When something is due next,
        as far as the ticks know."""
        async with self._round:
            return min(filter(None, [await self._done(tick) for tick in self._ticks]), default=None)

    async def _done(self, tick: Tick) -> datetime | None:
        try:
            following = await tick(self._clock.now())
        except StoreUnavailable:
            return None  # its watch has said so
        except Exception:
            log.exception("a tick failed")
            return None
        return following if isinstance(following, datetime) else None

    async def _follow(self) -> None:
        """What is due when we start, or when somebody moves the clock, is done at once."""
        moved = asyncio.Event()
        while True:
            following = await self.tick()
            # What stays due because its tick fails is left to the next round.
            ahead = following is not None and following > self._clock.now()
            await self._clock.wait(moved, following if ahead else None)
            moved.clear()
