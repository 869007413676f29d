"""Delivery: what was stored to be said leaves for Telegram, within its limits, and is marked.

Every outcome is one transaction that ends the job. An answer leaves at least once: when nobody
knows whether Telegram took it, it is sent again. A message marked `once` leaves at most once.
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import BufferedInputFile

from bot.budgets import Budgets, Weight, weight
from bot.clock import Clock
from bot.fates import Ending, Fate, fate, next_try
from bot.metrics import Metrics
from bot.sharing import SharedBudgets
from bot.telegram import Call
from bot.topics import in_general, noted
from bot.work import Act
from storage import Db, Store, chats, jobs, messages
from storage.jobs import Job
from storage.messages import Attachment, Message

log = logging.getLogger(__name__)

PLAIN = frozenset({"sendMessage", "editMessageText", "editMessageReplyMarkup", "deleteMessage"})
"""Methods that carry no file: nothing has to be looked up for them."""

WITH_LINKS = frozenset({"sendMessage", "editMessageText"})
NO_PREVIEW = {"is_disabled": True}

NAMES_ITS_CHAT = frozenset({"setMyCommands"})
"""Calls that say in a parameter of their own which chat they are about."""

OPTIONAL = frozenset({("pinChatMessage", "no_rights")})
"""Refusals that are a group's good right: nothing is missing, so nobody has to look into them."""

TRIES_ONCE = 4
"""How often a message that may leave once is tried while it certainly has not left; after that
whoever planned it decides anew."""


MARKED_AHEAD = 1
"""So many messages that may leave once are marked before they leave: the disk takes a mark while
the message waits its turn, and a kill can lose no more."""


