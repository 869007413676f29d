"""The budgets of processes side by side: each hears what the others send before it sends."""

import secrets
from datetime import datetime

from bot.budgets import Budgets, Weight, place_of
from storage import Store, StoreUnavailable, bookings


class SharedBudgets:
    """What others have booked, in our own budgets. Instants are each process's own: machines side
    by side keep their clocks together (NTP)."""

    def __init__(self, store: Store, budgets: Budgets) -> None:
        self._store = store
        self._budgets = budgets
        self._owner = secrets.token_hex(8)
        self._seen = 0

    async def booked(self, chat_id: int, cost: Weight, now: datetime) -> bool:
        """False when others have sent meanwhile: whether there is room is to be seen anew. While
        the store is away our own budgets must do; nothing new is claimed then."""
        try:
            news = await self._store.write(
                bookings.book,
                owner=self._owner,
                place=place_of(chat_id),
                cost=cost.value,
                at=now,
                seen=self._seen,
            )
        except StoreUnavailable:
            return True
        for one in news:
            self._budgets.heard(one.place, Weight(one.cost), one.at)
            self._seen = one.id
        return not news
