"""What the tests of the model's door share: a ledger in memory, a hasty clock, how one asks."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.clock import StandingClock
from bot.model import Model
from prompts.asking import Answer, ModelFailed
from storage.spending import ModelCall
from tests.fakes.prompting import Notes, NotesPrompt

LETTER = "Dear Zebulon, I led a team of walruses."
KEY = "sk-test-0123456789abcdef"
SOON = timedelta(seconds=0.2)
LATE = timedelta(seconds=30)


@dataclass
class Book:
    """A ledger in memory."""

    allows: bool = True
    calls: list[ModelCall] = field(default_factory=list)
    estimates: list[int] = field(default_factory=list)

    async def allowed(self, person_id: int | None, estimate: int) -> bool:
        self.estimates.append(estimate)
        return self.allows

    async def record(self, call: ModelCall) -> None:
        self.calls.append(call)

    @property
    def outcomes(self) -> list[str]:
        return [call.outcome for call in self.calls]


class HastyClock(StandingClock):
    """Sleeps at once and remembers how long it should have; a second passes at every look."""

    def __init__(self) -> None:
        super().__init__(datetime(2026, 11, 20, 9, 0, tzinfo=UTC))
        self.slept: list[float] = []

    def now(self) -> datetime:
        self.move(timedelta(seconds=1))
        return super().now()

    async def sleep(self, duration: timedelta) -> None:
        self.slept.append(duration.total_seconds())


async def ask(model: Model, **more: Any) -> Answer[Notes]:
    return await model(NotesPrompt(), person_id=7, letter=LETTER, **more)


async def failure_of(model: Model, **more: Any) -> ModelFailed:
    with pytest.raises(ModelFailed) as failed:
        await ask(model, **more)
    return failed.value
