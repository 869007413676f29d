"""`backup FILE`: a consistent copy of the database while the bot runs."""

import asyncio
from pathlib import Path

from bot.settings import load_settings
from bot.terminal.stops import DONE, Stop
from storage import back_up


def backup(target: Path) -> int:
    """Writes the copy; an existing file is left alone. Raises StoreError."""
    if target.exists():
        raise Stop(f"{target} exists already; name a new file.")
    asyncio.run(back_up(load_settings().database_url, target))
    print(f"The database is copied to {target}.")
    return DONE
