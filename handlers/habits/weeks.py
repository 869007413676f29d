"""A person's weeks at one moment: their day, their plan, and how the weeks stand."""

from dataclasses import dataclass
from datetime import date, datetime

from coach.reminders import Kind
from coach.wallclock import local
from coach.weeks import (
    WEEK,
    Account,
    Counted,
    State,
    account,
    counts_for,
    monday_of,
    without_pauses,
)
from storage import Db, habits, people, reminders
from storage.habits import HabitWeek
from storage.people import Person


@dataclass(frozen=True, slots=True)
class Weeks:
    """What every answer about weeks leans on. `zone` is an IANA name, `today` a day in it."""

    db: Db
    person: Person
    zone: str
    now: datetime

    @property
    def today(self) -> date:
        """The person's local date."""
        return local(self.now, self.zone).date()

    def all(self) -> list[HabitWeek]:
        """Every week that was asked about or proved, the oldest first."""
        return habits.weeks(self.db, self.person.id)

    def asking(self) -> list[HabitWeek]:
        """The weeks that count: without those that a pause has reached into."""
        mine = self.all()
        kept = without_pauses([week.week for week in mine], self._pauses())
        return [week for week in mine if week.week in kept]

    def account(self) -> Account:
        """What they add up to today."""
        return account([week.week for week in self.asking()], self.today)

    def counting(self, meant: date | None) -> Counted:
        """The week that a proof of this moment counts for."""
        last = habits.week(self.db, self.person.id, monday_of(self.today) - WEEK)
        is_open = last is not None and last.state is State.OPEN
        return counts_for(self.today, meant, last_is_open=is_open)

    def settle(self, monday: date, state: State) -> None:
        """What became of a week."""
        habits.settle(self.db, person_id=self.person.id, monday=monday, state=state, now=self.now)

    def _pauses(self) -> list[tuple[date, date]]:
        """First and last local day of each pause; one without an end reaches to today."""
        return [
            (
                local(pause.since, self.zone).date(),
                local(min(pause.until or self.now, self.now), self.zone).date(),
            )
            for pause in people.pauses(self.db, self.person.id)
        ]


def weeks_of(db: Db, person: Person, now: datetime, default_zone: str) -> Weeks:
    """A person's weeks, by their own zone, or the one that their nudge goes by."""
    if person.timezone:
        return Weeks(db, person, person.timezone, now)
    plan = reminders.plan_of(db, person.chat_id, Kind.NUDGE)
    return Weeks(db, person, plan.zone if plan else default_zone, now)
