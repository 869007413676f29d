"""Dialogs: people write to the local Telegram, and everything they cause is done in order.

One dispatcher serves the whole session, because a router attaches only once; what belongs to a
test (store, clock, model) is given with every update.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Container
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

import pytest

from bot.importing import import_aiogram

import_aiogram()

from aiogram import Bot, Dispatcher
from aiogram.methods import GetUpdates

from bot.budgets import Budgets, Rate, Rates
from bot.clock import StandingClock
from bot.conversations import Conversations
from bot.delivery import Delivery
from bot.drawing import draw
from bot.metrics import Metrics
from bot.telegram import forgive_courtesies
from bot.tryout.session import local_bot
from bot.tryout.telegram import LocalTelegram
from handlers.chat.work import Keeping, ModelFacts
from handlers.reminders.reminders import GroupSpeakers, Speakers
from handlers.routers import GROUP_SPEAKERS, JOBS, SPEAKERS, TICKS, build_router
from prompts import load_all
from storage import Store, jobs
from storage.messages import SEND, SEND_ONCE

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
prompts = cache(load_all)
BOUNDLESS = Rate(10_000, timedelta(microseconds=1))


class Workless:
    """Nothing has to be woken: a dialog looks for itself."""

    def nudge(self, *kinds: str) -> None:
        """Heard."""


class Dialog:
    """The bot's side of a conversation: `settle` does whatever is due at this moment."""

    def __init__(
        self,
        telegram: LocalTelegram,
        store: Store,
        clock: StandingClock,
        dispatcher: Dispatcher,
    ) -> None:
        self.telegram = telegram
        self.store = store
        self.clock = clock
        self.bot: Bot = local_bot(telegram)
        self.bot.session.middleware(forgive_courtesies)
        self.dispatcher = dispatcher
        self.context: dict[str, Any] = {
            "store": store,
            "clock": clock,
            "work": Workless(),
            "model": ModelFacts(),
            "keeping": Keeping(backups=7),
            "ask": None,
            "model_on": False,
            "prompts": prompts,
            "draw": draw,
            "token": (f"token-{number}" for number in count(1)).__next__,
        }
        rates = Rates(BOUNDLESS, BOUNDLESS, BOUNDLESS, BOUNDLESS)
        self._delivery = Delivery(store, self.bot, clock, Metrics(), budgets=Budgets(rates))
        self.speakers: Speakers = SPEAKERS
        self.group_speakers: GroupSpeakers = GROUP_SPEAKERS
        self._offset = 0

    async def settle(self) -> None:
        """Updates in, jobs done, messages out, until nothing is due."""
        while await self.hear() or await self._work() or await self.send():
            pass

    async def later(self, by: timedelta) -> None:
        """Time passes."""
        self.clock.move(by)
        await self.settle()

    def said(self, person: int) -> list[str]:
        """What the bot has said to a person, as the chat shows it now."""
        return [message.text or message.caption or "" for message in self.telegram.answers(person)]

    async def hear(self) -> bool:
        updates = await self.bot(GetUpdates(offset=self._offset, timeout=0))
        for update in updates:
            self._offset = update.update_id + 1
            await self.dispatcher.feed_update(
                self.bot, update, now=self.clock.now(), **self.context
            )
        return bool(updates)

    async def _work(self) -> bool:
        due = await self._due()
        return any([await self._each(kind, self._job(JOBS[kind])) for kind in JOBS if kind in due])

    def _job(self, act: Callable[..., Awaitable[None]]) -> Callable[[jobs.Job], Awaitable[None]]:
        async def do(job: jobs.Job) -> None:
            await act(job, bot=self.bot, now=self.clock.now(), **self.context)

        return do

    async def send(self) -> bool:
        async def deliver(job: jobs.Job) -> None:
            await self.store.write(await self._delivery.deliver(job))

        due = await self._due()
        return any([await self._each(kind, deliver) for kind in (SEND, SEND_ONCE) if kind in due])

    async def tick(self) -> None:
        """What the time brings, and all that comes of it."""
        await self.only_tick()
        await self.settle()

    async def only_tick(self) -> None:
        """What the time brings; nothing is sent yet."""
        for tick in TICKS:
            await tick(
                self.clock.now(),
                bot=self.bot,
                speakers=self.speakers,
                group_speakers=self.group_speakers,
                **self.context,
            )

    async def _due(self) -> Container[str]:
        """The kinds worth asking for: a transaction for each of them took half of a dialog."""
        return await self.store.read(jobs.oldest_due, self.clock.now())

    async def _each(self, kind: str, act: Callable[[jobs.Job], Awaitable[None]]) -> bool:
        claimed = await self.store.write(
            jobs.claim,
            kind=kind,
            owner="test",
            now=self.clock.now(),
            lease=timedelta(minutes=1),
            limit=1,
        )
        for job in claimed:
            await act(job)
        return bool(claimed)


@pytest.fixture(scope="session")
def dispatcher() -> Dispatcher:
    """The routers of the real bot; conversations are kept in the store that comes along."""
    dispatcher = Dispatcher()
    dispatcher.include_router(build_router())
    return dispatcher


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(NOON)


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    store = await Store.open(database_url, now=NOON)
    yield store
    await store.close()


@pytest.fixture
def telegram(clock: StandingClock) -> LocalTelegram:
    return LocalTelegram(clock)


@pytest.fixture
async def dialog(
    telegram: LocalTelegram, store: Store, clock: StandingClock, dispatcher: Dispatcher
) -> Dialog:
    dispatcher.fsm.storage = Conversations(store, clock)
    return Dialog(telegram, store, clock, dispatcher)


@pytest.fixture
async def anna(dialog: Dialog) -> int:
    """Somebody who has just pressed Start."""
    person = dialog.telegram.add_person("Anna", "en", "anna").id
    dialog.telegram.start(person)
    await dialog.settle()
    return person
