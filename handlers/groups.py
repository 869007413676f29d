"""What the bot does in a group: it tells where it works, moves with it, and notices when it is sent
away or brought back."""

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.types import ChatMemberUpdated, Message

from coach.texts import say, speakable
from handlers.start import tell
from handlers.work import Work
from storage import Store, chats, messages

router = Router(name="groups")
router.message.filter(F.chat.type.in_({"group", "supergroup"}))


@router.message(Command("start", "help"))
async def help_group(message: Message, bot: Bot, store: Store, now: datetime, work: Work) -> None:
    """Letters are private, so the group only learns where to write."""
    me = await bot.me()
    language = speakable(message.from_user.language_code if message.from_user else None)
    said = say(language, "start.help_group", link=f"https://t.me/{me.username}?start=group")
    await tell(store, message, said, now, work)


@router.message(F.migrate_to_chat_id)
async def group_became_supergroup(message: Message, store: Store) -> None:
    """The group has a new id; everything that names the old one moves along."""
    assert message.migrate_to_chat_id is not None
    await store.write(messages.move_chat, message.chat.id, message.migrate_to_chat_id)


@router.my_chat_member(F.chat.type.in_({"group", "supergroup"}))
async def sent_away_or_back(update: ChatMemberUpdated, store: Store, now: datetime) -> None:
    """A group that removes the bot hears nothing more; one that brings it back does."""
    if update.new_chat_member.status in {"kicked", "left"}:
        await store.write(chats.lose, update.chat.id, "kicked", now)
    else:
        await store.write(chats.regain, update.chat.id)
