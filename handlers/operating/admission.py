"""Who may use a private bot: those on its list, and the members of the groups on it.

Whoever isn't hears one kind sentence, once; all that is kept of them after two days is a salted
hash that says so (storage/retention.py). Without a list everybody is welcome.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery, Chat, ChatMemberUpdated, Message, TelegramObject, User

from coach.texts import say, speakable
from handlers.chat import replies
from handlers.chat.deployment import OPEN, Deployment
from handlers.chat.work import Work
from storage import Db, Store, cohorts, messages
from storage.retention import TURNED_AWAY

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]

GROUPS = frozenset({"group", "supergroup"})
INSIDE = frozenset({"creator", "administrator", "member", "restricted"})
BELIEVED = timedelta(hours=1)
"""For so long it counts what Telegram said about somebody's being in a group."""

MOST_REMEMBERED = 10_000


class Admission(BaseMiddleware):
    """Lets an update through when it comes from somebody who may use the bot."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        deployment: Deployment = data.get("deployment", OPEN)
        if not deployment.allowed or await _admitted(deployment, data):
            return await handler(event, data)
        return await _turn_away(event, deployment, data)


async def _admitted(deployment: Deployment, data: dict[str, Any]) -> bool:
    user: User | None = data.get("event_from_user")
    chat: Chat | None = data.get("event_chat")
    if chat is not None and chat.id in deployment.allowed:
        return True
    if user is None or deployment.admits(user.id):
        return user is not None or chat is None
    if chat is not None and chat.type in GROUPS:
        return bool(await data["store"].read(cohorts.in_chat, chat.id))
    return await _belongs(deployment, user.id, data["bot"], data["now"])


async def _belongs(deployment: Deployment, user_id: int, bot: Bot, now: datetime) -> bool:
    """Whether somebody is in one of the groups on the list; asked of Telegram now and then."""
    answer, asked_at = deployment.found.get(user_id, (False, None))
    if asked_at is not None and asked_at <= now < asked_at + BELIEVED:
        return answer
    answer = False
    for chat_id in deployment.allowed:
        answer = answer or (chat_id < 0 and await _is_in(bot, chat_id, user_id))
    if len(deployment.found) >= MOST_REMEMBERED:
        deployment.found.clear()
    deployment.found[user_id] = (answer, now)
    return answer


async def _is_in(bot: Bot, chat_id: int, user_id: int) -> bool:
    try:
        member = await bot.get_chat_member(chat_id, user_id)
    except TelegramAPIError:
        return False
    return member.status in INSIDE and getattr(member, "is_member", True)


async def _turn_away(event: TelegramObject, deployment: Deployment, data: dict[str, Any]) -> None:
    """Says so to whoever spoke to the bot; a group that took it in is left again."""
    user: User | None = data.get("event_from_user")
    chat: Chat | None = data.get("event_chat")
    said = say(speakable(user.language_code if user else None), "access.closed")
    if isinstance(event, CallbackQuery):
        await event.answer(say(speakable(event.from_user.language_code), "access.closed_short"))
    elif chat is not None and _concerns_us(event, chat):
        store: Store = data["store"]
        work: Work = data["work"]
        alias = deployment.alias(chat.id)
        await store.write(_say_once, chat, said, alias, data["now"])
        work.nudge("send")


def _concerns_us(event: TelegramObject, chat: Chat) -> bool:
    """What people of a group say to each other is none of our business."""
    if isinstance(event, ChatMemberUpdated):
        return chat.type in GROUPS and event.new_chat_member.status in INSIDE
    if chat.type == "private":
        return isinstance(event, Message)
    return isinstance(event, Message) and (event.text or "").startswith("/")


def _say_once(db: Db, chat: Chat, said: str, alias: str, now: datetime) -> None:
    key = f"{TURNED_AWAY}:{alias}"
    replies.send(db, key=key, chat_id=chat.id, said=said, now=now)
    if chat.type in GROUPS:
        key = f"leave:{alias}:{now:%Y-%m-%d %H:%M}"
        messages.add(db, key=key, chat_id=chat.id, method="leaveChat", params={}, now=now)
