"""The running bot: store, Telegram, handlers and workers put together, drained and stopped."""

import asyncio
import logging
import os
import secrets
import signal
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

from aiogram import Bot, Dispatcher, Router
from aiogram.exceptions import TelegramAPIError, TelegramRetryAfter
from aiogram.fsm.strategy import FSMStrategy
from aiogram.types import Update
from aiohttp import ClientSession

from bot import web
from bot.backups import daily
from bot.budgets import Budgets, Rates
from bot.clock import Clock
from bot.conversations import Conversations
from bot.delivery import Delivery
from bot.drawing import draw
from bot.inbox import UPDATE, Inbox, Telegram, apologise
from bot.metrics import Metrics
from bot.prompting import model_facts, prompts_of
from bot.scheduler import Tick, Ticker
from bot.settings import Settings, SettingsError
from bot.telegram import telegram_bot
from bot.webhook import Webhook, webhook_secret
from bot.work import Act, Claims, Handle, Later, Workers
from coach.reminders import Kind
from coach.texts import say
from handlers.reminders import GroupSpeaker, GroupSpeakers, Speaker, Speakers
from handlers.work import Keeping
from storage import Db, Store, jobs, retention
from storage.jobs import Job
from storage.messages import SEND, SEND_ONCE
from storage.presence import present

log = logging.getLogger(__name__)

DRAIN = timedelta(seconds=20)
"""What is in hand gets so long to end when the bot is told to stop."""

PURGE_EVERY = timedelta(hours=1)

AT_A_TIME = {UPDATE: 32, SEND: 64, SEND_ONCE: 32, "review": 4, "takeout": 2}
"""How many jobs of a kind are in hand; messages mostly wait for their turn. Any other kind: 8."""

JobHandler = Callable[..., Awaitable[Act | None]]
"""`async def handler(job, *, store, now, work, …)`: what is done when a job of a kind falls due."""

TickHandler = Callable[..., Awaitable[object]]
"""`async def tick(now, *, store, work, speakers, …)`: does what the time brings."""

GivenUp = Callable[[Db, Job, datetime], object]
"""What is said, in the same transaction, when a job is given up."""


class Model(Protocol):
    """Asks the model (prompts.asking.Ask), until it is closed."""

    async def __call__(self, *args: Any, **inputs: Any) -> Any: ...

    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Handlers:
    """What the bot does: its router, and what happens when a job of a kind falls due.

    `first_tick` is done once before the `ticks`, which are done every TICK_SECONDS.
    """

    router: Router
    jobs: Mapping[str, JobHandler] = field(default_factory=dict[str, JobHandler])
    given_up: Mapping[str, GivenUp] = field(default_factory=dict[str, GivenUp])
    at_start: Sequence[Callable[[Bot], Awaitable[object]]] = ()
    first_tick: Sequence[TickHandler] = ()
    ticks: Sequence[TickHandler] = ()
    speakers: Speakers = field(default_factory=dict[Kind, Speaker])
    group_speakers: GroupSpeakers = field(default_factory=dict[Kind, GroupSpeaker])


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
    means that there is no model. `ready` is called once the bot listens.
    Raises SettingsError without a token, StoreError when the database can't be used.
    """
    token = _token(settings)
    async with AsyncExitStack() as stack:
        store = await Store.open(settings.database_url, now=clock.now())
        stack.push_async_callback(store.close)
        await _begin_clean(store, stack)
        bot = telegram_bot(token, telegram_url or settings.telegram_api_url)
        stack.push_async_callback(bot.session.close)
        if (ask := ask_of(store)) is not None:
            stack.push_async_callback(ask.close)
        budgets = Budgets(rates or Rates())
        parts = _assembled(settings, handlers, store, bot, clock, ask, budgets)
        await _serve_until(stop, settings, handlers, parts, stack, ready)


def stop_on_signals(stop: asyncio.Event) -> None:
    """SIGTERM and SIGINT set `stop`."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a running bot is made of."""

    store: Store
    bot: Bot
    clock: Clock
    metrics: Metrics
    workers: Workers
    inbox: Inbox
    allowed: list[str]
    ticks: list[Tick]


