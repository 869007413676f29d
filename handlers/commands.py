"""The commands menu that Telegram shows, by language and by kind of chat."""

from datetime import datetime

from aiogram import Bot
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)

from coach.texts import LANGUAGES, say
from storage import Db, messages

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


def menu(names: tuple[str, ...], language: str) -> list[BotCommand]:
    """Commands with what they do, in a language."""
    return [
        BotCommand(command=name, description=say(language, f"start.commands.{name}"))
        for name in names
    ]


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
