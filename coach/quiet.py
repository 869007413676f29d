"""Quiet hours: the part of the day in which nobody is reminded of anything."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from coach import daytimes
from coach.daytimes import DaytimeError
from coach.texts import say
from coach.wallclock import zone_named

_BETWEEN = re.compile(r"\s*(?:[-–—]|\s(?:to|till|until|до|по)\s)\s*")
_FROM = re.compile(r"(?:from|с|со)\s+")


class QuietHoursError(ValueError):
    """These are no quiet hours: `whole_day`, since they start when they end and would silence
    everything, or `unreadable`."""

    def __init__(self, code: str = "whole_day") -> None:
        super().__init__(code)
        self.code = code

    def sentence(self, language: str) -> str:
        """What the person reads."""
        return say(language, f"times.quiet.{self.code}")


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `start` to `end` by the person's wall clock, mostly across midnight; the start is
    quiet, the end is not. Raises QuietHoursError when both are the same."""

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start == self.end:
            raise QuietHoursError

    def holds(self, local: time) -> bool:
        """Whether that time of day is quiet."""
        if self.start < self.end:
            return self.start <= local < self.end
        return local >= self.start or local < self.end

    def over(self, instant: datetime, zone: str) -> datetime:
        """`instant` itself when it isn't quiet in `zone`, else the end of the quiet hours."""
        wall = zone_named(zone)
        local = instant.astimezone(wall)
        if not self.holds(local.time()):
            return instant
        end = datetime.combine(self._ends_on(local), self.end.replace(fold=local.fold), wall)
        return end.astimezone(instant.tzinfo)

    def _ends_on(self, local: datetime) -> date:
        return local.date() + timedelta(days=local.time() >= self.end)

    def __str__(self) -> str:
        return f"{self.start:%H:%M}–{self.end:%H:%M}"


DEFAULT_QUIET = QuietHours(time(22), time(8))
"""For people who have not said theirs (DESIGN, reminder_cases row 21)."""


def parse(text: str) -> QuietHours:
    """Quiet hours as they are typed: "23-7", "22:00–08:00", "from 11 pm to 7 am".

    Raises QuietHoursError with a sentence that brings an example.
    """
    start, *end = _BETWEEN.split(_FROM.sub("", text.casefold().strip(), count=1))
    try:
        if len(end) != 1:
            raise QuietHoursError("unreadable")
        return QuietHours(daytimes.parse(start), daytimes.parse(end[0]))
    except DaytimeError:
        raise QuietHoursError("unreadable") from None
