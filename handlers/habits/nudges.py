"""The weekly nudge: one concrete habit, and what can be answered to it."""

from datetime import date, datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery
from babel import Locale

from coach.habits import choose, smaller
from coach.habits import habits as catalogue
from coach.reminders import ASKED_AFTER, Kind, Plan, Rhythm, Thinning, thinning
from coach.texts import say
from coach.weeks import State, closed, last_week, meant_by_nudge
from coach.wordings import wording
from handlers.chat.formatting import Said, Style
from handlers.chat.presses import Told, show
from handlers.chat.replies import Rows
from handlers.chat.work import Work
from handlers.habits.habit_buttons import (
    Look,
    NudgeButton,
    Press,
    Step,
    nudge_button,
    set_up_button,
    wall_button,
)
from handlers.habits.weeks import Weeks, weeks_of
from handlers.reminders.reminders import Speech, later_button
from storage import Db, Store, habits, letters, reminders, reviews, slots
from storage.habits import HabitPlan
from storage.people import Person
from storage.slots import StoredSlot

router = Router(name="nudges")
router.callback_query.filter(F.message.chat.type == "private")


def nudge(db: Db, person: Person, stored: StoredSlot, now: datetime) -> Speech | None:
    """The week's habit; nothing when the week is done or skipped already."""
    plan = habits.plan(db, person.id)
    mine = Weeks(db, person, stored.zone, now)
    monday = meant_by_nudge(stored.slot.local_date)
    week = habits.week(db, person.id, monday)
    if plan is None or (week and week.state is not State.OPEN):
        return None
    pace = reminders.plan_of(db, stored.slot.chat_id, Kind.NUDGE)
    silent = slots.ignored(db, stored.slot.chat_id, Kind.NUDGE)
    if pace and pace.rhythm is Rhythm.WEEKLY:
        if silent == ASKED_AFTER:
            return _how_to_go_on(person, monday)
        if thinning(silent) is Thinning.MONTHLY:
            _set_rhythm(db, pace, Rhythm.MONTHLY, now)
            return _monthly_by_itself(mine, plan, monday, stored)
    return Speech(proposal(mine, plan, monday), nudge_rows(person, monday, stored, now))


def proposal(mine: Weeks, plan: HabitPlan, monday: date) -> Said:
    """The week's habit in words; the first time it is chosen as well."""
    language, id = mine.person.language, mine.person.id
    week = habits.week(mine.db, id, monday)
    habit_id = week.habit_id if week else None
    if habit_id not in catalogue():
        habit_id = _choose(mine, plan, monday)
    said = Said()
    _last_week(said, mine, monday)
    said.line(say(language, wording("habits.opening", person_id=id, monday=monday)))
    return said.line().join(_habit(language, plan, habit_id))


def _choose(mine: Weeks, plan: HabitPlan, monday: date) -> str:
    """Picks a habit for the week and keeps it; another one than those it has offered."""
    every = mine.all()
    habit = choose(
        plan.goal,
        plan.minutes,
        person_id=mine.person.id,
        offered=[id for week in every if week.monday < monday for id in week.offered],
        named=_named_by_letter(mine.db, mine.person.id),
        refused=[id for week in every if week.monday == monday for id in week.offered],
    )
    habits.propose(
        mine.db, person_id=mine.person.id, monday=monday, habit_id=habit.id, now=mine.now
    )
    return habit.id


def _named_by_letter(db: Db, person_id: int) -> list[str]:
    """The habits that the newest letter's review asks for."""
    version = letters.latest(db, person_id)
    review = version and reviews.latest(db, version.id)
    return [habit.id for habit in review.review.plan.habits] if review else []


def _last_week(said: Said, mine: Weeks, monday: date) -> None:
    """What went well in the week before, in words that change; nothing when nothing did."""
    last = last_week([week.week for week in mine.asking()], monday, mine.today)
    kind = "returned" if last.returned else "done" if last.done else "covered"
    if not (last.done or last.covered):
        return
    key = wording(f"habits.last.{kind}", person_id=mine.person.id, monday=monday)
    language = mine.person.language
    streak = say(language, "progress.weeks", count=last.reckoned.streak)
    reserves = say(language, "progress.reserves", count=last.reckoned.reserves)
    said.line(say(language, key, streak=streak, reserves=reserves))


