"""/forget: everything about a person goes, at once and for good, after one warning."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from enum import StrEnum

from aiogram import Bot, F, Router
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.types import BotCommandScopeChat, CallbackQuery, Message

from coach.texts import say
from handlers.chat.formatting import Said, Style
from handlers.chat.presses import reply, show, tell_below
from handlers.chat.replies import Button
from handlers.chat.wiping import wipe
from handlers.chat.work import Keeping, Work
from handlers.leaving import takeouts
from handlers.leaving.traces import LastWord, leave_all
from storage import Db, Store, privacy
from storage import forgotten as marks
from storage.people import Person

router = Router(name="forgetting")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")


class Choice(StrEnum):
    """What becomes of everything."""

    EXPORT = "export"
    DELETE = "delete"
    KEEP = "keep"


class ForgetButton(CallbackData, prefix="forget"):
    """An answer to the warning."""

    choice: Choice


@router.message(Command("forget"))
async def forget_asked(
    message: Message, store: Store, person: Person, now: datetime, work: Work, keeping: Keeping
) -> None:
    """What goes, what stays, and the way to take it along first."""
    language = person.language
    said = Said().line(say(language, "forgetting.ask_title"), Style.BOLD).line()
    said.add(say(language, "forgetting.ask", backups=_of_backups(language, keeping)).strip())
    rows = [
        [forget_button(language, Choice.EXPORT)],
        [forget_button(language, Choice.DELETE), forget_button(language, Choice.KEEP)],
    ]
    await reply(message, store, now, work, lambda _: (said, rows))


@router.callback_query(ForgetButton.filter(F.choice == Choice.EXPORT))
async def export_first(
    callback: CallbackQuery, store: Store, person: Person, now: datetime, work: Work
) -> None:
    """The archive comes below; the warning stays."""
    key = f"press:{callback.id}"
    await tell_below(
        callback, store, now, work, lambda db: (takeouts.order(db, person, key, now), ())
    )
    work.nudge(takeouts.TAKEOUT)


@router.callback_query(ForgetButton.filter(F.choice == Choice.KEEP))
async def kept(
    callback: CallbackQuery, store: Store, person: Person, now: datetime, work: Work
) -> None:
    """Nothing has happened."""
    said = say(person.language, "forgetting.kept")
    await show(callback, store, now, work, lambda _: (said, ()))


@router.callback_query(ForgetButton.filter(F.choice == Choice.DELETE))
async def forgotten(
    callback: CallbackQuery,
    bot: Bot,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    token: Callable[[], str],
) -> None:
    """Deletes first and says so when it is done. The last words go out directly, since a row that
    waits would name the person; nobody is sorry when such a call fails.
    The menu of their chat, in the language they chose, is kept by Telegram and goes, too."""
    assert callback.message is not None
    borrowed = await store.write(forget, person, now, token())
    work.nudge("send")
    wiped = await wipe(store, now, work)
    done = say(person.language, "forgetting.done" if wiped else "forgetting.soon")
    last = LastWord(callback.message.message_id, done)
    for word in (*borrowed, last):
        with suppress(TelegramAPIError):
            await bot.edit_message_text(
                word.text, chat_id=callback.message.chat.id, message_id=word.message_id
            )
    with suppress(TelegramAPIError):
        await bot.delete_my_commands(BotCommandScopeChat(chat_id=callback.message.chat.id))
    with suppress(TelegramAPIError):
        await callback.answer()


def forget(db: Db, person: Person, now: datetime, salt: str) -> list[LastWord]:
    """One transaction: out of every cohort, then out of every table, with this press itself; a
    mark stays for the day on which a backup is put back. What is to be put over messages in their
    chat."""
    borrowed = leave_all(db, person, now)
    privacy.forget(db, person.id)
    marks.add(db, person.id, salt=salt, now=now)
    return borrowed


def _of_backups(language: str, keeping: Keeping) -> str:
    if keeping.backups:
        return say(language, "forgetting.backups", count=keeping.backups)
    return say(language, "forgetting.no_backups")


def forget_button(language: str, choice: Choice) -> Button:
    """An answer, under the warning or under another."""
    return say(language, f"forgetting.button.{choice}"), ForgetButton(choice=choice).pack()
