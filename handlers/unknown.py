"""The last router: whatever nobody understood gets a helpful answer."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from coach.texts import say
from handlers.start import tell
from handlers.work import Work
from storage import Store
from storage.people import Person

router = Router(name="unknown")


@router.message(F.chat.type == "private", F.text.startswith("/"))
async def unknown_command(
    message: Message, store: Store, person: Person, now: datetime, work: Work
) -> None:
    """A command that doesn't exist; only its first word is repeated."""
    command = (message.text or "").split()[0][:32]
    said = say(person.language, "start.unknown_command", command=command)
    await tell(store, message, said, now, work)


@router.message(F.chat.type == "private", ~F.pinned_message)
async def not_understood(
    message: Message, store: Store, person: Person, now: datetime, work: Work
) -> None:
    """A sticker, a voice message, a contact …"""
    await tell(store, message, say(person.language, "start.unknown"), now, work)


@router.callback_query()
async def old_button(callback: CallbackQuery, person: Person) -> None:
    """A button of a version of the bot that is no more."""
    await callback.answer(say(person.language, "letters.answer.gone"))
