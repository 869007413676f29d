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

    A chat takes a short burst: three messages in three seconds.
    """

    chat: Rate = Rate(3, 3)
    group: Rate = Rate(20, 60)
    overall: Rate = Rate(30, 1)
    _sent: dict[int | None, deque[datetime]] = field(
        default_factory=dict[int | None, deque[datetime]], repr=False
    )

    def pass_or_refuse(self, chat_id: int, now: datetime) -> None:
        """Let a message through and remember it. Raises Refusal 429 when it comes too early."""
        rates = [(chat_id, self.chat), (None, self.overall)]
        if chat_id < 0:
            rates.append((chat_id, self.group))
        wait = max(self._wait(key, rate, now) for key, rate in rates)
        if wait > 0:
            raise too_many(ceil(wait))
        self._note(chat_id, now)
        self._note(None, now)

    def _wait(self, key: int | None, rate: Rate, now: datetime) -> float:
        span = timedelta(seconds=rate.seconds)
        recent = [at for at in self._sent.get(key, ()) if now - at < span]
        if len(recent) < rate.count:
            return 0.0
        return (recent[-rate.count] + span - now).total_seconds()

    def _note(self, key: int | None, now: datetime) -> None:
        sent = self._sent.setdefault(key, deque(maxlen=100))
        sent.append(now)


def counts(method: str) -> bool:
    """Whether flood control counts calls of this method."""
    return method.startswith(COUNTED) and method not in FREE
