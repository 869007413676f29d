"""`restore FILE`: a backup takes the place of the database, which is put aside."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from bot.clock import Clock
from bot.settings import load_settings
from bot.terminal.stops import DONE, Stop
from storage import Store, StoreError, back_up, forgotten, is_store, path_of
from storage.forgotten import Mark
from storage.presence import present

ASIDE = "{stem}-before-{moment:%Y-%m-%dT%H-%M-%S}{ending}"


def restore(source: Path) -> int:
    """Checks the backup, puts the present files aside and the copy in their place; nothing is
    deleted. Raises StoreError, and Stop while a bot runs on the database."""
    if not source.is_file():
        raise Stop(f"There is no file {source}; name a backup.")
    if not is_store(source):
        raise Stop(f"{source} is no backup of Sogood's; name another file.")
    if load_settings().database_file is None:
        raise Stop(f"For PostgreSQL: python -m bot move sqlite:///{source} postgresql://…")
    database = path_of(load_settings().database_url)
    if source.resolve() == database.resolve():
        raise Stop(f"{source} is the database itself; name a backup.")
    database.parent.mkdir(parents=True, exist_ok=True)
    with present(database) as presence:
        if not presence.alone:
            raise Stop("The bot is running on this database; stop it first.")
        incoming = database.with_name(database.name + ".incoming")
        asyncio.run(back_up(f"sqlite:///{source.resolve()}", incoming))
        again = asyncio.run(_forget_again(database if database.exists() else None, incoming))
        kept = _put_aside(database)
        incoming.replace(database)
    print(f"{source} is the database now." + (f" The one before is {kept.name}." if kept else ""))
    if again is None:
        print("Who has been forgotten since can't be known: the one before wasn't readable.")
    elif again:
        print(f"Forgotten again, as they had asked: {again}.")
    return DONE


async def _forget_again(database: Path | None, incoming: Path) -> int | None:
    """Whoever asked to be forgotten after the backup was made isn't in it any more; how many
    those were, None when the present database can't say."""
    now = Clock().now()
    try:
        known = await _marks_in(database, now) if database else []
    except StoreError:
        return None
    store = await Store.open(f"sqlite:///{incoming}", now=now)
    try:
        count = await store.write(forgotten.carry, known)
        if count:
            await store.wipe()
    finally:
        await store.close()
        incoming.with_name(incoming.name + ".migrating").unlink(missing_ok=True)
    return count


async def _marks_in(database: Path, now: datetime) -> list[Mark]:
    store = await Store.open(f"sqlite:///{database}", now=now)
    try:
        return await store.read(forgotten.marks)
    finally:
        await store.close()


def _put_aside(database: Path) -> Path | None:
    """The database and what SQLite keeps beside it, under another name; None if there was none."""
    if not database.exists():
        return None
    moment = Clock().now().astimezone(UTC)
    aside = database.with_name(
        ASIDE.format(stem=database.stem, moment=moment, ending=database.suffix)
    )
    for ending in ("", "-wal", "-shm"):
        file = database.with_name(database.name + ending)
        if file.exists():
            file.rename(aside.with_name(aside.name + ending))
    return aside
