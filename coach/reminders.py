"""Reminders: when something is to be said by a wall clock, and whether it may be said now.

A plan is kept as wall clock (zone, weekdays, time); its next instant is reckoned anew after every
firing. Nothing here sends or remembers anything.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import takewhile

from coach.pauses import Pause
from coach.quiet import QuietHours
from coach.wallclock import instant_of, local

EVERY_DAY = frozenset(range(1, 8))
"""ISO weekdays, Monday = 1."""

DAILY_WINDOW = timedelta(hours=6)
WEEKLY_WINDOW = timedelta(hours=24)
"""How late a reminder may still come when we were down."""

SNOOZE = timedelta(hours=1)
MERGE = timedelta(hours=2)
"""What was put off until so shortly before the next reminder comes together with it."""

ASKED_AFTER = 3
MONTHLY_AFTER = 5
"""So many weekly nudges unanswered in a row: the next one asks, then they become monthly."""


class Kind(StrEnum):
    """What a reminder is about. A chat has one plan of a kind."""

    SESSION = "session"  # the day's cards
    NUDGE = "nudge"  # the week's habit
    LOOKBACK = "lookback"  # the week's own review, on Sunday
    COHORT = "cohort"  # a group's weekly prompt
    DIGEST = "digest"  # a group's look back, on Sunday
    PAIRING = "pairing"  # who reads whose letter, told in private
    QUIZ = "quiz"  # a group's question of the week
    FOLLOW_UP = "follow_up"  # in private, to a member whom the group misses


class Rhythm(StrEnum):
    """How often: on each of its weekdays, or only on the first of a month."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class Plan:
    """When to speak, as a wall clock in `zone` (IANA). `in_quiet` says that the person wants it
    at this very time although it lies in their quiet hours; a group has no `person_id`."""

    id: int
    person_id: int | None
    chat_id: int
    kind: Kind
    zone: str
    weekdays: frozenset[int]
    at: time
    rhythm: Rhythm = Rhythm.WEEKLY
    in_quiet: bool = False
    thread_id: int = 0

    @property
    def window(self) -> timedelta:
        """How late a slot may be."""
        return DAILY_WINDOW if len(self.weekdays) > 1 else WEEKLY_WINDOW


@dataclass(frozen=True, slots=True)
class Slot:
    """One planned sending. `chat_id` (and the topic in it), kind, local date and local time tell
    it from every other, whatever zone the plan is in; `due_at` is its instant (UTC)."""

    chat_id: int
    thread_id: int
    kind: Kind
    local_date: date
    local_time: time
    due_at: datetime
    fresh_until: datetime


@dataclass(frozen=True, slots=True)
class Listener:
    """Whoever reads a chat. A group never sleeps: its time was agreed on."""

    zone: str
    quiet: QuietHours | None = None
    pause: Pause | None = None
    inactive_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Send:
    """Say it now; after `until` it isn't to be said any more."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Hold:
    """Look again at an instant."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Skip:
    """Say nothing; the reason is kept."""

    reason: str


Decision = Send | Hold | Skip


def slots_after(plan: Plan, after: datetime) -> Iterator[Slot]:
    """Every slot of a plan later than an instant, in order, without end."""
    # A gap can move a slot past midnight: the day before may hold one that is still to come.
    day = local(after, plan.zone).date() - timedelta(days=1)
    while True:
        if _has_slot(plan, day):
            slot = slot_on(plan, day)
            if slot.due_at > after:
                yield slot
        day += timedelta(days=1)


def slot_on(plan: Plan, day: date) -> Slot:
    """The slot of a day, whether or not the plan has one then."""
    due_at = instant_of(day, plan.at, plan.zone)
    return Slot(plan.chat_id, plan.thread_id, plan.kind, day, plan.at, due_at, due_at + plan.window)


def next_slot(plan: Plan, after: datetime) -> Slot:
    """The first slot later than an instant."""
    return next(slots_after(plan, after))


def next_instant(plan: Plan, after: datetime) -> datetime:
    """When the plan speaks next (UTC)."""
    return next_slot(plan, after).due_at


def slots_between(plan: Plan, after: datetime, until: datetime) -> list[Slot]:
    """The slots later than `after` and not later than `until`, oldest first."""
    return list(takewhile(lambda slot: slot.due_at <= until, slots_after(plan, after)))


def last_slot(plan: Plan, now: datetime) -> Slot | None:
    """The newest slot that isn't later than `now`, of the last seven weeks."""
    return next(reversed(slots_between(plan, now - timedelta(weeks=7), now)), None)


def decide(slot: Slot, listener: Listener, now: datetime, *, in_quiet: bool = False) -> Decision:
    """Whether a slot that is due may be said now."""
    if listener.inactive_reason:
        return Skip(listener.inactive_reason)
    if listener.pause and listener.pause.holds(now):
        return Skip("paused")
    if now > slot.fresh_until:
        return Skip("late")
    if listener.quiet is None or in_quiet:
        return Send(slot.fresh_until)
    over_at = listener.quiet.over(now, listener.zone)
    if over_at > slot.fresh_until:
        return Skip("stale")
    if over_at > now:
        return Hold(over_at)
    return Send(min(slot.fresh_until, quiet_from(listener.quiet, now, listener.zone)))


def travelled(plan: Plan, zone: str, now: datetime) -> tuple[Plan, Slot | None, datetime]:
    """A plan by the clocks of the zone that its person has come to; the slot there that passed
    too long ago to be caught up on (None when there is none); and until when the plan is served,
    which is before a slot that may still be said."""
    moved = replace(plan, zone=zone)
    last = last_slot(moved, now)
    if last is None or now > last.fresh_until:
        return moved, last, now
    return moved, None, last.due_at - timedelta(milliseconds=1)


def snoozed_until(
    now: datetime, listener: Listener, coming: datetime | None, by: timedelta = SNOOZE
) -> datetime:
    """When something put off at `now` comes back: not in quiet hours, and not on its own when the
    chat's next reminder, at `coming`, follows shortly."""
    back_at = now + by
    if listener.quiet:
        back_at = listener.quiet.over(back_at, listener.zone)
    if coming and back_at <= coming <= back_at + MERGE:
        return coming
    return back_at


def fits_today(now: datetime, listener: Listener, by: timedelta = SNOOZE) -> bool:
    """Whether what is put off now still comes back before it gets quiet."""
    return listener.quiet is None or now + by < quiet_from(listener.quiet, now, listener.zone)


def quiet_from(quiet: QuietHours, now: datetime, zone: str) -> datetime:
    """When it becomes quiet next; `now` itself when it is quiet already."""
    here = local(now, zone)
    if quiet.holds(here.time()):
        return now
    tomorrow = here.time() >= quiet.start
    return instant_of(here.date() + timedelta(days=tomorrow), quiet.start, zone)


class Thinning(StrEnum):
    """What becomes of a weekly nudge that nobody answers."""

    ASK = "ask"  # keep it, another day, smaller, or monthly
    MONTHLY = "monthly"


def thinning(ignored: int) -> Thinning | None:
    """What the next nudge brings up after so many in a row stayed unanswered."""
    if ignored >= MONTHLY_AFTER:
        return Thinning.MONTHLY
    return Thinning.ASK if ignored >= ASKED_AFTER else None


def _has_slot(plan: Plan, day: date) -> bool:
    first_of_month = plan.rhythm is Rhythm.WEEKLY or day.day <= 7
    return first_of_month and day.isoweekday() in plan.weekdays
