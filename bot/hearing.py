"""What comes back from one call to the model, piece by piece, and what it took."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coach.letters import Usage
from prompts.asking import Message
from prompts.tokens import tokens


@dataclass(slots=True)
class Heard:
    """One reply as far as it has come. `free`: refused before the model did anything."""

    text: str = ""
    finish: str | None = None
    declined: bool = False
    usage: Usage | None = None
    free: bool = False

    @property
    def cut(self) -> bool:
        """Whether the reply ended at the limit instead of where the model wanted."""
        return self.finish == "length"

    def take(self, chunk: Any) -> bool:
        """Adds a piece of the stream, which may have any form; whether the answer has begun."""
        self.usage = _told(getattr(chunk, "usage", None)) or self.usage
        choices = getattr(chunk, "choices", None)
        for choice in choices if isinstance(choices, list) else []:
            delta = getattr(choice, "delta", None)
            self.text += str(getattr(delta, "content", None) or "")
            self.finish = getattr(choice, "finish_reason", None) or self.finish
            self.declined |= bool(getattr(delta, "refusal", None))
        self.declined |= self.finish == "content_filter"
        return bool(choices)

    def used(self, messages: Sequence[Message]) -> Usage:
        """What it took; guessed where the server didn't say, so that stopping isn't free."""
        if self.usage or self.free:
            return self.usage or Usage(calls=1)
        return Usage(
            calls=1, prompt_tokens=tokens_of(messages), completion_tokens=tokens(self.text)
        )


def tokens_of(messages: Sequence[Message]) -> int:
    """A guess at what messages take."""
    return sum(tokens(message["content"]) for message in messages)


def _told(usage: Any) -> Usage | None:
    if usage is None:
        return None
    details = getattr(usage, "prompt_tokens_details", None)
    return Usage(
        calls=1,
        prompt_tokens=_count(usage, "prompt_tokens"),
        cached_tokens=_count(details, "cached_tokens"),
        completion_tokens=_count(usage, "completion_tokens"),
    )


def _count(told: Any, name: str) -> int:
    count = getattr(told, name, None)
    return count if isinstance(count, int) and count > 0 else 0
