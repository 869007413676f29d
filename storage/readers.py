"""A few threads with a query-only connection each, so that the event loop never waits.

What is asked for at the same time is shared out among them: a thread that is woken once for
several acts, and wakes the event loop once, costs a third of one that is woken for each.
"""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from storage.acts import Act, Outcome, tell
from storage.engine import Db, StoreUnavailable
from storage.sqlite import SqliteDb, connect, unavailable

T = TypeVar("T")

READERS = 4


class Readers:
    """As many threads as connections."""

    def __init__(self, path: Path) -> None:
        self._waiting: queue.SimpleQueue[Act | None] = queue.SimpleQueue()
        self._closed = False
        self._threads = [
            threading.Thread(target=self._work, args=(one,), name="store-reader", daemon=True)
            for one in [connect(path, query_only=True) for _ in range(READERS)]
        ]
        for thread in self._threads:
            thread.start()

    async def read(self, run: Callable[[Db], T]) -> T:
        """What `run` returned; everything in it sees one state of the database.

        Raises whatever `run` raised, or StoreUnavailable.
        """
        if self._closed:
            raise StoreUnavailable("closed")
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.put(Act(run, answer))
        return await answer

    def close(self) -> None:
        """Waits for what is being read. A second call does nothing."""
        if not self._closed:
            self._closed = True
            for _ in self._threads:
                self._waiting.put(None)
        for thread in self._threads:
            thread.join()

    def _work(self, connection: sqlite3.Connection) -> None:
        more = True
        while more:
            acts = self._take()
            more = acts[-1] is not None
            asked = [act for act in acts if act is not None and not act.answer.cancelled()]
            tell([_carried_out(connection, act) for act in asked])
        connection.close()

    def _take(self) -> list[Act | None]:
        """This thread's share of what waits; sleeps until there is something. None comes last."""
        taken = [self._waiting.get()]
        with suppress(queue.Empty):
            for _ in range(self._waiting.qsize() // READERS):
                if taken[-1] is not None:
                    taken.append(self._waiting.get_nowait())
        return taken


def _carried_out(connection: sqlite3.Connection, act: Act) -> Outcome:
    try:
        connection.execute("BEGIN")
        return Outcome(act, act.run(SqliteDb(connection)))
    except BaseException as error:
        # An act that writes here is our mistake and must not pass for a broken disk.
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_READONLY:
            return Outcome(act, error=error)
        return Outcome(act, error=unavailable(error) or error)
    finally:
        # An open snapshot would keep the write-ahead log from ever starting over.
        with suppress(sqlite3.Error):
            connection.rollback()
