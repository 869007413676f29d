"""What a reply says: the JSON in it, so far and at its end, and what of it holds."""

from collections.abc import Iterator, Sequence
from typing import Any, cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails, from_json, to_json

from prompts.asking import Message, T

SHOWN = 8_000
"""Characters of a reply that the model sees again when it has to mend it."""

COMPLAINTS = 12
"""As many faults are named to the model; they are mostly the same one again and again."""

NO_JSON = "It is not one complete JSON object."

MEND = """\
Your answer cannot be used:
{faults}
Answer again with the whole JSON object, mended, and nothing else."""

THOUGHT = "</think>"
"""Ends what some models think aloud before they answer."""


class Unusable(Exception):
    """A reply is not the answer that was asked for; `faults` say why, to the model only."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("unusable reply")
        self.faults = faults

    def mending(self, reply: str) -> list[Message]:
        """What follows the same messages so that the model mends its reply."""
        plea = MEND.format(faults="\n".join(f"- {fault}" for fault in self.faults))
        shown = reply.strip()[:SHOWN]
        said: list[Message] = [{"role": "assistant", "content": shown}] if shown else []
        return [*said, {"role": "user", "content": plea}]


def read(answer: type[T], reply: str) -> T:
    """The answer in a reply, whatever stands around it. Raises Unusable."""
    data = _first_object(reply)
    if data is None:
        raise Unusable([NO_JSON])
    try:
        return _validated(answer, data)
    except ValidationError as error:
        raise Unusable(_faults(error)) from None


def so_far(reply: str) -> dict[str, Any] | None:
    """What an unfinished reply says already; its last values may still be missing."""
    _, brace, rest = _spoken(reply).partition("{")
    try:
        data = from_json(brace + rest, allow_partial=True)
    except ValueError:
        return None
    return cast("dict[str, Any]", data) if isinstance(data, dict) else None


def salvage(answer: type[T], reply: str, *, cut: bool = False) -> T | None:
    """The answer without the list items that don't hold, or None when nothing would be left.

    A `cut` reply ended before its time; its last item is never whole enough to trust.
    """
    data = so_far(reply) if cut else _first_object(reply)
    if data is None:
        return None
    if cut:
        _drop_last_item(data)
    while True:
        try:
            return _validated(answer, data) if _has_items(data) else None
        except ValidationError as error:
            if not _drop_faulty(data, error.errors(include_url=False)):
                return None


def _validated(answer: type[T], data: dict[str, Any]) -> T:
    """Read as JSON, not as Python, so that strict types take an enum's or a tuple's JSON."""
    return answer.model_validate_json(to_json(data))


def _faults(error: ValidationError) -> list[str]:
    found = error.errors(include_url=False, include_input=False)[:COMPLAINTS]
    return [f"{'.'.join(map(str, fault['loc'])) or 'answer'}: {fault['msg']}" for fault in found]


def _spoken(reply: str) -> str:
    return reply.rpartition(THOUGHT)[2]


def _first_object(reply: str) -> dict[str, Any] | None:
    for candidate in _in_braces(_spoken(reply)):
        try:
            data = from_json(candidate, allow_inf_nan=False)
        except ValueError:
            continue
        return cast("dict[str, Any]", data)
    return None


def _in_braces(text: str) -> Iterator[str]:
    """What stands between outermost braces; braces inside JSON strings don't count."""
    depth = start = 0
    quoted = escaped = False
    for place, letter in enumerate(text):
        if quoted:
            quoted = escaped or letter != '"'
            escaped = letter == "\\" and not escaped
        elif letter == '"':
            quoted = depth > 0
        elif letter == "{":
            start = place if depth == 0 else start
            depth += 1
        elif letter == "}" and depth:
            depth -= 1
            if depth == 0:
                yield text[start : place + 1]


def _has_items(data: object) -> bool:
    """Whether any list still holds something; an emptied answer would say "nothing found"."""
    if isinstance(data, dict):
        return any(map(_has_items, cast("dict[str, object]", data).values()))
    return isinstance(data, list) and bool(cast("list[object]", data))


def _drop_last_item(data: dict[str, Any]) -> None:
    last = data
    while last:
        inner = last[next(reversed(last))]
        if isinstance(inner, list) and inner:
            cast("list[Any]", inner).pop()
        if not isinstance(inner, dict):
            return
        last = cast("dict[str, Any]", inner)


def _drop_faulty(data: dict[str, Any], faults: Sequence[ErrorDetails]) -> bool:
    """Takes out what the faults name, right to left; False when there is nothing to take out."""
    doomed = {place for fault in faults if (place := _droppable(data, fault)) is not None}
    for place in sorted(doomed, key=lambda place: [(str(type(s)), s) for s in place], reverse=True):
        _drop(data, place)
    return bool(doomed)


def _droppable(data: object, fault: ErrorDetails) -> tuple[int | str, ...] | None:
    """The innermost list item around a fault, the field too many, or the end of a long list."""
    place: tuple[int | str, ...] = ()
    item = None
    for step in fault["loc"]:
        if not _holds(data, step):
            break
        data, place = cast("Any", data)[step], (*place, step)
        item = place if isinstance(step, int) else item
    if fault["type"] == "extra_forbidden":
        return place
    if fault["type"] == "too_long" and isinstance(data, list) and data:
        return (*place, len(cast("list[object]", data)) - 1)
    return item


def _holds(data: object, step: int | str) -> bool:
    if isinstance(data, list):
        return isinstance(step, int) and step < len(cast("list[object]", data))
    return isinstance(data, dict) and step in data


def _drop(data: Any, place: tuple[int | str, ...]) -> None:
    *outer, last = place
    for step in outer:
        data = data[step]
    del data[last]
