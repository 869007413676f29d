"""Weeks of a habit: which one a proof counts for, the streak with its reserves, the score.

A week is named by its Monday and is judged by the person's local calendar. A week in which the
coach did not ask (a pause, a chat that was blocked, our downtime) has no entry and counts neither
way: whoever was not asked has missed nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

WEEK = timedelta(days=7)

RESERVES = 2
RESERVE_SPAN = 6
"""Two reserves in any six weeks hold the streak by themselves: plans with slack beat both strict
and loose ones (research/srs.md, section 5)."""

HALF_LIFE = 6
"""Weeks after which a week weighs half in the score, so that one bad week never undoes a good
quarter, and a good month shows."""


LEAST_WEEKS = 3
"""Weeks done before the score is spoken of: one week of one says nothing."""


class State(StrEnum):
    """What became of a week."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Week:
    """A week that was asked about or proved."""

    monday: date
    state: State = State.OPEN


@dataclass(frozen=True, slots=True)
class Account:
    """How the weeks stand. `score` lies in 0..1, None before the first week is over; `reserves`
    are left; `covered` are the weeks that a reserve has held; `returned` says that the newest
    week was done after one that was not."""

    streak: int = 0
    longest: int = 0
    done: int = 0
    reserves: int = RESERVES
    covered: tuple[date, ...] = ()
    score: float | None = None
    returned: bool = False

    @property
    def steadiness(self) -> float | None:
        """The score once it says something; None before."""
        return self.score if self.done >= LEAST_WEEKS else None


@dataclass(frozen=True, slots=True)
class Counted:
    """The week that a proof counts for; `too_late` when it was meant for one that has closed."""

    monday: date
    too_late: bool = False


def monday_of(day: date) -> date:
    """The Monday that names the week of `day` (ISO: Monday is the first day)."""
    return day - timedelta(days=day.weekday())


def number(monday: date) -> int:
    """Counts weeks without a jump at the turn of the year."""
    return monday.toordinal() // 7


def closed(monday: date, today: date) -> bool:
    """A week closes after its grace day, the Monday that follows, at the local midnight."""
    return today > monday + WEEK


def counts_for(today: date, meant: date | None, *, last_is_open: bool) -> Counted:
    """Which week a proof of `today` counts for (data/reminder_cases.md, row 73).

    `meant` is the week whose button was pressed, None when nothing says which. On the grace day
    a proof goes to the week before while that is open; after it, to the week that runs.
    """
    this = monday_of(today)
    if meant is not None:
        late = closed(meant, today)
        return Counted(this if late else meant, too_late=late)
    if last_is_open and not closed(this - WEEK, today):
        return Counted(this - WEEK)
    return Counted(this)


def without_pauses(weeks: Iterable[Week], pauses: Sequence[tuple[date, date]]) -> list[Week]:
    """The weeks that ask something of a person: one that a pause reaches into is left out unless
    it was done all the same (row 69). `pauses` are first and last days, both included."""
    return [
        week
        for week in weeks
        if week.state is State.DONE
        or not any(first < week.monday + WEEK and week.monday <= last for first, last in pauses)
    ]


def account(weeks: Iterable[Week], today: date) -> Account:
    """What the weeks add up to on a local day; a week that is still open counts neither way."""
    reckoned = Account()
    used: list[date] = []
    before: Week | None = None
    for week in sorted(weeks, key=lambda week: week.monday):
        if week.state is State.OPEN and not closed(week.monday, today):
            continue
        reckoned = _with(reckoned, week, before, used)
        before = week
    reserves = RESERVES - len(_recent(used, monday_of(today)))
    return replace(reckoned, reserves=reserves, score=_score(weeks, used, today))


def _with(reckoned: Account, week: Week, before: Week | None, used: list[date]) -> Account:
    """The account with one more week that is over; `used` takes up the reserve it needed."""
    if week.state is State.DONE:
        streak = reckoned.streak + 1
        return replace(
            reckoned,
            streak=streak,
            longest=max(reckoned.longest, streak),
            done=reckoned.done + 1,
            returned=before is not None and before.state is not State.DONE,
        )
    if reckoned.streak and len(_recent(used, week.monday)) < RESERVES:
        used.append(week.monday)
        return replace(reckoned, covered=tuple(used), returned=False)
    return replace(reckoned, streak=0, returned=False)


def _recent(used: Sequence[date], monday: date) -> list[date]:
    return [week for week in used if monday - week < RESERVE_SPAN * WEEK]


def _score(weeks: Iterable[Week], covered: Sequence[date], today: date) -> float | None:
    """The share of weeks done, each weighing 0.5 ** (age in weeks / HALF_LIFE). A week that a
    reserve has held weighs nothing."""
    weighed = kept = 0.0
    for week in weeks:
        open_still = week.state is State.OPEN and not closed(week.monday, today)
        if open_still or week.monday in covered:
            continue
        weight = 0.5 ** ((today - week.monday) / WEEK / HALF_LIFE)
        weighed += weight
        kept += weight * (week.state is State.DONE)
    return kept / weighed if weighed else None


@dataclass(frozen=True, slots=True)
class LastWeek:
    """What can be said on a Monday about the week before; nothing is said about a miss."""

    done: bool = False
    returned: bool = False
    covered: bool = False
    reckoned: Account = field(default_factory=Account)


def last_week(weeks: Iterable[Week], monday: date, today: date) -> LastWeek:
    """How the week before `monday` went, for the nudge of the week that begins.

    While its grace day runs, only what is done by now is spoken of (row 72).
    """
    last = monday - WEEK
    before = [week for week in weeks if week.monday < monday]
    reckoned = account(before, today)
    done = any(week.monday == last and week.state is State.DONE for week in before)
    return LastWeek(done, done and reckoned.returned, last in reckoned.covered, reckoned)


def meant_by_nudge(day: date) -> date:
    """The Monday of the week that a nudge of `day` speaks of: on a Sunday it is the one that
    begins on the morrow, since an evening is no week."""
    return monday_of(day + timedelta(days=1))
