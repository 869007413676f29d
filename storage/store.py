"""The store: one door for whoever reads or writes, and what an operator does with it."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, Self, TypeVar

from storage import retention
from storage.beside import marked_like
from storage.engine import Db, Engine
from storage.engines import engine_of
from storage.readers import Readers
from storage.turns import Turn
from storage.writer import Writer

P = ParamSpec("P")
T = TypeVar("T")


class Store:
    """What the coach remembers. Acts are plain functions that take a Db first:
    `await store.write(letters.add, person_id=7, ...)`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writer = Writer(engine.writer())
        self._readers = Readers(engine)

    @classmethod
    async def open(cls, url: str, *, now: datetime) -> Self:
        """The store at `sqlite:///PATH` or `postgresql://…`, made and brought up to date;
        `sqlite://` is a private one that vanishes when it is closed.

        Forgets what is kept long enough (storage/retention.py). Raises StoreUnusable or
        StoreUnavailable.
        """
        store = await asyncio.to_thread(cls._opened, url)
        try:
            await store.write(retention.forget_old, now)
            await store.checkpoint()  # a process that died may have left what was deleted
        except BaseException:
            await store.close()
            raise
        return store

    @classmethod
    def _opened(cls, url: str) -> Self:
        engine = engine_of(url)
        engine.upgrade()
        return cls(engine)

    @property
    def path(self) -> Path | None:
        """The database file, for whoever keeps a lock or looks at the free space beside it; None
        when the store isn't kept in a file."""
        return self._engine.path

    async def read(
        self, act: Callable[Concatenate[Db, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """What `act` finds, all of it in one state of the database; it cannot write."""
        return await self._readers.read(lambda db: act(db, *args, **kwargs))

    async def write(
        self, act: Callable[Concatenate[Db, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """What `act` returned, once it is on the disk; an act that raises leaves nothing behind.

        Raises what `act` raised, or StoreUnavailable when the disk or a lock was in the way.
        """
        return await self._writer.write(marked_like(act, lambda db: act(db, *args, **kwargs)))

    def turn_to_poll(self) -> Turn:
        """Asking Telegram for updates is for one process at a time of those that share a store."""
        return self._engine.turn_to_poll()

    async def checkpoint(self) -> bool:
        """Moves the write-ahead log of SQLite into the file and empties it, so that what was
        deleted is on the disk no more. False when a reader in the middle of something was in the
        way. A server sees to its log by itself."""
        return await self._writer.outside(self._engine.checkpoint)

    async def wipe(self) -> bool:
        """Writes the database anew, without a trace of what was deleted, as far as the engine
        can; others wait to write meanwhile. False when a reader in the middle of something was in
        the way. Raises StoreUnavailable."""
        return await self._writer.outside(self._engine.wipe)

    async def backup(self, target: Path) -> None:
        """A consistent, compact copy while everything goes on: a file of SQLite, whatever the
        engine. Replaces `target` only when the copy is whole and sound. Raises StoreError."""
        await asyncio.to_thread(self._engine.copy, target)

    async def sound(self) -> bool:
        """Whether everything in it can be read as it should be."""
        return await self.read(self._engine.sound)

    async def close(self) -> None:
        """Writes what waits, then lets go of the database. A second call does nothing."""
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._readers.close()
        self._writer.close()
        self._engine.close()


async def back_up(url: str, target: Path) -> None:
    """The copy that another process may take while the bot runs: it opens no store, so nothing is
    migrated and nothing but `target` is written. Raises StoreError."""
    engine = engine_of(url)
    try:
        await asyncio.to_thread(engine.copy, target)
    finally:
        engine.close()
