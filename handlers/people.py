"""What a person can set about themselves: for now, the language."""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from coach.texts import LANGUAGES, say, speakable
from handlers import pairs, replies
from handlers.facts import facts_button
from handlers.own_words import list_button
from handlers.work import Work
from storage import Db, Store, chats, people
from storage.people import Person

router = Router(name="people")

OWN_NAMES = {"en": "English", "ru": "Русский"}
"""Each language in its own words, so that nobody has to read another to find it."""


class SpeakButton(CallbackData, prefix="speak"):
    """Chooses the language in which the coach speaks."""

    language: str


@router.message(Command("settings"), F.chat.type == "private")
async def settings(
    message: Message, store: Store, person: Person, now: datetime, work: Work
) -> None:
    """The language, one button each, and the words and facts that are the person's own."""
    buttons = [
        (OWN_NAMES[language], SpeakButton(language=language).pack()) for language in LANGUAGES
    ]
    await store.write(
        replies.send,
        key=f"settings:{message.chat.id}:{message.message_id}",
        chat_id=message.chat.id,
        said=say(person.language, "start.settings.title"),
        now=now,
        rows=[buttons, [list_button(person.language), facts_button(person.language)]],
    )
    work.nudge("send")


@router.callback_query(SpeakButton.filter(), F.message.chat.type == "private")
async def language_chosen(
    callback: CallbackQuery,
    callback_data: SpeakButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """From now on everything is said in this language."""
    language, message = speakable(callback_data.language), callback.message
    assert message is not None

    def change(db: Db) -> None:
        people.set_language(db, person.id, language)
        replies.edit(
            db,
            key=f"speak:{callback.id}",
            chat_id=message.chat.id,
            message=message.message_id,
            said=say(language, "start.settings.changed"),
            now=now,
        )

    await store.write(change)
    work.nudge("send")
    await callback.answer()


@router.my_chat_member(F.chat.type == "private")
async def blocked_or_back(
    update: ChatMemberUpdated, store: Store, now: datetime, work: Work
) -> None:
    """Who blocks the bot is left in peace, and their pair is told; who is back is welcome."""
    if update.new_chat_member.status in {"kicked", "left"}:

        def lose(db: Db) -> None:
            chats.lose(db, update.chat.id, "blocked", now)
            pairs.depart(db, update.chat.id, now)

        await store.write(lose)
        work.nudge("send")
    else:
        await store.write(chats.regain, update.chat.id)
