"""The one thread that writes: it takes what waits, commits it together, then answers everybody.

One fsync serves a whole group, so full durability costs little under load; every act has its own
savepoint, so the one that raises is undone alone. Acts that may stand beside those of other
processes (storage/beside.py) make groups of their own, where the engine lets several write.
"""

import asyncio
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from storage.acts import Act, Outcome, tell
from storage.beside import stands_beside
from storage.engine import Connection, Db, StoreUnavailable

T = TypeVar("T")

LARGEST_GROUP = 256
"""Acts per commit at most; more would make the first of them wait without writing any faster."""

TRIES = 5
"""How often an act is begun that stands in another process's way."""


class Writer:
    """A thread with the only connection that writes in this process."""

    def __init__(self, connection: Connection) -> None:
        self._waiting: queue.SimpleQueue[Act | None] = queue.SimpleQueue()
        self._connection = connection
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="store-writer", daemon=True)
        self._thread.start()

    async def write(self, run: Callable[[Db], T]) -> T:
        """What `run` returned, once it is on the disk.

        Raises whatever `run` raised, or StoreUnavailable; in both cases nothing of it was kept.
        Whoever stops waiting may no longer know: an act that has begun is carried through.
        """
        return await self._submit(run, alone=False)

    async def outside(self, run: Callable[[Db], T]) -> T:
        """The same without a transaction, for what an engine refuses inside one (checkpoints)."""
        return await self._submit(run, alone=True)

    def close(self) -> None:
        """Writes what still waits, then ends the thread. A second call does nothing."""
        if not self._closed:
            self._closed = True
            self._waiting.put(None)
        self._thread.join()

    async def _submit(self, run: Callable[[Db], T], *, alone: bool) -> T:
        if self._closed:
            raise StoreUnavailable("closed")
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.put(Act(run, answer, alone, stands_beside(run)))
        return await answer

    def _work(self) -> None:
        while True:
            waiting = self._take()
            acts = [act for act in waiting if act is not None and not act.answer.cancelled()]
            groups = _groups(acts, apart=self._connection.side_by_side)
            tell([outcome for group in groups for outcome in self._carry_out(group)])
            if None in waiting:
                break
        self._connection.close()

    def _take(self) -> list[Act | None]:
        """Everything that waits, up to a group; sleeps until there is something."""
        waiting = [self._waiting.get()]
        with suppress(queue.Empty):
            while len(waiting) < LARGEST_GROUP:
                waiting.append(self._waiting.get_nowait())
        return waiting

    def _carry_out(self, group: list[Act]) -> list[Outcome]:
        try:
            if group[0].alone:
                return self._outside(group[0])
            if group[0].beside and self._connection.side_by_side:
                return self._side_by_side(group)
            return self._commit(group)
        except Exception as error:
            self._connection.roll_back()
            reason = self._connection.unavailable(error) or error
            return [Outcome(act, error=reason) for act in group]

    def _outside(self, act: Act) -> list[Outcome]:
        return [Outcome(act, act.run(self._connection.db))]

    def _commit(self, group: list[Act]) -> list[Outcome]:
        self._connection.begin()
        outcomes = [self._attempt(act) for act in group]
        self._connection.commit()
        return outcomes

    def _side_by_side(self, group: list[Act], tries: int = TRIES) -> list[Outcome]:
        """Without savepoints, each of which is a way to the server and back. These acts can be
        done again: when one of them fails, each is done by itself."""
        try:
            return self._unmarked(group)
        except BaseException as error:
            self._connection.roll_back()
            reason = self._connection.unavailable(error)
            again = self._connection.collided(error) and tries > 1
            if len(group) > 1 and (again or reason is None):
                return [one for act in group for one in self._side_by_side([act])]
            if again:
                return self._side_by_side(group, tries - 1)
            return [Outcome(act, error=reason or error) for act in group]

    def _unmarked(self, group: list[Act]) -> list[Outcome]:
        self._connection.begin(beside=True)
        outcomes = [Outcome(act, act.run(self._connection.db)) for act in group]
        self._connection.commit()
        return outcomes

    def _attempt(self, act: Act) -> Outcome:
        self._connection.mark()
        try:
            value = act.run(self._connection.db)
        except BaseException as error:
            # A full disk is not this act's fault, and its neighbours cannot be kept either.
            if self._connection.unavailable(error):
                raise
            self._connection.undo()
            return Outcome(act, error=error)
        self._connection.keep()
        return Outcome(act, value)


def _groups(acts: list[Act], *, apart: bool) -> list[list[Act]]:
    """The acts in their order; those that stand outside a transaction by themselves, and `apart`
    and first those that may stand beside others: between acts that wait at the same time there is
    no order that anybody relies on."""
    if apart:
        acts = sorted(acts, key=lambda act: not act.beside)
    groups: list[list[Act]] = []
    for act in acts:
        last = groups[-1][-1] if groups else None
        if last and not (act.alone or last.alone) and not (apart and act.beside != last.beside):
            groups[-1].append(act)
        else:
            groups.append([act])
    return groups
