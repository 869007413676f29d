"""/habits: goal, minutes, an if–then plan, day and time, in a few taps; each can be changed."""

from collections.abc import Sequence
from datetime import datetime, time

from aiogram import F, Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from coach import daytimes, timezones
from coach.daytimes import DaytimeError
from coach.habits import MINUTES, Goal
from coach.reminders import Kind, Rhythm
from coach.texts import say
from coach.weeks import meant_by_nudge
from handlers.chat.formatting import Said, Style
from handlers.chat.presses import Told, reply, show, tell_below
from handlers.chat.replies import Button, Rows
from handlers.chat.work import Work
from handlers.habits.habit_buttons import SetUpButton, Step, craft_button, set_up_button
from handlers.habits.nudges import (
    MOMENTS,
    capitalised,
    moment,
    nudge_rows,
    proposal,
    settled,
    weekday,
)
from handlers.habits.weeks import weeks_of
from handlers.reminders.quiet import ask_if_inside, outside
from handlers.reminders.timezones import ask_once
from storage import Db, Store, habits, reminders
from storage.habits import HabitPlan
from storage.people import Person

router = Router(name="habits")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")

USUAL_MINUTES = 30
USUAL_DAY = 1
USUAL_TIME = time(9)
TIMES = (time(8), time(9), time(12), time(18), time(20))
"""What nobody has to choose, and the times that can be had by one press."""

LOOK_BACK_ON = 7
LOOK_BACK_AT = time(18)
"""The week's own review: Sunday evening, while there is still time to do something."""

LONGEST_MOMENT = 200
"""Characters of an if–then plan of one's own: it stands under every nudge."""


class SettingUp(StatesGroup):
    """What may be typed instead of pressed."""

    moment = State()
    time = State()


