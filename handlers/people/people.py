"""/settings: what a person can set about themselves."""

from dataclasses import replace
from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message

from coach import timezones
from coach.texts import LANGUAGES, OWN_NAMES, say, speakable
from handlers.chat.commands import speak_menu
from handlers.chat.formatting import Said, Style
from handlers.chat.presses import Told, reply, show
from handlers.chat.work import Work
from handlers.people.facts import facts_button
from handlers.people.own_words import list_button
from handlers.reminders.timezones import clock, zone_button
from storage import Db, Store, people
from storage.people import Person

router = Router(name="people")


class SpeakButton(CallbackData, prefix="speak"):
    """Chooses the language in which the coach speaks."""

    language: str


@router.message(Command("settings"), F.chat.type == "private")
async def settings(
    message: Message,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """How everything stands, with a button for what is set here, and the words and facts that are
    the person's own."""
    await reply(message, store, now, work, lambda _db: overview(person, now, default_zone))


def overview(person: Person, now: datetime, default_zone: str) -> Told:
    """The settings in lines, what is set elsewhere with its command."""
    language, quiet = person.language, person.quiet
    zone = timezones.place(person.timezone or default_zone, language)
    said = Said().line(say(language, "start.settings.title"), Style.BOLD)
    said.line(say(language, "start.settings.language", name=OWN_NAMES[language]))
    facts = {"name": zone.name, "time": clock(zone.zone, now)}
    said.line(say(language, "start.settings.zone", **facts))
    hours = {"start": f"{quiet.start:%H:%M}", "end": f"{quiet.end:%H:%M}"}
    said.line(say(language, "start.settings.quiet", **hours))
    said.line().add(say(language, "start.settings.others"))
    speak = [(OWN_NAMES[each], SpeakButton(language=each).pack()) for each in LANGUAGES]
    own = [list_button(language), facts_button(language)]
    return said, [speak, [zone_button(language)], own]


@router.callback_query(SpeakButton.filter(), F.message.chat.type == "private")
async def language_chosen(
    callback: CallbackQuery,
    callback_data: SpeakButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """From now on everything is said in this language, the menu of commands too."""
    language = speakable(callback_data.language)

    def change(db: Db) -> Told:
        people.set_language(db, person.id, language)
        speak_menu(db, person.chat_id, language, callback.id, now)
        said, rows = overview(replace(person, language=language), now, default_zone)
        changed = Said().line(say(language, "start.settings.changed")).line()
        return changed.join(said if isinstance(said, Said) else Said(said)), rows

    await show(callback, store, now, work, change)
