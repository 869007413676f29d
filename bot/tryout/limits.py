"""Flood control as Telegram is thought to have it: its exact limits are not published."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil

from bot.tryout.refusals import too_many

COUNTED = ("send", "copy", "forward", "edit")
FREE = frozenset({"sendChatAction", "sendMessageDraft"})


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `count` messages within `seconds`."""

    count: int
    seconds: float


@dataclass(slots=True)
class Limits:
    """The rates for one chat, one group and the whole bot (bot FAQ: about 1/s, 20/min, 30/s).

    A chat takes a short burst: three messages in three seconds. Edits count in a group and among
    all calls, but not in a chat's own rate: bots that edit a message about once a second while
    they talk are common and aren't refused.
    """

    chat: Rate = Rate(3, 3)
    group: Rate = Rate(20, 60)
    overall: Rate = Rate(30, 1)
    _sent: dict[str, deque[datetime]] = field(
        default_factory=dict[str, deque[datetime]], repr=False
    )

    def pass_or_refuse(self, chat_id: int, method: str, now: datetime) -> None:
        """Let a call through and remember it. Raises Refusal 429 when it comes too early."""
        rates = [("all", self.overall)]
        if chat_id < 0:
            rates.append((f"group {chat_id}", self.group))
        if not method.startswith("edit"):
            rates.append((f"chat {chat_id}", self.chat))
        wait = max(self._wait(key, rate, now) for key, rate in rates)
        if wait > 0:
            raise too_many(ceil(wait))
        for key, _ in rates:
            self._note(key, now)

    def _wait(self, key: str, rate: Rate, now: datetime) -> float:
        span = timedelta(seconds=rate.seconds)
        recent = [at for at in self._sent.get(key, ()) if now - at < span]
        if len(recent) < rate.count:
            return 0.0
        return (recent[-rate.count] + span - now).total_seconds()

    def _note(self, key: str, now: datetime) -> None:
        sent = self._sent.setdefault(key, deque(maxlen=100))
        sent.append(now)


def counts(method: str) -> bool:
    """Whether flood control counts calls of this method."""
    return method.startswith(COUNTED) and method not in FREE
