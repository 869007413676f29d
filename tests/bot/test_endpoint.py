"""The model's endpoint under watch: one line when it is away, and one when it is back."""

import asyncio
import logging
from datetime import timedelta

import pytest

from bot.endpoint import ModelWatch
from bot.settings import load_settings
from tests.fakes.openai_server import FakeModel


@pytest.fixture
def said(caplog):
    caplog.set_level(logging.INFO, "bot.endpoint")
    return lambda: [record.getMessage() for record in caplog.records]


@pytest.fixture
async def watch(clock, free_port):
    """A watch over an endpoint where nobody is yet."""
    settings = load_settings(
        _env_file=None, openai_base_url=f"http://127.0.0.1:{free_port}/v1", openai_api_key="sk-x"
    )
    watch = ModelWatch(settings, clock)
    looking = asyncio.create_task(watch.keep_looking())
    yield watch
    looking.cancel()
    await asyncio.gather(looking, return_exceptions=True)


async def test_an_endpoint_that_is_away_is_said_once_and_so_is_its_return(
    watch, clock, free_port, until, said
):
    await until(lambda: clock.waiting)
    assert watch.trouble == "unreachable"
    clock.move(timedelta(seconds=10))
    await until(lambda: clock.waiting)
    assert len(said()) == 1
    assert f"127.0.0.1:{free_port} doesn't answer" in said()[0]
    async with FakeModel(port=free_port):
        clock.move(timedelta(seconds=10))
        await until(lambda: watch.trouble is None)
    assert said()[1:] == ["The model answers again."]


async def test_no_key_is_ever_said(watch, clock, until, said):
    await until(lambda: clock.waiting)
    assert "sk-x" not in str(said())
