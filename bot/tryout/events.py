"""What changed, numbered, for apps and tests that look on."""

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import Any

KEPT = 5000
"""How many events an app that was away can catch up with."""


@dataclass(frozen=True, slots=True)
class Event:
    """One change; `seq` grows by one."""

    seq: int
    kind: str
    data: dict[str, Any]


class Events:
    """The latest changes and a bell that rings at each."""

    def __init__(self, last_seq: int = 0) -> None:
        self.seq = last_seq
        self._kept: deque[Event] = deque(maxlen=KEPT)
        self._bell = asyncio.Event()

    def add(self, kind: str, data: dict[str, Any]) -> None:
        """Note a change and wake everybody who waits for one."""
        self.seq += 1
        self._kept.append(Event(self.seq, kind, data))
        self.ring()

    def ring(self) -> None:
        """Wake everybody who waits."""
        self._bell.set()
        self._bell = asyncio.Event()

    def since(self, seq: int) -> list[Event] | None:
        """The changes after a number; None when they are no longer known."""
        if seq > self.seq or (seq < self.seq and (not self._kept or self._kept[0].seq > seq + 1)):
            return None
        return [event for event in self._kept if event.seq > seq]

    async def next(self) -> None:
        """Wait for the next change."""
        await self._bell.wait()
