"""What stands before the bot: it answers who asks, also while there is no store to work with."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.metrics import Metrics
from bot.web import Behind
from storage import StoreUnavailable


class Front:
    """Passes on what is asked to the bot that works now; `waiting` says why none does."""

    def __init__(self, metrics: Metrics, waiting: Callable[[], str | None]) -> None:
        self.bot: Behind | None = None
        self._metrics = metrics
        self._waiting = waiting

    async def problem(self) -> str | None:
        """Why the bot isn't ready; None when it is."""
        if self.bot:
            return await self.bot.problem()
        return f"database: {self._waiting() or 'closed'}"

    async def metrics(self) -> bytes:
        """What has been counted so far, and the queue when it can be read."""
        return await self.bot.metrics() if self.bot else self._metrics.text()

    async def take(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Stores updates. Raises StoreUnavailable."""
        if self.bot is None:
            raise StoreUnavailable("closed")
        await self.bot.take(updates)
