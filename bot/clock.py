"""The only reader of the time: a clock one can wait for, and move forward while trying things."""

import asyncio
from datetime import UTC, datetime, timedelta


class Clock:
    """The time of this machine, plus what it was moved."""

    def __init__(self) -> None:
        self._moved = timedelta(0)
        self._waiting: set[asyncio.Event] = set()

    def now(self) -> datetime:
        """The instant, aware, in UTC."""
        return datetime.now(UTC) + self._moved

    def move(self, by: timedelta) -> None:
        """Moves the time for everybody who asks, and lets everybody who waits look again."""
        self._moved += by
        for wake in self._waiting:
            wake.set()

    async def wait(self, wake: asyncio.Event, until: datetime | None = None) -> None:
        """Returns when `wake` is set, when `until` has come, or when the clock was moved.

        A moved clock sets `wake`; whoever waits looks what there is to do, as for any other.
        """
        self._waiting.add(wake)
        try:
            async with asyncio.timeout(self._seconds_until(until)):
                await wake.wait()
        except TimeoutError:
            return
        finally:
            self._waiting.discard(wake)

    async def sleep_until(self, instant: datetime) -> None:
        """Returns as soon as `now()` is `instant` or later."""
        while self.now() < instant:
            await self.wait(asyncio.Event(), instant)

    async def sleep(self, duration: timedelta) -> None:
        """Returns when so much time has passed."""
        await self.sleep_until(self.now() + duration)

    def _seconds_until(self, instant: datetime | None) -> float | None:
        return None if instant is None else max(0.0, (instant - self.now()).total_seconds())


class StandingClock(Clock):
    """A clock that stands still until it is moved: for tests."""

    def __init__(self, instant: datetime) -> None:
        super().__init__()
        self._instant = instant

    def now(self) -> datetime:
        return self._instant + self._moved

    @property
    def waiting(self) -> int:
        """How many wait now."""
        return len(self._waiting)

    def _seconds_until(self, instant: datetime | None) -> float | None:
        due = instant is not None and instant <= self.now()
        return 0.0 if due else None
