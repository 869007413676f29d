"""The only importer of apscheduler: it ticks; the database knows what is due."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock

log = logging.getLogger(__name__)

Tick = Callable[[datetime], Awaitable[object]]
"""Does what is due at an instant."""


class Ticker:
    """Calls every tick at the start, each `every` and whenever the clock is moved, one round at a
    time; a round that is late is done once."""

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

    async def tick(self) -> None:
        """One round. A tick that fails keeps no other from its turn."""
        async with self._round:
            for tick in self._ticks:
                try:
                    await tick(self._clock.now())
                except Exception:
                    log.exception("a tick failed")

    async def _follow(self) -> None:
        """What is due when we start, or when somebody moves the clock, is done at once."""
        moved = asyncio.Event()
        while True:
            await self.tick()
            await self._clock.wait(moved)
            moved.clear()
