"""PostgreSQL as an engine: a schema on a server that many processes share."""

from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from time import sleep

from storage import moving
from storage.copying import replace_by
from storage.engine import Db, StoreUnavailable, StoreUnusable
from storage.files import Sqlite
from storage.migrations import STEPS, Step
from storage.postgres.connection import PostgresConnection, Purpose, lock
from storage.postgres.turns import ServerTurn
from storage.postgres.upgrade import taken, upgrade
from storage.privacy import OWNERS
from storage.tables import tables

TRIES = 20
"""A connection that was closed keeps its share for some milliseconds; so often we look again, a
twentieth of a second apart."""


WRITTEN_ANEW = 64 * 1024 * 1024
"""Bytes up to which a table is written anew when something was deleted from it: nobody can use it
for that second."""


class Postgres:
    """The store at an address. Connections are opened when they are first used."""

    path = None

    def __init__(self, url: str) -> None:
        self._url = url

    def upgrade(self, steps: Sequence[Step] = STEPS) -> None:
        upgrade(self._url, steps)

    def writer(self) -> PostgresConnection:
        return PostgresConnection(self._url)

    def reader(self) -> PostgresConnection:
        return PostgresConnection(self._url, query_only=True)

    def checkpoint(self, db: Db) -> bool:
        """The server's log is the server's."""
        return True

    def wipe(self, db: Db) -> bool:
        """Of a large table only the room of deleted rows is made free to be written over: their
        bytes stay in it until that happens, and in the server's log for a while."""
        for table in OWNERS:
            size = db.one("SELECT pg_total_relation_size(:name) AS it", name=table)
            small = size is not None and size["it"] <= WRITTEN_ANEW
            db.run(f"VACUUM {'(FULL)' if small else ''} {table}")
        return True

    def sound(self, db: Db) -> bool:
        """Every table can be read from end to end; the server checks its pages by itself."""
        return all(db.one(f"SELECT count(*) AS n FROM {table}") for table in OWNERS)  # noqa: S608

    def copy(self, target: Path) -> None:
        """What is there when it begins, without keeping anybody from writing. Quick enough for
        gigabytes; beyond that the server's own tools are (docs/operating.md)."""
        with closing(self.reader()) as source:
            source.look()
            steps = _steps_of(source.db)
            replace_by(target, lambda unfinished: self._write(source.db, unfinished, steps))

    def _write(self, source: Db, unfinished: Path, steps: Sequence[Step]) -> None:
        file = Sqlite(unfinished)
        file.upgrade(steps)
        with closing(file.writer()) as target:
            moving.carry(source, target, tables(steps))
            moving.number_on(self, file, source, target, tables(steps))
            file.checkpoint(target.db)
            target.db.query("PRAGMA journal_mode = DELETE")
        for ending in (".migrating", "-wal", "-shm"):
            unfinished.with_name(unfinished.name + ending).unlink(missing_ok=True)

    @contextmanager
    def alone(self) -> Generator[PostgresConnection]:
        """Whoever writes holds a share of a lock; nobody else may, for it to be had whole."""
        with closing(self.writer()) as connection:
            if not any(_had_whole(connection.db) for _ in range(TRIES)):
                raise StoreUnavailable("running")
            self.upgrade()
            yield connection

    def turn_to_poll(self) -> ServerTurn:
        return ServerTurn(self._url, Purpose.POLLING)

    def last_number(self, db: Db, table: str) -> int:
        row = db.one(
            """SELECT pg_sequence_last_value(
                   CAST(pg_get_serial_sequence(:name, 'id') AS regclass)) AS number""",
            name=table,
        )
        return (row["number"] if row else None) or 0

    def number_from(self, db: Db, table: str, number: int) -> None:
        db.query(
            "SELECT setval(CAST(pg_get_serial_sequence(:name, 'id') AS regclass), :number) AS it",
            name=table,
            number=number,
        )

    def close(self) -> None:
        """Nothing is open but the connections."""


def _had_whole(db: Db) -> bool:
    held = db.one(f"SELECT {lock(Purpose.RUNNING, 'pg_try_advisory_lock')} AS it")
    if held and held["it"]:
        return True
    sleep(0.05)
    return False


def _steps_of(db: Db) -> tuple[Step, ...]:
    """The steps that the schema has taken, so that a program that is newer can copy it, too."""
    names = taken(db)
    if not names:
        raise StoreUnusable("missing", path="DATABASE_URL")
    return tuple(step for step in STEPS if step.__name__ in names)