def _habit(language: str, plan: HabitPlan, habit_id: str) -> Said:
    habit = catalogue()[habit_id]
    fits = habit.minutes <= plan.minutes
    minutes = habit.minutes if fits else plan.minutes
    said = Said().line(habit.title(language), Style.BOLD)
    said.line(say(language, "habits.nudge.action", action=habit.action(language)))
    if not (fits and plan.moment in MOMENTS):  # those plans name the minutes themselves
        said.line(say(language, f"habits.nudge.{'minutes' if fits else 'slice'}", minutes=minutes))
    cue = habit.cue(language)
    cue = cue[:1].lower() + cue[1:]
    when = moment(language, plan, minutes) or say(language, "habits.nudge.cue", cue=cue)
    return said.add(when, Style.ITALIC)


MOMENTS = ("breakfast", "lunch", "work", "weekend")
"""The if–then plans that can be had by one press."""


def moment(language: str, plan: HabitPlan, minutes: int) -> str:
    """The person's if–then plan in a sentence, for so many minutes; "" while they have none."""
    if plan.moment not in MOMENTS:
        return plan.moment
    return say(language, f"habits.moment.{plan.moment}_plan", minutes=minutes)


def weekday(language: str, iso: int) -> str:
    """The name of an ISO weekday (Monday = 1)."""
    return Locale(language).days["stand-alone"]["wide"][iso - 1]


def capitalised(name: str) -> str:
    """A name as it begins a line: weekdays are written small in Russian."""
    return name[:1].upper() + name[1:]


def nudge_rows(person: Person, monday: date, stored: StoredSlot | None, now: datetime) -> Rows:
    """Done, Later, Another habit, Skip this week."""
    slot = stored.id if stored else 0
    first = [nudge_button(person.language, "done", Press.DONE, monday, slot)]
    if stored:
        first.append(later_button(person, stored, now))
    second = [
        nudge_button(person.language, "another", Press.ANOTHER, monday, slot),
        nudge_button(person.language, "skip_week", Press.SKIP, monday, slot),
    ]
    return [first, second]


def _how_to_go_on(person: Person, monday: date) -> Speech:
    """Three in a row had no answer: asks instead of proposing (row 74)."""
    language = person.language
    other_day = set_up_button(say(language, "habits.button.other_day"), Step.DAY)
    return Speech(
        Said(say(language, "habits.quiet.ask")),
        [
            [nudge_button(language, "keep", Press.KEEP, monday), other_day],
            [
                nudge_button(language, "smaller", Press.SMALLER, monday),
                nudge_button(language, "monthly", Press.MONTHLY, monday),
            ],
        ],
    )


def _monthly_by_itself(mine: Weeks, plan: HabitPlan, monday: date, stored: StoredSlot) -> Speech:
    """Five had no answer: once a month from now on, said plainly (row 74)."""
    language = mine.person.language
    said = Said().line(say(language, "habits.quiet.by_itself")).line()
    weekly = [nudge_button(language, "weekly", Press.WEEKLY, monday)]
    rows = [*nudge_rows(mine.person, monday, stored, mine.now), weekly]
    return Speech(said.join(proposal(mine, plan, monday)), rows)


def _set_rhythm(db: Db, pace: Plan, rhythm: Rhythm, now: datetime) -> None:
    """The same day and time, at another pace."""
    reminders.set_plan(
        db,
        person_id=pace.person_id,
        chat_id=pace.chat_id,
        kind=pace.kind,
        zone=pace.zone,
        at=pace.at,
        now=now,
        weekdays=pace.weekdays,
        rhythm=rhythm,
        in_quiet=pace.in_quiet,
    )


