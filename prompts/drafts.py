"""An answer that is still being written: the items that are there already."""

from typing import Any, TypeVar, cast, get_origin

from pydantic import TypeAdapter, ValidationError

from prompts.answers import Whole

A = TypeVar("A", bound=Whole)


def drafted(answer: type[A], said: object) -> A:
    """What of an unfinished answer holds; items without all of their fields aren't there yet."""
    given = cast("dict[str, Any]", said) if isinstance(said, dict) else {}
    fields = {
        name: _kept(field.rebuild_annotation(), given[name])
        for name, field in answer.model_fields.items()
        if name in given
    }
    return answer.model_construct(None, **fields)


def _kept(annotation: Any, value: object) -> Any:
    if get_origin(annotation) is not list:
        return value if isinstance(value, str) else ""
    if not isinstance(value, list):
        return []
    item = TypeAdapter(annotation.__args__[0])
    return [one for part in cast("list[Any]", value) for one in _valid(item, part)]


def _valid(item: TypeAdapter[Any], part: object) -> list[Any]:
    try:
        return [item.validate_python(part)]
    except ValidationError:
        return []
