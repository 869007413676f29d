"""The tables as the steps make them, for whatever goes through all of them without knowing any."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter

from storage.migrations import SQLITE, STEPS, Step


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, those of its key, whether it holds files, and whether its numbers are
    given by the engine and never twice."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    heavy: bool
    numbered: bool


@cache
def tables(steps: Sequence[Step] = STEPS) -> tuple[Table, ...]:
    """Every table after these steps, each after those that it leans on."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for step in steps:
            for statement in step(SQLITE):
                connection.execute(statement)
        made = connection.execute(
            """SELECT name, sql LIKE '%AUTOINCREMENT%' FROM sqlite_master
               WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name"""
        )
        found = {name: _table(connection, name, bool(numbered)) for name, numbered in made}
        leans = {name: _leans_on(connection, name) - {name} for name in found}
    return tuple(found[name] for name in TopologicalSorter(leans).static_order())


def _table(connection: sqlite3.Connection, name: str, numbered: bool) -> Table:
    columns = connection.execute(
        "SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid", [name]
    ).fetchall()
    key = sorted((place, column) for column, _, place in columns if place)
    return Table(
        name,
        tuple(column for column, _, _ in columns),
        tuple(column for _, column in key),
        heavy=any(kind == "BLOB" for _, kind, _ in columns),
        numbered=numbered,
    )


def _leans_on(connection: sqlite3.Connection, name: str) -> set[str]:
    rows = connection.execute('SELECT "table" FROM pragma_foreign_key_list(?)', [name])
    return {table for (table,) in rows}
