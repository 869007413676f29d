"""Check-ins: the day that one counts for, and whether it earns a day of its own.

A zone change can neither earn a second day nor break a chain of days (reminder_cases, row 20).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from coach.studydays import study_day
from coach.wallclock import zone_named

APART = timedelta(hours=12)
"""Two that count lie at least so far apart."""


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One that counted: when (UTC), the zone (IANA) that was set then, and its study day there."""

    at: datetime
    zone: str
    day: date


def check_in(at: datetime, zone: str, last: CheckIn | None) -> CheckIn | None:
    """The check-in of an instant in the zone that is set now; None when the day has one already."""
    day = study_day(at, zone_named(zone))
    if last and (day <= last.day or at - last.at < APART):
        return None
    return CheckIn(at, zone, day)


def follows(last: CheckIn, next: CheckIn) -> bool:
    """Whether no day lies between two, by the clocks of either of their zones."""
    tomorrow = last.day + timedelta(days=1)
    return next.day <= tomorrow or study_day(next.at, zone_named(last.zone)) <= tomorrow
