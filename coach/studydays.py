"""Study days: the local date that a moment of learning belongs to.

A study day begins at the roll-over hour and not at midnight, so that a card graded at 01:30
counts for the evening before.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ROLL_OVER = time(4)
"""When a study day begins on the person's clock, as in Anki."""


def study_day(instant: datetime, zone: ZoneInfo, roll_over: time = ROLL_OVER) -> date:
    """The study day of an aware instant, for a person who lives by `zone`.

    A later instant never has an earlier day, also where clocks are put back over the roll-over.
    """
    local = instant.astimezone(zone).replace(tzinfo=None)
    day = (local - timedelta(hours=roll_over.hour, minutes=roll_over.minute)).date()
    tomorrow = day + timedelta(days=1)
    return tomorrow if instant >= begin(tomorrow, zone, roll_over) else day


def begin(day: date, zone: ZoneInfo, roll_over: time = ROLL_OVER) -> datetime:
    """The UTC instant at which a study day begins: the first of two, or the end of a gap."""
    return datetime.combine(day, roll_over, zone).astimezone(UTC)


def noon(day: date) -> datetime:
    """12:00 UTC of a day: what the scheduler is told, so that it counts nights and not hours."""
    return datetime.combine(day, time(12), UTC)
