"""A store of its own and a clock that stands still for every test of the running bot."""

import asyncio
import socket
from datetime import UTC, datetime

import pytest

from bot.clock import StandingClock
from bot.importing import import_aiogram
from storage import Store

import_aiogram()

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    return StandingClock(NOW)


@pytest.fixture
async def store(database_url):
    store = await Store.open(database_url, now=NOW)
    yield store
    await store.close()


@pytest.fixture
def until():
    """`await until(lambda: ...)`: lets everything else run until it is so."""

    async def wait(holds):
        async with asyncio.timeout(60):
            await asyncio.sleep(0.001)
            while not holds():  # noqa: ASYNC110 - what is waited for has no event
                await asyncio.sleep(0.001)

    return wait


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
