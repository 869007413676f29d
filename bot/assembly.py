"""The parts of a bot that works: store, Telegram, workers and handlers, put together."""

import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from aiogram import Bot, Dispatcher

from bot.backups import daily
from bot.budgets import Budgets
from bot.clock import Clock
from bot.conversations import Conversations
from bot.delivery import Delivery
from bot.deployment import deployment_of
from bot.drawing import draw
from bot.endpoint import ModelWatch
from bot.handling import Handlers, Model, add_workers, ticks
from bot.inbox import Inbox, Trouble
from bot.metrics import Metrics
from bot.prompting import model_facts, prompts_of
from bot.scheduler import Tick
from bot.settings import Settings, Share
from bot.sharing import SharedBudgets
from bot.watched import StoreWatch, WatchedStore
from bot.webhook import Webhook, webhook_secret
from bot.work import Claims, Workers
from handlers.chat.work import Keeping
from storage import Store, StoreUnavailable, retention
from storage.untaken import untaken

PURGE_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What there is before a store, and stays when it is opened anew."""

    settings: Settings
    handlers: Handlers
    token: str
    clock: Clock
    metrics: Metrics
    bot: Bot
    dispatcher: Dispatcher
    budgets: Budgets


@dataclass(frozen=True, slots=True)
class Parts:
    """What a running bot is made of, for its share of the `work`."""

    store: WatchedStore
    watch: StoreWatch
    inbox: Inbox
    webhook: Webhook | None
    model: ModelWatch | None
    metrics_kept: Metrics
    clock: Clock
    workers: Workers
    allowed: list[str]
    ticks: list[Tick]
    work: Share

    @property
    def listens(self) -> bool:
        """Whether Telegram and the clock are its business: a reader has only jobs."""
        return self.work is not Share.READ

    async def problem(self) -> str | None:
        """Everything for which the bot isn't ready; None when it is."""
        code = await self.watch.look(self.store)
        found = {
            "database": code,
            "telegram": self._hearing() if self.listens else None,
            "model": self.model.trouble if self.model else None,
            "work": await self._untaken() if code is None else None,
        }
        return "; ".join(f"{what}: {why}" for what, why in found.items() if why) or None

    def _hearing(self) -> str | None:
        """Why no updates come."""
        if self.webhook:
            return self.webhook.trouble
        return None if self.inbox.alive() else self.inbox.trouble or Trouble.NOT_YET

    async def _untaken(self) -> str | None:
        """What is left to other processes and taken by none."""
        try:
            late = await self.store.read(untaken, self.clock.now())
        except StoreUnavailable:
            return None
        others = sorted(kind for kind in late if not self.workers.takes(kind))
        return f"untaken {', '.join(others)}" if others else None

    async def metrics(self) -> bytes:
        """What was counted, and how the queue stands."""
        await self.store.read(self.metrics_kept.look, self.clock.now())
        return self.metrics_kept.text()

    async def take(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Stores updates. Raises StoreUnavailable."""
        await self.inbox.take(updates)


def assembled(around: Surroundings, store: WatchedStore, ask: Model | None) -> Parts:
    """A bot over a store."""
    settings, clock, bot = around.settings, around.clock, around.bot
    watch = StoreWatch(clock)
    store.watch = watch
    claims = Claims(_owner())
    workers = Workers(store, claims, clock)
    allowed = around.dispatcher.resolve_used_update_types()
    listens = settings.worker_takes is not Share.READ
    parts = Parts(
        store=store,
        watch=watch,
        inbox=Inbox(store, clock, around.metrics, nudge=workers.nudge),
        webhook=_webhook(around, allowed) if listens else None,
        model=ModelWatch(settings, clock) if ask and settings.model_on and listens else None,
        metrics_kept=around.metrics,
        clock=clock,
        workers=workers,
        allowed=allowed,
        ticks=[],
        work=settings.worker_takes,
    )
    context = _context(around, parts, ask)
    around.dispatcher.fsm.storage = Conversations(store, clock)
    shared = None if store.path else SharedBudgets(store, around.budgets)
    delivery = Delivery(store, bot, clock, around.metrics, budgets=around.budgets, shared=shared)
    add_workers(
        workers,
        around.handlers,
        around.dispatcher,
        delivery,
        bot,
        clock,
        settings.worker_takes,
        context,
    )
    if not listens:
        return parts
    parts.ticks.append(_purging(store))
    parts.ticks.extend(ticks(around.handlers, bot=bot, clock=clock, **context))
    if _backs_up(settings, store):
        parts.ticks.append(daily(store, claims, settings.backups, settings.backups_kept))
    return parts


def _context(around: Surroundings, parts: Parts, ask: Model | None) -> dict[str, Any]:
    """What handlers get by name."""
    settings = around.settings
    return {
        "store": parts.store,
        "settings": settings,
        "default_zone": settings.default_timezone,
        "deployment": deployment_of(settings, around.token, parts.problem),
        "work": parts.workers,
        "ask": ask,
        "model": model_facts(settings, on=ask is not None),
        "model_on": ask is not None,
        "prompts": prompts_of(settings),
        "keeping": _keeping(settings, parts.store),
        "draw": draw,
        "token": partial(secrets.token_urlsafe, 16),
    }


def _backs_up(settings: Settings, store: Store) -> bool:
    """A server has no folder beside it; it is backed up once somebody names one."""
    return bool(settings.backups_kept and (store.path or settings.backup_dir))


def _keeping(settings: Settings, store: Store) -> Keeping:
    return Keeping(
        backups=settings.backups_kept if _backs_up(settings, store) else 0,
        silence=settings.retention_days,
        notice=settings.privacy_url or "",
    )


def _webhook(around: Surroundings, allowed: Sequence[str]) -> Webhook | None:
    settings = around.settings
    if settings.webhook_url is None:
        return None
    secret = webhook_secret(settings, around.token)
    return Webhook(settings.webhook_url, secret, around.bot, around.clock, allowed)


def _purging(store: WatchedStore) -> Tick:
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
