"""The first router and the last: what nobody can have pressed, and what nobody understood.

Whatever is sent gets one answer that says what to do instead. The same kind of thing again within
the minute gets none, so that ten stickers are not ten messages.
"""

import re
from datetime import datetime
from difflib import get_close_matches

from aiogram import Bot, F, Router
from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message

from coach.texts import say
from handlers.chat import replies
from handlers.chat.commands import GROUP_ADMINS, PRIVATE
from handlers.chat.presses import tell
from handlers.chat.work import Work
from storage import Store
from storage.people import Person

router = Router(name="unknown")
forged = Router(name="forged")

COMMAND = re.compile(r"/\w{1,32}", re.ASCII)

TOO_LONG_A_NUMBER = r"\d{19}"
"""Digits that no row's number has; SQLite's integers end there (2^63)."""

WINDOW_SECONDS = 60
"""So long one answer to a kind of thing counts for all of that kind."""

KINDS = {
    ContentType.STICKER: "playful",
    ContentType.ANIMATION: "playful",
    ContentType.DICE: "playful",
    ContentType.VOICE: "spoken",
    ContentType.AUDIO: "spoken",
    ContentType.VIDEO: "spoken",
    ContentType.VIDEO_NOTE: "spoken",
    ContentType.CONTACT: "contact",
    ContentType.POLL: "poll",
}
"""What is said about things that aren't text; of all others, `anything`."""

ONLY_IN_GROUPS = {*GROUP_ADMINS} - {*PRIVATE}
ONLY_IN_PRIVATE = {"start", *PRIVATE} - {*GROUP_ADMINS}


@router.message(F.chat.type == "private", F.text.regexp(COMMAND).as_("command"))
async def unknown_command(
    message: Message,
    command: re.Match[str],
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """A command that doesn't exist, or exists in groups; nothing else is repeated."""
    await tell(store, message, _about(person.language, command[0]), now, work)


def _about(language: str, command: str) -> str:
    name = command.removeprefix("/").lower()
    if name in ONLY_IN_GROUPS:
        return say(language, "start.only_in_groups", command=command)
    if near := get_close_matches(name, PRIVATE, 1, cutoff=0.75):
        return say(language, "start.perhaps", command=command, near=f"/{near[0]}")
    return say(language, "start.unknown_command", command=command)


@router.message(F.chat.type == "private", ~F.pinned_message)
async def not_understood(
    message: Message, store: Store, person: Person, now: datetime, work: Work
) -> None:
    """A sticker, a voice message, a contact …"""
    kind = KINDS.get(ContentType(message.content_type), "anything")
    await store.write(
        replies.send,
        key=f"unknown:{message.chat.id}:{kind}:{_window(message)}",
        chat_id=message.chat.id,
        said=say(person.language, f"start.unknown.{kind}"),
        now=now,
    )
    work.nudge("send")


def _window(message: Message) -> int:
    return int(message.date.timestamp()) // WINDOW_SECONDS


@router.message(F.chat.type.in_({"group", "supergroup"}), F.text.regexp(COMMAND).as_("command"))
async def not_here(
    message: Message,
    command: re.Match[str],
    bot: Bot,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """A command of the private chat, in a group: it is said once a minute where it works. What
    isn't ours may be another bot's."""
    name, _, addressed = (message.text or "").split()[0].removeprefix("/").partition("@")
    me = await bot.me()
    username = me.username or ""
    if name not in ONLY_IN_PRIVATE or addressed.lower() not in {"", username.lower()}:
        return
    await store.write(
        replies.send,
        key=f"unknown:{message.chat.id}:private:{_window(message)}",
        chat_id=message.chat.id,
        said=say(
            person.language,
            "start.only_in_private",
            command=command[0],
            link=f"https://t.me/{username}?start=group",
        ),
        now=now,
        thread_id=message.message_thread_id if message.is_topic_message else None,
    )
    work.nudge("send")


@router.edited_message(F.chat.type == "private", F.text | F.document | F.photo)
async def changed(
    message: Message, store: Store, person: Person, now: datetime, work: Work
) -> None:
    """What was sent is kept as it came; a corrected letter comes as a new message, once said."""
    await store.write(
        replies.send,
        key=f"edited:{message.chat.id}:{message.message_id}",
        chat_id=message.chat.id,
        said=say(person.language, "start.edited"),
        now=now,
        reply_to=message.message_id,
    )
    work.nudge("send")


@forged.callback_query(F.data.regexp(TOO_LONG_A_NUMBER, mode="search"))
@router.callback_query()
async def old_button(callback: CallbackQuery, person: Person) -> None:
    """A button of a version of the bot that is no more, or one that we never made."""
    await callback.answer(say(person.language, "letters.answer.gone"))
