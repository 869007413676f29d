"""The first router and the last: what nobody can have pressed, and what nobody understood."""

import re
from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from coach.texts import say
from handlers.start import tell
from handlers.work import Work
from storage import Store
from storage.people import Person

router = Router(name="unknown")
forged = Router(name="forged")

COMMAND = re.compile(r"/\w{1,32}", re.ASCII)

TOO_LONG_A_NUMBER = r"\d{19}"
"""Digits that no row's number has; SQLite's integers end there (2^63)."""


@router.message(F.chat.type == "private", F.text.regexp(COMMAND).as_("command"))
async def unknown_command(
    message: Message,
    command: re.Match[str],
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """A command that doesn't exist; nothing else is repeated."""
    said = say(person.language, "start.unknown_command", command=command[0])
    await tell(store, message, said, now, work)


@router.message(F.chat.type == "private", ~F.pinned_message)
async def not_understood(
    message: Message, store: Store, person: Person, now: datetime, work: Work
) -> None:
    """A sticker, a voice message, a contact …"""
    await tell(store, message, say(person.language, "start.unknown"), now, work)


@forged.callback_query(F.data.regexp(TOO_LONG_A_NUMBER, mode="search"))
@router.callback_query()
async def old_button(callback: CallbackQuery, person: Person) -> None:
    """A button of a version of the bot that is no more, or one that we never made."""
    await callback.answer(say(person.language, "letters.answer.gone"))
