"""Types of what the bot sends: read from form text, multipart or JSON, refused when wrong.

Telegram ignores fields that it does not know; here they are refused, since a misspelt name is
always a mistake.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from bot.tryout.refusals import bad_request

Kind = Callable[[Any], Any]
"""Gives the value of something in JSON, or raises Wrong."""

Reader = Callable[[str, Any], Any]
"""Gives the value of a parameter by its name and what was sent, or raises Refusal."""


class Wrong(ValueError):
    """Something in a JSON object is not as it must be; says what, in Telegram's words."""


# things inside JSON


def string(raw: Any) -> str:
    """A String."""
    if not isinstance(raw, str):
        raise Wrong("must be of type String")
    return raw


def whole(raw: Any) -> int:
    """A whole Number, which may be written as a String."""
    if isinstance(raw, bool) or not isinstance(raw, int | str):
        raise Wrong("must be of type Number")
    try:
        return int(raw)
    except ValueError as error:
        raise Wrong("must be a valid Number") from error


def boolean(raw: Any) -> bool:
    """A Boolean."""
    if not isinstance(raw, bool):
        raise Wrong("must be of type Boolean")
    return raw


def anything(raw: Any) -> Any:
    """Whatever it is."""
    return raw


def list_of(kind: Kind) -> Kind:
    """An Array of one kind."""

    def read(raw: Any) -> list[Any]:
        if not isinstance(raw, list):
            raise Wrong("must be of type Array")
        return [kind(one) for one in raw]

    return read


def shape(needs: Mapping[str, Kind], takes: Mapping[str, Kind] | None = None) -> Kind:
    """An Object with these fields and no other."""
    fields = {**needs, **(takes or {})}

    def read(raw: Any) -> dict[str, Any]:
        if not isinstance(raw, dict):
            raise Wrong("expected an Object")
        for name in needs:
            if name not in raw:
                raise Wrong(f'Can\'t find field "{name}"')
        return {name: _read_field(fields, name, value) for name, value in raw.items()}

    return read


def _read_field(fields: Mapping[str, Kind], name: Any, value: Any) -> Any:
    if name not in fields:
        raise Wrong(f'Unknown field "{name}"')
    try:
        return fields[name](value)
    except Wrong as error:
        words = str(error)
        raise Wrong(f'Field "{name}" {words}' if words.startswith("must") else words) from error


# parameters


def text(name: str, raw: Any) -> str:
    """A text, in UTF-8."""
    if not isinstance(raw, str):
        return str(raw)
    if any("\ud800" <= sign <= "\udfff" for sign in raw):
        raise bad_request("strings must be encoded in UTF-8")
    return raw


def number(name: str, raw: Any) -> int:
    """A whole number."""
    try:
        return whole(raw)
    except Wrong as error:
        raise bad_request(f'Parameter "{name}" must be a valid Integer') from error


def flag(name: str, raw: Any) -> bool:
    """Yes or no; Telegram takes true, yes and 1 for yes and all else for no."""
    return str(raw).lower() in {"true", "yes", "1"}


def chat(name: str, raw: Any) -> int | str:
    """A chat's id, or the @username of a public one."""
    if isinstance(raw, str) and raw.startswith("@"):
        return raw
    try:
        return whole(raw)
    except Wrong as error:
        raise bad_request("chat not found") from error


def message(name: str, raw: Any) -> int:
    """A message's id."""
    try:
        found = whole(raw)
    except Wrong:
        found = 0
    if found <= 0:
        raise bad_request("Message identifier is not specified")
    return found


def file(name: str, raw: Any) -> Any:
    """A file: an upload, attach://NAME (resolved before), a file_id or an address."""
    return raw


def encoded(kind: Kind, cannot: str) -> Reader:
    """Something JSON-serialized; `cannot` opens the refusal."""

    def read(name: str, raw: Any) -> Any:
        if isinstance(raw, str):
            raw = _parsed(raw, cannot)
        try:
            return kind(raw)
        except Wrong as error:
            raise bad_request(f"{cannot}: {error}") from error

    return read


def _parsed(raw: str, cannot: str) -> Any:
    try:
        return json.loads(raw)
    except ValueError as error:
        raise bad_request(f"{cannot} JSON object") from error
