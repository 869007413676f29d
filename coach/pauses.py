"""Pauses: a while in which a person hears nothing at all and loses nothing."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from coach.monthdays import months_later
from coach.quiet import QuietHours
from coach.wallclock import instant_of, local


class Unit(StrEnum):
    """In what a pause is counted."""

    DAY = "d"
    WEEK = "w"
    MONTH = "m"


@dataclass(frozen=True, slots=True)
class Pause:
    """From one instant to another, or until the person comes back (`until` is None)."""

    since: datetime
    until: datetime | None

    def holds(self, now: datetime) -> bool:
        """Whether it is still on; at `until` it is over."""
        return self.until is None or now < self.until


@dataclass(frozen=True, slots=True)
class Length:
    """How long somebody wants to be left in peace."""

    count: int
    unit: Unit

    def after(self, day: date) -> date:
        """The day on which it ends; a month after 31 January is the end of February."""
        if self.unit is Unit.MONTH:
            return months_later(day, self.count)
        return day + timedelta(days=self.count * (7 if self.unit is Unit.WEEK else 1))

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"


LONGEST = 366
"""Days. Whoever stays away longer comes back when they like."""

_TYPED = re.compile(r"(?:for |на )?(?P<count>\d{1,3}|a|an|one)?\s*(?P<unit>[^\W\d_]+)\.?")

_UNITS = {
    Unit.DAY: {"d", "day", "days", "д", "день", "дня", "дней"},
    Unit.WEEK: {"w", "week", "weeks", "н", "нед", "неделя", "неделю", "недели", "недель"},
    Unit.MONTH: {"m", "month", "months", "мес", "месяц", "месяца", "месяцев"},
}


def read_length(text: str) -> Length | None:
    """ "2 weeks", "a month", "2w", "на неделю"; None for anything else and for over a year."""
    found = _TYPED.fullmatch(" ".join(text.casefold().split()))
    unit = found and next((unit for unit, words in _UNITS.items() if found["unit"] in words), None)
    if not found or unit is None:
        return None
    length = Length(int(found["count"]) if (found["count"] or "").isdecimal() else 1, unit)
    within_a_year = 0 < (length.after(date.min) - date.min).days <= LONGEST
    return length if within_a_year else None


def end_of(length: Length, now: datetime, *, zone: str, quiet: QuietHours) -> datetime:
    """The morning of its last day, when the quiet hours of that zone end."""
    return instant_of(length.after(local(now, zone).date()), quiet.end, zone)
