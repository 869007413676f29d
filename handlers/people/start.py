"""The first minutes and the way around: /start, /help by topic, /cancel."""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from coach.texts import say
from handlers.chat.commands import refresh_menu
from handlers.chat.presses import Told, answer_to, reply, show, tell
from handlers.chat.replies import Rows
from handlers.chat.work import ModelFacts, Work
from handlers.people import onboarding
from storage import Db, Store
from storage.people import Person

router = Router(name="start")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")

REVIEW = "review"
"""The deep link of a "review this" button on a page or in a group: how a letter is sent."""

TOPICS = ("letters", "cards", "weeks", "cohort", "times", "privacy")
"""What /help is about, in the order of its buttons."""


class HelpButton(CallbackData, prefix="help"):
    """Opens a topic of /help; "" is the first page."""

    topic: str = ""


@router.message(CommandStart())
async def start(
    message: Message,
    command: CommandObject,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    model: ModelFacts,
) -> None:
    """Three lines and an invitation, with four questions for whoever is new; to others, where
    they left off. Behind a "review this" link, how a letter is sent."""

    def answer(db: Db) -> None:
        if onboarding.is_new(db, person):
            onboarding.welcome(db, person, message, model, now)
        elif command.args != REVIEW:
            answer_to(db, message, say(person.language, "start.again"), now)
        if command.args == REVIEW:
            answer_to(db, message, say(person.language, "letters.what_next"), now)

    await store.write(answer)
    work.nudge("send")


@router.message(Command("help"))
async def help_private(
    message: Message, store: Store, person: Person, now: datetime, work: Work
) -> None:
    """What can be done, without a manual."""
    app_language = message.from_user.language_code if message.from_user else None

    def first(db: Db) -> Told:
        refresh_menu(db, person, app_language, now)
        return page(person.language, "")

    await reply(message, store, now, work, first)


@router.callback_query(HelpButton.filter())
async def topic_chosen(
    callback: CallbackQuery,
    callback_data: HelpButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """The topic stands in the place of the list."""
    await show(callback, store, now, work, lambda _db: page(person.language, callback_data.topic))


def page(language: str, topic: str) -> Told:
    """A topic of /help, or the first page, with the way to the others."""
    if topic not in TOPICS:
        return say(language, "start.help.first").strip(), _topics(language)
    back = (say(language, "start.help.button.back"), HelpButton().pack())
    return say(language, f"start.help.{topic}").strip(), [[back]]


def _topics(language: str) -> Rows:
    buttons = [
        (say(language, f"start.help.button.{topic}"), HelpButton(topic=topic).pack())
        for topic in TOPICS
    ]
    return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]


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
