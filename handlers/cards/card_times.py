"""When the day's cards are announced: asked when the first cards are kept, changed at will."""

from datetime import datetime, time

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from coach import daytimes
from coach.daytimes import DaytimeError
from coach.reminders import Kind
from coach.texts import say
from handlers.cards.card_buttons import NEVER, OWN, TimeButton, time_button
from handlers.chat import replies
from handlers.chat.presses import Told, reply, show, tell_below
from handlers.chat.replies import Rows
from handlers.chat.work import Work
from handlers.reminders.quiet import ask_if_inside
from handlers.reminders.timezones import ask_once
from storage import Db, Store, reminders
from storage.people import Person

router = Router(name="card_times")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")

TIMES = (time(8), time(9), time(12), time(18), time(20))
"""What can be had by one press."""

LONGEST = 40
"""Characters. A time isn't longer; a longer text was meant for something else."""


class Asking(StatesGroup):
    """The time of the reminder may be typed."""

    for_time = State()


def ask_at_first(db: Db, person: Person, now: datetime) -> None:
    """Asks when to come with the cards; call it once a person has kept the first ones."""
    if reminders.plan_of(db, person.chat_id, Kind.SESSION) is not None:
        return
    said, rows = question(person.language)
    key = f"cards-at:{person.id}:{now.timestamp()}"
    replies.send(db, key=key, chat_id=person.chat_id, said=said, now=now, rows=rows)


def question(language: str) -> tuple[str, Rows]:
    """When shall the cards come?"""
    own, never = (
        time_button(say(language, f"sessions.button.{name}"), name) for name in (OWN, NEVER)
    )
    times = [time_button(f"{at:%H:%M}", at) for at in TIMES]
    return say(language, "sessions.time.ask"), [times, [own, never]]


@router.callback_query(TimeButton.filter(F.at == ""))
async def asked(
    callback: CallbackQuery, store: Store, person: Person, now: datetime, work: Work
) -> None:
    """The question, below."""
    await tell_below(callback, store, now, work, lambda _db: question(person.language))


@router.callback_query(TimeButton.filter(F.at == OWN))
async def own_asked(
    callback: CallbackQuery,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """The next message is a time."""
    await state.set_state(Asking.for_time)
    said = say(person.language, "sessions.time.type")
    await show(callback, store, now, work, lambda _db: (said, ()))


@router.callback_query(TimeButton.filter(F.at == NEVER))
async def never(
    callback: CallbackQuery,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """No reminder; the cards wait under /cards."""

    def stop(db: Db) -> Told:
        reminders.drop_plan(db, person.chat_id, Kind.SESSION)
        return say(person.language, "sessions.time.never"), ()

    await _leave(state)
    await show(callback, store, now, work, stop)


@router.callback_query(TimeButton.filter(F.at.regexp(r"^([01]\d|2[0-3])[0-5]\d$")))
async def chosen(
    callback: CallbackQuery,
    callback_data: TimeButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    default_zone: str = "UTC",
) -> None:
    """A time was tapped."""
    at = time(int(callback_data.at[:2]), int(callback_data.at[2:]))
    await _leave(state)
    await show(callback, store, now, work, lambda db: set_time(db, person, at, now, default_zone))


@router.message(
    StateFilter(Asking.for_time), F.text & ~F.text.startswith("/"), F.text.len() <= LONGEST
)
async def typed(
    message: Message,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    default_zone: str = "UTC",
) -> None:
    """A time of day as people write it."""
    try:
        at = daytimes.parse(message.text or "")
    except DaytimeError as problem:
        sentence = problem.sentence(person.language)
        await reply(message, store, now, work, lambda _db: (sentence, ()))
        return
    await state.clear()
    await reply(message, store, now, work, lambda db: set_time(db, person, at, now, default_zone))


def set_time(db: Db, person: Person, at: time, now: datetime, zone: str) -> Told:
    """Every day at that time. Asks what has to be known for that: the zone, and whether a time in
    the quiet hours is meant."""
    plan = reminders.set_plan(
        db,
        person_id=person.id,
        chat_id=person.chat_id,
        kind=Kind.SESSION,
        zone=person.timezone or zone,
        at=at,
        now=now,
    )
    ask_if_inside(db, person, plan, person.quiet, f"{plan.id}:{now.timestamp()}", now)
    ask_once(db, person, now, zone)
    return say(person.language, "sessions.time.set", time=f"{at:%H:%M}"), ()


async def _leave(state: FSMContext) -> None:
    if await state.get_state() == Asking.for_time.state:
        await state.clear()
