"""Conversations: a state survives a restart, and a topic has its own."""

import pytest
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import StorageKey

from bot.conversations import Conversations


class Steps(StatesGroup):
    naming = State()


@pytest.fixture
def context(store, clock):
    def of(chat=7, user=7, thread=None):
        key = StorageKey(bot_id=1, chat_id=chat, user_id=user, thread_id=thread)
        return FSMContext(Conversations(store, clock), key)

    return of


async def test_a_state_and_its_data_are_remembered_as_json(context):
    await context().set_state(Steps.naming)
    await context().update_data(name="Anna", tries=[1, 2])
    assert await context().get_state() == Steps.naming.state
    assert await context().get_data() == {"name": "Anna", "tries": [1, 2]}


async def test_clearing_leaves_nothing_behind(context, store):
    await context().set_state(Steps.naming)
    await context().update_data(name="Anna")
    await context().clear()
    assert await context().get_state() is None
    assert await store.read(lambda db: db.query("SELECT * FROM conversations")) == []


async def test_chats_people_and_topics_are_kept_apart(context):
    await context(chat=-100, user=7, thread=2).set_state(Steps.naming)
    for other in (context(chat=-100, user=7, thread=3), context(chat=-100, user=8, thread=2)):
        assert await other.get_state() is None
