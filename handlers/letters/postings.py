"""Postings come in: as text, file, photo or forwarded message."""

from collections.abc import Sequence
from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message, PhotoSize

from coach import documents
from coach.documents import DocumentError, Pictured
from coach.requirements import reads_as_posting
from coach.texts import say
from handlers.chat import replies
from handlers.chat.work import ModelFacts, Work
from handlers.letters.kept_postings import Desk, receive
from handlers.letters.letters import download, fetched, place_of
from handlers.letters.pastes import goes_on, keep_piece
from handlers.reviews.buttons import Press, ReviewButton
from storage import Db, Store, letters, pieces, reviews
from storage import postings as kept
from storage.letters import Version
from storage.people import Person

router = Router(name="postings")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")


class Asking(StatesGroup):
    """The dialog about a posting; a long one may go on in the next message, and while its album
    comes, each photo is a page of it."""

    for_posting = State()
    for_rest = State()
    for_pages = State()


# Asking for it.


@router.callback_query(
    ReviewButton.filter(F.press == Press.POSTING), F.message.chat.type == "private"
)
async def ask_for_posting(
    callback: CallbackQuery,
    callback_data: ReviewButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """The button under a review; that review's letter is the one to compare, not the newest."""
    assert callback.message is not None
    review = await store.read(reviews.get, callback_data.review)
    if review is None or review.person_id != person.id:
        await callback.answer(say(person.language, "letters.answer.gone"), show_alert=True)
        return
    await state.set_state(Asking.for_posting)
    await state.set_data({"review": callback_data.review})
    await store.write(
        replies.send,
        key=f"posting:{callback.id}",
        chat_id=callback.message.chat.id,
        said=say(person.language, "letters.coverage.ask"),
        now=now,
    )
    work.nudge("send")
    await callback.answer()


@router.message(Command("posting"))
async def posting(
    message: Message,
    command: CommandObject,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    model: ModelFacts,
    state: FSMContext,
) -> None:
    """/posting alone asks for it; with text behind it, that text is the posting. Before there is a
    letter it waits for the next."""
    desk = Desk(place_of(message, person), store, now, work, model)
    if command.args:
        version = await store.read(letters.latest, person.id)
        await receive(desk, command.args, "", version)
        return
    await state.set_state(Asking.for_posting)
    await state.set_data({})
    first = await store.read(letters.latest, person.id) is None
    await desk.tell(say(person.language, f"letters.coverage.{'ask_first' if first else 'ask'}"))


# It comes in.


@router.message(StateFilter(Asking.for_posting), F.text & ~F.text.startswith("/"))
async def posting_pasted(
    message: Message,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    model: ModelFacts,
    state: FSMContext,
) -> None:
    """The posting as text, typed, pasted or forwarded; what fills a message may go on."""
    version = await asked_about(store, person, state)
    if goes_on(message):
        letter = version.letter_id if version else 0
        await store.write(keep_piece, place_of(message, person), message.text or "", now, letter)
        await state.set_state(Asking.for_rest)
        await state.set_data({"letter": letter})
        work.nudge("gather")
        return
    desk = Desk(place_of(message, person), store, now, work, model)
    if await receive(desk, message.text or "", "", version):
        await state.clear()


@router.message(StateFilter(Asking.for_rest), F.text & ~F.text.startswith("/"))
async def rest_pasted(
    message: Message, store: Store, person: Person, now: datetime, work: Work, state: FSMContext
) -> None:
    """The rest of a posting that Telegram cut; what comes later is something else."""
    place, data = place_of(message, person), await state.get_data()
    if await store.read(pieces.newest_at, place.chat_id) is None:
        await state.clear()
        raise SkipHandler
    await store.write(keep_piece, place, message.text or "", now, data.get("letter", 0))
    work.nudge("gather")


@router.message(StateFilter(None), F.forward_origin, F.text | F.caption)
async def posting_forwarded(
    message: Message, store: Store, person: Person, now: datetime, work: Work, model: ModelFacts
) -> None:
    """A forwarded message that reads as a posting is one, without a command; any other is not."""
    text = message.text or message.caption or ""
    if not reads_as_posting(text):
        raise SkipHandler
    desk = Desk(place_of(message, person), store, now, work, model, unasked=True)
    await receive(desk, text, "", await store.read(letters.latest, person.id))


@router.message(StateFilter(Asking.for_posting), F.document)
async def posting_uploaded(
    message: Message,
    bot: Bot,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    model: ModelFacts,
    state: FSMContext,
) -> None:
    """The posting as a file; a scan is read by its pictures."""
    assert message.document is not None
    desk = Desk(place_of(message, person), store, now, work, model)
    name = message.document.file_name or ""
    try:
        data = await download(bot, message.document)
        text = await _read(data, name or "posting", person.language)
    except DocumentError as problem:
        await desk.tell(problem.sentence(person.language))
        return
    if await receive(desk, text, name, await asked_about(store, person, state)):
        await state.clear()


async def _read(data: bytes, name: str, language: str) -> str:
    """Raises DocumentError."""
    try:
        document = await documents.read_in_child(data, name, language=language, pictures=False)
    except Pictured:
        document = documents.seen(await documents.read_pictures(data), name, language)
    return document.text


@router.message(StateFilter(Asking.for_posting), F.photo)
async def posting_photographed(
    message: Message,
    bot: Bot,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    model: ModelFacts,
    state: FSMContext,
) -> None:
    """The posting as a photo; of an album the next pages follow."""
    desk = Desk(place_of(message, person), store, now, work, model)
    text = _told_in_words(message) or await _seen(desk, bot, message.photo)
    version = await asked_about(store, person, state)
    if text and await receive(desk, text, "", version):
        await state.clear()
        if message.media_group_id:
            await state.set_state(Asking.for_pages)
            data = {"album": message.media_group_id, "letter": version and version.letter_id}
            await state.set_data(data)


@router.message(StateFilter(Asking.for_pages), F.photo)
async def next_page(
    message: Message,
    bot: Bot,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    model: ModelFacts,
    state: FSMContext,
) -> None:
    """Another page of the same album belongs to the posting; any other photo is a letter's."""
    data = await state.get_data()
    if message.media_group_id != data.get("album"):
        await state.clear()
        raise SkipHandler
    desk, letter = Desk(place_of(message, person), store, now, work, model), data.get("letter")
    text = await _seen(desk, bot, message.photo)

    def before(db: Db) -> tuple[str, Version | None]:
        old = kept.of_letter(db, letter) if letter else kept.waiting(db, person.id)
        versions = letters.of_letter(db, letter) if letter else []
        return old.text if old else "", versions[0] if versions else None

    first, version = await store.read(before)
    if text:
        await receive(desk, f"{first}\n\n{text}", "", version)


def _told_in_words(message: Message) -> str:
    """A posting under its picture, as channels send them."""
    caption = message.caption or ""
    return caption if reads_as_posting(caption) else ""


async def _seen(desk: Desk, bot: Bot, photo: Sequence[PhotoSize] | None) -> str:
    """What stands in a photo; "" after it was said why nothing could be read."""
    assert photo is not None
    largest = max(photo, key=lambda size: size.width * size.height)
    language = desk.person.language
    try:
        if not documents.reads_pictures():
            raise DocumentError("unsupported", "image")
        pages = await documents.read_pictures(await fetched(bot, largest.file_id))
        return documents.seen(pages, "", language).text
    except DocumentError as problem:
        await desk.tell(problem.sentence(language))
        return ""


async def asked_about(store: Store, person: Person, state: FSMContext) -> Version | None:
    """The letter under whose review the button was pressed; after /posting the newest one."""
    asked = (await state.get_data()).get("review")

    def find(db: Db) -> Version | None:
        review = reviews.get(db, asked) if asked is not None else None
        version = review and letters.version(db, review.version_id)
        mine = version is not None and version.person_id == person.id
        return version if mine else letters.latest(db, person.id)

    return await store.read(find)
