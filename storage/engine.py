"""What both database engines share: rows, the verbs of a connection, foreseeable errors."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from coach.texts import say
from storage.migrations import Step
from storage.turns import Turn

Row = dict[str, Any]


class Db(Protocol):
    """One open transaction. SQL is written in the subset that SQLite and PostgreSQL share:
    parameters are `:name`, instants are epoch milliseconds, truth is 0 or 1."""

    @property
    def skip_locked(self) -> str:
        """What ends a SELECT inside a claim, so that two claimants never wait for each other;
        empty where one transaction writes at a time."""
        ...

    @property
    def lanes_of_ours(self) -> str:
        """What ends a SELECT of a claim from rows with a `kind` and a `lane`, so that nobody else
        claims from their lanes until this transaction ends; empty as above."""
        ...

    def alone_at(self, place: str) -> None:
        """Waits until nobody else has said so of that place, and keeps it until the transaction
        ends."""
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


class Connection(Protocol):
    """A connection that one thread at a time uses, and the steps of a transaction on it. It may
    break at any step; `begin` and `look` mend it."""

    @property
    def db(self) -> Db: ...

    @property
    def side_by_side(self) -> bool:
        """Whether several transactions can write at the same time."""
        ...

    def begin(self, *, beside: bool = False) -> None:
        """Begins a transaction that writes. Nobody else writes to this database until it ends, but
        for those that all began `beside` others; they set no mark for an act."""
        ...

    def commit(self) -> None:
        """Returns when all of it is on the disk."""
        ...

    def roll_back(self) -> None:
        """Leaves nothing of the transaction, if there is one; never raises."""
        ...

    def mark(self) -> None:
        """Begins an act within the transaction."""
        ...

    def keep(self) -> None:
        """Ends the act; its changes are part of the transaction."""
        ...

    def undo(self) -> None:
        """Ends the act and takes its changes back."""
        ...

    def look(self) -> None:
        """Begins a transaction that only reads, all of it in one state of the database."""
        ...

    def close(self) -> None: ...

    def unavailable(self, error: BaseException) -> "StoreUnavailable | None":
        """The foreseeable error behind a failure; None for a mistake of the act."""
        ...

    def collided(self, error: BaseException) -> bool:
        """Whether the transaction stood in another's way, and would succeed if it came again."""
        ...


class Engine(Protocol):
    """Where a store is kept. What raises, raises StoreError."""

    @property
    def path(self) -> Path | None:
        """The file it is kept in; None when it isn't kept in one."""
        ...

    def upgrade(self, steps: Sequence[Step] = ...) -> None:
        """Takes the steps (storage/migrations) that are missing, however many processes start."""
        ...

    def writer(self) -> Connection: ...

    def reader(self) -> Connection: ...

    def checkpoint(self, db: Db) -> bool:
        """Empties the log that lies beside the data, if it is ours to do; False when somebody was
        in the way. Outside a transaction, like `wipe`."""
        ...

    def wipe(self, db: Db) -> bool:
        """Writes anew what rows were deleted from, so that nothing of them is left in it."""
        ...

    def sound(self, db: Db) -> bool:
        """Whether everything can be read as it should be."""
        ...

    def copy(self, target: Path) -> None:
        """Writes a copy of one state, as a file of SQLite, while everything goes on."""
        ...

    def alone(self) -> AbstractContextManager[Connection]:
        """A connection to the store, brought up to date, while every bot is kept out. Raises
        StoreUnavailable when one is in."""
        ...

    def turn_to_poll(self) -> Turn:
        """Asking Telegram for updates: one process at a time."""
        ...

    def last_number(self, db: Db, table: str) -> int:
        """The greatest number that a table has ever given to a row; 0 before the first."""
        ...

    def number_from(self, db: Db, table: str, number: int) -> None:
        """The next row of the table gets a greater number than this."""
        ...

    def close(self) -> None:
        """Lets go of what was opened for the store as a whole."""
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
    later is safe. Codes: `busy`, `full`, `broken`, `closed`, `unreachable`, `running`."""


class StoreUnusable(StoreError):
    """The store cannot be opened at all. Codes: `newer`, `address`, `missing`, `not_ours`,
    `engine_old`, `no_driver`, `refused`, `server_old`, `not_utf8`, `no_schema`, `not_empty`,
    `differs`."""


def one_of(name: str, values: Iterable[object]) -> tuple[str, dict[str, object]]:
    """`(:name_0, :name_1)` and its values, for `IN`; both engines read it. `values` isn't empty."""
    named = {f"{name}_{position}": value for position, value in enumerate(values)}
    return "(" + ", ".join(f":{key}" for key in named) + ")", named
