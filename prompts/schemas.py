"""The JSON schema of an answer, in the strict form that servers can hold a model to.

Strict schemas name every field as required, allow no other, and know neither lengths of strings
nor defaults; pydantic still checks all of that afterwards.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from pydantic import BaseModel

NOT_STRICT = frozenset({"default", "title", "minLength", "maxLength", "uniqueItems"})

Schema = dict[str, Any]


@cache
def strict_schema(answer: type[BaseModel]) -> Schema:
    """The schema. A reference that says more than its name is written out, as OpenAI demands."""
    whole = answer.model_json_schema()
    return _strict(whole, whole.get("$defs", {}))


def _strict(schema: Schema, definitions: Mapping[str, Schema]) -> Schema:
    if "$ref" in schema and len(schema) > 1:
        meant = definitions[schema["$ref"].rpartition("/")[2]]
        schema = {**meant, **{name: value for name, value in schema.items() if name != "$ref"}}
    strict = {
        name: _within(name, value, definitions)
        for name, value in schema.items()
        if name not in NOT_STRICT
    }
    if "properties" in strict:
        strict |= {"required": list(strict["properties"]), "additionalProperties": False}
    return strict


def _within(name: str, value: Any, definitions: Mapping[str, Schema]) -> Any:
    if name in ("properties", "$defs"):
        return {key: _strict(one, definitions) for key, one in value.items()}
    if isinstance(value, dict):
        return _strict(cast("Schema", value), definitions)
    if isinstance(value, list):
        members = cast("list[Any]", value)
        return [_within("", member, definitions) for member in members]
    return value
