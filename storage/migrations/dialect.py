"""The words in which the engines differ, and what a step is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dialect:
    """The few words in which the engines differ when a table is made."""

    id: str  # a number that is never given twice: an old button must not find a new letter
    integer: str
    real: str
    bytes: str
    strict: str


SQLITE = Dialect(
    id="INTEGER PRIMARY KEY AUTOINCREMENT",
    integer="INTEGER",
    real="REAL",
    bytes="BLOB",
    strict="STRICT",
)

Step = Callable[[Dialect], Iterator[str]]
"""Yields the statements of one step."""
