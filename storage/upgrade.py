"""Brings a SQLite file to the newest step, however many processes start at once."""

import fcntl
import sqlite3
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import sqlite_utils
from sqlite_utils import Migrations

from storage.engine import StoreUnavailable, StoreUnusable
from storage.migrations import SQLITE, STEPS, Step
from storage.sqlite import connect, unavailable

MIGRATION_SET = "sogood"


def upgrade(path: Path, steps: Sequence[Step] = STEPS) -> None:
    """Takes the steps that are missing, all of them or none.

    Raises StoreUnusable when the file is newer than the program or isn't ours, and
    StoreUnavailable when it cannot be opened or written.
    """
    _make_private(path)
    with _only_one(path), closing(connect(path)) as connection:
        try:
            _take_missing(connection, path, steps)
        except sqlite3.Error as error:
            raise unavailable(error) or error from error


def lacks_steps(path: Path, steps: Sequence[Step] = STEPS) -> bool:
    """Whether a database of ours wants to be brought up to date; a file that isn't there doesn't.
    Nothing is written. Raises as `upgrade`."""
    if not path.exists() or not path.stat().st_size:
        return False
    with closing(connect(path, query_only=True)) as connection:
        try:
            rows = connection.execute("SELECT name FROM _sqlite_migrations").fetchall()
        except sqlite3.OperationalError:
            return False  # `upgrade` says whose it is
        except sqlite3.Error as error:
            raise unavailable(error) or error from error
    taken = {name for (name,) in rows}
    return bool(taken) and any(step.__name__ not in taken for step in steps)


def _make_private(path: Path) -> None:
    """Letters are nobody else's business: only the owner of the process may read a new file."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError as error:
        raise StoreUnavailable("broken") from error


def _take_missing(connection: sqlite3.Connection, path: Path, steps: Sequence[Step]) -> None:
    database = sqlite_utils.Database(connection)
    migrations = _numbered(steps)
    _refuse_strangers(database, migrations, path, steps)
    if not migrations.pending(database):
        return
    # A deferred transaction could lose its turn to a process that already runs, and fail.
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        migrations.apply(database)


def _refuse_strangers(
    database: sqlite_utils.Database, migrations: Migrations, path: Path, steps: Sequence[Step]
) -> None:
    applied = [migration.name for migration in migrations.applied(database)]
    unknown = sorted(set(applied) - {step.__name__ for step in steps})
    if unknown:
        raise StoreUnusable("newer", unknown=unknown[-1])
    if not applied and database.table_names():
        raise StoreUnusable("not_ours", path=path)


def _numbered(steps: Sequence[Step]) -> Migrations:
    migrations = Migrations(MIGRATION_SET)
    for step in steps:
        migrations(name=step.__name__)(_taking(step))
    return migrations


def _taking(step: Step) -> Callable[[sqlite_utils.Database], None]:
    def take(database: sqlite_utils.Database) -> None:
        for statement in step(SQLITE):
            database.conn.execute(statement)

    return take


@contextmanager
def _only_one(path: Path) -> Generator[None]:
    """Holds a lock file beside the database; the kernel lets go of it when a process dies."""
    with path.with_name(path.name + ".migrating").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
