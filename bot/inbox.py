"""The inbox: updates are stored before they are confirmed, then handled from the store.

aiogram's own polling confirms an update before its handler ends and loses what is in hand when
the process ends (aiogram#1397). Here a letter is ours only once it is on the disk.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.clock import Clock
from bot.metrics import Metrics
from bot.work import UPDATE
from coach.texts import say, speakable
from storage import Db, Store, StoreUnavailable, jobs, messages, people
from storage.beside import beside
from storage.jobs import Job
from storage.turns import Turn

log = logging.getLogger(__name__)

POLL = timedelta(seconds=25)
"""How long Telegram may keep a request open while there is nothing to tell."""

BATCH = 100
"""Updates in one answer at most (Bot API, getUpdates)."""

PAUSES = (1, 2, 4, 8, 15, 30)
"""Seconds between tries while Telegram, or our store, doesn't answer."""

STAND_BY = timedelta(seconds=3)
"""How often a process that stands by looks whether it is its turn to poll."""

STALE = timedelta(seconds=90)
"""Polling that hasn't been answered for so long isn't alive."""

Update = Mapping[str, Any]


class Trouble(StrEnum):
    """Why no updates come; each has a sentence in the catalogue."""

    NOT_YET = "not_yet"
    TOKEN_REFUSED = "token_refused"  # noqa: S105 - not a secret
    OTHER_POLLER = "other_poller"
    WEBHOOK_ACTIVE = "webhook_active"
    WEBHOOK_NOT_SET = "webhook_not_set"
    WEBHOOK_REFUSED = "webhook_refused"
    WEBHOOK_FAILING = "webhook_failing"
    UNREACHABLE = "unreachable"


class Refused(Exception):
    """Telegram gave no updates; `seconds` is how long it asked to wait, 0 when it didn't."""

    def __init__(self, trouble: Trouble, seconds: int = 0) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.seconds = seconds


@beside
def keep(db: Db, updates: Sequence[Update], now: datetime) -> int:
    """Stores updates; one that came before changes nothing. How many are new."""
    return sum(
        jobs.add(
            db,
            kind=UPDATE,
            key=str(update["update_id"]),
            payload=update,
            due_at=now,
            lane=lane_of(update),
        )
        for update in updates
    )


def lane_of(update: Update) -> str | None:
    """Whose updates are handled in their order: the person's, else the chat's."""
    event = next((part for part in update.values() if isinstance(part, Mapping)), {})
    for name in ("from", "user", "voter_chat", "actor_chat", "sender_chat", "chat"):
        if isinstance(event.get(name), Mapping):
            return str(event[name]["id"])
    return None


@dataclass(frozen=True, slots=True)
class Telegram:
    """The two calls that polling needs, without aiogram: an update is stored as it came."""

    session: ClientSession
    address: str
    """`https://api.telegram.org/bot<token>`"""

    async def updates(
        self, offset: int | None, allowed: Sequence[str], *, wait: timedelta = POLL
    ) -> list[Update]:
        """What came since; an `offset` confirms all before it. Raises Refused."""
        seconds = int(wait.total_seconds())
        asked = {"timeout": seconds, "limit": BATCH, "allowed_updates": list(allowed)}
        if offset is not None:
            asked["offset"] = offset
        body = await self._call("getUpdates", asked, ClientTimeout(total=seconds + 10))
        return [update for update in body["result"] if "update_id" in update]

    async def take_webhook_away(self) -> None:
        """From now on updates wait for getUpdates. Raises Refused."""
        await self._call("deleteWebhook", {}, ClientTimeout(total=20))

    async def _call(
        self, method: str, asked: Mapping[str, Any], patience: ClientTimeout
    ) -> Mapping[str, Any]:
        try:
            async with self.session.post(
                f"{self.address}/{method}", json=asked, timeout=patience
            ) as response:
                body = await response.json(content_type=None)
        except (ClientError, TimeoutError, OSError, ValueError):
            raise Refused(Trouble.UNREACHABLE) from None  # the cause may name the address
        if not isinstance(body, dict) or not body.get("ok"):
            raise refused(body)
        return body


def refused(body: Any) -> Refused:
    """What an answer that isn't ok means."""
    body = body if isinstance(body, dict) else {}
    seconds = int((body.get("parameters") or {}).get("retry_after", 0))
    match body.get("error_code"):
        case 401 | 404:
            return Refused(Trouble.TOKEN_REFUSED)
        case 409 if "webhook is active" in str(body.get("description")):
            return Refused(Trouble.WEBHOOK_ACTIVE)
        case 409:
            return Refused(Trouble.OTHER_POLLER)
        case _:
            return Refused(Trouble.UNREACHABLE, seconds)


