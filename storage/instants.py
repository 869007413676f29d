"""Instants in the tables: epoch milliseconds, so that both engines sort and compare them alike."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def to_ms(instant: datetime) -> int:
    """Epoch milliseconds, rounded down. Raises ValueError for an instant without a time zone."""
    if instant.tzinfo is None:
        raise ValueError("an instant without a time zone has no place in the store")
    return (instant - _EPOCH) // _MILLISECOND


def from_ms(milliseconds: int) -> datetime:
    """The aware UTC datetime of epoch milliseconds."""
    return _EPOCH + milliseconds * _MILLISECOND


def maybe_to_ms(instant: datetime | None) -> int | None:
    """`to_ms`, where None stays None."""
    return None if instant is None else to_ms(instant)


def maybe_from_ms(milliseconds: int | None) -> datetime | None:
    """`from_ms`, where None stays None."""
    return None if milliseconds is None else from_ms(milliseconds)