class Delivery:
    """Sends jobs of the kind "send"."""

    def __init__(
        self,
        store: Store,
        bot: Bot,
        clock: Clock,
        metrics: Metrics,
        *,
        budgets: Budgets | None = None,
        shared: SharedBudgets | None = None,
        jitter: random.Random | None = None,
    ) -> None:
        self._store = store
        self._bot = bot
        self._clock = clock
        self._metrics = metrics
        self._budgets = budgets or Budgets()
        self._shared = shared
        self._jitter = jitter or random.Random()
        self._gate = asyncio.Lock()
        self._turn = asyncio.Semaphore(MARKED_AHEAD)

    async def deliver(self, job: Job) -> Act:
        """Sends one message; how its job ends."""
        message = messages.message(job)
        params = await self._params(job, message)
        if message.once:
            return await self._deliver_once(job, message, params)
        end = await self._tried(message.chat_id, message.method, params)
        if end.ending is Ending.LOST and (anew := _anew(message.method, params)):
            end = await self._tried(message.chat_id, *anew)
        shut = end.code if end.ending is Ending.SHUT else ""
        if shut and (open_params := in_general(params)):
            end = await self._tried(message.chat_id, message.method, open_params)
        return self._explained(self._ended(job, message, end), message, message.chat_id, end, shut)

    async def _deliver_once(self, job: Job, message: Message, params: dict[str, Any]) -> Act:
        """Marked as done right before it is sent; from then on only this process knows of it."""
        chat_id, method = message.chat_id, message.method
        otherwise = await self._admitted_last(chat_id, method, partial(self._marked, job, message))
        if otherwise:
            return otherwise
        end, shut = await self._called(chat_id, method, params), ""
        for attempt in range(1, TRIES_ONCE):
            if not _not_taken(end) or (message.until and self._clock.now() >= message.until):
                break
            if end.ending is Ending.MOVED:
                await self._store.write(messages.move_chat, chat_id, end.chat_id)
                chat_id = end.chat_id
            elif end.ending is Ending.SHUT:
                if (open_params := in_general(params)) is None:
                    break
                params, shut = open_params, end.code
            else:
                await self._clock.sleep_until(self._later(end, job, attempt) or self._clock.now())
            await self._admitted_last(chat_id, method)
            end = await self._called(chat_id, method, params)
        return self._explained(self._ended_once(job, chat_id, end), message, chat_id, end, shut)

    def _explained(self, act: Act, message: Message, chat_id: int, end: Fate, shut: str) -> Act:
        """`act`, with a note when the message is out, though in General since its topic is shut."""
        if shut and end.ending is Ending.SENT:
            return noted(act, message, chat_id, shut, self._clock.now())
        return act

    async def _marked(self, job: Job, message: Message) -> Act | None:
        """Marks a message as done; how its job ends instead when it isn't to leave any more."""
        now = self._clock.now()
        if message.until and now >= message.until:
            return partial(jobs.bury, job=job, error="stale", now=now)
        return None if await self._store.write(jobs.done, job, now) else _nothing

    def _ended_once(self, job: Job, chat_id: int, end: Fate) -> Act:
        """What is known of a message that was marked before it was sent."""
        now = self._clock.now()
        if end.ending in (Ending.SENT, Ending.DONE):
            return _remembered(job, chat_id, end, now)
        log.warning("a message that may leave once may not have left (%s)", end.code)
        if end.ending is Ending.AGAIN and not _not_taken(end):
            return _nothing
        if end.ending is Ending.GONE:
            return partial(_gone_once, job=job, chat_id=chat_id, reason=end.code, now=now)
        return partial(messages.not_sent, job=job, error=end.code, now=now)

    async def _tried(self, chat_id: int, method: str, params: dict[str, Any]) -> Fate:
        """Sends it when there is room; what became of it."""
        if params.get("message_id", 0) is None:
            return Fate(Ending.LOST, "message_gone")
        await self._admitted(chat_id, method)
        return await self._called(chat_id, method, params)

    async def _called(self, chat_id: int, method: str, params: dict[str, Any]) -> Fate:
        """Sends it at once; what became of it."""
        try:
            result = await self._bot(_call(method, chat_id, params))
        except AiogramError as error:
            end = fate(error)
        else:
            end = _out(result)
        self._metrics.sent(end.code)
        return end

    def _ended(self, job: Job, message: Message, end: Fate) -> Act:
        """What the outcome changes in the store."""
        now, chat_id = self._clock.now(), message.chat_id
        match end.ending:
            case Ending.SENT | Ending.DONE | Ending.LOST:
                return _remembered(job, chat_id, end, now)
            case Ending.WAIT | Ending.AGAIN | Ending.NOT_SENT:
                due_at = self._later(end, job, job.attempts)
                if due_at is None:
                    return _buried(job, message, end, now)
                return partial(jobs.postpone, job=job, due_at=due_at, error=end.code)
            case Ending.GONE:
                return partial(_gone, job=job, chat_id=chat_id, reason=end.code, now=now)
            case Ending.MOVED:
                return partial(_moved, job=job, old=chat_id, new=end.chat_id, now=now)
            case Ending.DEAD | Ending.SHUT:
                return _buried(job, message, end, now)

    async def _admitted(self, chat_id: int, method: str) -> None:
        """Waits until the chat and the bot as a whole bear one more call, and books it."""
        while not await self._booked(chat_id, weight(method)):
            pass

    async def _admitted_last(
        self, chat_id: int, method: str, mark: Callable[[], Awaitable[Act | None]] | None = None
    ) -> Act | None:
        """As `_admitted`, at a greater distance from all that leaves and few at a time, so that
        answers pass a storm of reminders. `mark` is called when the turn has come; what it returns
        is done instead."""
        while True:
            await self._clock.sleep_until(self._chat_free_at(chat_id, weight(method)))
            async with self._turn:
                if self._chat_free_at(chat_id, weight(method)) > self._clock.now():
                    continue
                if mark and (otherwise := await mark()):
                    return otherwise
                while not await self._booked(chat_id, weight(method), last=True):
                    pass
                return None

    async def _booked(self, chat_id: int, cost: Weight, *, last: bool = False) -> bool:
        """Whether there was room once its turn had come: an answer and a reminder may want the
        same chat."""
        await self._clock.sleep_until(self._chat_free_at(chat_id, cost))
        if last:
            await self._clock.sleep_until(self._budgets.spare_at(self._clock.now()))
        async with self._gate:
            await self._clock.sleep_until(self._budgets.free_at(self._clock.now()))
            now = self._clock.now()
            late = last and self._budgets.spare_at(now) > now
            if late or self._budgets.chat_free_at(chat_id, cost, now) > now:
                return False
            if self._shared and not await self._shared.booked(chat_id, cost, now):
                return False
            self._budgets.book(chat_id, cost, now)
            return True

    def _chat_free_at(self, chat_id: int, cost: Weight) -> datetime:
        return self._budgets.chat_free_at(chat_id, cost, self._clock.now())

    def _later(self, end: Fate, job: Job, attempt: int) -> datetime | None:
        """When to try again; None when it isn't worth it any more."""
        now = self._clock.now()
        if end.ending is Ending.WAIT:  # not all who were told to wait come back at once
            return now + timedelta(seconds=end.seconds + self._jitter.uniform(0.05, 0.5))
        return next_try(attempt, job.created_at, now)

    async def _params(self, job: Job, message: Message) -> dict[str, Any]:
        """The parameters with their references resolved and their file attached."""
        if message.method in PLAIN and not _refers(message.params):
            return message.params
        return await self._store.read(_resolved, job, message)


