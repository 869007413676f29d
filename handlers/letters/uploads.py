"""A file that somebody sends waits to be read, and is read by a job: on whichever machine has time,
while the person's other presses go on. What is in it says what it is, and not its name.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from aiogram import Bot, F, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message

from coach.documents import DocumentError, Pictured
from coach.texts import say
from handlers.cards import imports
from handlers.chat import replies
from handlers.chat.work import ModelFacts, Work, finish
from handlers.letters import letters, photos, postings
from handlers.letters.arrivals import READ, Act, Place, downloaded, file_of, keep_waiting, place_of
from handlers.letters.asking import read as read_posting
from handlers.letters.kept_postings import Desk, keep_caption
from storage import Db, Store, dead, jobs, people
from storage.anki.child import format_of
from storage.jobs import Job
from storage.people import Person

router = Router(name="uploads")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")


@router.message(F.document)
async def uploaded(
    message: Message, store: Store, person: Person, now: datetime, work: Work, model: ModelFacts
) -> None:
    """It is kept as it came; nothing of it has been looked at but what is written under it."""
    assert message.document is not None
    desk = Desk(place_of(message, person), store, now, work, model, unasked=True)
    await keep_caption(desk, message.caption)
    came = file_of(message.document, message.media_group_id)
    await store.write(keep_waiting, desk.place, came, now)
    work.nudge(READ)


async def read(
    job: Job,
    *,
    bot: Bot,
    store: Store,
    now: datetime,
    work: Work,
    model: ModelFacts,
    default_zone: str = "UTC",
    **_: Any,
) -> None:
    """Reads what came when its turn has come. It ends in the transaction that keeps what was read,
    so that it is read anew after a crash."""
    person = await store.read(people.get, job.payload["chat"])
    if person is None:  # forgotten in the meantime
        await store.write(finish, job, now)
        return
    place = Place(person, job.payload["chat"], job.payload.get("message", 0))
    desk, end = Desk(place, store, now, work, model), partial(finish, job=job, now=now)
    match job.payload:
        case {"album": _}:
            await photos.read_pages(desk, bot, job)
        case {"text": text, "posting": asked}:
            await read_posting(desk, text, "", asked, end)
        case {"text": text}:
            await letters.read_text(store, place, text, now, end)
        case {"posting": _} as came:
            await postings.read_upload(desk, bot, came, end)
        case came:
            await _read_file(desk, bot, came, default_zone, end)
    work.nudge(READ, "send", "review")


async def _read_file(
    desk: Desk, bot: Bot, came: Mapping[str, Any], default_zone: str, also: Act
) -> None:
    """Downloaded once; its content says who takes it."""
    place, store, now, name = desk.place, desk.store, desk.now, came["name"] or "letter"
    try:
        data = await downloaded(bot, place, came)
    except DocumentError as problem:
        await letters.refuse(store, place, problem, now, also)
        return
    if kind := format_of(data, name):
        await imports.received(
            data,
            kind,
            came["name"],
            store=store,
            person=desk.person,
            message_id=place.message_id,
            now=now,
            default_zone=default_zone,
            also=also,
        )
        return
    try:
        await letters.receive_file(store, place, data, name, now, also)
    except Pictured:
        await photos.receive_page(desk, bot, photos.Page(came["file"], name, came["group"]), also)


class ReadAgain(CallbackData, prefix="reread"):
    """The button under the word that a file could not be fetched or read."""

    job: int


def gave_up(db: Db, job: Job, now: datetime) -> None:
    """What came could not be read: says so in the transaction that gives it up, and offers another
    try. Telegram still has the file."""
    person = people.get(db, job.payload["chat"])
    if person is None:
        return
    if "album" in job.payload:
        photos.gave_up(db, job, now)
        return
    said = say(person.language, "letters.read_gave_up")
    again = say(person.language, "letters.button.try_again"), ReadAgain(job=job.id).pack()
    key = f"gave-up:{job.id}:{int(now.timestamp())}"
    replies.send(db, key=key, chat_id=person.id, said=said, now=now, rows=[[again]])


@router.callback_query(ReadAgain.filter())
async def read_again(
    callback: CallbackQuery,
    callback_data: ReadAgain,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """It waits once more; a second press changes nothing."""

    def revive(db: Db) -> str:
        if dead.revive_own(db, callback_data.job, person.id, now):
            return "letters.reading"
        return f"letters.answer.{'already' if jobs.exists(db, callback_data.job) else 'gone'}"

    said = await store.write(revive)
    work.nudge(READ)
    await callback.answer(say(person.language, said))
