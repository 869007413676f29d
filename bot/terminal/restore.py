"""`restore FILE`: a backup takes the place of the database, which is put aside."""

import asyncio
from datetime import UTC
from pathlib import Path

from bot.clock import Clock
from bot.settings import load_settings
from bot.terminal.stops import DONE, Stop
from storage import back_up, is_store, path_of
from storage.presence import present

ASIDE = "{stem}-before-{moment:%Y-%m-%dT%H-%M-%S}{ending}"


def restore(source: Path) -> int:
    """Checks the backup, puts the present files aside and the copy in their place; nothing is
    deleted. Raises StoreError, and Stop while a bot runs on the database."""
    if not source.is_file():
        raise Stop(f"{source} isn't there.")
    if not is_store(source):
        raise Stop(f"{source} is no database of ours.")
    if load_settings().database_file is None:
        raise Stop(f"For PostgreSQL: python -m bot move sqlite:///{source} postgresql://…")
    database = path_of(load_settings().database_url)
    if source.resolve() == database.resolve():
        raise Stop(f"{source} is the database itself.")
    database.parent.mkdir(parents=True, exist_ok=True)
    with present(database) as presence:
        if not presence.alone:
            raise Stop("The bot is running on this database; stop it first.")
        incoming = database.with_name(database.name + ".incoming")
        asyncio.run(back_up(f"sqlite:///{source.resolve()}", incoming))
        kept = _put_aside(database)
        incoming.replace(database)
    print(f"{source} is the database now." + (f" The one before is {kept.name}." if kept else ""))
    return DONE


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
