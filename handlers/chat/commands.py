"""The commands menu that Telegram shows, by language and by kind of chat."""

from datetime import datetime
from zlib import crc32

from aiogram import Bot
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)

from coach.texts import LANGUAGES, say, speakable
from storage import Db, messages
from storage.people import Person

PRIVATE = (
    "letter",
    "letters",
    "posting",
    "cards",
    "add",
    "deck",
    "interview",
    "habits",
    "progress",
    "cohort",
    "checkin",
    "today",
    "quiet",
    "pause",
    "timezone",
    "settings",
    "privacy",
    "export",
    "forget",
    "help",
    "cancel",
)
GROUP = ("cohort", "checkin", "away", "digest", "help")
GROUP_ADMINS = ("cohort", "checkin", "away", "digest", "quiz", "help")


async def show_menu(bot: Bot) -> None:
    """Tells Telegram the commands in every language; the first is also everybody else's."""
    for code in (None, *LANGUAGES):
        for names, scope in (
            (PRIVATE, BotCommandScopeAllPrivateChats()),
            (GROUP, BotCommandScopeAllGroupChats()),
            (GROUP_ADMINS, BotCommandScopeAllChatAdministrators()),
        ):
            await bot.set_my_commands(menu(names, code or LANGUAGES[0]), scope, code)


async def introduce(bot: Bot) -> None:
    """What stands in an empty chat above Start, and on the bot's profile; set where it differs,
    since Telegram doesn't like to be told often."""
    for code in (None, *LANGUAGES):
        about = say(code or LANGUAGES[0], "start.profile.about").strip()
        short = say(code or LANGUAGES[0], "start.profile.short")
        if (await bot.get_my_description(code)).description != about:
            await bot.set_my_description(about, code)
        if (await bot.get_my_short_description(code)).short_description != short:
            await bot.set_my_short_description(short, code)


def menu(names: tuple[str, ...], language: str) -> list[BotCommand]:
    """Commands with what they do, in a language."""
    return [
        BotCommand(command=name, description=say(language, f"start.commands.{name}"))
        for name in names
    ]


def refresh_menu(db: Db, person: Person, app_language: str | None, now: datetime) -> None:
    """Brings the menu of a chat up to date that speaks another language than its app: it was set
    for that chat alone, and a newer version of the bot may have other commands. Once a menu."""
    if person.language != speakable(app_language):
        known = "".join(one.command + one.description for one in menu(PRIVATE, person.language))
        key = f"{person.chat_id}:{crc32(known.encode())}"
        speak_menu(db, person.chat_id, person.language, key, now)


def speak_menu(db: Db, chat_id: int, language: str, key: str, now: datetime) -> None:
    """The menu of one private chat in the language that was chosen there, whatever the app's."""
    commands = [one.model_dump(exclude_none=True) for one in menu(PRIVATE, language)]
    messages.add(
        db,
        key=f"menu:{key}",
        chat_id=chat_id,
        method="setMyCommands",
        params={"commands": commands, "scope": {"type": "chat", "chat_id": chat_id}},
        now=now,
    )
