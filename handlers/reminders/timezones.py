"""/timezone: the clock a person lives by, found by a city they name or by where they are."""

from collections.abc import Sequence
from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from coach import timezones
from coach.texts import say
from coach.timezones import Place
from coach.wallclock import local
from handlers.chat import replies
from handlers.chat.presses import Told, reply, show
from handlers.chat.replies import Button
from handlers.chat.work import Work
from handlers.reminders.reminders import move_to_zone
from storage import Db, Store, messages, people
from storage.people import Person

router = Router(name="timezones")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")

IN_A_ROW = 2
MOST = 12
"""Buttons with cities. Russia has eleven times; nobody reads more."""

REPEATED = 40
"""So many characters of what was typed are said back."""


class Asking(StatesGroup):
    """The dialog about a zone."""

    for_zone = State()


class ZoneButton(CallbackData, prefix="zone"):
    """A city; the button carries its zone."""

    zone: str


class AskButton(CallbackData, prefix="zones"):
    """Asks for the zone, as /timezone does."""


class LocationButton(CallbackData, prefix="where"):
    """Brings the keyboard that shares a location."""


@router.message(Command("timezone"))
async def timezone(
    message: Message,
    command: CommandObject,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    default_zone: str = "UTC",
) -> None:
    """/timezone alone shows the zone and asks; with a city behind it, that is the answer."""
    if command.args:
        await place_typed(message, command.args, store, person, now, work, state)
        return
    await state.set_state(Asking.for_zone)
    await reply(message, store, now, work, lambda db: _question(db, person, now, default_zone))


@router.callback_query(AskButton.filter())
async def zone_asked(
    callback: CallbackQuery,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    default_zone: str = "UTC",
) -> None:
    """The question of /timezone, in the place of the settings."""
    await state.set_state(Asking.for_zone)
    await show(callback, store, now, work, lambda db: _question(db, person, now, default_zone))


def _question(db: Db, person: Person, now: datetime, default_zone: str) -> Told:
    people.ask_for_zone(db, person.id, now)
    zone = timezones.place(person.timezone or default_zone, person.language)
    text = "times.zone.current" if person.timezone else "times.zone.assumed"
    said = say(person.language, text, zone=zone.name, time=clock(zone.zone, now))
    return said, question_buttons(person.language)


@router.message(
    StateFilter(Asking.for_zone),
    F.text & ~F.text.startswith("/") & (F.text.len() <= timezones.LONGEST),
)
async def zone_typed(
    message: Message, store: Store, person: Person, now: datetime, work: Work, state: FSMContext
) -> None:
    """A city, a country or a zone's name. A longer text was meant as a letter."""
    await place_typed(message, message.text or "", store, person, now, work, state)