class Inbox:
    """Takes updates in, by polling or from the webhook, and keeps them."""

    def __init__(
        self, store: Store, clock: Clock, metrics: Metrics, *, nudge: Callable[[str], None]
    ) -> None:
        self._store = store
        self._clock = clock
        self._metrics = metrics
        self._nudge = nudge
        self._heard_at: datetime | None = None
        self._trouble: Trouble | None = None
        self._standing_by = False

    async def take(self, updates: Sequence[Update]) -> None:
        """Returns when the updates are on the disk. Raises StoreUnavailable."""
        new = await self._store.write(keep, updates, self._clock.now())
        self._metrics.received(new)
        self._nudge(UPDATE)

    async def poll(self, telegram: Telegram, allowed: Sequence[str]) -> None:
        """Takes updates in until it is cancelled, whenever it is our turn among the processes that
        share the store; each batch is confirmed by asking for more."""
        turn = self._store.turn_to_poll()
        try:
            await self._poll(turn, telegram, allowed)
        finally:
            turn.let_go()

    async def _poll(self, turn: Turn, telegram: Telegram, allowed: Sequence[str]) -> None:
        offset, failures = None, 0
        while True:
            try:
                if not await asyncio.to_thread(turn.ours):
                    offset = None
                    self._stand_by()
                    await self._clock.sleep(STAND_BY)
                    continue
                updates = await telegram.updates(offset, allowed, wait=self._patience())
                if updates:
                    await self.take(updates)
                    offset = max(update["update_id"] for update in updates) + 1
            except Refused as problem:
                await self._endure(telegram, problem, failures)
                failures += 1
            except StoreUnavailable:
                await self._pause(failures)
                failures += 1
            else:
                self._heard()
                failures = 0

    def alive(self) -> bool:
        """Whether Telegram has answered lately."""
        heard = self._heard_at
        return heard is not None and self._clock.now() - heard < STALE

    @property
    def trouble(self) -> Trouble | None:
        """Why Telegram gives no updates just now."""
        return self._trouble

    def _stand_by(self) -> None:
        """Another process asks, and as long as the store says so it is well."""
        if not self._standing_by:
            log.info("another process asks Telegram for updates; this one stands by")
        self._standing_by = True
        self._trouble = None
        self._heard_at = self._clock.now()

    def _patience(self) -> timedelta:
        """While it isn't sure that Telegram answers at all, it is asked to answer at once."""
        return POLL if self.alive() and self._trouble is None else timedelta(0)

    def _heard(self) -> None:
        if self._trouble:
            log.info("Telegram answers again")
        self._trouble = None
        self._standing_by = False
        self._heard_at = self._clock.now()

    async def _endure(self, telegram: Telegram, problem: Refused, failures: int) -> None:
        """Says once what is wrong, mends what can be mended, and waits a little."""
        if problem.trouble is not self._trouble:
            log.error("%s", say("en", f"bot.telegram.{problem.trouble.value}"))
        self._trouble = problem.trouble
        if problem.trouble is Trouble.WEBHOOK_ACTIVE:
            try:
                await telegram.take_webhook_away()
            except Refused:
                log.warning("the webhook could not be taken away")
        await self._pause(failures, problem.seconds)

    async def _pause(self, failures: int, seconds: int = 0) -> None:
        pause = max(seconds, PAUSES[min(failures, len(PAUSES) - 1)])
        await self._clock.sleep(timedelta(seconds=pause))


def apologise(db: Db, job: Job, now: datetime) -> None:
    """An update was given up: whoever sent it hears one kind sentence. The update is kept."""
    chat_id, language = _whom_to_tell(job.payload)
    if chat_id is None:
        return
    person = people.get(db, chat_id)
    messages.add(
        db,
        key=f"sorry:{job.key}",
        chat_id=chat_id,
        method="sendMessage",
        params={"text": say(person.language if person else language, "bot.sorry")},
        now=now,
    )


def _whom_to_tell(update: Update) -> tuple[int | None, str]:
    """The private chat that an update came from, and the language of the app that sent it."""
    event = update.get("message") or update.get("callback_query") or {}
    chat = event.get("chat") or event.get("message", {}).get("chat") or {}
    language = speakable((event.get("from") or {}).get("language_code"))
    return (chat["id"] if chat.get("type") == "private" else None), language
