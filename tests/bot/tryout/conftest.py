"""A Telegram of one's own for each test, with a clock that stands still."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.clock import StandingClock
from bot.tryout.server import Running, serve
from bot.tryout.session import local_bot
from bot.tryout.telegram import LocalTelegram

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(NOON)


@pytest.fixture
def telegram(clock: StandingClock) -> LocalTelegram:
    return LocalTelegram(clock)


@pytest.fixture
def anna(telegram: LocalTelegram) -> int:
    """Somebody who has started the bot, which has heard of it."""
    person = telegram.add_person("Anna", "en", "anna").id
    telegram.start(person)
    forget_updates(telegram)
    return person


@pytest.fixture
def boris(telegram: LocalTelegram) -> int:
    """Somebody who has not written to the bot."""
    return telegram.add_person("Борис", "ru", "boris").id


@pytest.fixture
def group(telegram: LocalTelegram, anna: int, boris: int) -> int:
    chat = telegram.add_group("ML cohort", [anna, boris], [anna]).id
    forget_updates(telegram)
    return chat


@pytest.fixture
def bot(telegram: LocalTelegram) -> Bot:
    """The bot in the same process."""
    return local_bot(telegram)


@pytest.fixture
async def running(telegram: LocalTelegram) -> AsyncIterator[Running]:
    server = await serve(telegram)
    yield server
    await server.close()


@pytest.fixture
async def distant_bot(running: Running) -> AsyncIterator[Bot]:
    """The bot over real HTTP."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(running.address))
    bot = Bot(running.telegram.token, session=session)
    yield bot
    await session._session.close() if session._session else None  # aiogram's close() sleeps


def forget_updates(telegram: LocalTelegram) -> None:
    telegram.state.queue.pending.clear()
