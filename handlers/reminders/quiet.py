"""/quiet: the hours in which nobody is reminded, and the question when a plan lies inside them."""

from datetime import date, datetime, time, timedelta

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from coach import quiet
from coach.quiet import QuietHours, QuietHoursError
from coach.reminders import Kind, Plan
from coach.texts import say
from handlers.chat import replies
from handlers.chat.presses import reply, show, tell
from handlers.chat.replies import Button
from handlers.chat.work import Work
from handlers.reminders.timezones import ask_once
from storage import Db, Store, people, reminders
from storage.people import Person

router = Router(name="quiet")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")

OFFERED = tuple(QuietHours(time(start), time(end)) for start, end in ((22, 8), (23, 7), (21, 9)))

LONGEST = 40
"""Characters. Two times aren't longer; a longer text was meant for something else."""

_DAY = 24 * 60

JUST_BEFORE = timedelta(minutes=15)
"""How long before quiet begins a plan is moved to."""


class Asking(StatesGroup):
    """The dialog about quiet hours."""

    for_hours = State()


class QuietButton(CallbackData, prefix="quiet"):
    """Quiet hours, as HHMM."""

    start: str
    end: str


class InsideButton(CallbackData, prefix="inside"):
    """What becomes of a plan inside the quiet hours: its time, to be kept or moved to, as HHMM."""

    kind: Kind
    keep: bool
    at: str


@router.message(Command("quiet"))
async def quiet_hours(
    message: Message,
    command: CommandObject,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    default_zone: str = "UTC",
) -> None:
    """/quiet alone shows them and asks; with hours behind it, those are set."""
    if command.args:
        await hours_typed(message, command.args, store, person, now, work, state)
        return
    await state.set_state(Asking.for_hours)
    said = say(person.language, "times.quiet.current", **_facts(person.quiet))
    rows = [[_hours_button(hours) for hours in OFFERED]]

    def ask_for_zone(db: Db) -> None:
        ask_once(db, person, now, default_zone)

    await reply(message, store, now, work, lambda _db: (said, rows), then=ask_for_zone)


@router.message(
    StateFilter(Asking.for_hours), F.text & ~F.text.startswith("/") & (F.text.len() <= LONGEST)
)
async def answer_typed(
    message: Message, store: Store, person: Person, now: datetime, work: Work, state: FSMContext
) -> None:
    """Hours as a text."""
    await hours_typed(message, message.text or "", store, person, now, work, state)


async def hours_typed(
    message: Message,
    typed: str,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """Sets the hours that were typed, or says what is wrong with them; then the old ones stay."""
    try:
        hours = quiet.parse(typed)
    except QuietHoursError as problem:
        await state.set_state(Asking.for_hours)
        await tell(store, message, problem.sentence(person.language), now, work)
        return
    key = f"{message.chat.id}:{message.message_id}"
    said = say(person.language, "times.quiet.set", **_facts(hours))

    def keep(db: Db) -> None:
        set_hours(db, person, hours, key, now)

    await reply(message, store, now, work, lambda _db: (said, ()), then=keep)
    await _leave(state)


@router.callback_query(QuietButton.filter())
async def hours_chosen(
    callback: CallbackQuery,
    callback_data: QuietButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """Hours were tapped."""
    hours = QuietHours(_time(callback_data.start), _time(callback_data.end))
    said = say(person.language, "times.quiet.set", **_facts(hours))

    def keep(db: Db) -> None:
        set_hours(db, person, hours, callback.id, now)

    await _leave(state)
    await show(callback, store, now, work, lambda _db: (said, ()), then=keep)


def set_hours(db: Db, person: Person, hours: QuietHours, key: str, now: datetime) -> None:
    """Keeps the hours, and asks about every plan that lies inside them from now on."""
    people.set_quiet(db, person.id, hours)
    for plan in reminders.plans_of(db, person.id):
        if plan.chat_id == person.chat_id:
            ask_if_inside(db, person, plan, hours, f"{key}:{plan.kind}", now)


def ask_if_inside(
    db: Db, person: Person, plan: Plan, hours: QuietHours, key: str, now: datetime
) -> bool:
    """Asks once what to do with a plan inside the quiet hours; until the person answers, it is
    held like any other. False when nothing had to be asked."""
    if plan.in_quiet or not hours.holds(plan.at):
        return False
    other = outside(plan.at, hours)
    facts = {"what": what(person, plan.kind), "time": f"{plan.at:%H:%M}", "other": f"{other:%H:%M}"}
    replies.send(
        db,
        key=f"inside:{key}",
        chat_id=person.chat_id,
        said=say(person.language, "times.quiet.inside", **facts, **_facts(hours)),
        now=now,
        rows=[[_inside_button(person, plan, "keep"), _inside_button(person, plan, "move", other)]],
    )
    return True


def outside(at: time, hours: QuietHours) -> time:
    """The time nearest to `at` that isn't quiet: shortly before the start, or the end."""
    before = (datetime.combine(date.max, hours.start) - JUST_BEFORE).time()
    since_start = _minutes(at) - _minutes(hours.start)
    until_end = _minutes(hours.end) - _minutes(at)
    early = since_start % _DAY <= until_end % _DAY and not hours.holds(before)
    return before if early else hours.end


@router.callback_query(InsideButton.filter())
async def inside_decided(
    callback: CallbackQuery,
    callback_data: InsideButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """The plan stays as an exception, or moves."""
    await show(callback, store, now, work, lambda db: (_decide(db, person, callback_data, now), ()))


def _decide(db: Db, person: Person, chosen: InsideButton, now: datetime) -> str:
    plan = reminders.plan_of(db, person.chat_id, chosen.kind)
    if plan is None:
        return say(person.language, "times.quiet.gone")
    at = _time(chosen.at)
    reminders.set_plan(
        db,
        person_id=plan.person_id,
        chat_id=plan.chat_id,
        kind=plan.kind,
        zone=plan.zone,
        at=at,
        now=now,
        weekdays=plan.weekdays,
        rhythm=plan.rhythm,
        in_quiet=chosen.keep,
        thread_id=plan.thread_id,
    )
    facts = {"what": what(person, plan.kind), "time": f"{at:%H:%M}"}
    return say(person.language, f"times.quiet.{'kept' if chosen.keep else 'moved'}", **facts)


def what(person: Person, kind: Kind) -> str:
    """What a reminder of a kind is about, in the person's words."""
    return say(person.language, f"times.kind.{kind}")


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _time(written: str) -> time:
    return time(int(written[:2]), int(written[2:]))


def _facts(hours: QuietHours) -> dict[str, str]:
    return {"start": f"{hours.start:%H:%M}", "end": f"{hours.end:%H:%M}"}


def _hours_button(hours: QuietHours) -> Button:
    return str(hours), QuietButton(start=f"{hours.start:%H%M}", end=f"{hours.end:%H%M}").pack()


def _inside_button(person: Person, plan: Plan, word: str, at: time | None = None) -> Button:
    at = at or plan.at
    data = InsideButton(kind=plan.kind, keep=word == "keep", at=f"{at:%H%M}")
    return say(person.language, f"times.quiet.{word}", time=f"{at:%H:%M}"), data.pack()


async def _leave(state: FSMContext) -> None:
    if await state.get_state() == Asking.for_hours:
        await state.clear()