def _token(settings: Settings) -> str:
    if settings.bot_token is None:
        raise SettingsError(say("en", "bot.settings.no_token"))
    return settings.bot_token.get_secret_value()


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


def _assembled(
    settings: Settings,
    handlers: Handlers,
    store: Store,
    bot: Bot,
    clock: Clock,
    ask: Model | None,
    budgets: Budgets,
) -> Parts:
    metrics = Metrics()
    workers = Workers(store, Claims(_owner()), clock)
    inbox = Inbox(store, clock, metrics, nudge=workers.nudge)
    dispatcher = Dispatcher(
        storage=Conversations(store, clock), fsm_strategy=FSMStrategy.USER_IN_TOPIC
    )
    dispatcher.include_router(handlers.router)
    context = {
        "store": store,
        "settings": settings,
        "default_zone": settings.default_timezone,
        "work": workers,
        "ask": ask,
        "model": model_facts(settings, on=ask is not None),
        "model_on": ask is not None,
        "prompts": prompts_of(settings),
        "keeping": Keeping(backups=settings.backups_kept),
        "draw": draw,
        "token": partial(secrets.token_urlsafe, 16),
    }
    delivery = Delivery(store, bot, clock, metrics, budgets=budgets)
    _add_workers(workers, handlers, dispatcher, delivery, bot, clock, context)
    allowed = dispatcher.resolve_used_update_types()
    ticks = [_purging(store), *_ticks(handlers, bot=bot, clock=clock, **context)]
    if settings.backups_kept and (store.path or settings.backup_dir):
        ticks.append(daily(store, settings.backups, settings.backups_kept))
    return Parts(store, bot, clock, metrics, workers, inbox, allowed, ticks)


def _add_workers(
    workers: Workers,
    handlers: Handlers,
    dispatcher: Dispatcher,
    delivery: Delivery,
    bot: Bot,
    clock: Clock,
    context: Mapping[str, Any],
) -> None:
    given_up = {UPDATE: apologise, **handlers.given_up}
    kinds: dict[str, Handle] = {
        UPDATE: partial(_handle_update, dispatcher=dispatcher, bot=bot, clock=clock, **context),
        SEND: delivery.deliver,
        SEND_ONCE: delivery.deliver,
    }
    for kind, handler in handlers.jobs.items():
        kinds[kind] = partial(_handle_job, handler=handler, bot=bot, clock=clock, **context)
    for kind, handle in kinds.items():
        workers.add(
            kind,
            handle,
            concurrency=AT_A_TIME.get(kind, 8),
            on_dead=_telling(given_up.get(kind), workers, clock),
            **({"most_attempts": None} if kind in (SEND, SEND_ONCE) else {}),
        )


async def _handle_update(
    job: Job, *, dispatcher: Dispatcher, bot: Bot, clock: Clock, **context: Any
) -> None:
    """Gives a stored update to its handler. aiogram's own `feed_raw_update` would log an
    exception with its message, which may quote a letter."""
    update = Update.model_validate(job.payload, context={"bot": bot})
    try:
        await dispatcher.feed_update(bot, update, now=clock.now(), clock=clock, **context)
    except TelegramRetryAfter as flood:
        raise Later(clock.now() + timedelta(seconds=flood.retry_after), "flood") from None


async def _handle_job(
    job: Job, *, handler: JobHandler, bot: Bot, clock: Clock, **context: Any
) -> Act | None:
    return await handler(job, bot=bot, clock=clock, now=clock.now(), **context)


def _telling(
    given_up: GivenUp | None, workers: Workers, clock: Clock
) -> Callable[[Db, Job], object] | None:
    """What a given-up job leaves to be said is seen by the sender at its next look."""
    if given_up is None:
        return None
    return lambda db, job: given_up(db, job, clock.now())


