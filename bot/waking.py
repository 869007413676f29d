"""Work that another process left for this one is begun at once, and not at the next slow look."""

from contextlib import suppress
from datetime import timedelta

from bot.clock import Clock
from bot.work import Workers
from storage import Store, StoreUnavailable
from storage.untaken import due

LOOK_EVERY = timedelta(seconds=0.1)
"""A look is a few steps in an index; a claim, which writes, follows only when something is due."""


async def wake(store: Store, workers: Workers, clock: Clock) -> None:
    """Nudges the workers of whatever is due, until it is cancelled."""
    while True:
        with suppress(StoreUnavailable):  # its watch says so
            workers.nudge(*await store.read(due, clock.now()))
        await clock.sleep(LOOK_EVERY)
