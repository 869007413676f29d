"""The question for a posting: asked, closed as soon as an answer comes, asked again if it was none.

What is sent while the answer is being read is something else, so the question is closed at once;
the conversation remembers which message answered it, until that was read or another dialog began.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Message

from coach.documents import DocumentError
from handlers.letters.arrivals import READ, Act, keep_waiting, nothing, still_reading
from handlers.letters.kept_postings import Desk, receive
from storage import Db, conversations, letters, reviews
from storage.letters import Version
from storage.people import Person

Asked = Mapping[str, Any]
"""What a posting answers: the `review` or `letter` it is for, else the newest letter; with `talk`,
the conversation in which it was asked, and `answer`, the message that came; `unasked` where it was
known by what it says."""


class Asking(StatesGroup):
    """The dialog about a posting; a long one may go on in the next message, and while its album
    comes, each photo is a page of it."""

    for_posting = State()
    for_rest = State()
    for_pages = State()


async def ask(state: FSMContext, **about: int) -> None:
    """The next message is the answer."""
    await state.set_state(Asking.for_posting)
    await state.set_data(about)


async def answered(
    state: FSMContext, message: Message, now: datetime, album: str | None = None
) -> tuple[Asked, Act]:
    """An answer came; of an album the next pages follow. What was asked, and what closes the
    question in the transaction that keeps the answer."""
    key = state.key
    talk = conversations.key(key.bot_id, key.chat_id, key.thread_id, key.user_id, key.destiny)
    review = (await state.get_data()).get("review")
    asked = {"review": review, "answer": message.message_id, "talk": talk}

    def close(db: Db) -> None:
        following = Asking.for_pages.state if album else None
        conversations.set_data(db, talk, {**asked, "album": album}, now=now, person_id=key.user_id)
        conversations.set_state(db, talk, following, now=now, person_id=key.user_id)

    return asked, close


async def take(desk: Desk, text: str, asked: Asked, also: Act = nothing) -> None:
    """A posting that came as text is read at once, or when its turn comes."""
    if await desk.store.read(still_reading, desk.place):
        came = {"text": text, "posting": asked}
        await desk.store.write(keep_waiting, desk.place, came, desk.now, also)
        desk.work.nudge(READ)
    else:
        await read(desk, text, "", asked, also)


async def read(desk: Desk, text: str, name: str, asked: Asked, also: Act) -> None:
    """Holds the letter against the posting; one that asks for nothing is no answer."""
    version = await desk.store.read(asked_about, asked, desk.person)
    desk = replace(desk, unasked="unasked" in asked)

    def close(db: Db) -> None:
        also(db)
        _close(db, asked, desk.now)

    if not await receive(desk, text, name, version, first=close):
        await desk.store.write(_open_again, asked, desk.now, also)


async def refuse(desk: Desk, problem: DocumentError, asked: Asked, also: Act) -> None:
    """Says in one sentence why a document can't be used; another may be sent."""

    def open_again(db: Db) -> None:
        _open_again(db, asked, desk.now, also)

    await desk.tell(problem.sentence(desk.person.language), open_again)


def asked_about(db: Db, asked: Asked, person: Person) -> Version | None:
    """The letter under whose review the button was pressed; after /posting the newest one."""
    if letter := asked.get("letter"):
        return letters.of_letter(db, letter)[0] if letters.get(db, letter, person.id) else None
    about = asked.get("review")
    review = reviews.get(db, about) if about is not None else None
    version = review and letters.version(db, review.version_id)
    mine = version is not None and version.person_id == person.id
    return version if mine else letters.latest(db, person.id)


def _close(db: Db, asked: Asked, now: datetime) -> None:
    if _waits(db, asked) and conversations.state(db, asked["talk"]) is None:
        conversations.set_data(db, asked["talk"], {}, now=now)


def _open_again(db: Db, asked: Asked, now: datetime, also: Act) -> None:
    also(db)
    if _waits(db, asked):
        about = {"review": asked["review"]}
        conversations.set_state(db, asked["talk"], Asking.for_posting.state, now=now)
        conversations.set_data(db, asked["talk"], about, now=now)


def _waits(db: Db, asked: Asked) -> bool:
    """Whether the conversation still stands where the answer came."""
    talk = asked.get("talk")
    return talk is not None and conversations.data(db, talk).get("answer") == asked["answer"]
