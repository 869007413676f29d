"""What both database engines share: rows, the four verbs of a connection, foreseeable errors."""

from collections.abc import Iterable
from typing import Any, Protocol

from coach.texts import say

Row = dict[str, Any]


class Db(Protocol):
    """One open transaction. SQL is written in the subset that SQLite and PostgreSQL share:
    parameters are `:name`, instants are epoch milliseconds, truth is 0 or 1."""

    @property
    def skip_locked(self) -> str:
        """What ends a SELECT inside a claim, so that two claimants never wait for each other."""
        ...

    def query(self, sql: str, /, **values: object) -> list[Row]:
        """Every row, already read: no cursor stays open."""
        ...

    def one(self, sql: str, /, **values: object) -> Row | None:
        """The first row, or None."""
        ...

    def run(self, sql: str, /, **values: object) -> int:
        """How many rows the statement changed."""
        ...


class StoreError(Exception):
    """The store cannot be used; `code` names the sentence that says why and what to do."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(say("en", f"storage.{code}", **facts))
        self.code = code
        self.facts = facts

    def sentence(self, language: str) -> str:
        """The reason in the reader's language."""
        return say(language, f"storage.{self.code}", **self.facts)


class StoreUnavailable(StoreError):
    """Nothing could be read or written just now; nothing of the act was kept, and trying again
    later is safe. Codes: `busy`, `full`, `broken`, `closed`."""


class StoreUnusable(StoreError):
    """The store cannot be opened at all. Codes: `newer`, `address`, `missing`, `not_ours`,
    `engine_old`."""


def one_of(name: str, values: Iterable[object]) -> tuple[str, dict[str, object]]:
    """`(:name_0, :name_1)` and its values, for `IN`; both engines read it. `values` isn't empty."""
    named = {f"{name}_{position}": value for position, value in enumerate(values)}
    return "(" + ", ".join(f":{key}" for key in named) + ")", named
