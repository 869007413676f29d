"""The running bot: opens its store, serves until it is told to stop, drains and ends.

The web server stands before the store and outlives it: while a disk is away or a file is damaged,
whoever asks hears so, and when the cause is gone the bot goes on by itself.
"""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, suppress
from datetime import timedelta
from typing import Any

from aiogram import Dispatcher
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.fsm.strategy import FSMStrategy
from aiohttp import ClientSession

from bot import web
from bot.assembly import Parts, Surroundings, assembled
from bot.budgets import Budgets, Rates
from bot.clock import Clock
from bot.front import Front
from bot.handling import Handlers, Model
from bot.inbox import Telegram
from bot.metrics import Metrics
from bot.opening import Opening
from bot.scheduler import Ticker
from bot.settings import Settings, SettingsError, Share
from bot.telegram import telegram_bot
from bot.waking import wake
from bot.webhook import path_of, webhook_secret
from coach.texts import say
from storage import Store, StoreUnavailable, jobs
from storage.messages import SEND
from storage.presence import present

log = logging.getLogger(__name__)

DRAIN = timedelta(seconds=20)
"""What is in hand gets so long to end when the bot is told to stop."""

GREET_AGAIN = timedelta(seconds=30)
"""How long to wait before Telegram is told the commands again, when it couldn't be reached."""

AWAY = (
    TelegramNetworkError,
    TelegramServerError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
"""Failures that pass; what they are is said by whoever listens to Telegram."""


async def run(
    settings: Settings,
    handlers: Handlers,
    *,
    clock: Clock,
    stop: asyncio.Event,
    ask_of: Callable[[Store], Model | None] = lambda _store: None,
    telegram_url: str | None = None,
    rates: Rates | None = None,
    ready: Callable[[], object] = lambda: None,
) -> None:
    """Runs the bot until `stop` is set, then finishes what is in hand.

    `ask_of` makes what asks the model, given the store that keeps the accounts; None
    means that there is no model. `ready` is called whenever the bot begins to listen.
    Raises SettingsError without a token or when the port is taken, StoreUnusable when only an
    operator can mend the database.
    """
    token, metrics = settings.needed_token(), Metrics()
    opening = Opening(settings.database_url, clock, stop)
    front = Front(metrics, lambda: opening.trouble)
    async with AsyncExitStack() as stack:
        await _open_door(settings, front, stack)
        bot = telegram_bot(token, telegram_url or settings.telegram_api_url)
        stack.push_async_callback(bot.session.close)
        dispatcher = Dispatcher(fsm_strategy=FSMStrategy.USER_IN_TOPIC)
        dispatcher.include_router(handlers.router)
        budgets = Budgets(rates or Rates())
        around = Surroundings(settings, handlers, token, clock, metrics, bot, dispatcher, budgets)
        while (store := await opening.opened()) is not None:
            async with AsyncExitStack() as life:
                life.push_async_callback(store.close)
                await _begin_clean(store, life)
                if (ask := ask_of(store)) is not None:
                    life.push_async_callback(ask.close)
                front.bot = parts = assembled(around, store, ask)
                await _live(around, parts, stop, ready)
                front.bot = None
                opening.trouble = parts.watch.trouble


def stop_on_signals(stop: asyncio.Event) -> None:
    """SIGTERM and SIGINT set `stop`."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)


async def _open_door(settings: Settings, front: Front, stack: AsyncExitStack) -> None:
    """The web server, when one is wanted."""
    port = settings.listens_on
    if port is None:
        return
    path = path_of(settings.webhook_url) if settings.webhook_url else None
    app = web.web_app(front, secret=webhook_secret(settings, settings.needed_token()), path=path)
    try:
        runner, port = await web.serve(app, settings.web_host, port)
    except OSError:
        raise SettingsError(say("en", "bot.settings.port_taken", port=port)) from None
    stack.push_async_callback(runner.cleanup)
    log.info("listening on http://%s:%d", settings.web_host, port)


async def _begin_clean(store: Store, stack: AsyncExitStack) -> None:
    """Whoever finds no other process at work knows that every claim is a dead one's. Where
    processes come and go (PostgreSQL) that is left to the leases."""
    if store.path is None:
        return
    presence = stack.enter_context(present(store.path))
    if presence.alone:
        released = await store.write(jobs.release)
        if released:
            log.info("taking up %d jobs that a process left when it died", released)
        presence.let_others_in()


async def _live(
    around: Surroundings, parts: Parts, stop: asyncio.Event, ready: Callable[[], object]
) -> None:
    """Everything runs until `stop` is set, the store is damaged or a part fails; then updates
    stop first."""
    working = asyncio.create_task(parts.workers.run())
    listening = asyncio.create_task(_listen(around, parts, ready))
    aside = [asyncio.create_task(act) for act in _aside(around, parts)]
    ticker = Ticker(parts.ticks, parts.clock, timedelta(seconds=around.settings.tick_seconds))
    ticker.start()
    ends = [asyncio.create_task(event.wait()) for event in (stop, parts.watch.damaged)]
    await asyncio.wait({working, listening, *ends}, return_when=asyncio.FIRST_COMPLETED)
    log.info("stopping: finishing what is in hand")
    ticker.stop()
    for task in (listening, *aside, *ends):
        task.cancel()
    await asyncio.gather(*aside, *ends, return_exceptions=True)
    with suppress(asyncio.CancelledError):
        await listening
    if not working.done():
        with suppress(StoreUnavailable):  # a damaged one takes nothing back; its claims run out
            await parts.workers.drain(DRAIN, last=SEND)
    await working


def _aside(around: Surroundings, parts: Parts) -> Iterator[Coroutine[Any, Any, None]]:
    """What goes on beside listening and working."""
    yield parts.watch.keep_looking(parts.store)
    if parts.model:
        yield parts.model.keep_looking()
    if parts.work is not Share.ALL:
        yield wake(parts.store, parts.workers, parts.clock)
    if parts.listens:
        yield _greet(around)


async def _listen(around: Surroundings, parts: Parts, ready: Callable[[], object]) -> None:
    """Takes updates in until it is cancelled, when that is its business."""
    if not parts.listens:
        ready()
        await asyncio.Event().wait()
    if parts.webhook:
        ready()
        await parts.webhook.keep()
    async with ClientSession() as session:
        ready()
        address = around.bot.session.api.api_url(around.token, "").rstrip("/")
        await parts.inbox.poll(Telegram(session, address), parts.allowed)


async def _greet(around: Surroundings) -> None:
    """What is told to Telegram once at the start: commands, descriptions."""
    for act in around.handlers.at_start:
        while not await _greeted(act(around.bot)):
            await around.clock.sleep(GREET_AGAIN)


async def _greeted(act: Awaitable[object]) -> bool:
    """Whether it is done with; what Telegram refuses isn't tried again."""
    try:
        await act
    except AWAY:
        return False
    except TelegramAPIError as problem:
        log.warning("a call at the start failed (%s)", type(problem).__name__)
    return True
