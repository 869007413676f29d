"""A copy of the database that is whole, while others read and write."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from storage.engine import StoreUnavailable, StoreUnusable
from storage.sqlite import connect, unavailable


def copy(source: Path, target: Path) -> None:
    """A copy of a file of SQLite. Raises StoreError."""
    replace_by(target, lambda unfinished: _vacuum_into(source, unfinished))


def replace_by(target: Path, write: Callable[[Path], object]) -> None:
    """Has a copy written beside `target`, checks it, then lets it take the place. Raises
    StoreError."""
    unfinished = target.with_name(target.name + ".unfinished")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=0o600)
        write(unfinished)
        _check(unfinished)
        unfinished.replace(target)
    except OSError as error:
        raise StoreUnavailable("broken") from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _vacuum_into(source: Path, target: Path) -> None:
    try:
        with closing(connect(source)) as connection:
            connection.execute("VACUUM INTO :target", {"target": str(target)})
    except sqlite3.Error as error:
        raise unavailable(error) or StoreUnavailable("broken") from error


def _check(target: Path) -> None:
    try:
        with closing(sqlite3.connect(target)) as connection:
            verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.Error as error:
        raise unavailable(error) or StoreUnavailable("broken") from error
    if verdict != "ok":
        raise StoreUnavailable("broken")
    _flush(target)


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def is_store(path: Path) -> bool:
    """Whether a file is a database of ours, of whatever age."""
    try:
        with closing(connect(path)) as connection:
            found = connection.execute(
                "SELECT count(*) FROM sqlite_master WHERE name IN ('people', 'versions')"
            )
            return bool(found.fetchone()[0] == 2)
    except (sqlite3.Error, StoreUnusable):
        return False
