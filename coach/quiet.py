"""Quiet hours: the part of the day in which nobody is reminded of anything."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from coach.texts import say


class QuietHoursError(ValueError):
    """Quiet hours that start when they end would silence everything, so they aren't any."""

    def sentence(self, language: str) -> str:
        """What the person reads."""
        return say(language, "times.quiet.whole_day")


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
        wall = ZoneInfo(zone)
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
