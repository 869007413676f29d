"""Schemas of answers keep to what strict servers take."""

from enum import StrEnum
from typing import Any

from pydantic import BaseModel, Field

from prompts.schemas import strict_schema


class Tone(StrEnum):
    WARM = "warm"
    COLD = "cold"


class Note(BaseModel):
    quote: str = Field(min_length=1, max_length=80, description="word for word")
    tone: Tone = Field(Tone.WARM, description="how it sounds")
    times: int = Field(1, ge=1)


class Notes(BaseModel):
    notes: tuple[Note, ...] = ()
    title: str | None = None


def every_object(schema: Any) -> list[dict[str, Any]]:
    if isinstance(schema, list):
        return [found for member in schema for found in every_object(member)]
    if not isinstance(schema, dict):
        return []
    inner = [found for value in schema.values() for found in every_object(value)]
    return [schema, *inner] if "properties" in schema else inner


def test_every_field_is_required_and_no_other_allowed() -> None:
    objects = every_object(strict_schema(Notes))
    assert len(objects) == 2
    for one in objects:
        assert one["required"] == list(one["properties"])
        assert one["additionalProperties"] is False


def test_what_strict_servers_refuse_is_left_out_and_the_rest_kept() -> None:
    note = strict_schema(Notes)["$defs"]["Note"]["properties"]
    assert note["quote"] == {"type": "string", "description": "word for word"}
    assert note["times"] == {"type": "integer", "minimum": 1}


def test_a_reference_with_words_of_its_own_is_written_out() -> None:
    tone = strict_schema(Notes)["$defs"]["Note"]["properties"]["tone"]
    assert tone == {"type": "string", "enum": ["warm", "cold"], "description": "how it sounds"}


def test_a_field_may_have_the_name_of_a_keyword() -> None:
    assert set(strict_schema(Notes)["properties"]) == {"notes", "title"}
