"""Photos and scans: pages are gathered until the album is whole, read one by one, and are one
letter then.

A page is a row with the name under which Telegram keeps its file, so that nothing is lost when
the process dies; no picture is stored: what is kept is the text that was read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiogram import Bot, F, Router
from aiogram.types import Message

from coach import documents
from coach.documents import Document, DocumentError
from coach.documents.pages import Line
from coach.documents.scans import SECONDS_A_PAGE
from coach.texts import say
from handlers.chat import replies
from handlers.chat.work import Work, finish
from handlers.letters.letters import Place, fetched, place_of, receive, refuse
from storage import Db, Store, jobs, people, sheets
from storage.jobs import Job
from storage.people import Person
from storage.sheets import Sheet

router = Router(name="photos")
router.message.filter(F.chat.type == "private")

PAGES = "pages"
"""The kind of job that reads the pages of one letter."""

ALBUM_PAUSE = timedelta(seconds=1.5)
"""How long we wait for the next photo of an album; Telegram sends them without a pause, but each
is uploaded by itself."""


@dataclass(frozen=True, slots=True)
class Page:
    """A picture as it came: Telegram's name for the file, its own name, and its album if any."""

    file_id: str
    name: str
    group: str | None


@router.message(F.photo)
async def photo_sent(
    message: Message, store: Store, person: Person, now: datetime, work: Work
) -> None:
    """A photo is a page of a letter; the largest of its sizes is read."""
    place = place_of(message, person)
    if not documents.reads_pictures():
        await refuse(store, place, DocumentError("unsupported", "image"), now)
    else:
        assert message.photo is not None
        largest = max(message.photo, key=lambda size: size.width * size.height)
        page = Page(largest.file_id, "", message.media_group_id)
        await store.write(keep_page, place, page, now)
    work.nudge(PAGES, "send")


def keep_page(db: Db, place: Place, page: Page, now: datetime) -> None:
    """Keeps a page; each page of an album brings its own wait for the next. Once a message."""
    album = page.group or str(place.message_id)
    wait = ALBUM_PAUSE if page.group else timedelta()
    new = jobs.add(
        db,
        kind=PAGES,
        key=place.key,
        payload={"chat": place.chat_id, "album": album, "wait": wait.total_seconds()},
        lane=str(place.chat_id),
        person_id=place.person.id,
        due_at=now + wait,
    )
    if new:
        facts = {"album": album, "file_id": page.file_id, "name": page.name}
        sheets.add(db, chat_id=place.chat_id, message_id=place.message_id, now=now, **facts)


async def read_pages(
    job: Job, *, bot: Bot, store: Store, now: datetime, work: Work, **_: Any
) -> None:
    """The pause after a page is over: when none came since, the pages become one letter."""
    chat_id, album = job.payload["chat"], job.payload["album"]
    newest = await store.read(sheets.newest_at, chat_id, album)
    person = await store.read(people.get, chat_id)
    wait = timedelta(seconds=job.payload["wait"])
    if newest is None or person is None or now < newest + wait:
        await store.write(finish, job, now)
        return
    pages = await store.read(sheets.waiting, chat_id, album)
    place = Place(person, chat_id, pages[0].message_id)
    await store.write(_tell, place, pages, now)
    work.nudge("send")

    def take(db: Db) -> None:
        sheets.take(db, chat_id, album)
        finish(db, job, now)

    try:
        document = await _read(bot, pages, person.language)
    except DocumentError as problem:
        await refuse(store, place, problem, now, also=take)
    else:
        await receive(store, place, document, None, now, also=take)
    work.nudge("send", "review")


def _tell(db: Db, place: Place, pages: Sequence[Sheet], now: datetime) -> None:
    """How long it will take, before anything is read."""
    key, chat_id = f"pages:{place.key}", place.chat_id
    said = waiting_answer(place.person.language, pages)
    replies.send(db, key=key, chat_id=chat_id, said=said, now=now)


def waiting_answer(language: str, pages: Sequence[Sheet]) -> str:
    """What is being read and for how long; nobody knows yet how many pages a scan has."""
    if any(page.name.lower().endswith(".pdf") for page in pages):
        return say(language, "letters.scan_reading")
    seconds = SECONDS_A_PAGE * len(pages)
    return say(language, "letters.photo_reading", count=len(pages), seconds=seconds)


async def _read(bot: Bot, sent: Sequence[Sheet], language: str) -> Document:
    """One text of all pages; in an album the refusal says which page it was. Raises
    DocumentError."""
    pages: list[list[Line]] = []
    for number, sheet in enumerate(sent, start=1):
        try:
            pages += await documents.read_pictures(await fetched(bot, sheet.file_id))
        except DocumentError as problem:
            if len(sent) > 1:
                problem.page = number
            raise
    return documents.seen(pages, sent[0].name, language)


def gave_up(db: Db, job: Job, now: datetime) -> None:
    """The pages could not be read: says so, in the transaction that gives the job up."""
    person = people.get(db, job.payload["chat"])
    if person is None:
        return
    sheets.take(db, person.id, job.payload["album"])
    said = say(person.language, "letters.photo_gave_up")
    replies.send(db, key=f"gave-up:{job.id}", chat_id=job.payload["chat"], said=said, now=now)
