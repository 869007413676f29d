"""Postings come in: as text, file, photo or forwarded message."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiogram import Bot, F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from coach import documents
from coach.documents import DocumentError
from coach.requirements import reads_as_posting
from coach.texts import say
from handlers.chat import replies
from handlers.chat.work import ModelFacts, Work
from handlers.letters.arrivals import READ, Act, downloaded, file_of, keep_waiting, place_of
from handlers.letters.asking import Asking, answered, ask, asked_about, read, refuse, take
from handlers.letters.kept_postings import Desk
from handlers.letters.pastes import goes_on, keep_piece
from handlers.letters.photos import keep_page, page_of
from handlers.reviews.buttons import Press, ReviewButton
from storage import Store, letters, pieces, reviews
from storage.people import Person

router = Router(name="postings")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")


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
    await ask(state, review=callback_data.review)
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
        await take(desk, command.args, {})
        return
    await ask(state)
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
    if goes_on(message):
        asked = await state.get_data()
        version = await store.read(asked_about, asked, person)
        letter = version.letter_id if version else 0
        await store.write(keep_piece, place_of(message, person), message.text or "", now, letter)
        await state.set_state(Asking.for_rest)
        await state.set_data({"letter": letter})
        work.nudge("gather")
        return
    desk = Desk(place_of(message, person), store, now, work, model)
    asked, close = await answered(state, message, now)
    await take(desk, message.text or "", asked, close)


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
    desk = Desk(place_of(message, person), store, now, work, model)
    await take(desk, text, {"unasked": True})


@router.message(StateFilter(Asking.for_posting), F.document)
async def posting_uploaded(
    message: Message, store: Store, person: Person, now: datetime, work: Work, state: FSMContext
) -> None:
    """The posting as a file; it waits to be read like any other."""
    assert message.document is not None
    asked, close = await answered(state, message, now)
    came = {**file_of(message.document, None), "posting": asked}
    await store.write(keep_waiting, place_of(message, person), came, now, close)
    work.nudge(READ)


async def read_upload(desk: Desk, bot: Bot, came: Mapping[str, Any], also: Act) -> None:
    """A posting's file whose turn it is; a scan is read by its pictures."""
    name, asked = came["name"], came["posting"]
    try:
        data = await downloaded(bot, desk.place, came)
        document = await documents.read_in_child(
            data, name or "posting", language=desk.person.language
        )
    except DocumentError as problem:
        await refuse(desk, problem, asked, also)
    else:
        await read(desk, document.text, name, asked, also)


@router.message(StateFilter(Asking.for_posting), F.photo)
async def posting_photographed(
    message: Message,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    model: ModelFacts,
    state: FSMContext,
) -> None:
    """The posting as a photo, or as words under one; of an album the next pages follow."""
    place = place_of(message, person)
    asked, close = await answered(state, message, now, message.media_group_id)
    if text := _told_in_words(message):
        await take(Desk(place, store, now, work, model), text, asked, close)
        return
    await store.write(keep_page, place, page_of(message), now, asked, close)
    work.nudge(READ)


@router.message(StateFilter(Asking.for_pages), F.photo)
async def next_page(
    message: Message, store: Store, person: Person, now: datetime, work: Work, state: FSMContext
) -> None:
    """Another page of the same album belongs to the posting; any other photo is a letter's."""
    data = await state.get_data()
    if message.media_group_id != data.get("album"):
        await state.clear()
        raise SkipHandler
    asked = {name: data.get(name) for name in ("review", "answer", "talk")}
    await store.write(keep_page, place_of(message, person), page_of(message), now, asked)
    work.nudge(READ)


def _told_in_words(message: Message) -> str:
    """A posting under its picture, as channels send them."""
    caption = message.caption or ""
    return caption if reads_as_posting(caption) else ""
