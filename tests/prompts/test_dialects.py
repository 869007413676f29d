"""A refused request is put another way, and every way ends."""

import json

import pytest
from pydantic import BaseModel

from prompts.asking import Message
from prompts.dialects import Dialect, Shape, parameters, worded


class Notes(BaseModel):
    notes: list[str]


MESSAGES: list[Message] = [
    {"role": "system", "content": "You read letters."},
    {"role": "user", "content": "Dear Sir"},
]


def said(dialect: Dialect) -> dict[str, object]:
    return parameters(dialect, Notes, 0.2, 900)


def test_the_first_request_is_as_openai_documents_it() -> None:
    assert said(Dialect()) == {
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": 0.2,
        "max_tokens": 900,
        "response_format": {
            "type": "json_schema",
            "json_schema": {
                "name": "Notes",
                "strict": True,
                "schema": {
                    "type": "object",
                    "properties": {"notes": {"type": "array", "items": {"type": "string"}}},
                    "required": ["notes"],
                    "additionalProperties": False,
                },
            },
        },
    }
    assert worded(Dialect(), MESSAGES, Notes) == MESSAGES


@pytest.mark.parametrize(
    ("refusal", "gone"),
    [
        ("Unknown parameter: 'stream_options'", "stream_options"),
        ("'temperature' does not support 0.2 with this model", "temperature"),
        ("'max_tokens' is not supported, use 'max_completion_tokens'", "max_tokens"),
        ("This model does not support response format `json_schema`", "response_format"),
    ],
)
def test_what_a_refusal_names_is_put_otherwise(refusal: str, gone: str) -> None:
    other = Dialect().after(refusal)
    assert other is not None
    before, after = said(Dialect()), said(other)
    assert {name for name in before if before[name] != after.get(name)} == {gone}


@pytest.mark.parametrize(
    "refusal", ["response_format", "json", "max_tokens", "temperature", "stream_options"]
)
def test_every_way_down_ends(refusal: str) -> None:
    dialect: Dialect | None = Dialect()
    ways = 0
    while dialect is not None:
        dialect = dialect.after(refusal)
        ways += 1
    assert ways <= 3


def test_a_refusal_that_names_nothing_of_ours_is_final() -> None:
    assert Dialect().after("Your account is not active") is None


@pytest.mark.parametrize("shape", [Shape.OBJECT, Shape.TEXT])
def test_without_a_schema_the_first_message_holds_it_and_the_others_stay(shape: Shape) -> None:
    lower = Dialect().lower()
    while lower is not None and lower.shape is not shape:
        lower = lower.lower()
    assert lower is not None
    first, second = worded(lower, MESSAGES, Notes)
    assert first["content"].startswith("You read letters.")
    assert "JSON" in first["content"]
    assert json.loads(first["content"].splitlines()[-1])["required"] == ["notes"]
    assert second == MESSAGES[1]