def _refers(params: dict[str, Any]) -> bool:
    return isinstance(params.get("message_id"), dict)


def _resolved(db: Db, job: Job, message: Message) -> dict[str, Any]:
    params = dict(message.params)
    if _refers(params):
        params["message_id"] = messages.message_id(db, params["message_id"]["of"])
    if file := messages.attachment(db, job):
        params[file.field] = _upload(file)
    return params


def _upload(file: Attachment) -> BufferedInputFile:
    return BufferedInputFile(file.data, file.filename)


def _anew(method: str, params: dict[str, Any]) -> tuple[str, dict[str, Any]] | None:
    """The call that says in a new message what a lost one was to say; None when it says nothing
    by itself."""
    if method != "editMessageText":
        return None
    return "sendMessage", {name: value for name, value in params.items() if name != "message_id"}


def _call(method: str, chat_id: int, params: dict[str, Any]) -> Call:
    """The chat's number may have changed since the message was written."""
    preview = {"link_preview_options": NO_PREVIEW} if method in WITH_LINKS else {}
    where = {} if method in NAMES_ITS_CHAT else {"chat_id": chat_id}
    given = preview | params | where | {"method": method}
    return Call.model_validate(given)


def _buried(job: Job, message: Message, end: Fate, now: datetime) -> Act:
    expected = (message.method, end.code) in OPTIONAL
    log.log(logging.INFO if expected else logging.ERROR, "given up (%s)", end.code)
    return partial(jobs.bury, job=job, error=end.code, now=now)


def _out(result: Any) -> Fate:
    """A call went through; what Telegram calls the message and its poll, if it brought one."""
    message: dict[str, Any] = result if isinstance(result, dict) else {}
    poll: dict[str, Any] = message.get("poll") or {}
    return Fate(Ending.SENT, "ok", message_id=message.get("message_id"), poll_id=poll.get("id"))


def _remembered(job: Job, chat_id: int, end: Fate, now: datetime) -> Act:
    """Ends a job whose message is out, with what Telegram calls it."""
    return partial(
        messages.sent,
        job=job,
        chat_id=chat_id,
        message_id=end.message_id,
        poll_id=end.poll_id,
        now=now,
    )


def _gone(db: Db, job: Job, chat_id: int, reason: str, now: datetime) -> None:
    """Nobody is there to read: whatever else waits for that chat stays where it is."""
    jobs.bury(db, job, error=reason, now=now)
    chats.lose(db, chat_id, reason, now)


def _gone_once(db: Db, job: Job, chat_id: int, reason: str, now: datetime) -> None:
    """As `_gone`, for a message that was marked before it was sent."""
    messages.not_sent(db, job, error=reason, now=now)
    chats.lose(db, chat_id, reason, now)


def _not_taken(end: Fate) -> bool:
    """Whether Telegram certainly has not taken the message: it wasn't reached, or said so itself.
    An answer that got lost says nothing."""
    said_so = end.ending in (Ending.WAIT, Ending.NOT_SENT, Ending.MOVED, Ending.SHUT)
    return said_so or end.code == "server"


def _moved(db: Db, job: Job, old: int, new: int, now: datetime) -> None:
    """Everything that names the group names its new id; this message is due again at once."""
    messages.move_chat(db, old, new)
    jobs.postpone(db, job, due_at=now, error="migrated")


def _nothing(_db: Db) -> None:
    """The job has ended already."""