async def _serve_until(
    stop: asyncio.Event,
    settings: Settings,
    handlers: Handlers,
    parts: Parts,
    stack: AsyncExitStack,
    ready: Callable[[], object],
) -> None:
    """Everything runs until `stop` is set or a part fails; then updates stop first."""
    working = asyncio.create_task(parts.workers.run())
    listening = asyncio.create_task(_listen(settings, parts, stack, ready))
    greeting = asyncio.create_task(_greet(handlers, parts.bot))
    ticker = Ticker(parts.ticks, parts.clock, timedelta(seconds=settings.tick_seconds))
    ticker.start()
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait({working, listening, stopped}, return_when=asyncio.FIRST_COMPLETED)
    log.info("stopping: finishing what is in hand")
    ticker.stop()
    for task in (listening, greeting, stopped):
        task.cancel()
    await asyncio.gather(greeting, stopped, return_exceptions=True)
    with suppress(asyncio.CancelledError):
        await listening
    if not working.done():
        await parts.workers.drain(DRAIN, last=SEND)
    await working


async def _listen(
    settings: Settings, parts: Parts, stack: AsyncExitStack, ready: Callable[[], object]
) -> None:
    """Takes updates in until it is cancelled; the web server closes with it."""
    webhook = _webhook(settings, parts)
    async with AsyncExitStack() as open_here:
        if settings.listens_on is not None:
            app = _web_app(parts, webhook)
            runner, port = await web.serve(app, settings.web_host, settings.listens_on)
            open_here.push_async_callback(runner.cleanup)
            log.info("listening on http://%s:%d", settings.web_host, port)
        session = await open_here.enter_async_context(ClientSession())
        ready()
        if webhook:
            await webhook.set()
        else:
            token = _token(settings)
            address = parts.bot.session.api.api_url(token, "").rstrip("/")
            await parts.inbox.poll(Telegram(session, address), parts.allowed)


def _webhook(settings: Settings, parts: Parts) -> Webhook | None:
    if settings.webhook_url is None:
        return None
    secret = webhook_secret(settings, _token(settings))
    return Webhook(settings.webhook_url, secret, parts.bot, parts.clock, parts.allowed)


def _web_app(parts: Parts, webhook: Webhook | None) -> Any:
    def hearing() -> str | None:
        if webhook:
            return None if webhook.is_set else "the webhook isn't set yet"
        return None if parts.inbox.alive() else parts.inbox.trouble or "polling hasn't begun yet"

    health = web.Health(parts.store, parts.clock, hearing)
    if webhook is None:
        return web.web_app(parts.store, parts.clock, parts.metrics, health)
    return web.web_app(
        parts.store,
        parts.clock,
        parts.metrics,
        health,
        take=parts.inbox.take,
        secret=webhook.secret,
        path=webhook.path,
    )


async def _greet(handlers: Handlers, bot: Bot) -> None:
    """What is done once at the start and may fail: commands, descriptions."""
    for act in handlers.at_start:
        try:
            await act(bot)
        except TelegramAPIError as problem:
            log.warning("a call at the start failed (%s)", type(problem).__name__)


def _ticks(handlers: Handlers, **context: Any) -> list[Tick]:
    """The handlers' ticks, with what handlers get; those of the start are done until they once
    succeed."""
    context["speakers"] = handlers.speakers
    context["group_speakers"] = handlers.group_speakers
    done: set[int] = set()

    def once(number: int, handler: TickHandler) -> Tick:
        async def act(now: datetime) -> None:
            if number not in done:
                await handler(now, **context)
                done.add(number)

        return act

    first = [once(number, handler) for number, handler in enumerate(handlers.first_tick)]
    return [*first, *(partial(handler, **context) for handler in handlers.ticks)]


def _purging(store: Store) -> Tick:
    """Forgets what is kept long enough, now and then."""
    purged_at: list[datetime] = []

    async def purge(now: datetime) -> None:
        if not purged_at or now - purged_at[-1] >= PURGE_EVERY:
            purged_at[:] = [now]
            await store.write(retention.forget_old, now)

    return purge


def _owner() -> str:
    """A name that no other process has, nor this one after a restart."""
    return f"{os.getpid()}-{secrets.token_hex(4)}"
