"""The first minutes: four questions under the welcome, a tap each; no letter waits for them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from coach import timezones
from coach.habits import Goal
from coach.reminders import Kind
from coach.texts import LANGUAGES, OWN_NAMES, say, speakable
from coach.timezones import Place
from handlers.chat import replies
from handlers.chat.commands import speak_menu
from handlers.chat.formatting import Said, Style
from handlers.chat.presses import Told, show
from handlers.chat.replies import Button, Rows
from handlers.chat.work import ModelFacts, Work
from handlers.habits.habit_buttons import Step
from handlers.habits.habits import keep as keep_habit
from handlers.habits.nudges import capitalised, weekday
from handlers.reminders.reminders import move_to_zone
from handlers.reminders.timezones import (
    IN_A_ROW,
    clock,
    location_button,
    say_and_close_keyboard,
    zone_set,
)
from storage import Db, Store, habits, letters, people, reminders
from storage.people import Person

router = Router(name="onboarding")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")

CITIES = 6
"""Buttons with cities; any other is typed."""

TIMES = ("1-0900", "3-1800", "6-1000", "7-1800")
"""When the weekly habit may come up: an ISO weekday and a time, in one tap."""


class Question(StrEnum):
    """The four questions, in their order."""

    LANGUAGE = "language"
    ZONE = "zone"
    GOAL = "goal"
    WHEN = "when"


ORDER = tuple(Question)


class FirstButton(CallbackData, prefix="first"):
    """Answers a question, or skips it without an `answer`. `alone` says that the question stands
    in a message of its own, without the welcome above it."""

    question: Question
    answer: str = ""
    alone: bool = False


class Asking(StatesGroup):
    """The one question whose answer may be typed as well."""

    zone = State()


def is_new(db: Db, person: Person) -> bool:
    """Whether nothing is known of a person yet that the questions would ask for."""
    return (
        person.timezone is None
        and habits.plan(db, person.id) is None
        and letters.count(db, person.id) == 0
    )


def welcome(db: Db, person: Person, message: Message, model: ModelFacts, now: datetime) -> None:
    """Three lines, an invitation, and the first question; whether a model is connected is said
    here, once."""
    replies.send(
        db,
        key=f"welcome:{message.chat.id}:{message.message_id}",
        chat_id=message.chat.id,
        said=_welcome(person.language, model).line().join(_asked(person, Question.LANGUAGE)),
        now=now,
        rows=_answers(person.language, Question.LANGUAGE),
    )


@router.callback_query(FirstButton.filter())
async def answered(
    callback: CallbackQuery,
    callback_data: FirstButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    model: ModelFacts,
    default_zone: str = "UTC",
) -> None:
    """An answer is kept, or skipped, and the next question stands in its place."""
    alone, following = callback_data.alone, _after(callback_data.question)

    def take(db: Db) -> Told:
        keep(db, person, callback_data.question, callback_data.answer, now, default_zone)
        known = people.get(db, person.id) or person
        if known.language != person.language:
            speak_menu(db, known.chat_id, known.language, callback.id, now)
        said, rows = ask(db, known, following, now, default_zone, alone=alone)
        return said if alone else _welcome(known.language, model).line().join(said), rows

    await show(callback, store, now, work, take)
    await _listen(state, following)


async def _listen(state: FSMContext, asked: Question | None) -> None:
    """A city may be typed while it is asked for; any other dialog goes on."""
    open_now = await state.get_state()
    if asked is Question.ZONE and open_now is None:
        await state.set_state(Asking.zone)
    elif asked is not Question.ZONE and open_now == Asking.zone:
        await state.clear()


def keep(
    db: Db, person: Person, question: Question, answer: str, now: datetime, default_zone: str
) -> None:
    """Keeps an answer; one that no button of ours carries, and a skipped one, change nothing."""
    match question:
        case Question.LANGUAGE if answer in LANGUAGES:
            people.set_language(db, person.id, speakable(answer))
        case Question.ZONE if timezones.known(answer):
            move_to_zone(db, person.id, answer, now)
        case Question.GOAL:
            keep_habit(db, person, Step.GOAL, answer, now, default_zone)
        case Question.WHEN if answer in TIMES:
            if habits.plan(db, person.id) is None:
                keep_habit(db, person, Step.GOAL, Goal.VISIBLE.value, now, default_zone)
            keep_habit(db, person, Step.TIME, answer, now, default_zone)
        case _:
            pass
    if question is Question.ZONE:
        people.ask_for_zone(db, person.id, now)


def _after(question: Question) -> Question | None:
    rest = ORDER[ORDER.index(question) + 1 :]
    return rest[0] if rest else None


def ask(
    db: Db,
    person: Person,
    question: Question | None,
    now: datetime,
    default_zone: str,
    *,
    alone: bool = False,
) -> tuple[Said, Rows]:
    """A question with its answers; at the end what was answered."""
    if question is None:
        return _summary(db, person, now, default_zone), ()
    return _asked(person, question), _answers(person.language, question, alone=alone)


def _welcome(language: str, model: ModelFacts) -> Said:
    said = Said().line(say(language, "start.welcome").strip())
    return said if model.on else said.line().line(say(language, "start.model_off"))


def _asked(person: Person, question: Question) -> Said:
    language = person.language
    facts = {"step": ORDER.index(question) + 1, "steps": len(ORDER)}
    said = Said().add(say(language, "onboarding.step", **facts), Style.ITALIC).add(" ")
    return said.add(say(language, f"onboarding.{question}.ask"), Style.BOLD)


def _answers(language: str, question: Question, *, alone: bool = False) -> Rows:
    """The answers, some in a row, and Skip."""

    def button(label: str, answer: str = "") -> Button:
        return label, FirstButton(question=question, answer=answer, alone=alone).pack()

    offered = [button(*each) for each in _offered(language, question)]
    rows = [offered[at : at + IN_A_ROW] for at in range(0, len(offered), IN_A_ROW)]
    if question is Question.ZONE:
        rows.append([location_button(language)])
    return [*rows, [button(say(language, "onboarding.button.skip"))]]


def _offered(language: str, question: Question) -> Sequence[tuple[str, str]]:
    match question:
        case Question.LANGUAGE:
            return [(OWN_NAMES[each], each) for each in LANGUAGES]
        case Question.ZONE:
            return [(place.name, place.zone) for place in timezones.likely(language)[:CITIES]]
        case Question.GOAL:
            return [(say(language, f"habits.goal.{goal}"), goal.value) for goal in Goal]
        case Question.WHEN:
            return [(_time(language, each), each) for each in TIMES]


def _time(language: str, answer: str) -> str:
    day, _, at = answer.partition("-")
    return f"{capitalised(weekday(language, int(day)))} {at[:2]}:{at[2:]}"


def _summary(db: Db, person: Person, now: datetime, default_zone: str) -> Said:
    """What stands now, and where it is changed."""
    language, plan = person.language, habits.plan(db, person.id)
    zone = timezones.place(person.timezone or default_zone, language)
    facts = [OWN_NAMES[language], f"{zone.name}, {clock(zone.zone, now)}"]
    if plan:
        facts.append(say(language, f"habits.goal.{plan.goal}"))
    if pace := reminders.plan_of(db, person.chat_id, Kind.NUDGE):
        facts.append(_time(language, f"{min(pace.weekdays)}-{pace.at:%H%M}"))
    said = Said().line(" · ".join(facts), Style.BOLD)
    return said.add(say(language, "onboarding.done"))


@router.message(
    StateFilter(Asking.zone),
    F.text & ~F.text.startswith("/") & (F.text.len() <= timezones.LONGEST),
)
async def city_typed(
    message: Message,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    default_zone: str = "UTC",
) -> None:
    """A city instead of a tap; where several are meant, or none is known, some to choose from."""
    typed = message.text or ""
    places = timezones.find(typed, language=person.language, now=now)
    if len(places) == 1:
        await _live_in(message, places[0], store, person, now, work, state, default_zone)
        return
    offered = places or timezones.suggestions(typed, language=person.language, now=now)
    await _offer(message, offered, store, person, now, work, known=bool(places))


@router.message(StateFilter(Asking.zone), F.location)
async def location_shared(
    message: Message,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    default_zone: str = "UTC",
) -> None:
    """The zone of the nearest city; near a border the person chooses. The place isn't kept."""
    assert message.location
    latitude, longitude = message.location.latitude, message.location.longitude
    places = timezones.near(latitude, longitude, language=person.language, now=now)
    if len(places) == 1:
        await _live_in(message, places[0], store, person, now, work, state, default_zone)
    else:
        await _offer(message, places, store, person, now, work, known=True)


