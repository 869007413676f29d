"""One act, one transaction, one answer: in the place of a button, below it, or to a message."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from aiogram.types import CallbackQuery, Message

from handlers.chat import replies
from handlers.chat.formatting import Said
from handlers.chat.replies import Rows
from handlers.chat.work import Work
from storage import Db, Store

Told = tuple[Said | str, Rows]

Change = Callable[[Db], Told | None]
"""Does what is asked for; returns what is said of it, and the buttons under that. None: nothing
is said, since it was done before."""

Then = Callable[[Db], Any]
"""What is asked besides, in messages that are to stand below the answer."""


async def show(
    callback: CallbackQuery,
    store: Store,
    now: datetime,
    work: Work,
    change: Change,
    then: Then | None = None,
    refused: str | None = None,
) -> None:
    """Puts what `change` says where the button was; the same press twice changes it once. Where
    nothing is to be said, the press is answered with `refused`."""
    message = callback.message
    assert message is not None
    chat_id, key = message.chat.id, f"press:{callback.id}"
    edit = partial(replies.edit, key=key, chat_id=chat_id, message=message.message_id, now=now)
    acted = await store.write(_act, change, edit, then)
    await _answer(callback, work, None if acted else refused)


async def tell_below(
    callback: CallbackQuery,
    store: Store,
    now: datetime,
    work: Work,
    change: Change,
    refused: str | None = None,
) -> None:
    """Says what `change` says in a message of its own; the one with the button stays."""
    assert callback.message is not None
    key = f"press:{callback.id}"
    send = partial(replies.send, key=key, chat_id=callback.message.chat.id, now=now)
    acted = await store.write(_act, change, send, None)
    await _answer(callback, work, None if acted else refused)


async def reply(
    message: Message,
    store: Store,
    now: datetime,
    work: Work,
    change: Change,
    then: Then | None = None,
) -> None:
    """Says what `change` says in answer to a message, however often the update comes."""
    key = f"answer:{message.chat.id}:{message.message_id}"
    send = partial(replies.send, key=key, chat_id=message.chat.id, now=now)
    await store.write(_act, change, send, then)
    work.nudge("send")


async def tell(store: Store, message: Message, said: str, now: datetime, work: Work) -> None:
    """Answers a message in its chat, once, however often the update comes."""
    await store.write(answer_to, message, said, now)
    work.nudge("send")


def answer_to(db: Db, message: Message, said: str, now: datetime) -> None:
    """The same within a transaction."""
    replies.send(
        db,
        key=f"answer:{message.chat.id}:{message.message_id}",
        chat_id=message.chat.id,
        said=said.strip(),
        now=now,
    )


async def _answer(callback: CallbackQuery, work: Work, refused: str | None) -> None:
    work.nudge("send")
    await callback.answer(refused, show_alert=bool(refused))


def _act(db: Db, change: Change, put: Callable[..., Any], then: Then | None) -> bool:
    """Whether there was something to say."""
    if (told := change(db)) is None:
        return False
    said, rows = told
    put(db, said=said, rows=rows)
    if then:
        then(db)
    return True
