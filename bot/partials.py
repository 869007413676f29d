"""What an answer says so far, told now and then without holding the answer up."""

import asyncio
import logging
from contextlib import suppress
from datetime import datetime, timedelta

from bot.clock import Clock
from prompts.asking import OnPartial
from prompts.replies import so_far

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=0.5)


class Partials:
    """Tells one listener, one thing at a time; what comes while it is busy is skipped."""

    def __init__(self, tell: OnPartial | None, clock: Clock) -> None:
        self._tell = tell
        self._clock = clock
        self._due: datetime | None = None
        self._said: object = {}
        self._telling: asyncio.Task[None] | None = None

    def hear(self, reply: str) -> None:
        """Takes the reply as far as it has come."""
        now = self._clock.now()
        early = self._due is not None and now < self._due
        if self._tell is None or early or (self._telling and not self._telling.done()):
            return
        self._due = now + EVERY
        said = so_far(reply)
        if said is not None and said != self._said:
            self._said = said
            self._telling = asyncio.create_task(self._told(self._tell, said))

    async def end(self) -> None:
        """Nothing is told after this: the answer itself is about to be."""
        if self._telling is not None:
            self._telling.cancel()
            with suppress(asyncio.CancelledError):
                await self._telling

    async def _told(self, tell: OnPartial, said: object) -> None:
        try:
            await tell(said)
        except Exception as problem:
            log.warning("a draft couldn't be shown (%s)", type(problem).__name__)
