"""Which engine an address means."""

from pathlib import Path

from storage.engine import Engine, StoreUnusable
from storage.files import Sqlite

POSTGRES = ("postgresql://", "postgres://")


def engine_of(url: str) -> Engine:
    """The engine at `sqlite:///PATH` or `postgresql://…`; `sqlite://` is a private file.

    Raises StoreUnusable for any other address, and where PostgreSQL's driver isn't installed.
    """
    if url.startswith(POSTGRES):
        # The driver is an extra; whoever keeps a file never loads it.
        from storage.postgres import postgres_at

        return postgres_at(url)
    return Sqlite(None if url == "sqlite://" else path_of(url))


def path_of(url: str) -> Path:
    """The file of `sqlite:///PATH`. Raises StoreUnusable for any other address."""
    scheme, found, path = url.partition(":///")
    if scheme != "sqlite" or not found or not path:
        raise StoreUnusable("address")
    return Path(path).expanduser()
