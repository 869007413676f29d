"""A small prompt for tests of asking: a summary and notes about a letter."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from prompts.asking import Message


class Note(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    quote: str = Field(min_length=1)
    score: int = Field(ge=1, le=4)


class Notes(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    summary: str
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class NotesPrompt:
    """Satisfies `prompts.asking.Prompt`."""

    id: str = "notes"
    version: str = "3"
    digest: str = "d"
    answer: type[Notes] = Notes
    temperature: float = 0.2
    max_output_tokens: int = 500
    delimiters: list[str] = field(default_factory=list, compare=False)

    def render(self, *, delimiter: str, **inputs: object) -> list[Message]:
        self.delimiters.append(delimiter)
        letter = f"{delimiter}\n{inputs['letter']}\n{delimiter}"
        return [
            {"role": "system", "content": "You read letters."},
            {"role": "user", "content": letter},
        ]


def note(quote: str = "I led a team", score: int = 3) -> dict[str, Any]:
    return {"quote": quote, "score": score}


def notes(*members: object, summary: str = "Plain and warm.") -> dict[str, Any]:
    return {"summary": summary, "notes": list(members or [note()])}


def quotes(value: Notes) -> Sequence[str]:
    return [one.quote for one in value.notes]
