"""One act, one transaction, one answer: in the place of a button, below it, or to a message."""

from collections.abc import Callable
from datetime import datetime

from aiogram.types import CallbackQuery, Message

from handlers import replies
from handlers.formatting import Said
from handlers.replies import Rows
from handlers.work import Work
from storage import Db, Store

Told = tuple[Said | str, Rows]

Change = Callable[[Db], Told | None]
"""Does what is asked for; returns what is said of it, and the buttons under that. None: nothing
is said, since it was done before."""


async def show(
    callback: CallbackQuery, store: Store, now: datetime, work: Work, change: Change
) -> None:
    """Puts what `change` says where the button was; the same press twice changes it once."""
    message = callback.message
    assert message is not None

    def act(db: Db) -> None:
        if (told := change(db)) is None:
            return
        said, rows = told
        replies.edit(
            db,
            key=f"press:{callback.id}",
            chat_id=message.chat.id,
            message=message.message_id,
            said=said,
            now=now,
            rows=rows,
        )

    await store.write(act)
    work.nudge("send")
    await callback.answer()


async def tell_below(
    callback: CallbackQuery, store: Store, now: datetime, work: Work, change: Change
) -> None:
    """Says what `change` says in a message of its own; the one with the button stays."""
    message = callback.message
    assert message is not None

    def act(db: Db) -> None:
        if (told := change(db)) is None:
            return
        said, rows = told
        chat_id = message.chat.id
        replies.send(db, key=f"press:{callback.id}", chat_id=chat_id, said=said, now=now, rows=rows)

    await store.write(act)
    work.nudge("send")
    await callback.answer()


async def reply(message: Message, store: Store, now: datetime, work: Work, change: Change) -> None:
    """Says what `change` says in answer to a message, however often the update comes."""

    def act(db: Db) -> None:
        if (told := change(db)) is None:
            return
        said, rows = told
        replies.send(
            db,
            key=f"answer:{message.chat.id}:{message.message_id}",
            chat_id=message.chat.id,
            said=said,
            now=now,
            rows=rows,
        )

    await store.write(act)
    work.nudge("send")
