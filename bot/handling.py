"""What the program gives the bot to do, and how an update or a job comes to its handler."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

from aiogram import Bot, Dispatcher, Router
from aiogram.exceptions import TelegramRetryAfter
from aiogram.types import Update

from bot.clock import Clock
from bot.delivery import Delivery
from bot.inbox import UPDATE, apologise
from bot.scheduler import Tick
from bot.settings import Share
from bot.work import Act, Handle, Later, Workers
from coach.reminders import Kind
from handlers.reminders.reminders import GroupSpeaker, GroupSpeakers, Speaker, Speakers
from storage import Db
from storage.jobs import Job
from storage.messages import SEND, SEND_ONCE

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

    `first_tick` is done once before the `ticks`, which are done every TICK_SECONDS. `reading` are
    the kinds of jobs that another process may be given (WORKER_TAKES).
    """

    router: Router
    jobs: Mapping[str, JobHandler] = field(default_factory=dict[str, JobHandler])
    given_up: Mapping[str, GivenUp] = field(default_factory=dict[str, GivenUp])
    reading: Collection[str] = ()
    at_start: Sequence[Callable[[Bot], Awaitable[object]]] = ()
    first_tick: Sequence[TickHandler] = ()
    ticks: Sequence[TickHandler] = ()
    speakers: Speakers = field(default_factory=dict[Kind, Speaker])
    group_speakers: GroupSpeakers = field(default_factory=dict[Kind, GroupSpeaker])

    def takes(self, work: Share, kind: str) -> bool:
        """Whether a process with that share of the work does jobs of a kind."""
        return work is Share.ALL or (kind in self.reading) == (work is Share.READ)


def add_workers(
    workers: Workers,
    handlers: Handlers,
    dispatcher: Dispatcher,
    delivery: Delivery,
    bot: Bot,
    clock: Clock,
    work: Share,
    context: Mapping[str, Any],
) -> None:
    """A worker for every kind of job that this process takes, those that come in and those that
    leave among them."""
    given_up = {UPDATE: apologise, **handlers.given_up}
    kinds: dict[str, Handle] = {
        UPDATE: partial(_handle_update, dispatcher=dispatcher, bot=bot, clock=clock, **context),
        SEND: delivery.deliver,
        SEND_ONCE: delivery.deliver,
    }
    for kind, handler in handlers.jobs.items():
        kinds[kind] = partial(_handle_job, handler=handler, bot=bot, clock=clock, **context)
    for kind, handle in kinds.items():
        if not handlers.takes(work, kind):
            continue
        workers.add(
            kind,
            handle,
            concurrency=AT_A_TIME.get(kind, 8),
            on_dead=_telling(given_up.get(kind), clock),
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


def _telling(given_up: GivenUp | None, clock: Clock) -> Callable[[Db, Job], object] | None:
    """What a given-up job leaves to be said is seen by the sender at its next look."""
    if given_up is None:
        return None
    return lambda db, job: given_up(db, job, clock.now())


def ticks(handlers: Handlers, **context: Any) -> list[Tick]:
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
