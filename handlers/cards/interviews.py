"""/interview: the day to be ready for, the pace towards it, and what to expect on it."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message
from babel.dates import format_date

from coach import forecasts, pacing
from coach.batches import Limits
from coach.cards import Card
from coach.dates import DateError, parse
from coach.forecasts import Outlook
from coach.interviews import Interview, ahead
from coach.studydays import study_day
from coach.texts import say
from coach.wallclock import zone_named
from handlers.cards.studies import settings_button
from handlers.chat import replies
from handlers.chat.formatting import Said, Style
from handlers.chat.presses import reply, show
from handlers.chat.replies import Button, Rows
from handlers.chat.work import Work
from storage import Db, Store, cards, studies
from storage.people import Person
from storage.studies import Study

router = Router(name="interviews")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")

OFFERED = (1, 2, 3, 4, 6, 8)
"""Weeks until an interview that can be tapped."""

IN_A_ROW = 3

LONGEST = 40
"""Characters of a day that is typed; a longer message is something else."""

MOST_A_DAY = 500


class Asking(StatesGroup):
    """The dialog about the day."""

    for_day = State()


class InterviewButton(CallbackData, prefix="iv"):
    """`days` from today, "change", "remove", or "take" with so many cards `a_day`."""

    press: str
    number: int = 0


@router.message(Command("interview"))
async def interview(
    message: Message,
    command: CommandObject,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    default_zone: str = "UTC",
) -> None:
    """/interview alone shows the date or asks for it; with a day behind it, that is the answer."""
    today = today_of(person, now, default_zone)
    study = await store.read(studies.get, person.id)
    if command.args:
        await _day_typed(message, command.args, store, person, now, work, state, today)
    elif study.interview and study.interview.on >= today:
        await _tell(message, store, person, now, work, today)
    else:
        await state.set_state(Asking.for_day)
        await reply(message, store, now, work, lambda db: _asked(db, person, study, today))


@router.message(
    StateFilter(Asking.for_day),
    F.text & ~F.text.startswith("/") & (F.text.len() <= LONGEST),
)
async def day_typed(
    message: Message,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    default_zone: str = "UTC",
) -> None:
    """The day in words; a longer text was meant as something else."""
    today = today_of(person, now, default_zone)
    await _day_typed(message, message.text or "", store, person, now, work, state, today)


@router.callback_query(InterviewButton.filter(F.press == "days"))
async def day_tapped(
    callback: CallbackQuery,
    callback_data: InterviewButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    default_zone: str = "UTC",
) -> None:
    """So many days from today."""
    today = today_of(person, now, default_zone)
    on = today + timedelta(days=min(max(callback_data.number, 0), 366))
    await state.clear()
    await store.write(_set, person.id, on, today)
    await _show_again(callback, store, person, now, work, today)


@router.callback_query(InterviewButton.filter(F.press == "take"))
async def pace_taken(
    callback: CallbackQuery,
    callback_data: InterviewButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """The daily number that would be better; an old button changes nothing without a date."""
    today = today_of(person, now, default_zone)
    wanted = min(max(callback_data.number, 1), MOST_A_DAY)
    if await store.write(_set_pace, person.id, wanted, today):
        await _show_again(callback, store, person, now, work, today)
    else:
        none = say(person.language, "interviews.none")
        await show(callback, store, now, work, lambda _db: (none, ()))


@router.callback_query(InterviewButton.filter(F.press == "change"))
async def other_day(
    callback: CallbackQuery,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """Another day takes the place of this one."""
    await state.set_state(Asking.for_day)
    asked = say(person.language, "interviews.ask_new")
    await show(callback, store, now, work, lambda _db: (asked, _offers(person.language)))


@router.callback_query(InterviewButton.filter(F.press == "remove"))
async def removed(
    callback: CallbackQuery,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """There is no interview any more; cards are due again as they were."""

    def remove(db: Db) -> tuple[str, Rows]:
        there = studies.get(db, person.id).interview is not None
        studies.change(db, person.id, interview=None)
        return say(person.language, f"interviews.{'removed' if there else 'none'}"), ()

    await state.clear()
    await show(callback, store, now, work, remove)


def today_of(person: Person, now: datetime, default_zone: str) -> date:
    """The study day that runs for a person."""
    return study_day(now, zone_named(person.timezone or default_zone))


def a_day(limits: Limits) -> int:
    """Cards of a day: before an interview new ones and reviews count as one number."""
    return limits.reviews + limits.new


async def _day_typed(
    message: Message,
    typed: str,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    today: date,
) -> None:
    try:
        on = parse(typed, today)
    except DateError as problem:
        said = problem.sentence(person.language)
        await state.set_state(Asking.for_day)
        await reply(message, store, now, work, lambda _db: (said, _offers(person.language)))
        return
    await state.clear()
    await store.write(_set, person.id, on, today)
    await _tell(message, store, person, now, work, today)


def _set(db: Db, person_id: int, on: date, today: date) -> None:
    studies.change(db, person_id, interview=Interview(on, today))


def _set_pace(db: Db, person_id: int, wanted: int, today: date) -> bool:
    """So many cards a day from now on; False when there is no interview to be ready for."""
    study = studies.get(db, person_id)
    if ahead(study.interview, today) is None:
        return False
    new = min(study.limits.new, wanted - 1)
    studies.change(db, person_id, limits=Limits(wanted - new, new))
    return True


def _asked(db: Db, person: Person, study: Study, today: date) -> tuple[str, Rows]:
    """When is it? An interview that is over is told once and goes."""
    language, asked = person.language, say(person.language, "interviews.ask")
    if study.interview is None:
        return asked, _offers(language)
    studies.change(db, person.id, interview=None)
    day, number = _day(language, study.interview.on), a_day(study.limits)
    passed = say(language, "interviews.passed", day=day, a_day=number)
    return f"{passed}\n\n{asked}", [*_offers(language), [settings_button(language)]]


def _offers(language: str) -> Rows:
    buttons = [
        (
            say(language, "interviews.weeks", count=weeks),
            InterviewButton(press="days", number=7 * weeks).pack(),
        )
        for weeks in OFFERED
    ]
    return [buttons[at : at + IN_A_ROW] for at in range(0, len(buttons), IN_A_ROW)]


Put = Callable[[Db, Said, Rows], None]
"""Puts something into the chat for the first time: in answer to a message or to a press."""


async def _tell(
    message: Message, store: Store, person: Person, now: datetime, work: Work, today: date
) -> None:
    """The date and what to expect, in answer to a message."""
    key = f"answer:{message.chat.id}:{message.message_id}"

    def put(db: Db, said: Said, rows: Rows) -> None:
        replies.send(db, key=key, chat_id=person.chat_id, said=said, now=now, rows=rows)

    await _reckon(store, person, now, work, today, put, key, place=key)


async def _show_again(
    callback: CallbackQuery, store: Store, person: Person, now: datetime, work: Work, today: date
) -> None:
    """The same in the place of the button that changed it; the button is answered before."""
    await callback.answer()
    message, key = callback.message, f"press:{callback.id}"
    assert message is not None
    place = message.message_id

    def put(db: Db, said: Said, rows: Rows) -> None:
        replies.edit(
            db, key=key, chat_id=person.chat_id, message=place, said=said, now=now, rows=rows
        )

    await _reckon(store, person, now, work, today, put, key, place=place)


async def _reckon(
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    today: date,
    put: Put,
    key: str,
    place: int | str,
) -> None:
    """The date and the pace at once; what to expect follows in their place, since it is played
    for a second or two."""
    language = person.language
    at_once, study, deck = await store.read(_at_once, person, today)
    interview = ahead(study.interview, today)
    if interview is None or not deck:
        await store.write(put, at_once, _changes(language))
        work.nudge("send")
        return
    waiting = Said().join(at_once).line().line()
    waiting.add(say(language, "interviews.reckoning"), Style.ITALIC)
    await store.write(put, waiting, ())
    work.nudge("send")
    outlook = await _expected(person, study, interview, deck, today)
    said, rows = _whole(language, at_once, interview, deck, outlook, today)
    await store.write(
        replies.edit,
        key=f"{key}:outlook",
        chat_id=person.chat_id,
        message=place,
        said=said,
        now=now,
        rows=rows,
    )
    work.nudge("send")


async def _expected(
    person: Person, study: Study, interview: Interview, deck: list[Card], today: date
) -> Outlook:
    """What to expect on the day, played in a thread."""
    return await asyncio.to_thread(
        forecasts.sampled_outlook,
        deck,
        a_day=a_day(study.limits),
        today=today,
        interview=interview,
        wishes=study.wishes,
        seed=f"{person.id}:{interview.on}",
    )


def _at_once(db: Db, person: Person, today: date) -> tuple[Said, Study, list[Card]]:
    """The date and the pace, which are known without reckoning; and what is reckoned with."""
    language, study = person.language, studies.get(db, person.id)
    deck = [card for card in cards.of_person(db, person.id) if not card.suspended]
    assert study.interview
    if study.interview.on == today:
        return Said(say(language, "interviews.today")), study, deck
    days = say(language, "interviews.days", count=(study.interview.on - today).days)
    said = Said().add(
        say(language, "interviews.set", day=_day(language, study.interview.on), days=days),
        Style.BOLD,
    )
    waiting = sum(card.state is None for card in deck)
    if not deck:
        said.line().add(say(language, "interviews.no_cards"))
    elif waiting:
        said.line().add(pacing.spoken(waiting, today, study.interview, language))
    return said, study, deck


def _whole(
    language: str,
    at_once: Said,
    interview: Interview,
    deck: list[Card],
    outlook: Outlook,
    today: date,
) -> tuple[Said, Rows]:
    """All of it, with the buttons that change it."""
    said = Said().join(at_once).line().line()
    said.add(forecasts.spoken(outlook, len(deck), today, interview, language))
    if outlook.better is None:
        return said, _changes(language)
    better = outlook.better.a_day
    return said, [[_button(language, "take", better, a_day=better)], *_changes(language)]


def _changes(language: str) -> Rows:
    return [[_button(language, "change"), _button(language, "remove")]]


def _button(language: str, press: str, number: int = 0, **facts: object) -> Button:
    data = InterviewButton(press=press, number=number).pack()
    return say(language, f"interviews.button.{press}", **facts), data


def _day(language: str, day: date) -> str:
    return format_date(day, "d MMMM", locale=language)
