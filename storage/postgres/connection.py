"""One connection to the server: opened anew when it broke, and sure of what it committed."""

from collections.abc import Callable
from contextlib import suppress
from enum import IntEnum
from time import sleep
from typing import Any, LiteralString, cast

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import TransactionStatus
from psycopg.rows import DictRow, dict_row

from storage.engine import Row, StoreUnavailable, StoreUnusable
from storage.postgres.failures import STALE_PLAN, broken, unavailable
from storage.postgres.statements import adapt, translated

OLDEST = 13
"""The first PostgreSQL that tells the number of a transaction as it never comes again."""

PATIENCE = 10
"""Seconds to wait for another process that is writing, as with SQLite."""

DOUBTS = 60
"""How often we ask what became of a commit whose answer was lost, half a second apart."""

DEFAULTS = {
    "application_name": "sogood",
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}
"""How the server is reached unless the address says otherwise: one that died is noticed within
half a minute. (postgresql.org/docs/current/libpq-connect.html)"""

REFUSALS = ("authentication failed", "does not exist", "no pg_hba.conf entry", "permission denied")
"""What the server says to those whom it knows it won't let in."""

SETTINGS = f"""
    SET lock_timeout = '{PATIENCE}s';
    SET idle_in_transaction_session_timeout = '30s';
    SET tcp_keepalives_idle = 5;
    SET tcp_keepalives_interval = 2;
    SET tcp_keepalives_count = 2;
    SELECT set_config('synchronous_commit', 'on', false)
    WHERE current_setting('synchronous_commit') = 'off'"""

Raw = psycopg.Connection[DictRow]


def literally(sql: str) -> LiteralString:
    """The driver wants to be told that no stranger wrote a statement; storage/ writes them all."""
    return cast(LiteralString, sql)


LANES, PLACES = 0x50600D05, 0x50600D06
"""What tells the lock of a lane from that of a place with the same name."""


class Purpose(IntEnum):
    """What an advisory lock is for; with the schema it makes a key of two numbers."""

    WRITING = 0x50600D01
    MIGRATING = 0x50600D02
    RUNNING = 0x50600D03
    POLLING = 0x50600D04


def lock(purpose: Purpose, how: str = "pg_advisory_xact_lock") -> str:
    """The call that takes a lock of our schema: each schema has a bot of its own."""
    return f"{how}({purpose}, hashtext(current_schema()))"


def named_lock(name: str, seed: int, how: str = "pg_advisory_xact_lock") -> str:
    """The same for one of many; their keys are one number each, which the keys of two never meet
    (postgresql.org/docs/current/functions-admin.html)."""
    return f"{how}(hashtextextended(current_schema() || ' ' || {name}, {seed}))"


AT_WORK = f"SELECT {lock(Purpose.RUNNING, 'pg_advisory_lock_shared')}"
"""Whoever writes has a share of this lock for as long as it is connected."""

_NUMBER = "SELECT pg_current_xact_id()::text AS number"

# Whatever the server's own setting is: each statement must see what was committed before it.
_READ_COMMITTED = "BEGIN ISOLATION LEVEL READ COMMITTED"

_BEGIN = literally(
    f"{_READ_COMMITTED}; SELECT {lock(Purpose.WRITING)}; {_NUMBER}; SAVEPOINT act",
)
_BEGIN_BESIDE = literally(
    f"{_READ_COMMITTED}; SELECT {lock(Purpose.WRITING, 'pg_advisory_xact_lock_shared')}; {_NUMBER}"
)


TRY_LANE = named_lock("kind || ' ' || lane", LANES, "pg_try_advisory_xact_lock")


class PostgresDb:
    """The four verbs over one connection."""

    skip_locked = "FOR UPDATE SKIP LOCKED"
    lanes_of_ours = f"WHERE lane IS NULL OR {TRY_LANE}"

    def __init__(self, raw: Callable[[], Raw]) -> None:
        self._raw = raw

    def query(self, sql: str, /, **values: object) -> list[Row]:
        return self._done(sql, values).fetchall()

    def one(self, sql: str, /, **values: object) -> Row | None:
        return self._done(sql, values).fetchone()

    def run(self, sql: str, /, **values: object) -> int:
        return self._done(sql, values).rowcount

    def alone_at(self, place: str) -> None:
        self.query(f"SELECT {named_lock(':place', PLACES)}", place=place)

    def _done(self, sql: str, values: dict[str, object]) -> psycopg.Cursor[DictRow]:
        return self._raw().execute(literally(translated(sql)), values)


