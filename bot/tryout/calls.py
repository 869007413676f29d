"""The journal of the bot's calls, so that tests can count and time them."""

from collections import deque
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

KEPT = 100_000


@dataclass(slots=True)
class Call:
    """One call of a method; `at` is when it came, by the local Telegram's clock.

    `status` 0 means that no answer reached the bot.
    """

    seq: int
    at: datetime
    method: str
    params: dict[str, Any]
    status: int = 0
    error: str | None = None

    @property
    def chat_id(self) -> int | None:
        """The chat it names."""
        named = str(self.params.get("chat_id", ""))
        return int(named) if named.lstrip("-").isdecimal() else None

    def seen(self) -> dict[str, Any]:
        """The call as the people API shows it."""
        return asdict(self) | {"at": self.at.isoformat(), "chat_id": self.chat_id}


class Journal:
    """The latest calls, oldest first."""

    def __init__(self) -> None:
        self.seq = 0
        self._calls: deque[Call] = deque(maxlen=KEPT)

    def add(self, method: str, params: dict[str, Any], now: datetime) -> Call:
        """Note a call that came in."""
        self.seq += 1
        call = Call(self.seq, now, method, params)
        self._calls.append(call)
        return call

    def since(self, seq: int = 0, method: str | None = None) -> list[Call]:
        """The calls after a number, of one method or of all."""
        wanted = (call for call in self._calls if call.seq > seq)
        return [call for call in wanted if method is None or call.method == method]
