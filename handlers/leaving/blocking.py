"""Who blocks the bot is left in peace, and their pair is told; who is back is welcome."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import ChatMemberUpdated

from handlers.chat.work import Work
from handlers.cohorts import pairs
from storage import Db, Store, chats

router = Router(name="blocking")


@router.my_chat_member(F.chat.type == "private")
async def blocked_or_back(
    update: ChatMemberUpdated, store: Store, now: datetime, work: Work
) -> None:
    """Somebody blocked the bot in private, or let it back in."""
    if update.new_chat_member.status in {"kicked", "left"}:

        def lose(db: Db) -> None:
            chats.lose(db, update.chat.id, "blocked", now)
            pairs.depart(db, update.chat.id, now)

        await store.write(lose)
        work.nudge("send")
    else:
        await store.write(chats.regain, update.chat.id)
