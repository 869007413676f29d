"""A few query-only connections, each read in a thread so that the event loop never waits."""

import asyncio
import queue
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from storage.engine import Db, StoreUnavailable
from storage.sqlite import SqliteDb, connect, unavailable

T = TypeVar("T")

READERS = 4


class Readers:
    """As many threads as connections: a thread that runs always finds one free."""

    def __init__(self, path: Path) -> None:
        self._free: queue.LifoQueue[sqlite3.Connection] = queue.LifoQueue()
        for _ in range(READERS):
            self._free.put(connect(path, query_only=True))
        self._threads = ThreadPoolExecutor(READERS, thread_name_prefix="store-reader")
        self._closed = False

    async def read(self, run: Callable[[Db], T]) -> T:
        """What `run` returned; everything in it sees one state of the database.

        Raises whatever `run` raised, or StoreUnavailable.
        """
        if self._closed:
            raise StoreUnavailable("closed")
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._run, run)

    def close(self) -> None:
        """Waits for what is being read. A second call does nothing."""
        self._closed = True
        self._threads.shutdown()
        while not self._free.empty():
            self._free.get().close()

    def _run(self, run: Callable[[Db], T]) -> T:
        connection = self._free.get()
        try:
            connection.execute("BEGIN")
            return run(SqliteDb(connection))
        except sqlite3.Error as error:
            # An act that writes here is our mistake and must not pass for a broken disk.
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_READONLY:
                raise
            raise unavailable(error) or error from error
        finally:
            # An open snapshot would keep the write-ahead log from ever starting over.
            connection.rollback()
            self._free.put(connection)
