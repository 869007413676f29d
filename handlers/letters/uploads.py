"""A file that somebody sends: cards or a letter, told by what is in it and not by its name."""

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.types import Message

from coach.documents import DocumentError, Pictured
from handlers.cards import imports
from handlers.chat.work import Work
from handlers.letters import letters, photos
from storage import Store
from storage.anki.child import format_of
from storage.people import Person

router = Router(name="uploads")
router.message.filter(F.chat.type == "private")


@router.message(F.document)
async def uploaded(
    message: Message,
    bot: Bot,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """Downloaded once; its content says who takes it."""
    assert message.document is not None
    place, name = letters.place_of(message, person), message.document.file_name or "letter"
    try:
        data = await letters.download(bot, message.document)
    except DocumentError as problem:
        await letters.refuse(store, place, problem, now)
        work.nudge("send")
        return
    kind = format_of(data, name)
    if kind is None:
        try:
            await letters.receive_file(store, place, data, name, now, work)
        except Pictured:
            page = photos.Page(message.document.file_id, name, message.media_group_id)
            await store.write(photos.keep_page, place, page, now)
            work.nudge(photos.PAGES)
        return
    await imports.received(
        message,
        data,
        kind,
        store=store,
        person=person,
        now=now,
        work=work,
        default_zone=default_zone,
    )
