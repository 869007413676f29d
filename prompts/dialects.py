"""How a request has to be put so that this server takes it: OpenAI-compatible is many dialects.

Everything begins with what OpenAI documents; each refusal that names a part of the request takes
one step down. Refusals read for this: OpenAI, llama.cpp, LM Studio, vLLM, Ollama, Groq, DeepSeek.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from prompts.asking import Message
from prompts.schemas import strict_schema

IN_WORDS = """
Answer with one JSON object and nothing else: no words around it, no code fence. \
It follows this JSON Schema:
{schema}"""

NAMES_SHAPE = re.compile(r"format|json|schema|grammar|structured", re.IGNORECASE)
NAMES_LIMIT = re.compile(r"max_(completion_)?tokens", re.IGNORECASE)


class Shape(StrEnum):
    """What the server itself does for the form of an answer, best first."""

    SCHEMA = "json_schema"
    OBJECT = "json_object"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Dialect:
    """`in_words`: the schema also stands in the prompt, because the server may not enforce it."""

    shape: Shape = Shape.SCHEMA
    in_words: bool = False
    asks_usage: bool = True
    sets_temperature: bool = True
    limit: str | None = "max_tokens"

    def lower(self) -> "Dialect | None":
        """The next looser form of the answer."""
        if self.shape is Shape.TEXT:
            return None
        shape = Shape.OBJECT if self.shape is Shape.SCHEMA else Shape.TEXT
        return replace(self, shape=shape, in_words=True)

    def after(self, refusal: str) -> "Dialect | None":
        """How to put it after a refusal in these words; None when they name nothing of ours."""
        if self.asks_usage and "stream_options" in refusal:
            return replace(self, asks_usage=False)
        if self.sets_temperature and "temperature" in refusal:
            return replace(self, sets_temperature=False)
        if self.limit and NAMES_LIMIT.search(refusal):
            fresh = self.limit == "max_tokens"
            return replace(self, limit="max_completion_tokens" if fresh else None)
        return self.lower() if NAMES_SHAPE.search(refusal) else None


def parameters(
    dialect: Dialect, answer: type[BaseModel], temperature: float, max_output_tokens: int
) -> dict[str, Any]:
    """What a request says beside its messages and its model."""
    said: dict[str, Any] = {"stream": True}
    if dialect.asks_usage:
        said["stream_options"] = {"include_usage": True}
    if dialect.sets_temperature:
        said["temperature"] = temperature
    if dialect.limit:
        said[dialect.limit] = max_output_tokens
    if dialect.shape is Shape.SCHEMA:
        schema = {"name": answer.__name__, "strict": True, "schema": strict_schema(answer)}
        said["response_format"] = {"type": "json_schema", "json_schema": schema}
    elif dialect.shape is Shape.OBJECT:
        said["response_format"] = {"type": "json_object"}
    return said


def worded(dialect: Dialect, messages: Sequence[Message], answer: type[BaseModel]) -> list[Message]:
    """The messages, with the schema in the first where the server can't be trusted to know it.

    The first is the same in every call, so that what the server has cached stays good.
    """
    if not dialect.in_words:
        return list(messages)
    schema = json.dumps(strict_schema(answer), ensure_ascii=False, separators=(",", ":"))
    first, *others = messages
    content = first["content"] + IN_WORDS.format(schema=schema)
    return [{"role": first["role"], "content": content}, *others]
