"""Who may decide for a group: its administrators, asked of Telegram at that moment."""

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import Message

LEADS = frozenset({"creator", "administrator"})


async def leads(bot: Bot, chat_id: int, user_id: int) -> bool:
    """Whether somebody is an administrator of a group now; nobody is when we can't tell."""
    try:
        member = await bot.get_chat_member(chat_id, user_id)
    except TelegramAPIError:
        return False
    return member.status in LEADS


def is_anonymous_lead(message: Message) -> bool:
    """Whether an administrator wrote without showing who they are: the message is the group's
    own, which only administrators can do. Their presses carry their real number."""
    return message.sender_chat is not None and message.sender_chat.id == message.chat.id


async def may_set_up(message: Message, bot: Bot) -> bool:
    """Whether who wrote a message in a group may decide for it."""
    if is_anonymous_lead(message):
        return True
    if message.from_user is None or message.from_user.is_bot:
        return False
    return await leads(bot, message.chat.id, message.from_user.id)
