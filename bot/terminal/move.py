"""`move SOURCE TARGET`: everything goes from one database into another, such as from a file to a
server."""

import sys
from contextlib import closing
from urllib.parse import urlsplit

from bot.terminal.stops import DONE, Stop
from storage.engines import engine_of
from storage.moving import move as move_all


def move(source: str, target: str) -> int:
    """Moves, compares every row and says what to do next. Raises StoreError, and Stop when the two
    are the same."""
    if source == target:
        raise Stop("The two are the same database; name another target.")
    with closing(engine_of(source)) as here, closing(engine_of(target)) as there:
        rows = move_all(here, there, _told)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    print(
        f"Moved: {rows:,} rows, the same in both by count and checksum."
        f" Now set DATABASE_URL to {_place(target)}; the source is as it was."
    )
    return DONE


def _told(table: str, rows: int) -> None:
    """How far it is, on one line for whoever is looking."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{table}: {rows:,} ", end="", file=sys.stderr, flush=True)


def _place(url: str) -> str:
    """The address without its password."""
    password = urlsplit(url).password
    return url.replace(f":{password}@", ":…@", 1) if password else url
