"""The commands menu that Telegram shows, by language and by kind of chat."""

from aiogram import Bot
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)

from coach.texts import LANGUAGES, say

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
GROUP = ("cohort", "checkin", "away", "digest", "quiz", "help")


async def show_menu(bot: Bot) -> None:
    """Tells Telegram the commands in every language; the first is also everybody else's."""
    for code in (None, *LANGUAGES):
        for names, scope in (
            (PRIVATE, BotCommandScopeAllPrivateChats()),
            (GROUP, BotCommandScopeAllGroupChats()),
        ):
            await bot.set_my_commands(menu(names, code or LANGUAGES[0]), scope, code)


def menu(names: tuple[str, ...], language: str) -> list[BotCommand]:
    """Commands with what they do, in a language."""
    return [
        BotCommand(command=name, description=say(language, f"start.commands.{name}"))
        for name in names
    ]