@router.callback_query(NudgeButton.filter(F.press == Press.ANOTHER))
async def another_habit(
    callback: CallbackQuery,
    callback_data: NudgeButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """Another habit in the place of this one, as often as one likes."""

    def change(db: Db) -> Told:
        slots.answered(db, person.chat_id, Kind.NUDGE, now)
        mine, plan = weeks_of(db, person, now, default_zone), habits.plan(db, person.id)
        if plan is None:
            return say(person.language, "habits.nudge.none_yet"), ()
        if told := settled(mine, callback_data.monday):
            return told
        _choose(mine, plan, callback_data.monday)
        stored = slots.get(db, callback_data.slot)
        rows = nudge_rows(person, callback_data.monday, stored, now)
        return proposal(mine, plan, callback_data.monday), rows

    await show(callback, store, now, work, change)


@router.callback_query(NudgeButton.filter(F.press == Press.SKIP))
async def skip_week(
    callback: CallbackQuery,
    callback_data: NudgeButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """Not this week; a reserve holds the row when there is one."""

    def skip(db: Db) -> Told:
        slots.done(db, person.chat_id, Kind.NUDGE, now)
        mine = weeks_of(db, person, now, default_zone)
        if told := settled(mine, callback_data.monday):
            return told
        mine.settle(callback_data.monday, State.SKIPPED)
        return _skipped(mine, callback_data.monday), ()

    await show(callback, store, now, work, skip)


def settled(mine: Weeks, monday: date) -> Told | None:
    """What to say of a week that needs nothing any more: it is over, or done, and what comes on
    top has its place. None while it can be answered."""
    language = mine.person.language
    if closed(monday, mine.today):
        return say(language, "habits.nudge.over"), ()
    week = habits.week(mine.db, mine.person.id, monday)
    if week is None or week.state is not State.DONE:
        return None
    return say(language, "habits.nudge.more_time"), [[wall_button(language, "add", Look.ADD)]]


def _skipped(mine: Weeks, monday: date) -> str:
    language, account = mine.person.language, mine.account()
    if monday not in account.covered:
        return say(language, "habits.nudge.skipped")
    return say(
        language,
        "habits.nudge.skipped_covered",
        streak=say(language, "progress.weeks", count=account.streak),
        reserves=say(language, "progress.reserves", count=account.reserves),
    )


@router.callback_query(
    NudgeButton.filter(F.press.in_({Press.KEEP, Press.SMALLER, Press.MONTHLY, Press.WEEKLY}))
)
async def go_on(
    callback: CallbackQuery,
    callback_data: NudgeButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """How to go on after a silence; this week's habit follows, unless it became monthly."""

    def change(db: Db) -> tuple[Said | str, Rows]:
        first = slots.answered(db, person.chat_id, Kind.NUDGE, now)
        mine, plan = weeks_of(db, person, now, default_zone), habits.plan(db, person.id)
        pace = reminders.plan_of(db, person.chat_id, Kind.NUDGE)
        if plan is None or pace is None:
            return say(person.language, "habits.nudge.none_yet"), ()
        changed = Said(_changed(db, person, plan, pace, callback_data.press, now, first))
        if callback_data.press is Press.MONTHLY:
            return changed, ()
        monday = meant_by_nudge(mine.today)
        again = habits.plan(db, person.id) or plan
        rows = nudge_rows(person, monday, None, now)
        return changed.line().line().join(proposal(mine, again, monday)), rows

    await show(callback, store, now, work, change)


def _changed(
    db: Db,
    person: Person,
    plan: HabitPlan,
    pace: Plan,
    press: Press,
    now: datetime,
    first: bool,
) -> str:
    """Makes the change and says it; the second of two taps makes nothing smaller still."""
    language = person.language
    if press is Press.SMALLER:
        minutes = smaller(plan.minutes) if first else plan.minutes
        habits.set_minutes(db, person.id, minutes)
        return say(language, "habits.quiet.smaller", minutes=minutes)
    if press is Press.MONTHLY:
        _set_rhythm(db, pace, Rhythm.MONTHLY, now)
        day = weekday(language, min(pace.weekdays))
        return say(language, "habits.quiet.monthly", day=day)
    if press is Press.WEEKLY:
        _set_rhythm(db, pace, Rhythm.WEEKLY, now)
        return say(language, "habits.quiet.weekly")
    return say(language, "habits.quiet.kept")
