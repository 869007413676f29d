"""Wall clocks: what a clock on somebody's wall shows, and the instant when it shows that.

Python's zoneinfo (PEP 495) does the reckoning: with `fold=0` a time that the clock skips is read
with the offset before the change, which moves it forward by the width of the gap, and a time that
comes twice is its first.
"""

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


@lru_cache(maxsize=1024)
def zone_named(name: str) -> ZoneInfo:
    """The zone with an IANA name; UTC when the time zone database has it no more.

    Whoever lets a person choose a zone refuses unknown names; a name that we kept can still vanish
    with an upgrade of the database, and must not keep everybody else from being reminded.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def instant_of(day: date, wall: time, zone: str) -> datetime:
    """The instant (UTC) at which a clock in `zone` shows `wall` on `day`."""
    local = datetime.combine(day, wall.replace(fold=0), zone_named(zone))
    return local.astimezone(UTC)


def local(instant: datetime, zone: str) -> datetime:
    """What calendar and clock show in `zone` at an instant, without the zone."""
    return instant.astimezone(zone_named(zone)).replace(tzinfo=None)