async def _live_in(
    message: Message,
    place: Place,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    default_zone: str,
) -> None:
    """The zone is kept and said; the next question follows below."""

    def take(db: Db) -> None:
        keep(db, person, Question.ZONE, place.zone, now, default_zone)
        say_and_close_keyboard(db, message, zone_set(person.language, place, now), now)
        settled = replace(person, timezone=place.zone)
        said, rows = ask(db, settled, Question.GOAL, now, default_zone, alone=True)
        key = f"first:{message.chat.id}:{message.message_id}"
        replies.send(db, key=key, chat_id=message.chat.id, said=said, now=now, rows=rows)

    await store.write(take)
    await _listen(state, Question.GOAL)
    work.nudge("send")


async def _offer(
    message: Message,
    places: Sequence[Place],
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    *,
    known: bool,
) -> None:
    language = person.language
    said = say(language, "times.zone.several" if known else "onboarding.zone.unsure")
    buttons = [
        (place.name, FirstButton(question=Question.ZONE, answer=place.zone, alone=True).pack())
        for place in places[:CITIES]
    ]
    skip = FirstButton(question=Question.ZONE, alone=True).pack()
    rows = [
        *(buttons[at : at + IN_A_ROW] for at in range(0, len(buttons), IN_A_ROW)),
        [(say(language, "onboarding.button.skip"), skip)],
    ]
    await store.write(
        replies.send,
        key=f"answer:{message.chat.id}:{message.message_id}",
        chat_id=message.chat.id,
        said=said,
        now=now,
        rows=rows,
    )
    work.nudge("send")
