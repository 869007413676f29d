"""Texts from the chat: a long paste that Telegram cut up, and a text too short for a letter."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from aiogram import F, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message

from coach.documents.links import instead_of_a_letter
from coach.letters import SHORTEST_LETTER, words
from coach.texts import say
from handlers.chat import replies
from handlers.chat.formatting import units
from handlers.chat.work import ModelFacts, Work, finish
from handlers.letters.arrivals import READ, Place, place_of
from handlers.letters.asking import take as take_posting
from handlers.letters.kept_postings import Desk
from handlers.letters.letters import receive_text
from storage import Db, Store, jobs, people, pieces
from storage.jobs import Job
from storage.people import Person

router = Router(name="pastes")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")

MAY_GO_ON = 2048
"""UTF-16 units. Telegram's apps cut what is longer than 4,096 units at the last blank line, line
end, sentence end or space in the second half of what fits, so a text this long may go on."""

BRIM = 4096

PASTE_PAUSE = timedelta(seconds=0.7)
"""How long we wait for the rest of a paste; the apps send the parts without a pause."""


class ReadAnyway(CallbackData, prefix="read"):
    """The button under a text that looked too short for a letter; the text is what it answers."""


@router.message(F.text & ~F.text.startswith("/"))
async def letter_pasted(
    message: Message, store: Store, person: Person, now: datetime, work: Work
) -> None:
    """A long text is a letter; one that fills a message may go on in the next. A link to a
    document is answered with how to send the document."""
    place, text = place_of(message, person), message.text or ""
    waiting = await store.read(pieces.newest_at, place.chat_id)
    if waiting is not None or goes_on(message):
        await store.write(keep_piece, place, text, now)
    elif words(text) < SHORTEST_LETTER and instead_of_a_letter(text) is None:
        await ask_whether_letter(store, place, text, now)
    else:
        await receive_text(store, place, text, now)
    work.nudge("gather", READ, "send", "review")


@router.callback_query(ReadAnyway.filter())
async def read_anyway(
    callback: CallbackQuery, store: Store, person: Person, now: datetime, work: Work
) -> None:
    """The short text is a letter after all."""
    question = callback.message
    letter = question.reply_to_message if isinstance(question, Message) else None
    if letter is None or not letter.text:
        await callback.answer(say(person.language, "letters.answer.gone"), show_alert=True)
        return
    await receive_text(store, place_of(letter, person), letter.text, now)
    work.nudge(READ, "send", "review")
    await callback.answer()


async def ask_whether_letter(store: Store, place: Place, text: str, now: datetime) -> None:
    """A short text may be a question, a greeting, or a very short letter."""
    language_ = place.person.language
    count = say(language_, "letters.words", count=words(text))
    await store.write(
        replies.send,
        key=f"short:{place.key}",
        chat_id=place.chat_id,
        said=say(language_, "letters.too_short", words=count),
        now=now,
        rows=[[(say(language_, "letters.read_anyway"), ReadAnyway().pack())]],
        reply_to=place.message_id,
    )


def goes_on(message: Message) -> bool:
    """Whether the next message may hold the rest of this text; what was forwarded is whole."""
    return message.forward_origin is None and units(message.text or "") >= MAY_GO_ON


def keep_piece(
    db: Db, place: Place, text: str, now: datetime, posting_of: int | None = None
) -> None:
    """Keeps a part of a paste; each part brings its own wait for the next. With `posting_of` they
    are the posting of that letter, 0 where there was none yet."""
    pieces.add(db, chat_id=place.chat_id, message_id=place.message_id, text=text, now=now)
    jobs.add(
        db,
        kind="gather",
        key=place.key,
        payload={"chat": place.chat_id, "posting_of": posting_of},
        lane=str(place.chat_id),
        due_at=now + PASTE_PAUSE,
    )


async def gather_paste(
    job: Job, *, store: Store, now: datetime, work: Work, model: ModelFacts, **_: Any
) -> None:
    """The pause after a part is over: when none came since, the parts become one letter, or the
    posting of one."""
    chat_id = job.payload["chat"]
    newest = await store.read(pieces.newest_at, chat_id)
    person = await store.read(people.get, chat_id)
    if newest is None or person is None or now < newest + PASTE_PAUSE:
        await store.write(finish, job, now)
        return
    parts = await store.read(pieces.waiting, chat_id)
    place, text = Place(person, chat_id, parts[0].message_id), joined([one.text for one in parts])

    def take(db: Db) -> None:
        pieces.take(db, chat_id)
        finish(db, job, now)

    letter = job.payload.get("posting_of")
    if letter is None:
        await receive_text(store, place, text, now, also=take)
    else:
        desk = Desk(place, store, now, work, model)
        await take_posting(desk, text, {"letter": letter}, also=take)
    work.nudge(READ, "send", "review")


def joined(parts: list[str]) -> str:
    """The text that an app cut into messages, the white space at the cuts put back.

    A part that fills its message to the brim was cut within a word. Any other was cut at the
    best place there was: between paragraphs where the letter has blank lines, else between lines.
    """
    between = next((gap for gap in ("\n\n", "\n") if any(gap in part for part in parts)), " ")
    text = parts[0]
    for before, part in pairwise(parts):
        text += part if units(before) >= BRIM else between + part
    return text
