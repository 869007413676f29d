"""What is true of every message of the bot: delivered, nothing to press in it, nothing invented."""

from collections.abc import Iterator
from typing import Any

from bot.tryout import utf16
from tests.program.processes import Program

Entities = list[dict[str, Any]]

QUOTED = ("blockquote", "expandable_blockquote")
HARMLESS = {"bold", "italic", "strikethrough", "code", *QUOTED}


def assert_all_is_delivered(program: Program) -> None:
    """Telegram took every call, and no job failed."""
    assert program.refused_calls() == []
    assert "failed" not in program.printed()
    assert "given up" not in program.printed()


def assert_inert(text: str, entities: Entities) -> None:
    """Nothing in a message can be pressed, opened or called."""
    active = [one for one in entities if one["type"] not in HARMLESS]
    assert [(one["type"], _part(text, one)) for one in active] == []


def quotes(text: str, entities: Entities) -> Iterator[str]:
    """What a message says that somebody wrote, on one line; a shortened quote is two."""
    for one in entities:
        if one["type"] in QUOTED:
            yield from " ".join(_part(text, one).split()).split(" … ")


def _part(text: str, entity: dict[str, Any]) -> str:
    return utf16.cut(text, entity["offset"], entity["length"])
