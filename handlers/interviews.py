"""/interview: the day to be ready for, the pace towards it, and what to expect on it."""

import asyncio
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
from coach.interviews import Interview
from coach.studydays import study_day
from coach.texts import say
from coach.wallclock import zone_named
from handlers import replies
from handlers.formatting import Said, Style
from handlers.presses import reply, show
from handlers.replies import Button, Rows
from handlers.work import Work
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
    """The daily number that would be better."""
    wanted = min(max(callback_data.number, 1), MOST_A_DAY)
    await store.write(_set_pace, person.id, wanted)
    await _show_again(callback, store, person, now, work, today_of(person, now, default_zone))


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


def _set_pace(db: Db, person_id: int, wanted: int) -> None:
    limits = studies.get(db, person_id).limits
    new = min(limits.new, wanted - 1)
    studies.change(db, person_id, limits=Limits(wanted - new, new))


def _asked(db: Db, person: Person, study: Study, today: date) -> tuple[str, Rows]:
    """When is it? An interview that is over is told once and goes."""
    language, asked = person.language, say(person.language, "interviews.ask")
    if study.interview and study.interview.on < today:
        studies.change(db, person.id, interview=None)
        day = _day(language, study.interview.on)
        asked = f"{say(language, 'interviews.passed', day=day)}\n\n{asked}"
    return asked, _offers(language)


def _offers(language: str) -> Rows:
    buttons = [
        (
            say(language, "interviews.weeks", count=weeks),
            InterviewButton(press="days", number=7 * weeks).pack(),
        )
        for weeks in OFFERED
    ]
    return [buttons[at : at + IN_A_ROW] for at in range(0, len(buttons), IN_A_ROW)]


async def _tell(
    message: Message, store: Store, person: Person, now: datetime, work: Work, today: date
) -> None:
    """The date at once; what to expect follows in the same message, since it takes a second."""
    key = f"answer:{message.chat.id}:{message.message_id}"
    at_once, study, deck = await store.read(_at_once, person, today)

    def begin(db: Db) -> None:
        said = Said().join(at_once).line().line()
        said.add(say(person.language, "interviews.reckoning"), Style.ITALIC)
        replies.send(db, key=key, chat_id=person.chat_id, said=said, now=now)

    def end(db: Db) -> None:
        said, rows = _whole(person.language, at_once, study, deck, outlook, today)
        replies.edit(
            db,
            key=f"{key}:outlook",
            chat_id=person.chat_id,
            message=key,
            said=said,
            now=now,
            rows=rows,
        )

    await store.write(begin)
    work.nudge("send")
    outlook = await _expected(person, study, deck, today)
    await store.write(end)
    work.nudge("send")


async def _show_again(
    callback: CallbackQuery, store: Store, person: Person, now: datetime, work: Work, today: date
) -> None:
    """The same in the place of the button that changed it."""
    at_once, study, deck = await store.read(_at_once, person, today)
    outlook = await _expected(person, study, deck, today)
    whole = _whole(person.language, at_once, study, deck, outlook, today)
    await show(callback, store, now, work, lambda _db: whole)


async def _expected(person: Person, study: Study, deck: list[Card], today: date) -> Outlook | None:
    """What to expect on the day, reckoned in a thread; None when there is nothing to reckon."""
    if study.interview is None or not deck or study.interview.on <= today:
        return None
    return await asyncio.to_thread(
        forecasts.sampled_outlook,
        deck,
        a_day=a_day(study.limits),
        today=today,
        interview=study.interview,
        wishes=study.wishes,
        seed=f"{person.id}:{study.interview.on}",
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
    study: Study,
    deck: list[Card],
    outlook: Outlook | None,
    today: date,
) -> tuple[Said, Rows]:
    """All of it, with the buttons that change it."""
    said, first = Said().join(at_once), list[Button]()
    if outlook and study.interview:
        told = forecasts.spoken(outlook, len(deck), today, study.interview, language)
        said.line().line().add(told)
        if outlook.better:
            better = outlook.better.a_day
            first.append(_button(language, "take", better, a_day=better))
    return said, [first, [_button(language, "change"), _button(language, "remove")]]


def _button(language: str, press: str, number: int = 0, **facts: object) -> Button:
    data = InterviewButton(press=press, number=number).pack()
    return say(language, f"interviews.button.{press}", **facts), data


def _day(language: str, day: date) -> str:
    return format_date(day, "d MMMM", locale=language)
