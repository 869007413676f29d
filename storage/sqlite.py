"""SQLite as one of the engines: how a connection is opened and spoken to."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from storage.engine import Row, StoreUnavailable, StoreUnusable

BUSY_TIMEOUT = 10.0
"""Seconds to wait for another process that is writing."""

OLDEST = (3, 37, 0)
"""The first SQLite with both RETURNING and STRICT tables (sqlite.org/changes.html)."""

WAL_LIMIT = 64 * 1024 * 1024
"""Bytes that the write-ahead log keeps on disk after a checkpoint."""

SYNCHRONOUS = "FULL"
"""What is committed is on the disk; only tests may do with less."""

# A connection is used by one thread at a time, but not always by the thread that opened it.
_SETTINGS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    f"PRAGMA journal_size_limit = {WAL_LIMIT}",
)

_CAUSES = {
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_IOERR: "broken",
    sqlite3.SQLITE_READONLY: "broken",
    sqlite3.SQLITE_CANTOPEN: "broken",
    sqlite3.SQLITE_CORRUPT: "broken",
    sqlite3.SQLITE_NOTADB: "broken",
    sqlite3.SQLITE_NOMEM: "broken",
    sqlite3.SQLITE_PROTOCOL: "busy",
}


class SqliteDb:
    """The four verbs over one connection."""

    skip_locked = ""  # BEGIN IMMEDIATE lets one claimant in at a time
    lanes_of_ours = ""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def query(self, sql: str, /, **values: object) -> list[Row]:
        cursor = self._connection.execute(sql, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def one(self, sql: str, /, **values: object) -> Row | None:
        rows = self.query(sql, **values)
        return rows[0] if rows else None

    def run(self, sql: str, /, **values: object) -> int:
        with closing(self._connection.execute(sql, values)) as cursor:
            return cursor.rowcount

    def alone_at(self, place: str) -> None:
        """Whoever writes is alone everywhere."""


class SqliteConnection:
    """The steps of a transaction on a file; which nothing but the disk can break."""

    side_by_side = False

    def __init__(self, path: Path, *, query_only: bool = False) -> None:
        self._raw = connect(path, query_only=query_only)
        self._query_only = query_only
        self.db = SqliteDb(self._raw)

    def begin(self, *, beside: bool = False) -> None:
        # A deferred transaction that reads before it writes could lose its turn, and fail.
        self._raw.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        self._raw.execute("COMMIT")

    def roll_back(self) -> None:
        # After some failures SQLite has rolled back already.
        with suppress(sqlite3.Error):
            self._raw.rollback()

    def mark(self) -> None:
        self._raw.execute("SAVEPOINT act")

    def keep(self) -> None:
        self._raw.execute("RELEASE act")

    def undo(self) -> None:
        self._raw.execute("ROLLBACK TO act")
        self._raw.execute("RELEASE act")

    def look(self) -> None:
        self._raw.execute("BEGIN")

    def close(self) -> None:
        self._raw.close()

    def unavailable(self, error: BaseException) -> StoreUnavailable | None:
        # An act that writes where it may only read must not pass for a broken disk.
        if self._query_only and getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_READONLY:
            return None
        return unavailable(error)

    def collided(self, error: BaseException) -> bool:
        return False


def connect(path: Path, *, query_only: bool = False) -> sqlite3.Connection:
    """A connection in WAL mode, durable at every commit, whose transactions we open ourselves.

    Raises StoreUnusable when the file is no database or the SQLite library is too old, and
    StoreUnavailable when the file cannot be opened.
    """
    if sqlite3.sqlite_version_info < OLDEST:
        raise StoreUnusable("engine_old", version=sqlite3.sqlite_version)
    try:
        connection = sqlite3.connect(
            path, timeout=BUSY_TIMEOUT, isolation_level=None, check_same_thread=False
        )
    except sqlite3.DatabaseError as error:
        raise _unopened(error, path) from error
    try:
        for setting in _SETTINGS:
            connection.execute(setting)
        connection.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
        connection.execute(f"PRAGMA query_only = {int(query_only)}")
    except sqlite3.DatabaseError as error:
        connection.close()
        raise _unopened(error, path) from error
    return connection


def unavailable(error: BaseException) -> StoreUnavailable | None:
    """The foreseeable error behind a failure of disk, lock or file; None for any other."""
    if not isinstance(error, sqlite3.DatabaseError):
        return None
    # A wrong number of parameters, a closed connection: raised by Python, without a code.
    code = getattr(error, "sqlite_errorcode", None)
    cause = None if code is None else _CAUSES.get(code & 0xFF)
    return None if cause is None else StoreUnavailable(cause)


def _unopened(error: sqlite3.DatabaseError, path: Path) -> StoreUnavailable | StoreUnusable:
    if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_NOTADB:
        return StoreUnusable("not_ours", path=path)
    return unavailable(error) or StoreUnavailable("broken")
