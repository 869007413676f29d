"""What is true of every message of the bot: delivered, nothing to press in it, nothing invented."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bot.tryout import utf16
from tests.program.processes import Program

Entities = list[dict[str, Any]]

QUOTED = ("blockquote", "expandable_blockquote")
HARMLESS = {"bold", "italic", "strikethrough", "code", "bot_command", *QUOTED}
"""A command is the coach's own, whoever wrote it, and asks before it takes anything away."""


@contextmanager
def all_is_delivered(program: Program) -> Iterator[None]:
    """Meanwhile Telegram takes every call, and no job fails."""
    calls, written = program.telegram.journal.seq, len(program.printed())
    yield
    refused = program.refused_calls(calls)
    assert not refused, refused
    assert [line for line in program.printed(written).splitlines() if "bot.work" in line] == []


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
