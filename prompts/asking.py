"""Asking the model: what it needs of a prompt, what it answers, and how it fails."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Literal, Protocol, TypedDict, TypeVar

from pydantic import BaseModel

from coach.letters import Usage
from coach.texts import say

T = TypeVar("T", bound=BaseModel)
T_co = TypeVar("T_co", bound=BaseModel, covariant=True)

OnPartial = Callable[[object], Awaitable[None]]
"""Hears what the answer says so far: a dict, not checked, whose last values may be missing."""


class Message(TypedDict):
    """One message to the model, as chat completions write it."""

    role: Literal["system", "user", "assistant"]
    content: str


class Prompt(Protocol[T_co]):
    """What asking needs to know of a prompt.

    `digest` is the sha256 of the part that is the same in every call; `max_output_tokens` is
    the most that an answer may cost.
    """

    @property
    def id(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def digest(self) -> str: ...
    @property
    def answer(self) -> type[T_co]: ...
    @property
    def temperature(self) -> float: ...
    @property
    def max_output_tokens(self) -> int: ...

    def render(self, *, delimiter: str, **inputs: object) -> list[Message]:
        """The messages; `delimiter` fences what strangers wrote (see `prompts.fences`)."""
        ...


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """A checked answer, what all calls for it cost, and the model's name."""

    value: T
    usage: Usage
    model: str


class Failure(StrEnum):
    """Why there is no answer."""

    OFF = "off"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    BUDGET = "budget"
    RUBBISH = "rubbish"
    STOPPED = "stopped"
    TOO_LONG = "too_long"


class ModelFailed(Exception):
    """The model gave no answer that can be used. Quotes neither the letter nor the server.

    `cause` tells failures of one code apart where people can do different things about them:
    refused "model", "quota", "content"; unreachable "busy".
    """

    def __init__(self, code: Failure, cause: str | None = None) -> None:
        super().__init__(f"{code} ({cause})" if cause else code.value)
        self.code = code
        self.cause = cause

    def sentence(self, language: str) -> str:
        """What the person reads."""
        name = f"{self.code}_{self.cause}" if self.cause else self.code.value
        return say(language, f"model.failed.{name}")


class Ask(Protocol):
    """Asks the model one prompt. Raises ModelFailed.

    `person_id` is whose budget pays; None is the operator's own. `stop` ends the asking at
    once, as does cancelling the task; both free the model's server.
    """

    async def __call__(
        self,
        prompt: Prompt[T],
        *,
        person_id: int | None,
        on_partial: OnPartial | None = None,
        stop: asyncio.Event | None = None,
        **inputs: object,
    ) -> Answer[T]: ...
