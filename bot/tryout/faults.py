"""Faults on order: what goes wrong with the next calls of a method."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """What can go wrong.

    `dropped` loses the call before it is processed, `answer_lost` after; `duplicate_update`
    makes getUpdates or the webhook give an update once more after it was confirmed; `held`
    waits until `Faults.release`; `wrong_json` answers with broken JSON after processing.
    """

    TOO_MANY = "too_many"
    SERVER_ERROR = "server_error"
    DROPPED = "dropped"
    ANSWER_LOST = "answer_lost"
    DUPLICATE_UPDATE = "duplicate_update"
    SLOW = "slow"
    HELD = "held"
    WRONG_JSON = "wrong_json"


@dataclass(slots=True)
class Fault:
    """A fault for the next `times` calls of a method; without one, of every method but getUpdates.

    `retry_after` (seconds) belongs to too_many, `status` to server_error, `seconds` to slow.
    """

    kind: FaultKind
    method: str | None = None
    times: int = 1
    retry_after: int = 1
    status: int = 502
    seconds: float = 1.0

    def hits(self, method: str) -> bool:
        """Whether a call of this method goes wrong."""
        if self.kind is FaultKind.DUPLICATE_UPDATE:
            return False
        return self.method == method if self.method else method != "getUpdates"


class Faults:
    """The faults still to come."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self._gate = asyncio.Event()

    def add(self, faults: Iterable[Fault]) -> None:
        """Order faults."""
        self._waiting.extend(faults)

    def clear(self) -> None:
        """Forget all faults and let go of what is held."""
        self._waiting.clear()
        self.release()

    def take(self, method: str) -> Fault | None:
        """The fault that hits this call, used up by one."""
        fault = next((one for one in self._waiting if one.hits(method)), None)
        return self._use(fault)

    def take_duplicate(self) -> bool:
        """Whether the next update is to be given twice."""
        kind = FaultKind.DUPLICATE_UPDATE
        return self._use(next((one for one in self._waiting if one.kind is kind), None)) is not None

    def release(self) -> None:
        """Let all held calls go on."""
        self._gate.set()
        self._gate = asyncio.Event()

    async def held(self) -> None:
        """Wait for `release`."""
        await self._gate.wait()

    def _use(self, fault: Fault | None) -> Fault | None:
        if fault is None:
            return None
        fault.times -= 1
        if fault.times <= 0:
            self._waiting.remove(fault)
        return fault
