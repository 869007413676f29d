"""Asking with an ear open: what the model said before any guard, and what it cost."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from bot.ledger import NoLedger
from coach.letters import Usage
from prompts.answers import CritiqueAnswer, RewriteItem
from prompts.asking import Answer, Ask, ModelFailed, OnPartial, Prompt, T
from storage.spending import ModelCall


@dataclass(frozen=True, slots=True)
class Said:
    """One answer as the model gave it, with what it was told. `failure` is why there is none."""

    prompt_id: str
    inputs: dict[str, Any]
    value: Any = None
    failure: str | None = None

    @property
    def letter(self) -> str:
        """The letter as the model saw it, which is what its quotes are to be found in."""
        return str(self.inputs.get("letter", ""))

    @property
    def facts(self) -> tuple[str, ...]:
        """What the model was told that the writer has confirmed."""
        return tuple(self.inputs.get("facts", ()))

    @property
    def quotes(self) -> list[tuple[str, int]]:
        """Every quote with its occurrence, wherever it stands in the answer."""
        return [] if self.value is None else list(_quotes(self.value.model_dump()))

    @property
    def remarks(self) -> list[str]:
        """What it says in its own words about the letter, wherever that stands in the answer."""
        return [] if self.value is None else list(_remarks(self.value.model_dump()))

    @property
    def rewrites(self) -> list[RewriteItem]:
        return self.value.rewrites if isinstance(self.value, CritiqueAnswer) else []


def _quotes(value: object) -> Iterator[tuple[str, int]]:
    if isinstance(value, list):
        for member in cast("list[object]", value):
            yield from _quotes(member)
    if not isinstance(value, dict):
        return
    given = cast("dict[str, Any]", value)
    if quote := given.get("quote"):
        yield quote, given.get("occurrence", 1)
    yield from ((quote, 1) for quote in given.get("quotes") or () if quote)
    for member in given.values():
        yield from _quotes(member)


REMARKS = ("summary", "why", "advice")


def _remarks(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for member in cast("list[object]", value):
            yield from _remarks(member)
    if not isinstance(value, dict):
        return
    given = cast("dict[str, Any]", value)
    yield from (given[key] for key in REMARKS if isinstance(given.get(key), str) and given[key])
    for member in given.values():
        yield from _remarks(member)


@dataclass(slots=True)
class Overheard:
    """An Ask that passes on to another and keeps what it answered, until `take`n."""

    ask: Ask
    said: list[Said] = field(default_factory=list)

    async def __call__(
        self,
        prompt: Prompt[T],
        *,
        person_id: int | None,
        on_partial: OnPartial | None = None,
        stop: asyncio.Event | None = None,
        **inputs: object,
    ) -> Answer[T]:
        try:
            answer = await self.ask(
                prompt, person_id=person_id, on_partial=on_partial, stop=stop, **inputs
            )
        except ModelFailed as failed:
            self.said.append(Said(prompt.id, inputs, failure=failed.code.value))
            raise
        self.said.append(Said(prompt.id, inputs, answer.value))
        return answer

    def take(self) -> tuple[Said, ...]:
        """What was said since the last time."""
        said, self.said = tuple(self.said), []
        return said


class Meter(NoLedger):
    """The operator's account of every call, failed ones included."""

    def __init__(self) -> None:
        self.usage = Usage()

    async def record(self, call: ModelCall) -> None:
        self.usage += Usage(1, call.prompt_tokens, call.cached_tokens, call.completion_tokens)
