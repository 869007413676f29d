"""A few threads with a query-only connection each, so that the event loop never waits.

What is asked for at the same time is shared out among them: a thread that is woken once for
several acts, and wakes the event loop once, costs a third of one that is woken for each.
"""

import asyncio
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from storage.acts import Act, Outcome, tell
from storage.engine import Connection, Db, Engine, StoreUnavailable

T = TypeVar("T")

READERS = 4


class Readers:
    """As many threads as connections."""

    def __init__(self, engine: Engine) -> None:
        self._waiting: queue.SimpleQueue[Act | None] = queue.SimpleQueue()
        self._closed = False
        self._threads = [
            threading.Thread(target=self._work, args=(one,), name="store-reader", daemon=True)
            for one in [engine.reader() for _ in range(READERS)]
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

    def _work(self, connection: Connection) -> None:
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


def _carried_out(connection: Connection, act: Act) -> Outcome:
    try:
        connection.look()
        return Outcome(act, act.run(connection.db))
    except BaseException as error:
        return Outcome(act, error=connection.unavailable(error) or error)
    finally:
        # An open snapshot would keep the engine from ever cleaning up behind it.
        connection.roll_back()
