"""Opening the store at the start: waits for what mends itself, and for an older program to end."""

import asyncio
import logging
from datetime import timedelta

from bot.clock import Clock
from bot.watched import WatchedStore
from coach.texts import say
from storage import StoreError, StoreUnavailable, StoreUnusable, lacks_steps, path_of
from storage.presence import present

log = logging.getLogger(__name__)

PAUSES = (1, 2, 4, 8, 15)
"""Seconds between tries; the last one is kept up."""

OLDER = "older_at_work"

PASSING = frozenset({"not_ours"})
"""Why a store can't be used at all, though it may be mended under way: a damaged file isn't known
for ours, and a backup may be put in its place."""


class Opening:
    """Opens the store; `trouble` says why it isn't open yet."""

    def __init__(self, url: str, clock: Clock, stop: asyncio.Event) -> None:
        self.trouble: str | None = "opening"
        self._url = url
        self._clock = clock
        self._stop = stop

    async def opened(self) -> WatchedStore | None:
        """The store, sound and up to date; None when the bot is to stop before it can be opened.
        Raises StoreUnusable for what only an operator can change."""
        tries = 0
        while not self._stop.is_set():
            store = await self._tried()
            if store is not None:
                self.trouble = None
                return store
            await self._pause(timedelta(seconds=PAUSES[min(tries, len(PAUSES) - 1)]))
            tries += 1
        return None

    async def _pause(self, duration: timedelta) -> None:
        """Waits, but not for a bot that is to stop."""
        ends = [asyncio.create_task(one) for one in (self._clock.sleep(duration), _set(self._stop))]
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        for task in ends:
            task.cancel()
        await asyncio.gather(*ends, return_exceptions=True)

    async def _tried(self) -> WatchedStore | None:
        try:
            if await asyncio.to_thread(self._older_at_work):
                return self._wait(OLDER, say("en", "bot.store.older_at_work"))
            return await self._sound()
        except StoreUnavailable as problem:
            return self._wait(problem.code, str(problem))
        except StoreUnusable as problem:
            if problem.code not in PASSING:
                raise
            return self._wait(problem.code, str(problem))

    def _older_at_work(self) -> bool:
        """Whether the tables are to be brought up to date, and somebody still uses them as they
        are: a program never finds them changed under its hands."""
        if not self._url.startswith("sqlite:///"):
            return False
        path = path_of(self._url)
        if not lacks_steps(path):
            return False
        with present(path) as presence:
            return not presence.alone

    async def _sound(self) -> WatchedStore | None:
        """A file that was damaged before is read as a whole before anybody relies on it."""
        store = await WatchedStore.open(self._url, now=self._clock.now())
        if self.trouble == "broken":
            try:
                if not await store.sound():
                    raise StoreUnavailable("broken")
            except StoreError:
                await store.close()
                raise
        return store

    def _wait(self, trouble: str, sentence: str) -> None:
        if trouble != self.trouble:
            log.error("%s", sentence)
        self.trouble = trouble


async def _set(event: asyncio.Event) -> None:
    await event.wait()
