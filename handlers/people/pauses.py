"""/pause: a person hears nothing for a while, and one hello when it is over."""

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from coach.pauses import Length, end_of, read_length
from coach.texts import say
from handlers.chat import replies
from handlers.chat.formatting import Said
from handlers.chat.presses import Told, reply, show
from handlers.chat.replies import Button
from handlers.chat.work import Work, finish
from handlers.people.today import date_words, day_of
from storage import Db, Store, jobs, people
from storage.instants import from_ms, to_ms
from storage.jobs import Job
from storage.people import Person

router = Router(name="pauses")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")

OVER = "pause_over"
"""The kind of the job that says hello again."""

TYPED = 40
"""Characters. A length isn't longer; a longer text was meant for something else."""

OFFERED = {"week": "1w", "two_weeks": "2w", "month": "1m", "open": ""}
"""The lengths on the buttons; an empty one has no end."""


class PauseButton(CallbackData, prefix="pause"):
    """Starts a pause of a length; an empty one has no end."""

    length: str


class BackButton(CallbackData, prefix="back"):
    """Ends the pause."""


class Asking(StatesGroup):
    """The dialog about a pause."""

    for_length = State()


@router.message(Command("pause"))
async def pause(
    message: Message,
    command: CommandObject,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    default_zone: str = "UTC",
) -> None:
    """/pause alone asks how long, or shows the pause; "/pause 2 weeks" starts it."""
    await state.set_state(Asking.for_length)
    if command.args:
        await length_typed(message, command.args, store, person, now, work, state, default_zone)
        return
    zone = person.timezone or default_zone
    await reply(message, store, now, work, lambda _db: _question(person, now, zone))


@router.message(
    StateFilter(Asking.for_length), F.text & ~F.text.startswith("/") & (F.text.len() <= TYPED)
)
async def answer_typed(
    message: Message,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    default_zone: str = "UTC",
) -> None:
    """A length as a text. A longer text was meant as a letter."""
    typed = message.text or ""
    await length_typed(message, typed, store, person, now, work, state, default_zone)


async def length_typed(
    message: Message,
    typed: str,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    default_zone: str,
) -> None:
    """Starts a pause of the length that was typed; asks anew when it can't be read."""
    length = read_length(typed)

    def start(db: Db) -> Told:
        if length is None:
            return say(person.language, "times.pause.unreadable"), _length_buttons(person)
        zone = person.timezone or default_zone
        return begin(db, person, length, now, zone), [[_back_button(person)]]

    if length:
        await state.clear()
    await reply(message, store, now, work, start)
    work.nudge(OVER)


@router.callback_query(PauseButton.filter())
async def length_chosen(
    callback: CallbackQuery,
    callback_data: PauseButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    default_zone: str = "UTC",
) -> None:
    """A length was tapped."""

    def start(db: Db) -> Told:
        length, zone = read_length(callback_data.length), person.timezone or default_zone
        return begin(db, person, length, now, zone), [[_back_button(person)]]

    await _leave(state)
    await show(callback, store, now, work, start)
    work.nudge(OVER)


@router.callback_query(BackButton.filter())
async def back(
    callback: CallbackQuery,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    default_zone: str = "UTC",
) -> None:
    """They are back before the end, or at an end that they chose to leave open."""

    def end(db: Db) -> Told:
        ended = people.end_pause(db, person.id, now)
        return _hello(db, person, "ended" if ended else "none", now, default_zone), ()

    await _leave(state)
    await show(callback, store, now, work, end)


async def _leave(state: FSMContext) -> None:
    """The question is answered; any other dialog goes on."""
    if await state.get_state() == Asking.for_length:
        await state.clear()


def begin(db: Db, person: Person, length: Length | None, now: datetime, zone: str) -> str:
    """The pause and the hello at its end, in one transaction; what to say about it. None as the
    length leaves the end open."""
    if length is None:
        people.start_pause(db, person.id, now=now, until=None)
        return say(person.language, "times.pause.set_open")
    until = end_of(length, now, zone=zone, quiet=person.quiet)
    people.start_pause(db, person.id, now=now, until=until)
    ends_at = to_ms(until)
    jobs.add(
        db,
        kind=OVER,
        key=f"{person.id}:{ends_at}:{to_ms(now)}",
        payload={"person": person.id, "until": ends_at, "zone": zone},
        person_id=person.id,
        due_at=until,
    )
    return say(person.language, "times.pause.set", day=date_words(person.language, until, zone))


async def say_hello(job: Job, *, store: Store, now: datetime, work: Work, **_: Any) -> None:
    """A pause is over: one hello with the day's plan, unless it was ended or moved before."""

    def greet(db: Db) -> None:
        person = people.get(db, job.payload["person"])
        finish(db, job, now)
        if person is None or person.pause is None:
            return
        if person.pause.until != from_ms(job.payload["until"]):
            return
        people.end_pause(db, person.id, now)
        if person.inactive_reason is None:
            said = _hello(db, person, "over", now, job.payload["zone"])
            key = f"hello:{job.id}"
            replies.send(db, key=key, chat_id=person.chat_id, said=said, now=now)

    await store.write(greet)
    work.nudge("send")


def _hello(db: Db, person: Person, word: str, now: datetime, default_zone: str) -> Said:
    zone = person.timezone or default_zone
    said = Said().line(say(person.language, f"times.pause.{word}")).line()
    return said.join(day_of(db, person, now, zone))


def _question(person: Person, now: datetime, zone: str) -> tuple[str, list[list[Button]]]:
    """What /pause answers: how long, or until when."""
    if person.pause is None or not person.paused(now):
        return say(person.language, "times.pause.ask"), _length_buttons(person)
    if person.pause.until is None:
        said = say(person.language, "times.pause.set_open")
    else:
        day = date_words(person.language, person.pause.until, zone)
        said = say(person.language, "times.pause.set", day=day)
    return said, [[_back_button(person)], *_length_buttons(person)]


def _length_buttons(person: Person) -> list[list[Button]]:
    buttons = [
        (say(person.language, f"times.pause.{name}"), PauseButton(length=length).pack())
        for name, length in OFFERED.items()
    ]
    return [buttons[:2], buttons[2:]]


def _back_button(person: Person) -> Button:
    return say(person.language, "times.pause.back"), BackButton().pack()
