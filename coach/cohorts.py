"""Cohorts: the calendar of a group that learns together, and who takes part in which week.

Weeks are counted from the Monday of the first one, by the cohort's own zone; a week is judged as
a person's own weeks are (coach/weeks.py): it closes after its grace day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from coach.wallclock import local
from coach.weeks import WEEK, monday_of

SMALLEST, LARGEST = 3, 12
"""Below, a group is a pair; above, newcomers wait for a place (facts/learning.md)."""

LENGTHS = (4, 6, 8)
"""Weeks that a round can last."""

DIGEST_DAY, DIGEST_AT = 7, time(18)
"""When the group looks back: Sunday evening by its own clock."""

FOLLOW_UP_DAY, FOLLOW_UP_AT = 6, time(18)
"""When who hasn't shown anything yet is asked in private, by their own clock (row 76)."""

PAIRING_DAY, PAIRING_AT = 2, time(10)
"""When the pairs of a week are made, by the cohort's clock."""


class State(StrEnum):
    """Where a cohort stands. While it is a draft its days are chosen and nobody can join."""

    DRAFT = "draft"
    FORMING = "forming"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"


class Role(StrEnum):
    """What a member may do. A mentor reads what members share with mentors and is asked nothing."""

    MEMBER = "member"
    ORGANISER = "organiser"
    MENTOR = "mentor"


class Membership(StrEnum):
    """Whether somebody takes part: waiting for a place, in, or gone."""

    WAITING = "waiting"
    ACTIVE = "active"
    LEFT = "left"


class Sharing(StrEnum):
    """What the group sees of a check-in: that there is one, or also its link."""

    DONE = "done"
    LINK = "link"


class Mark(StrEnum):
    """What a member has said about a week. Nobody has said anything: no mark."""

    COMMITTED = "committed"
    DONE = "done"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a round begins (a Monday), how many weeks it has, and when it is prompted: the ISO
    weekday and the time by the clocks of `zone` (IANA)."""

    starts_on: date
    weeks: int
    zone: str
    weekday: int
    at: time

    @property
    def ends_on(self) -> date:
        """The Sunday of the last week."""
        return self.starts_on + self.weeks * WEEK - timedelta(days=1)

    def monday(self, week: int) -> date:
        """The Monday of a week, 1 being the first."""
        return self.starts_on + (week - 1) * WEEK

    def week(self, day: date) -> int | None:
        """The number of the week that a day lies in; None before the first and after the last."""
        number = (monday_of(day) - self.starts_on) // WEEK + 1
        return number if 1 <= number <= self.weeks else None

    def week_at(self, now: datetime) -> int | None:
        """The week that runs at an instant."""
        return self.week(local(now, self.zone).date())

    def over(self, now: datetime) -> bool:
        """Whether the last week has closed, its grace day included."""
        return local(now, self.zone).date() > self.ends_on + timedelta(days=1)


def next_start(today: date) -> date:
    """The Monday on which a cohort made today begins: the coming one."""
    return monday_of(today) + WEEK


def starts_to_choose(today: date) -> tuple[date, date, date]:
    """The Mondays that are offered: the coming one and the two after it."""
    first = next_start(today)
    return first, first + WEEK, first + 2 * WEEK


def first_week(calendar: Calendar, now: datetime) -> int | None:
    """The week from which somebody who joins now takes part: the first, or the next when the
    cohort has begun. None when no week is left."""
    today = local(now, calendar.zone).date()
    if today < calendar.starts_on:
        return 1
    week = calendar.week(today)
    return week + 1 if week and week < calendar.weeks else None


def has_place(active: int) -> bool:
    """Whether one more fits in, with so many who learn; mentors take no place."""
    return active < LARGEST


def quiz_day(prompt: int) -> int:
    """The ISO weekday of the week's quiz: Thursday, or Friday when Thursday has the question."""
    return 5 if prompt == 4 else 4


def swaps_letters(week: int) -> bool:
    """Whether letters are read in pairs in this week: every other one, from the first on."""
    return week % 2 == 1


@dataclass(frozen=True, slots=True)
class Standing:
    """A member in a week, as the group may see it. `link` is None unless they share it;
    `returned` says that they were not seen in the week before but were earlier."""

    name: str
    mark: Mark
    link: str | None = None
    returned: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """How a week stands: who showed something (returns first), who promised, how many are away,
    and how many say nothing yet. Nobody who is away or silent has a name here."""

    done: tuple[Standing, ...]
    committed: tuple[Standing, ...]
    away: int
    quiet: int

    @property
    def members(self) -> int:
        return len(self.done) + len(self.committed) + self.away + self.quiet


def tally(standings: Iterable[Standing | None]) -> Tally:
    """Counts a week; None stands for a member who has said nothing."""
    every = list(standings)
    spoke = [one for one in every if one]
    done = sorted((one for one in spoke if one.mark is Mark.DONE), key=lambda one: not one.returned)
    return Tally(
        tuple(done),
        tuple(one for one in spoke if one.mark is Mark.COMMITTED),
        sum(one.mark is Mark.AWAY for one in spoke),
        every.count(None),
    )
