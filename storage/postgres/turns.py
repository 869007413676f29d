"""A turn among all that share a schema: a lock that the server holds for a connection."""

from contextlib import closing, suppress

import psycopg

from storage.engine import StoreError
from storage.postgres.connection import Purpose, Raw, literally, lock, opened
from storage.postgres.failures import unavailable


class ServerTurn:
    """The lock goes with its connection, which the server notices within ten seconds even when a
    machine loses its power (the keepalives of SETTINGS)."""

    def __init__(self, url: str, purpose: Purpose) -> None:
        self._url = url
        self._purpose = purpose
        self._raw: Raw | None = None
        self._ours = False

    def ours(self) -> bool:
        try:
            return self._asked()
        except (StoreError, psycopg.Error) as error:
            self.let_go()
            raise unavailable(error) or error from error

    def let_go(self) -> None:
        # Unlocked first: the server notices only a little later that a connection was closed.
        if self._raw is not None:
            with suppress(psycopg.Error), closing(self._raw):
                self._raw.execute("SELECT pg_advisory_unlock_all()")
        self._raw, self._ours = None, False

    def _asked(self) -> bool:
        if self._raw is None:
            self._raw = opened(self._url)
        if self._ours:
            # Raises when the connection has gone, and the lock with it.
            self._raw.execute("SELECT 1")
        else:
            take = literally(f"SELECT {lock(self._purpose, 'pg_try_advisory_lock')} AS it")
            self._ours = self._raw.execute(take).fetchone() == {"it": 1}
        return self._ours
