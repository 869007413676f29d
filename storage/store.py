"""The store: one door for whoever reads or writes, and what an operator does with it."""

import asyncio
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, Self, TypeVar

from storage import retention
from storage.copying import copy
from storage.engine import Db, StoreUnusable
from storage.readers import Readers
from storage.upgrade import upgrade
from storage.writer import Writer

P = ParamSpec("P")
T = TypeVar("T")


class Store:
    """What the coach remembers. Acts are plain functions that take a Db first:
    `await store.write(letters.add, person_id=7, ...)`."""

    def __init__(self, path: Path, folder: tempfile.TemporaryDirectory[str] | None = None) -> None:
        self._path = path
        self._folder = folder
        self._writer = Writer(path)
        self._readers = Readers(path)

    @classmethod
    async def open(cls, url: str, *, now: datetime) -> Self:
        """The store at `sqlite:///PATH`, made and brought up to date; `sqlite://` is a private one
        that vanishes when it is closed.

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
        folder = tempfile.TemporaryDirectory(prefix="sogood-") if url == "sqlite://" else None
        path = Path(folder.name) / "store.db" if folder else path_of(url)
        upgrade(path)
        return cls(path, folder)

    @property
    def path(self) -> Path:
        """The database file, for whoever keeps a lock or looks at the free space beside it."""
        return self._path

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
        return await self._writer.write(lambda db: act(db, *args, **kwargs))

    async def checkpoint(self) -> bool:
        """Moves the write-ahead log into the database and empties it, so that what was deleted
        is on the disk no more. False when a reader in the middle of something was in the way."""
        return await self._writer.outside(_checkpoint)

    async def wipe(self) -> bool:
        """Writes the database anew, without a trace of what was deleted, and empties the log.

        Deleting overwrites rows, but SQLite's secure_delete leaves what it once moved from page to
        page: in 3 of 10 trials the number of somebody who was deleted still stood in the unused
        part of an index. Others wait to write meanwhile, 0.3 s for 100 MB. False when a reader in
        the middle of something kept the log from being emptied. Raises StoreUnavailable.
        """
        return await self._writer.outside(_wipe)

    async def backup(self, target: Path) -> None:
        """A consistent, compact copy while everything goes on. Replaces `target` only when the
        copy is whole and sound. Raises StoreError."""
        await asyncio.to_thread(copy, self._path, target)

    async def sound(self) -> bool:
        """Whether every page and index of the file is as it should be."""
        return await self.read(_sound)

    async def close(self) -> None:
        """Writes what waits, then lets go of the file. A second call does nothing."""
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._readers.close()
        self._writer.close()
        if self._folder:
            self._folder.cleanup()


async def back_up(url: str, target: Path) -> None:
    """The copy that another process may take while the bot runs: it opens no store, so nothing is
    migrated and nothing but `target` is written. Raises StoreError."""
    path = path_of(url)
    if not path.exists():
        raise StoreUnusable("missing", path=path)
    await asyncio.to_thread(copy, path, target)


def path_of(url: str) -> Path:
    """The file of `sqlite:///PATH`. Raises StoreUnusable for any other address."""
    scheme, found, path = url.partition(":///")
    if scheme != "sqlite" or not found or not path:
        raise StoreUnusable("address")
    return Path(path).expanduser()


def _wipe(db: Db) -> bool:
    db.run("PRAGMA temp_store = FILE")  # the second copy would fill the memory
    try:
        db.run("VACUUM")
    finally:
        db.run("PRAGMA temp_store = MEMORY")
    return _checkpoint(db)


def _checkpoint(db: Db) -> bool:
    [told] = db.query("PRAGMA wal_checkpoint(TRUNCATE)")
    return told["busy"] == 0


def _sound(db: Db) -> bool:
    return db.query("PRAGMA integrity_check") == [{"integrity_check": "ok"}]
