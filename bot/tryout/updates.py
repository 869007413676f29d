"""Updates that wait for the bot: kept until it confirms them by asking for a later one."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from bot.tryout.refusals import conflict

KINDS = (
    "message",
    "edited_message",
    "callback_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "message_reaction",
    "message_reaction_count",
    "stopped_message_generation",
)
ONLY_WHEN_ASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds that Telegram sends only when `allowed_updates` names them (Bot API, getUpdates)."""

OTHER_POLLER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_SET = "terminated by setWebhook request"
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


@dataclass(slots=True)
class Webhook:
    """Where updates are posted instead."""

    url: str
    secret_token: str = ""
    max_connections: int = 40
    last_error_at: int | None = None
    last_error: str | None = None


@dataclass(slots=True)
class Queue:
    """Updates not yet confirmed, oldest first, and what the bot asked to get."""

    next_id: int = 1
    pending: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    allowed: list[str] = field(default_factory=list[str])
    webhook: Webhook | None = None

    def wants(self, kind: str) -> bool:
        """Whether the bot gets updates of this kind."""
        return kind in self.allowed if self.allowed else kind not in ONLY_WHEN_ASKED

    def add(self, kind: str, body: dict[str, Any]) -> dict[str, Any] | None:
        """Put an update into the queue; None when the bot does not want this kind."""
        if not self.wants(kind):
            return None
        update = {"update_id": self.next_id, kind: body}
        self.next_id += 1
        self.pending.append(update)
        return update

    def confirm(self, offset: int) -> None:
        """Forget what lies before an offset; a negative one keeps so many of the last.

        An offset beyond the next number confirms nothing, as in Telegram's own server.
        """
        if offset < 0:
            self.pending = self.pending[offset:]
        elif 0 < offset <= self.next_id:
            self.pending = [one for one in self.pending if one["update_id"] >= offset]

    def drop(self, update_id: int) -> None:
        """Forget one update, which the webhook took."""
        self.pending = [one for one in self.pending if one["update_id"] != update_id]


class Poller:
    """The one getUpdates request that may wait; a second one ends the first."""

    def __init__(self) -> None:
        self._waiting: asyncio.Future[None] | None = None

    async def wait(self, seconds: float) -> None:
        """Sleep until an update comes or the time is over. Raises Refusal 409 when ended."""
        self.end_other()
        self._waiting = mine = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(mine, seconds)
        except TimeoutError:
            pass
        finally:
            if self._waiting is mine:
                self._waiting = None

    def wake(self) -> None:
        """Something came."""
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(None)

    def end_other(self) -> None:
        """Refuse an older request because a newer one came."""
        self.end(OTHER_POLLER)

    def end(self, why: str) -> None:
        """Refuse the request that waits."""
        if self._waiting and not self._waiting.done():
            self._waiting.set_exception(conflict(why))
