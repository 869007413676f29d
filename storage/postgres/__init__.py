"""PostgreSQL as the other engine: the same statements, several processes side by side."""

from storage.engine import Engine, StoreUnusable


def postgres_at(url: str) -> Engine:
    """The database at `postgresql://user:password@host:port/database`.

    Raises StoreUnusable where its driver, an extra, isn't installed, and for an address that the
    driver can't read.
    """
    try:
        from storage.postgres.server import Postgres
    except ImportError as missing:
        raise StoreUnusable("no_driver") from missing
    return Postgres(url)