class PostgresConnection:
    """The steps of a transaction. Nobody else writes meanwhile (an advisory lock), so that acts
    that read and then write are as safe beside other processes as with SQLite. Transactions that
    begin `beside` others share that lock among themselves."""

    side_by_side = True

    def __init__(self, url: str, *, query_only: bool = False) -> None:
        self._url = url
        self._query_only = query_only
        self._raw: Raw | None = None
        self._number = ""
        self._marked = False
        self.db = PostgresDb(self.raw)

    def raw(self) -> Raw:
        """The connection; a new one when the last has broken. Raises StoreError."""
        if self._raw is None or self._raw.closed:
            self._raw = self._opened()
        return self._raw

    def _opened(self) -> Raw:
        try:
            return opened(self._url, *([] if self._query_only else [AT_WORK]))
        except StoreUnusable:
            if self._raw is None:
                raise
            raise StoreUnavailable("unreachable") from None  # it could be used before, and will be

    def begin(self, *, beside: bool = False) -> None:
        """The act's savepoint is set by the way: each step costs a way to the server and back."""
        self._on_a_sound_connection(lambda: self._begin(_BEGIN_BESIDE if beside else _BEGIN))
        self._marked = not beside

    def commit(self) -> None:
        raw = self.raw()
        try:
            ended = raw.execute("COMMIT", prepare=False).statusmessage
        except psycopg.OperationalError as error:
            if not (raw.closed and self._was_committed()):
                raise unavailable(error) or error from error
        else:
            if ended != "COMMIT":
                raise StoreUnavailable("broken")

    def roll_back(self) -> None:
        if self._raw is None or self._raw.closed:
            return
        with suppress(psycopg.Error):
            if self._raw.info.transaction_status != TransactionStatus.IDLE:
                self._raw.execute("ROLLBACK", prepare=False)

    def mark(self) -> None:
        if not self._marked:
            self.raw().execute("RELEASE act; SAVEPOINT act", prepare=False)
        self._marked = False

    def keep(self) -> None:
        """The next step lets go of the savepoint, whatever it is."""

    def undo(self) -> None:
        self.raw().execute("ROLLBACK TO act", prepare=False)
        self._marked = True

    def look(self) -> None:
        begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        self._on_a_sound_connection(lambda: self.raw().execute(begin, prepare=False))

    def close(self) -> None:
        if self._raw is not None:
            self._raw.close()

    def unavailable(self, error: BaseException) -> StoreUnavailable | None:
        # An act that writes where it may only read must not pass for a broken server.
        if self._query_only and isinstance(error, psycopg.errors.ReadOnlySqlTransaction):
            return None
        foreseen = unavailable(error)
        if self._raw and (STALE_PLAN in str(error) or (foreseen and foreseen.code != "busy")):
            self._raw.close()  # whoever comes next starts with a new one
        return foreseen

    def collided(self, error: BaseException) -> bool:
        return isinstance(error, psycopg.Error) and (error.sqlstate or "").startswith("40")

    def _begin(self, statements: LiteralString) -> None:
        answers = self.raw().execute(statements, prepare=False)
        answers.nextset()
        answers.nextset()
        self._number = cast(str, cast(DictRow, answers.fetchone())["number"])

    def _on_a_sound_connection(self, step: Callable[[], object]) -> None:
        """The server may have let go of a connection that lay idle; nothing is lost by it yet."""
        lay_idle = self._raw is not None
        try:
            step()
        except psycopg.OperationalError as error:
            if not (lay_idle and self.raw_is_gone() and broken(error)):
                raise
            step()

    def raw_is_gone(self) -> bool:
        return self._raw is None or self._raw.closed

    def _was_committed(self) -> bool:
        """The answer to a commit was lost: the server remembers whether there was one. False also
        when it can't be reached for long; whoever asked then tries again, and every job knows its
        key."""
        for _ in range(DOUBTS):
            with suppress(psycopg.Error, StoreUnavailable):
                status = self._status()
                if status != "in progress":
                    return status == "committed"
            sleep(0.5)
        return False

    def _status(self) -> str | None:
        row = self.db.one("SELECT pg_xact_status(CAST(:number AS xid8)) AS it", number=self._number)
        return row["it"] if row else None


def opened(url: str, *first: str) -> Raw:
    """A connection whose transactions we open ourselves, and that `first` was said to. Raises
    StoreUnusable when the server is too old or refuses us, and StoreUnavailable when it isn't
    there."""
    raw = _connected(url)
    try:
        if raw.info.server_version < OLDEST * 10_000:
            raise StoreUnusable("server_old", version=raw.info.server_version // 10_000)
        if raw.info.parameter_status("server_encoding") != "UTF8":
            raise StoreUnusable("not_utf8")
        adapt(raw)
        raw.execute(literally(SETTINGS))
        if raw.execute("SELECT current_schema() IS NULL AS it").fetchone() == {"it": 1}:
            raise StoreUnusable("no_schema")
        for statement in first:
            raw.execute(literally(statement))
    except BaseException as error:
        raw.close()
        raise unavailable(error) or error from error
    return raw


def _connected(url: str) -> Raw:
    try:
        given = cast(dict[str, Any], DEFAULTS | conninfo_to_dict(url))
        return Raw.connect(**given, autocommit=True, row_factory=dict_row)
    except psycopg.ProgrammingError:
        raise StoreUnusable("address") from None  # the cause may quote the password
    except psycopg.OperationalError as error:
        if any(words in str(error) for words in REFUSALS):
            raise StoreUnusable("refused") from None
        raise StoreUnavailable("unreachable") from None
