"""Everything that one database keeps, carried into another, whatever their engines.

Rows travel in the order of their keys, page by page, each page in a transaction: where an
interrupted move has come to is where the next one goes on.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from storage.engine import Connection, Db, Engine, Row, StoreUnusable
from storage.tables import Table, tables

PAGE = 200
HEAVY_PAGE = 4
"""Rows carried at once; files may have twenty megabytes."""

Told = Callable[[str, int], object]
"""Hears of every page: the table, and how many of its rows are there by now."""


@dataclass(frozen=True, slots=True)
class Sum:
    """What a table comes to: how many rows, and a checksum of all that is in them."""

    rows: int
    digest: str


def move(source: Engine, target: Engine, told: Told = lambda _table, _rows: None) -> int:
    """Moves everything, while no bot is at work on either, and makes sure of it; how many rows.

    Raises StoreError: `not_empty` when the target holds anything but the beginning of the same.
    """
    if source.path and not source.path.exists():
        raise StoreUnusable("missing", path=source.path)
    with source.alone() as here, target.alone() as there:
        try:
            here.look()
            return _moved(source, target, here, there, told)
        except Exception as error:
            raise there.unavailable(error) or here.unavailable(error) or error from error


def _moved(source: Engine, target: Engine, here: Connection, there: Connection, told: Told) -> int:
    if not all(_begun(here.db, there.db, table) for table in tables()):
        raise StoreUnusable("not_empty")
    carry(here.db, there, tables(), told)
    number_on(source, target, here.db, there, tables())
    return _checked(here.db, there.db)


def _begun(here: Db, there: Db, table: Table) -> bool:
    """Whether the target has nothing of a table, or the first of its rows just as they are."""
    found = summed(there, table)
    return not found.rows or found == summed(here, table, first=found.rows)


def carry(
    source: Db,
    target: Connection,
    these: Sequence[Table],
    told: Told = lambda _table, _rows: None,
) -> None:
    """Brings the rows that aren't there yet. `source` shows one state all the while."""
    for table in these:
        last, there = _reached(target.db, table)
        for page in _pages(source, table, after=last):
            target.begin()
            _insert(target.db, table, page)
            target.commit()
            there += len(page)
            told(table.name, there)


def _checked(here: Db, there: Db) -> int:
    rows = 0
    for table in tables():
        left, arrived = summed(here, table), summed(there, table)
        if left != arrived:
            raise StoreUnusable("differs", table=table.name, here=left.rows, there=arrived.rows)
        rows += left.rows
    return rows


def summed(db: Db, table: Table, first: int | None = None) -> Sum:
    """The same for the same rows, on either engine: of all of them, or of the first."""
    digest, rows = hashlib.sha256(), 0
    for row in islice((row for page in _pages(db, table) for row in page), first):
        digest.update(repr([_plain(row[column]) for column in table.columns]).encode())
        rows += 1
    return Sum(rows, digest.hexdigest())


def number_on(
    source: Engine, target: Engine, here: Db, there: Connection, these: Sequence[Table]
) -> None:
    """No number that was ever given is given again: an old button must not find a new letter."""
    there.begin()
    for table in these:
        last = source.last_number(here, table.name) if table.numbered else 0
        if last:
            target.number_from(there.db, table.name, last)
    there.commit()


def _reached(db: Db, table: Table) -> tuple[Row | None, int]:
    """The last row that is there, and how many there are."""
    backwards = ", ".join(f"{column} DESC" for column in table.key)
    last = db.one(f"SELECT * FROM {table.name} ORDER BY {backwards} LIMIT 1")  # noqa: S608
    counted = db.one(f"SELECT count(*) AS n FROM {table.name}")  # noqa: S608
    return last, counted["n"] if counted else 0


def _pages(db: Db, table: Table, after: Row | None = None) -> Iterator[list[Row]]:
    """The rows in the order of their key, from the one after `after` on."""
    key = ", ".join(table.key)
    beyond = f"WHERE ({key}) > ({', '.join(f':{column}' for column in table.key)})"
    size = HEAVY_PAGE if table.heavy else PAGE
    while True:
        place = {column: after[column] for column in table.key} if after else {}
        page = db.query(
            f"""SELECT * FROM {table.name} {beyond if after else ""}
                ORDER BY {key} LIMIT :page_size""",  # noqa: S608 - names of our own tables
            page_size=size,
            **place,
        )
        if page:
            yield page
        if len(page) < size:
            return
        after = page[-1]


def _insert(db: Db, table: Table, page: list[Row]) -> None:
    """All of a page in one statement: each costs a way to the server and back."""
    places = [
        "(" + ", ".join(f":{column}_{number}" for column in table.columns) + ")"
        for number in range(len(page))
    ]
    values = {
        f"{column}_{number}": row[column]
        for number, row in enumerate(page)
        for column in table.columns
    }
    db.run(
        f"INSERT INTO {table.name} ({', '.join(table.columns)}) VALUES {', '.join(places)}",  # noqa: S608
        **values,
    )


def _plain(value: object) -> object:
    """A value as both engines have it; PostgreSQL keeps no U+0000 in a text."""
    return value.replace("\x00", "\ufffd") if isinstance(value, str) else value