@router.message(Command("habits"))
async def habits_asked(
    message: Message,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """The plan with all that can be changed; the first question to somebody who has none."""
    await state.clear()
    await reply(
        message, store, now, work, lambda db: asking(db, person, following(db, person), now)
    )


@router.callback_query(SetUpButton.filter(F.step == Step.STOP))
async def stop_nudges(
    callback: CallbackQuery, store: Store, person: Person, now: datetime, work: Work
) -> None:
    """No more nudges; everything else stays."""

    def stop(db: Db) -> tuple[str, Rows]:
        for kind in (Kind.NUDGE, Kind.LOOKBACK):
            reminders.drop_plan(db, person.chat_id, kind)
        begin = set_up_button(say(person.language, "habits.button.begin"), Step.DAY)
        return say(person.language, "habits.plan.stopped"), [[begin]]

    await show(callback, store, now, work, stop)


@router.callback_query(SetUpButton.filter(F.step == Step.NOW))
async def habit_now(
    callback: CallbackQuery,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """This week's habit without waiting for its day."""

    def propose(db: Db) -> Told:
        mine, plan = weeks_of(db, person, now, default_zone), habits.plan(db, person.id)
        if plan is None:
            return say(person.language, "habits.nudge.none_yet"), ()
        monday = meant_by_nudge(mine.today)
        if told := settled(mine, monday):
            return told
        return proposal(mine, plan, monday), nudge_rows(person, monday, None, now)

    await tell_below(callback, store, now, work, propose)


@router.callback_query(SetUpButton.filter())
async def step_pressed(
    callback: CallbackQuery,
    callback_data: SetUpButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    default_zone: str = "UTC",
) -> None:
    """An answer is kept and the next question stands in its place; without a value the question
    itself is asked anew."""
    step, value = callback_data.step, callback_data.value
    asked: Step | None = None

    def take(db: Db) -> Told:
        nonlocal asked
        keep(db, person, step, value, now, default_zone)
        asked = following(db, person, step) if value else step
        return asking(db, person, asked, now, value)

    def besides(db: Db) -> None:
        if value:
            ask_besides(db, person, step, now, default_zone)

    await show(callback, store, now, work, take, then=besides)
    await listen_for(state, asked, value)


async def listen_for(state: FSMContext, asked: Step | None, day: str) -> None:
    """Which question stands open for an answer that is typed."""
    await state.clear()
    if asked is Step.MOMENT:
        await state.set_state(SettingUp.moment)
    elif asked is Step.TIME:
        await state.set_state(SettingUp.time)
        await state.set_data({"day": day})


@router.message(
    StateFilter(SettingUp.moment), F.text & ~F.text.startswith("/"), F.text.len() <= 600
)
async def moment_typed(
    message: Message,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    default_zone: str = "UTC",
) -> None:
    """An if–then plan in the person's own words."""
    words = " ".join((message.text or "").split())
    if len(words) > LONGEST_MOMENT:
        said = say(person.language, "habits.moment.own_too_long")
        await reply(message, store, now, work, lambda _db: (said, ()))
        return

    def take(db: Db) -> Told:
        habits.set_moment(db, person.id, words)
        begin_as_usual(db, person, now, default_zone)
        return asking(db, person, None, now)

    def besides(db: Db) -> None:
        ask_besides(db, person, Step.MOMENT, now, default_zone)

    await state.clear()
    await reply(message, store, now, work, take, then=besides)


@router.message(StateFilter(SettingUp.time), F.text & ~F.text.startswith("/"), F.text.len() <= 40)
async def time_typed(
    message: Message,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    default_zone: str = "UTC",
) -> None:
    """A time of day as people write it."""
    day = (await state.get_data()).get("day", str(USUAL_DAY))
    try:
        at = daytimes.parse(message.text or "")
    except DaytimeError as problem:
        sentence = problem.sentence(person.language)
        await reply(message, store, now, work, lambda _db: (sentence, ()))
        return

    def take(db: Db) -> Told:
        keep(db, person, Step.TIME, f"{day}-{at:%H%M}", now, default_zone)
        return asking(db, person, following(db, person, Step.TIME), now)

    def besides(db: Db) -> None:
        ask_besides(db, person, Step.TIME, now, default_zone)

    await state.clear()
    await reply(message, store, now, work, take, then=besides)


def keep(db: Db, person: Person, step: Step, value: str, now: datetime, zone: str) -> None:
    """Keeps an answer; a value that no button of ours carries is left alone."""
    match step:
        case Step.GOAL if value in set(Goal):
            habits.begin(db, person_id=person.id, goal=Goal(value), minutes=USUAL_MINUTES, now=now)
        case Step.MINUTES if value.isdecimal():
            habits.set_minutes(db, person.id, int(value))
        case Step.MOMENT:
            habits.set_moment(db, person.id, value if value in MOMENTS else "")
            begin_as_usual(db, person, now, zone)
        case Step.TIME:
            day, _, at = value.partition("-")
            set_nudge(db, person, int(day), time(int(at[:2]), int(at[2:])), now, zone)
        case _:
            pass


def begin_as_usual(db: Db, person: Person, now: datetime, zone: str) -> None:
    """The usual day and time, so that three answers are enough; what is chosen already stays."""
    if reminders.plan_of(db, person.chat_id, Kind.NUDGE):
        return
    is_quiet = person.quiet.holds(USUAL_TIME)
    at = outside(USUAL_TIME, person.quiet) if is_quiet else USUAL_TIME
    set_nudge(db, person, USUAL_DAY, at, now, zone)


def set_nudge(db: Db, person: Person, day: int, at: time, now: datetime, zone: str) -> None:
    """Day and time of the nudge, and the review on Sunday that belongs to it."""
    _set_plan(db, person, Kind.NUDGE, day, at, now, person.timezone or zone)
    _set_plan(db, person, Kind.LOOKBACK, LOOK_BACK_ON, LOOK_BACK_AT, now, person.timezone or zone)


def ask_besides(db: Db, person: Person, step: Step, now: datetime, zone: str) -> None:
    """What else has to be known once a day and time stand: the zone, and whether a time in the
    quiet hours is meant."""
    nudge = reminders.plan_of(db, person.chat_id, Kind.NUDGE)
    if nudge is None:
        return
    if step is Step.TIME:
        ask_if_inside(db, person, nudge, person.quiet, f"{nudge.id}:{now.timestamp()}", now)
    ask_once(db, person, now, zone)


def _set_plan(
    db: Db, person: Person, kind: Kind, day: int, at: time, now: datetime, zone: str
) -> None:
    reminders.set_plan(
        db,
        person_id=person.id,
        chat_id=person.chat_id,
        kind=kind,
        zone=zone,
        at=at,
        now=now,
        weekdays=(day,),
    )


def following(db: Db, person: Person, after: Step = Step.MOMENT) -> Step | None:
    """The step that comes after one that was answered; None when the plan is complete."""
    if habits.plan(db, person.id) is None:
        return Step.GOAL
    if after is Step.DAY:
        return Step.TIME
    if reminders.plan_of(db, person.chat_id, Kind.NUDGE) is not None:
        return None
    return {Step.GOAL: Step.MINUTES, Step.MINUTES: Step.MOMENT}.get(after, Step.DAY)


def asking(
    db: Db, person: Person, step: Step | None, now: datetime, day: str = str(USUAL_DAY)
) -> tuple[Said | str, Rows]:
    """A question of the set-up with its buttons; the plan when nothing is to be asked."""
    language, plan = person.language, habits.plan(db, person.id)
    if plan is None:
        step = Step.GOAL
    elif step is None:
        return overview(db, person, plan, now)
    if step is Step.GOAL:
        labels = [(say(language, f"habits.goal.{goal}"), goal.value) for goal in Goal]
        usual = Goal.VISIBLE.value
    elif step is Step.MINUTES:
        labels = [(say(language, "habits.minutes.label", minutes=n), str(n)) for n in MINUTES]
        usual = str(USUAL_MINUTES)
    elif step is Step.MOMENT:
        labels = [(say(language, f"habits.moment.{each}"), each) for each in MOMENTS]
        usual = "none"
    elif step is Step.TIME:
        return ask_time(language, day)
    else:
        step, usual = Step.DAY, str(USUAL_DAY)
        labels = [(capitalised(weekday(language, day)), str(day)) for day in range(1, 8)]
    return say(language, f"habits.{NAMED[step]}.ask"), _choices(language, step, labels, usual)


NAMED = {Step.GOAL: "goal", Step.MINUTES: "minutes", Step.MOMENT: "moment", Step.DAY: "day"}
"""Where the words of a step stand in the catalogue."""


def ask_time(language: str, day: str) -> tuple[str, Rows]:
    """The question for the time, once the day is known."""
    labels = [(f"{at:%H:%M}", f"{day}-{at:%H%M}") for at in TIMES]
    usual = f"{day}-{USUAL_TIME:%H%M}"
    return say(language, "habits.time.ask"), _choices(language, Step.TIME, labels, usual, wide=5)


def _choices(
    language: str, step: Step, labels: Sequence[tuple[str, str]], usual: str, wide: int = 2
) -> Rows:
    """The answers, some in a row, and Skip, which takes what is usual."""
    buttons = [set_up_button(label, step, value) for label, value in labels]
    rows: list[list[Button]] = [
        buttons[start : start + wide] for start in range(0, len(buttons), wide)
    ]
    return [*rows, [set_up_button(say(language, "habits.button.skip"), step, usual)]]


def overview(db: Db, person: Person, plan: HabitPlan, now: datetime) -> tuple[Said, Rows]:
    """The plan in words, and a button for every line of it."""
    language = person.language
    pace = reminders.plan_of(db, person.chat_id, Kind.NUDGE)
    said = Said().line(say(language, "habits.plan.title"), Style.BOLD)
    goal = say(language, f"habits.goal.{plan.goal}")
    said.line(say(language, "habits.plan.goal", goal=goal))
    said.line(say(language, "habits.plan.minutes", minutes=plan.minutes))
    if when := moment(language, plan, plan.minutes):
        said.line(say(language, "habits.plan.moment", moment=when))
    if pace:
        rhythm = "monthly" if pace.rhythm is Rhythm.MONTHLY else "weekly"
        day = weekday(language, min(pace.weekdays))
        at = f"{pace.at:%H:%M}"
        city = timezones.place(pace.zone, language).name
        said.line(say(language, f"habits.plan.{rhythm}", day=day, time=at, zone=city))
    if person.paused(now):
        said.line(say(language, "habits.plan.paused"))
    said.line().add(say(language, "habits.plan.change"), Style.ITALIC)
    return said, _overview_rows(language)


def _overview_rows(language: str) -> Rows:
    def labelled(name: str, step: Step) -> Button:
        return set_up_button(say(language, f"habits.button.{name}"), step)

    return [
        [labelled("now", Step.NOW)],
        [labelled("goal", Step.GOAL), labelled("minutes", Step.MINUTES)],
        [labelled("moment", Step.MOMENT), labelled("time", Step.DAY)],
        [craft_button(say(language, "habits.button.craft")), labelled("stop", Step.STOP)],
    ]
