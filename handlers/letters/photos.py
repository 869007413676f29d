"""Photos and scans: pages are gathered until the album is whole, read one by one, and are one
letter then, or one posting.

A page is a row with the name under which Telegram keeps its file, so that nothing is lost when
the process dies; no picture is stored: what is kept is the text that was read.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from aiogram import Bot, F, Router
from aiogram.types import Message

from coach import documents
from coach.documents import Document, DocumentError
from coach.documents.pages import Line
from coach.documents.scans import SECONDS_A_PAGE
from coach.texts import say
from handlers.chat import replies
from handlers.chat.work import ModelFacts, Work, finish
from handlers.letters import asking, letters
from handlers.letters.arrivals import READ, Act, Place, fetched, nothing, place_of
from handlers.letters.asking import Asked
from handlers.letters.kept_postings import Desk, keep_caption
from storage import Db, Store, jobs, people, postings, sheets
from storage.jobs import Job
from storage.people import Person
from storage.sheets import Sheet

router = Router(name="photos")
router.message.filter(F.chat.type == "private")

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
    message: Message, store: Store, person: Person, now: datetime, work: Work, model: ModelFacts
) -> None:
    """A photo is a page of a letter."""
    desk = Desk(place_of(message, person), store, now, work, model, unasked=True)
    await keep_caption(desk, message.caption)
    await store.write(keep_page, desk.place, page_of(message), now)
    work.nudge(READ)


def page_of(message: Message) -> Page:
    """The largest of a photo's sizes."""
    assert message.photo is not None
    largest = max(message.photo, key=lambda size: size.width * size.height)
    return Page(largest.file_id, "", message.media_group_id)


def keep_page(
    db: Db,
    place: Place,
    page: Page,
    now: datetime,
    posting: Asked | None = None,
    also: Act = nothing,
) -> None:
    """Keeps a page of a letter, or of a posting that was asked for; each page of an album brings
    its own wait for the next. Once a message."""
    album = page.group or str(place.message_id)
    wait = ALBUM_PAUSE if page.group else timedelta()
    new = jobs.add(
        db,
        kind=READ,
        key=f"page:{place.key}",
        payload={
            "chat": place.chat_id,
            "message": place.message_id,
            "album": album,
            "wait": wait.total_seconds(),
            "posting": posting,
        },
        lane=place.lane,
        person_id=place.person.id,
        due_at=now + wait,
    )
    if new:
        facts = {"album": album, "file_id": page.file_id, "name": page.name}
        sheets.add(db, chat_id=place.chat_id, message_id=place.message_id, now=now, **facts)
    also(db)


async def receive_page(desk: Desk, bot: Bot, page: Page, also: Act) -> None:
    """A file that turned out to be a picture or a scan: a page of its album, else read at once."""
    if page.group is None:
        sheet = Sheet(desk.place.message_id, page.file_id, page.name)
        await read_together(desk, bot, [sheet], also)
        return
    await desk.store.write(keep_page, desk.place, page, desk.now, also=also)
    desk.work.nudge(READ)


async def read_pages(desk: Desk, bot: Bot, job: Job) -> None:
    """The pause after a page is over: when none came since, the pages become one letter, or the
    posting that was asked for."""
    store, now, chat_id, album = desk.store, desk.now, desk.place.chat_id, job.payload["album"]
    newest = await store.read(sheets.newest_at, chat_id, album)
    if newest is None or now < newest + timedelta(seconds=job.payload["wait"]):
        await store.write(finish, job, now)
        return
    pages = await store.read(sheets.waiting, chat_id, album)
    desk = replace(desk, place=Place(desk.person, chat_id, pages[0].message_id))

    def taken(db: Db) -> None:
        sheets.take(db, chat_id, album)
        finish(db, job, now)

    await read_together(desk, bot, pages, taken, job.payload.get("posting"))


async def read_together(
    desk: Desk, bot: Bot, pages: Sequence[Sheet], also: Act, posting: Asked | None = None
) -> None:
    """Reads pages one by one into one letter or posting."""
    place, store, now = desk.place, desk.store, desk.now
    try:
        if not documents.reads_pictures():
            raise DocumentError("unsupported", "image")
        await store.write(_tell, place, pages, now)
        desk.work.nudge("send")
        document = await _read(bot, pages, desk.person.language)
    except DocumentError as problem:
        if posting is None:
            await letters.refuse(store, place, problem, now, also)
        else:
            await asking.refuse(desk, problem, posting, also)
    else:
        if posting is None:
            await letters.receive(store, place, document, None, now, also)
        else:
            before = await store.read(_page_before, desk, posting)
            await asking.read(desk, before + document.text, "", posting, also)


def _page_before(db: Db, desk: Desk, asked: Asked) -> str:
    """A page that comes after its posting was kept goes on where that ended."""
    if desk.place.message_id == asked["answer"]:
        return ""
    version = asking.asked_about(db, asked, desk.person)
    waits = postings.waiting(db, desk.person.id)
    kept = postings.of_letter(db, version.letter_id) if version else waits
    return f"{kept.text}\n\n" if kept else ""


def _tell(db: Db, place: Place, pages: Sequence[Sheet], now: datetime) -> None:
    """How long it will take, before anything is read; nobody is told who was forgotten."""
    if people.get(db, place.person.id) is None:
        return
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
