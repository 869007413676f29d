"""Every text is said somewhere, and every text that is said exists."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from coach.texts import catalogue

ROOT = Path(__file__).parents[2]
OURS = ("bot", "handlers", "coach", "prompts", "storage")
ANYTHING = ".+"


@cache
def trees() -> tuple[ast.Module, ...]:
    files = sorted(file for folder in OURS for file in (ROOT / folder).rglob("*.py"))
    return tuple(ast.parse(file.read_text("utf-8")) for file in files)


def pattern(node: ast.AST) -> str | None:
    """A text in the code as a pattern, with anything in the place of what it fills in."""
    match node:
        case ast.Constant(value=str(words)):
            return re.escape(words)
        case ast.JoinedStr(values=parts):
            return "".join(
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else ANYTHING
                for part in parts
            )
        case _:
            return None


def patterns() -> Iterator[str]:
    """What may be the key of a text: it begins with the name of a catalogue's file."""
    files = {key.partition(".")[0] for key in catalogue("en")}
    for tree in trees():
        for node in ast.walk(tree):
            found = pattern(node)
            if found and found.partition(r"\.")[0] in files:
                yield found


def asked_for() -> Iterator[str]:
    """Keys that are written out in a call of say()."""
    for tree in trees():
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Name(id="say"), args=[_, ast.Constant(value=str(key)), *_]):
                    yield key
                case _:
                    pass


def test_no_text_is_left_that_nobody_says() -> None:
    every = "|".join(rf"(?:{one})(?:\.\d+)?" for one in set(patterns()))
    assert [key for key in catalogue("en") if not re.fullmatch(every, key)] == []


def test_no_text_is_said_that_is_not_there() -> None:
    keys = set(asked_for())
    assert len(keys) > 300
    assert keys - catalogue("en").keys() == set()
