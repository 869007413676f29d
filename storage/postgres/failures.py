"""Which failures of the server are foreseeable, and what they mean."""

import psycopg
from psycopg import errors

from storage.engine import StoreUnavailable

_CAUSES: tuple[tuple[str, str], ...] = (
    ("08", "unreachable"),  # connection exceptions
    ("57P", "unreachable"),  # shutting down, crashed, not yet up
    ("57014", "busy"),  # a statement took too long
    ("53100", "full"),
    ("53", "busy"),  # out of connections or memory
    ("55P03", "busy"),  # a lock wasn't to be had in time
    ("55000", "unreachable"),  # a standby has no transactions of its own
    ("25006", "unreachable"),  # and takes no writes
    ("25P0", "unreachable"),  # it let go of a transaction that took too long
    ("40", "busy"),  # deadlock, serialization
    ("58", "broken"),  # the server's disk
    ("XX00", "broken"),
)
"""How codes begin (postgresql.org/docs/current/errcodes-appendix.html), the first that fits."""

STALE_PLAN = "cached plan must not change result type"
"""A newer program has changed a table; whoever connects anew sees it as it is."""


def unavailable(error: BaseException) -> StoreUnavailable | None:
    """The foreseeable error behind a failure; None for a mistake in a statement."""
    if isinstance(error, StoreUnavailable):
        return error
    if not isinstance(error, psycopg.Error):
        return None
    if error.sqlstate is None:  # the connection is gone, and nobody was left to give a code
        return StoreUnavailable("unreachable") if broken(error) else None
    if isinstance(error, errors.FeatureNotSupported) and STALE_PLAN in str(error):
        return StoreUnavailable("busy")
    causes = (cause for code, cause in _CAUSES if error.sqlstate.startswith(code))
    cause = next(causes, None)
    return StoreUnavailable(cause) if cause else None


def broken(error: psycopg.Error) -> bool:
    """Whether the connection broke, and not the statement."""
    return isinstance(error, psycopg.OperationalError)
