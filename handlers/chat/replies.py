"""How an answer becomes rows that leave for Telegram, in the transaction that earned it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from handlers.chat.formatting import Said
from storage import Db, messages
from storage.messages import Attachment

Button = tuple[str, str]
"""A label and the callback data behind it (1–64 bytes)."""

Rows = Sequence[Sequence[Button]]


def keyboard(rows: Rows) -> dict[str, Any]:
    """An inline keyboard as the Bot API writes it."""
    return {
        "inline_keyboard": [
            [{"text": label, "callback_data": data} for label, data in row] for row in rows if row
        ]
    }


def send(
    db: Db,
    *,
    key: str,
    chat_id: int,
    said: Said | str,
    now: datetime,
    rows: Rows = (),
    reply_to: int | None = None,
    thread_id: int | None = None,
) -> bool:
    """Sends `said`, in as many messages as it takes; the buttons stand under the last.

    The first message is known by `key` from then on; the same key twice is sent once, and False
    the second time. `thread_id` is the topic of a forum, which every answer in a group hands back.
    """
    first = {"reply_parameters": _reply(reply_to)} if reply_to is not None else {}
    return _say(
        db,
        "sendMessage",
        first,
        key=key,
        chat_id=chat_id,
        said=said,
        now=now,
        rows=rows,
        thread_id=thread_id,
    )


def edit(
    db: Db,
    *,
    key: str,
    chat_id: int,
    message: int | str,
    said: Said | str,
    now: datetime,
    rows: Rows = (),
) -> None:
    """Puts `said` in the place of a message, given by its id or by the key it was sent with.

    What does not fit into one message follows in new ones.
    """
    first = {"message_id": {"of": message} if isinstance(message, str) else message}
    _say(db, "editMessageText", first, key=key, chat_id=chat_id, said=said, now=now, rows=rows)


def _reply(message_id: int) -> dict[str, Any]:
    """An answer still goes out when what it answers was deleted in the meantime."""
    return {"message_id": message_id, "allow_sending_without_reply": True}


def _say(
    db: Db,
    method: str,
    first: dict[str, Any],
    *,
    key: str,
    chat_id: int,
    said: Said | str,
    now: datetime,
    rows: Rows,
    thread_id: int | None = None,
) -> bool:
    """`method` and the parameters `first` are the first message's; the rest is sent anew. Whether
    any of it is new."""
    new = False
    said = Said(said, ours=True) if isinstance(said, str) else said
    pieces = said.pieces()
    for number, piece in enumerate(pieces, start=1):
        params: dict[str, Any] = {
            "chat_id": chat_id,
            "text": piece.text,
            "entities": piece.entities,
        }
        if thread_id is not None:
            params["message_thread_id"] = thread_id
        if rows and number == len(pieces):
            params["reply_markup"] = keyboard(rows)
        new |= messages.add(
            db,
            key=key if number == 1 else f"{key}.{number}",
            chat_id=chat_id,
            method=method if number == 1 else "sendMessage",
            params=params | first if number == 1 else params,
            now=now,
        )
    return new


def send_file(
    db: Db, *, key: str, chat_id: int, filename: str, data: bytes, caption: str, now: datetime
) -> None:
    """Sends a file with a caption."""
    messages.add(
        db,
        key=key,
        chat_id=chat_id,
        method="sendDocument",
        params={"chat_id": chat_id, "caption": caption},
        now=now,
        attachment=Attachment(field="document", filename=filename, data=data),
    )


def send_photo(
    db: Db,
    *,
    key: str,
    chat_id: int,
    data: bytes,
    caption: str,
    now: datetime,
    rows: Rows = (),
    thread_id: int | None = None,
) -> None:
    """Sends a picture (PNG) with what it says in words under it, at most 1,024 characters."""
    params: dict[str, Any] = {"chat_id": chat_id, "caption": caption}
    if any(rows):
        params["reply_markup"] = keyboard(rows)
    if thread_id is not None:
        params["message_thread_id"] = thread_id
    messages.add(
        db,
        key=key,
        chat_id=chat_id,
        method="sendPhoto",
        params=params,
        now=now,
        attachment=Attachment(field="photo", filename="picture.png", data=data),
    )
