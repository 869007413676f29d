"""A model that answers what a test enqueued, without any HTTP."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from coach.letters import Usage
from prompts.asking import Answer, Failure, ModelFailed, OnPartial, Prompt

NAME = "fake-model"


@dataclass(frozen=True)
class Question:
    """What was asked once."""

    prompt: Prompt[Any]
    person_id: int | None
    inputs: dict[str, object]


@dataclass
class _Reply:
    said: BaseModel | dict[str, Any] | Failure | ModelFailed
    partials: Sequence[object] = ()
    hold: asyncio.Event | None = None


@dataclass
class FakeAsk:
    """Stands where an `Ask` is wanted; `asked` holds the questions, `reached` that one waits."""

    asked: list[Question] = field(default_factory=list)
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    _replies: list[_Reply] = field(default_factory=list)

    def enqueue(
        self,
        said: BaseModel | dict[str, Any] | Failure | ModelFailed,
        *,
        partials: Sequence[object] = (),
        hold: asyncio.Event | None = None,
    ) -> None:
        """The next answer or failure; before it `partials` are told, and `hold` waited for."""
        self._replies.append(_Reply(said, partials, hold))

    def forget(self) -> None:
        """Takes back what was enqueued and not asked for."""
        self._replies.clear()

    async def __call__(
        self,
        prompt: Prompt[Any],
        *,
        person_id: int | None,
        on_partial: OnPartial | None = None,
        stop: asyncio.Event | None = None,
        **inputs: object,
    ) -> Answer[Any]:
        self.asked.append(Question(prompt, person_id, inputs))
        assert self._replies, f"no answer was enqueued for {prompt.id}"
        reply = self._replies.pop(self._next(prompt))
        for partial in reply.partials if on_partial else ():
            await on_partial(partial)
        if reply.hold is not None:
            await self._until_either(reply.hold, stop)
        if stop is not None and stop.is_set():
            raise ModelFailed(Failure.STOPPED)
        return _answer(prompt, reply.said)

    def _next(self, prompt: Prompt[Any]) -> int:
        """The first reply that answers this prompt, since two may be asked at the same time."""
        fields = prompt.answer.model_fields.keys()
        for number, reply in enumerate(self._replies):
            if not isinstance(reply.said, dict) or not fields.isdisjoint(reply.said):
                return number
        return 0

    async def _until_either(self, hold: asyncio.Event, stop: asyncio.Event | None) -> None:
        self.reached.set()
        events = [hold, stop] if stop is not None else [hold]
        waiting = [asyncio.ensure_future(event.wait()) for event in events]
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waiting:
                task.cancel()


def _answer(
    prompt: Prompt[Any], said: BaseModel | dict[str, Any] | Failure | ModelFailed
) -> Answer[Any]:
    if isinstance(said, Failure):
        raise ModelFailed(said)
    if isinstance(said, ModelFailed):
        raise said
    value = prompt.answer.model_validate(said) if isinstance(said, dict) else said
    return Answer(value, Usage(1, 100, 0, 20), NAME)
