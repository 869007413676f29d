"""What came in: where it stands, and how it waits to be read, one after the other for each person.

A file waits under the name that Telegram gave it. A text is read at once, or behind a file that
was sent before it: whatever is newest then is so in the order in which people sent it.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiogram import Bot
from aiogram.enums import ChatAction
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import Document as TelegramFile
from aiogram.types import Message

from coach.documents import DocumentError
from storage import Db, jobs
from storage.people import Person

READ = "read"
"""The kind of job that reads what came in (`uploads.read`)."""

MAX_UPLOAD = 20 * 1024 * 1024
"""Bytes; getFile gives no larger file (Bot API)."""

Act = Callable[[Db], object]
"""Something to be done in the same transaction."""


def nothing(_db: Db) -> None:
    """Nothing else has to be done."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a letter came from: its first message, and whom to answer."""

    person: Person
    chat_id: int
    message_id: int

    @property
    def key(self) -> str:
        """Tells one letter from another, so that the same update twice is one letter."""
        return f"{self.chat_id}:{self.message_id}"

    @property
    def lane(self) -> str:
        """Whatever is read for one person is read in this order."""
        return str(self.chat_id)


def place_of(message: Message, person: Person) -> Place:
    """Where a message stands."""
    return Place(person, message.chat.id, message.message_id)


def file_of(file: TelegramFile, group: str | None) -> dict[str, Any]:
    """What is kept of a file until it is read; `group` is the album that it came in."""
    return {
        "file": file.file_id,
        "name": file.file_name or "",
        "size": file.file_size or 0,
        "group": group,
    }


def keep_waiting(
    db: Db, place: Place, came: Mapping[str, Any], now: datetime, also: Act = nothing
) -> None:
    """What came waits for its turn to be read. Once a message."""
    jobs.add(
        db,
        kind=READ,
        key=place.key,
        payload={"chat": place.chat_id, "message": place.message_id, **came},
        lane=place.lane,
        person_id=place.person.id,
        due_at=now,
    )
    also(db)


def still_reading(db: Db, place: Place) -> bool:
    """Whether something that came before waits or is being read."""
    return jobs.unfinished(db, READ, place.lane)


async def downloaded(bot: Bot, place: Place, came: Mapping[str, Any]) -> bytes:
    """A file that waited; meanwhile its chat shows that something is being done. Raises
    DocumentError."""
    _, data = await asyncio.gather(
        bot.send_chat_action(place.chat_id, ChatAction.TYPING),
        fetched(bot, came["file"], came["size"]),
    )
    return data


async def fetched(bot: Bot, file_id: str, size: int = 0) -> bytes:
    """The file's bytes. Raises DocumentError when it is larger than Telegram gives out, which need
    not tell the size beforehand."""
    if size > MAX_UPLOAD:
        raise DocumentError("too_big")
    try:
        content = await bot.download(file_id)
    except TelegramBadRequest as refusal:
        raise DocumentError("too_big") if "too big" in refusal.message else refusal from None
    assert content is not None
    return content.read()
