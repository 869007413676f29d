"""The store under watch: what keeps it from working is said once, and so is that it works again."""

import asyncio
import logging
from collections.abc import Callable
from contextvars import copy_context
from datetime import datetime, timedelta
from typing import Concatenate, ParamSpec, TypeVar

from bot.clock import Clock
from coach.texts import say
from storage import Db, Store, StoreUnavailable, conversations
from storage.beside import marked_like

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

PROBE = "readyz"
"""A row that is written over and over: nothing less shows that the disk takes more."""

PAD = 64 * 1024
"""Bytes that the disk must take before it counts as having room again: as much as a long letter."""

LOOK_EVERY = timedelta(seconds=2)
"""How often a store that doesn't work is looked at."""

EXAMINE_EVERY = timedelta(minutes=1)
"""How often a file that can't be read or written is read as a whole."""


class StoreWatch:
    """What is wrong with the store: `trouble` is the code of a StoreUnavailable, or None. `damaged`
    is set when the file itself is, so that only another one helps."""

    def __init__(self, clock: Clock) -> None:
        self.trouble: str | None = None
        self.damaged = asyncio.Event()
        self._clock = clock
        self._failed = asyncio.Event()
        self._examined_at: datetime | None = None

    def failed(self, problem: StoreUnavailable) -> None:
        """Something could not be read or written. A store that is closing hasn't failed."""
        if problem.code == "closed":
            return
        if problem.code != self.trouble:
            log.error("%s", problem)
        self.trouble = problem.code
        self._failed.set()

    async def look(self, store: Store) -> str | None:
        """What is wrong with it now; None when it takes what is written. Raises nothing."""
        now = self._clock.now()
        probe = {"at": str(now), "pad": "." * PAD if self.trouble else ""}
        try:
            await store.write(conversations.set_data, PROBE, probe, now=now)
        except StoreUnavailable as problem:
            self.failed(problem)
            if problem.code == "broken" and self._may_examine(now):
                await self._examine(store)
            return problem.code
        if self.trouble == "broken" and not await self._examine(store):
            return self.trouble
        self._works()
        return None

    async def keep_looking(self, store: Store) -> None:
        """Looks at a store that has failed until it works again, until it is cancelled."""
        while True:
            await self._failed.wait()
            await self._clock.sleep(LOOK_EVERY)
            await self.look(store)

    def _works(self) -> None:
        if self.trouble:
            log.info("%s", say("en", "bot.store.again"))
        self.trouble = None
        self._failed.clear()

    def _may_examine(self, now: datetime) -> bool:
        return self._examined_at is None or now - self._examined_at >= EXAMINE_EVERY

    async def _examine(self, store: Store) -> bool:
        """Whether every page of the file is as it should be."""
        self._examined_at = self._clock.now()
        try:
            sound = await store.sound()
        except StoreUnavailable:
            sound = False
        if not sound:
            self.damaged.set()
        return sound


class WatchedStore(Store):
    """A store that tells its watch what it could not do."""

    watch: StoreWatch | None = None

    async def read(
        self, act: Callable[Concatenate[Db, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        try:
            return await super().read(act, *args, **kwargs)
        except StoreUnavailable as problem:
            self._tell(problem)
            raise

    async def write(
        self, act: Callable[Concatenate[Db, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        context = copy_context()  # the thread that writes knows nothing of who asked
        try:
            run: Callable[[Db], T] = lambda db: context.run(act, db, *args, **kwargs)  # noqa: E731
            return await super().write(marked_like(act, run))
        except StoreUnavailable as problem:
            self._tell(problem)
            raise

    def _tell(self, problem: StoreUnavailable) -> None:
        if self.watch:
            self.watch.failed(problem)
