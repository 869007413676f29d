"""How much may leave when: what Telegram bears for one chat, one group and the whole bot."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b

MARGIN = 1.05
"""Messages leave evenly but arrive a little unevenly; five per cent keep the arrivals apart too."""

FORGOTTEN_EVERY = 1000
"""So many bookings are made between two clean-ups of chats that have been quiet for long."""


class Weight(StrEnum):
    """What a call costs. A new message counts everywhere, an edit not in its chat's own rate,
    anything else (deleting, reacting) only among all calls."""

    NEW = "new"
    EDIT = "edit"
    LIGHT = "light"


def weight(method: str) -> Weight:
    """What a Bot API method costs, by its name."""
    if method.startswith(("send", "copy", "forward")):
        return Weight.NEW
    return Weight.EDIT if method.startswith("edit") else Weight.LIGHT


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `count` within any span of `per`."""

    count: int
    per: timedelta


def free_at(sent: Sequence[datetime], rate: Rate, now: datetime) -> datetime:
    """When one more may leave; `sent` holds at least the last `rate.count` instants, in order.

    A sliding window and not a bucket: a bucket that refills lets twice its size through in the
    first minute, and groups refuse the 21st message of any minute.
    """
    if len(sent) < rate.count:
        return now
    return max(now, sent[-rate.count] + rate.per * MARGIN)


@dataclass(frozen=True, slots=True)
class Rates:
    """What Telegram bears (core.telegram.org/bots/faq: about 1/s a chat, 20 a minute a group,
    30/s in all; the exact limits aren't published).

    The 30 a second leave evenly and not in one burst: whatever is on its way when a process dies
    may come twice. Reminders leave at most 25 a second, and keep that
    distance from every other call, so that answers always find room.
    """

    chat: Rate = Rate(1, timedelta(seconds=1))
    group: Rate = Rate(20, timedelta(minutes=1))
    overall: Rate = Rate(1, timedelta(seconds=1) / 30)
    reminders: Rate = Rate(1, timedelta(seconds=1) / 25.5)


@dataclass(slots=True)
class _Log:
    """The last instants at which something left."""

    new: deque[datetime]
    any: deque[datetime]


@dataclass(slots=True)
class Budgets:
    """What has left lately. Times are given; nothing here waits."""

    rates: Rates = field(default_factory=Rates)
    _overall: deque[datetime] = field(init=False)
    _chats: dict[int, _Log] = field(init=False, default_factory=dict[int, _Log])
    _booked: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        longest = max(self.rates.overall.count, self.rates.reminders.count)
        self._overall = deque(maxlen=longest)

    def chat_free_at(self, chat_id: int, cost: Weight, now: datetime) -> datetime:
        """When the chat bears such a call."""
        log = self._chats.get(place_of(chat_id))
        if log is None or cost is Weight.LIGHT:
            return now
        free = free_at(log.new, self.rates.chat, now) if cost is Weight.NEW else now
        return max(free, free_at(log.any, self.rates.group, now)) if chat_id < 0 else free

    def free_at(self, now: datetime) -> datetime:
        """When the bot as a whole bears one more call."""
        return free_at(self._overall, self.rates.overall, now)

    def spare_at(self, now: datetime) -> datetime:
        """When there is room for a call that yields to all others."""
        return free_at(self._overall, self.rates.reminders, now)

    def book(self, chat_id: int, cost: Weight, now: datetime) -> None:
        """A call leaves now."""
        self.heard(place_of(chat_id), cost, now)

    def heard(self, place: int, cost: Weight, at: datetime) -> None:
        """A call leaves, perhaps another process's, and a little earlier than the last we know."""
        _append(self._overall, at)
        if cost is not Weight.LIGHT:
            log = self._log(place)
            _append(log.any, at)
            if cost is Weight.NEW:
                _append(log.new, at)
        self._booked += 1
        if self._booked % FORGOTTEN_EVERY == 0:
            self._forget(at - max(self.rates.chat.per, self.rates.group.per) * MARGIN)

    def _log(self, place: int) -> _Log:
        if place not in self._chats:
            any_sent: deque[datetime] = deque(maxlen=self.rates.group.count)
            self._chats[place] = _Log(deque(maxlen=self.rates.chat.count), any_sent)
        return self._chats[place]

    def _forget(self, before: datetime) -> None:
        self._chats = {place: log for place, log in self._chats.items() if log.any[-1] > before}


def _append(instants: deque[datetime], at: datetime) -> None:
    """Keeps them in order."""
    instants.append(max(at, instants[-1]) if instants else at)


@lru_cache(maxsize=4096)
def place_of(chat_id: int) -> int:
    """A number for a chat that doesn't tell which it is."""
    return int.from_bytes(blake2b(str(chat_id).encode(), digest_size=7).digest())