async def place_typed(
    message: Message,
    typed: str,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """One place is taken; of several the person chooses; for none there are three suggestions,
    and the old zone stays."""
    language = person.language
    places = timezones.find(typed, language=language, now=now)
    if places:
        await _take_or_ask(message, places, store, person, now, work, state)
        return
    await state.set_state(Asking.for_zone)
    said = say(language, "times.zone.unsure", typed=" ".join(typed.split())[:REPEATED])
    rows = city_buttons(timezones.suggestions(typed, language=language, now=now))
    await reply(message, store, now, work, lambda _db: (said, rows))


@router.message(F.location)
async def location_shared(
    message: Message, store: Store, person: Person, now: datetime, work: Work, state: FSMContext
) -> None:
    """The zone of the nearest city; near a border the person chooses. The place isn't kept."""
    assert message.location
    latitude, longitude = message.location.latitude, message.location.longitude
    places = timezones.near(latitude, longitude, language=person.language, now=now)
    await _take_or_ask(message, places, store, person, now, work, state)


@router.callback_query(LocationButton.filter())
async def ask_for_location(
    callback: CallbackQuery, store: Store, person: Person, now: datetime, work: Work
) -> None:
    """Telegram shares a location by a button of the keyboard only, not by one under a message."""
    assert callback.message
    button = {"text": say(person.language, "times.zone.share_button"), "request_location": True}
    await store.write(
        messages.add,
        key=f"share:{callback.id}",
        chat_id=callback.message.chat.id,
        method="sendMessage",
        params={
            "chat_id": callback.message.chat.id,
            "text": say(person.language, "times.zone.share"),
            "reply_markup": {
                "keyboard": [[button]],
                "resize_keyboard": True,
                "one_time_keyboard": True,
            },
        },
        now=now,
    )
    work.nudge("send")
    await callback.answer()


@router.callback_query(ZoneButton.filter())
async def city_chosen(
    callback: CallbackQuery,
    callback_data: ZoneButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """A city was tapped."""
    zone = callback_data.zone
    if not timezones.known(zone):
        await callback.answer(say(person.language, "times.zone.gone"), show_alert=True)
        return

    def move(db: Db) -> Told:
        move_to_zone(db, person.id, zone, now)
        return zone_set(person.language, timezones.place(zone, person.language), now), ()

    await _leave(state)
    await show(callback, store, now, work, move)


def ask_once(db: Db, person: Person, now: datetime, default_zone: str) -> bool:
    """Asks for the zone of somebody whose zone matters now and isn't known; once in their life.

    Until they answer, the deployment's default counts.
    """
    if not people.ask_for_zone(db, person.id, now):
        return False
    assumed = timezones.place(default_zone, person.language).name
    replies.send(
        db,
        key=f"ask-zone:{person.id}",
        chat_id=person.chat_id,
        said=say(person.language, "times.zone.ask", zone=assumed),
        now=now,
        rows=question_buttons(person.language),
    )
    return True


def question_buttons(language: str) -> list[list[Button]]:
    """The cities where most people of a language live, and the way by location."""
    return [*city_buttons(timezones.likely(language)), [location_button(language)]]


def zone_button(language: str) -> Button:
    """Asks for the zone."""
    return say(language, "times.zone.button"), AskButton().pack()


def location_button(language: str) -> Button:
    """Brings the keyboard that shares a location."""
    return say(language, "times.zone.by_location"), LocationButton().pack()


def city_buttons(places: Sequence[Place]) -> list[list[Button]]:
    """A button for each city."""
    buttons = [(place.name, ZoneButton(zone=place.zone).pack()) for place in places[:MOST]]
    return [buttons[at : at + IN_A_ROW] for at in range(0, len(buttons), IN_A_ROW)]


def clock(zone: str, now: datetime) -> str:
    """What the clocks show in a zone."""
    return f"{local(now, zone):%H:%M}"


def zone_set(language: str, place: Place, now: datetime) -> str:
    """The zone with the time there, by which a wrong one is noticed."""
    time = clock(place.zone, now)
    return say(language, "times.zone.set", name=place.name, zone=place.zone, time=time)


async def _take_or_ask(
    message: Message,
    places: Sequence[Place],
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    def take(db: Db) -> None:
        move_to_zone(db, person.id, places[0].zone, now)
        say_and_close_keyboard(db, message, zone_set(person.language, places[0], now), now)

    if len(places) > 1:
        said, rows = say(person.language, "times.zone.several"), city_buttons(places)
        await reply(message, store, now, work, lambda _db: (said, rows))
        return
    await store.write(take)
    await _leave(state)
    work.nudge("send")


async def _leave(state: FSMContext) -> None:
    """The question is answered; any other dialog goes on."""
    if await state.get_state() == Asking.for_zone:
        await state.clear()


def say_and_close_keyboard(db: Db, message: Message, said: str, now: datetime) -> None:
    """Answers a city or a location; the keyboard that shares one goes."""
    messages.add(
        db,
        key=f"answer:{message.chat.id}:{message.message_id}",
        chat_id=message.chat.id,
        method="sendMessage",
        params={
            "chat_id": message.chat.id,
            "text": said,
            "reply_markup": {"remove_keyboard": True},
        },
        now=now,
    )
