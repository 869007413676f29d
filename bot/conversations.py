"""aiogram's conversation state, kept in our store as JSON: a restart forgets nothing."""

from collections.abc import Mapping
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from bot.clock import Clock
from storage import Store, conversations


class Conversations(BaseStorage):
    """State and data per bot, chat, thread and person."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        name = state.state if isinstance(state, State) else state
        await self._store.write(conversations.set_state, _text(key), name, **self._about(key))

    async def get_state(self, key: StorageKey) -> str | None:
        return await self._store.read(conversations.state, _text(key))

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        await self._store.write(conversations.set_data, _text(key), data, **self._about(key))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        return await self._store.read(conversations.data, _text(key))

    async def close(self) -> None:
        """The store is closed by whoever opened it."""

    def _about(self, key: StorageKey) -> dict[str, Any]:
        return {"now": self._clock.now(), "person_id": key.user_id}


def _text(key: StorageKey) -> str:
    """A topic of a group has conversations of its own (FSMStrategy.USER_IN_TOPIC)."""
    return conversations.key(key.bot_id, key.chat_id, key.thread_id, key.user_id, key.destiny)
