"""Who pays for asking the model: what each call took is written down, and a day's share kept."""

from datetime import timedelta
from typing import Protocol

from bot.clock import Clock
from storage import Store, spending
from storage.spending import ModelCall

DAY = timedelta(hours=24)


class Ledger(Protocol):
    """Says beforehand whether a person may still ask, and keeps what was asked."""

    async def allowed(self, person_id: int | None, estimate: int) -> bool:
        """Whether `estimate` more tokens stay within the person's share; None is the operator."""
        ...

    async def record(self, call: ModelCall) -> None:
        """Keeps one HTTP call, however it ended."""
        ...


class StoredLedger:
    """The ledger over the database: `daily_tokens` for each person in any 24 hours, 0 no limit."""

    def __init__(self, store: Store, clock: Clock, daily_tokens: int) -> None:
        self._store = store
        self._clock = clock
        self._daily_tokens = daily_tokens

    async def allowed(self, person_id: int | None, estimate: int) -> bool:
        if person_id is None or not self._daily_tokens:
            return True
        since = self._clock.now() - DAY
        spent = await self._store.read(spending.tokens_since, person_id, since)
        return spent + estimate <= self._daily_tokens

    async def record(self, call: ModelCall) -> None:
        await self._store.write(spending.add, call)


class NoLedger:
    """No share and nothing kept: for the terminal, where the operator asks."""

    async def allowed(self, person_id: int | None, estimate: int) -> bool:
        return True

    async def record(self, call: ModelCall) -> None:
        return None
