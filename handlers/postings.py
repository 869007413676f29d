"""Holding a letter against a posting: requirement, quote, how well it is answered."""

import asyncio
from datetime import datetime
from itertools import islice

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from coach import documents, postings
from coach.documents import DocumentError
from coach.letters import Coverage
from coach.plans import MOST_CARDS, gap_cards
from coach.texts import say
from handlers import replies
from handlers.additions import cards_button
from handlers.answers import coverage_answer
from handlers.buttons import Press, ReviewButton
from handlers.formatting import Said
from handlers.letters import download
from handlers.start import tell
from handlers.work import Work
from storage import Db, Store, letters, reviews
from storage.letters import Version
from storage.people import Person

router = Router(name="postings")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")


class Asking(StatesGroup):
    """The dialog about a posting."""

    for_posting = State()


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
    state: FSMContext,
) -> None:
    """/posting alone asks for it; with text behind it, that text is the posting."""
    if command.args:
        version = await store.read(letters.latest, person.id)
        await compare(message, command.args, version, store, person, now, work)
    elif await store.read(letters.latest, person.id) is None:
        await tell(store, message, say(person.language, "letters.coverage.no_letter"), now, work)
    else:
        await state.set_state(Asking.for_posting)
        await state.set_data({})
        await tell(store, message, say(person.language, "letters.coverage.ask"), now, work)


@router.message(StateFilter(Asking.for_posting), F.text & ~F.text.startswith("/"))
async def posting_pasted(
    message: Message, store: Store, person: Person, now: datetime, work: Work, state: FSMContext
) -> None:
    """The posting as text."""
    version = await asked_about(store, person, state)
    await compare(message, message.text or "", version, store, person, now, work)
    await state.clear()


@router.message(StateFilter(Asking.for_posting), F.document)
async def posting_uploaded(
    message: Message,
    bot: Bot,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """The posting as a file."""
    assert message.document is not None
    try:
        data = await download(bot, message.document)
        name = message.document.file_name or "posting"
        document = await documents.read_in_child(data, name, language=person.language)
    except DocumentError as problem:
        await tell(store, message, problem.sentence(person.language), now, work)
    else:
        version = await asked_about(store, person, state)
        await compare(message, document.text, version, store, person, now, work)
        await state.clear()


async def asked_about(store: Store, person: Person, state: FSMContext) -> Version | None:
    """The letter under whose review the button was pressed; after /posting the newest one."""
    asked = (await state.get_data()).get("review")

    def find(db: Db) -> Version | None:
        review = reviews.get(db, asked) if asked is not None else None
        version = review and letters.version(db, review.version_id)
        mine = version is not None and version.person_id == person.id
        return version if mine else letters.latest(db, person.id)

    return await store.read(find)


async def compare(
    message: Message,
    asked: str,
    version: Version | None,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """Holds a letter against the posting and answers with the table."""
    if version is None:
        await tell(store, message, say(person.language, "letters.coverage.no_letter"), now, work)
        return
    coverage = await asyncio.to_thread(cover, version, asked, person.language)
    said = (
        coverage_answer(person.language, coverage)
        if coverage
        else Said(say(person.language, "letters.coverage.none"))
    )
    cards = tuple(islice(gap_cards(coverage, person.language), MOST_CARDS))
    key = f"coverage:{message.chat.id}:{message.message_id}"

    def tell_coverage(db: Db) -> None:
        rows = cards_button(db, person, cards, key, now)
        replies.send(db, key=key, chat_id=message.chat.id, said=said, now=now, rows=rows)

    await store.write(tell_coverage)
    work.nudge("send")


def cover(version: Version, asked: str, language: str) -> tuple[Coverage, ...]:
    """How the letter answers what a posting asks for."""
    return postings.cover(postings.requirements(asked), version.text, language=language)
