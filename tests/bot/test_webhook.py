"""The webhook under watch: it is set until Telegram takes it, and set again when it is gone."""

import asyncio
import logging
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.inbox import Trouble
from bot.tryout.session import local_bot
from bot.tryout.telegram import LocalTelegram
from bot.webhook import Webhook
from coach.texts import say


@pytest.fixture
def telegram(clock):
    return LocalTelegram(clock)


@pytest.fixture
async def webhook(telegram, clock):
    bot = local_bot(telegram)
    webhook = Webhook("https://example.org", "hush", bot, clock, ["message"])
    yield webhook
    await bot.session.close()


@asynccontextmanager
async def kept(webhook):
    task = asyncio.create_task(webhook.keep())
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def after(clock, until, seconds=0):
    clock.move(timedelta(seconds=seconds))
    await until(lambda: clock.waiting)


async def test_it_is_not_ready_before_telegram_knows(webhook):
    assert webhook.trouble == "webhook_not_set"
    assert webhook.url == "https://example.org/telegram"


async def test_telegram_away_is_said_once_and_asked_again(webhook, telegram, clock, until, caplog):
    caplog.set_level(logging.INFO, "bot.webhook")
    telegram.fault("dropped", "setWebhook", times=2)
    async with kept(webhook):
        for seconds in (0, 1):
            await after(clock, until, seconds)
            assert webhook.trouble is Trouble.UNREACHABLE
        await after(clock, until, 2)
        await until(lambda: webhook.trouble is None)
    said = [record.getMessage() for record in caplog.records]
    assert said == [say("en", "bot.telegram.unreachable"), "Telegram answers again"]


async def test_one_that_somebody_took_away_is_set_again(webhook, telegram, clock, until):
    async with kept(webhook):
        await until(lambda: webhook.trouble is None)
        telegram.state.queue.webhook = None
        await after(clock, until, 60)
        await until(lambda: webhook.trouble is Trouble.WEBHOOK_NOT_SET)
        await after(clock, until, 1)
        await until(lambda: webhook.trouble is None)
    assert telegram.state.queue.webhook.url == webhook.url
