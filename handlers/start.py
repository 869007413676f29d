"""The first minutes: /start, /help, /cancel."""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from coach.texts import say
from handlers import replies
from handlers.work import ModelFacts, Work
from storage import Store
from storage.people import Person

router = Router(name="start")
router.message.filter(F.chat.type == "private")


@router.message(CommandStart())
async def start(
    message: Message, store: Store, person: Person, now: datetime, work: Work, model: ModelFacts
) -> None:
    """Three lines and an invitation; whether a model is connected is said here, once."""
    said = say(person.language, "start.welcome")
    if not model.on:
        said += "\n\n" + say(person.language, "start.model_off")
    await tell(store, message, said, now, work)


@router.message(Command("help"))
async def help_private(
    message: Message, store: Store, person: Person, now: datetime, work: Work
) -> None:
    """What can be done, without a manual."""
    await tell(store, message, say(person.language, "start.help"), now, work)


@router.message(Command("cancel"))
async def cancel(
    message: Message,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """Leaves whatever dialog is open; nothing that was sent is lost."""
    was_open = await state.get_state() is not None
    await state.clear()
    key = "start.cancelled" if was_open else "start.nothing_to_cancel"
    await tell(store, message, say(person.language, key), now, work)


async def tell(store: Store, message: Message, said: str, now: datetime, work: Work) -> None:
    """Answers a message in its chat, once, however often the update comes."""
    await store.write(
        replies.send,
        key=f"answer:{message.chat.id}:{message.message_id}",
        chat_id=message.chat.id,
        said=said.strip(),
        now=now,
    )
    work.nudge("send")
