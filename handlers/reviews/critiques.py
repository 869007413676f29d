"""A model reads the letter: the draft that grows, the Stop button, the answer, and its failure."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from aiogram import Bot, F, Router
from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery, MessageEntity, MessageGenerationStopped

from coach.facts import Fact
from coach.letters import Critique
from coach.texts import say
from handlers.chat import replies
from handlers.chat.formatting import Said
from handlers.chat.work import Work, finish
from handlers.reviews.answers import critique_answer, draft_answer, first_answer
from handlers.reviews.buttons import Press, ReviewButton, critique_buttons, fix_buttons
from handlers.reviews.edits import Desk, at_desk
from handlers.reviews.evidence import could_cite
from storage import Db, Store, facts, jobs, letters, people, postings, reviews
from storage.jobs import Job
from storage.letters import Version
from storage.people import Person
from storage.reviews import StoredReview

if TYPE_CHECKING:
    from prompts import Ask, ModelReading, Prompts

router = Router(name="critiques")

READING: dict[tuple[int, int], asyncio.Event] = {}
"""What this process is reading, by chat and draft: setting the event stops it."""


def queue_critique(db: Db, review: StoredReview, key: str, now: datetime) -> bool:
    """Asks for a model's reading; the same key twice asks once."""
    return jobs.add(
        db,
        kind="critique",
        key=key,
        payload={"review": review.id},
        person_id=review.person_id,
        due_at=now,
    )


async def ask_for_critique(
    job: Job,
    *,
    store: Store,
    ask: "Ask",
    prompts: Callable[[], "Prompts"],
    bot: Bot,
    now: datetime,
    work: Work,
    **_: Any,
) -> None:
    """Has the letter read by the model; whatever comes of it, the person gets a useful answer."""
    review = await store.read(reviews.get, job.payload["review"])
    version = review and await store.read(letters.version, review.version_id)
    person = version and await store.read(people.get, version.person_id)
    if review is None or version is None or person is None:  # forgotten in the meantime
        await store.write(finish, job, now)
        return
    if person.model_agreed_at is None:  # taken back while the letter was waiting
        await store.write(_answer, job, person, version, review, _unread(review), now)
        work.nudge("send")
        return
    told = await store.read(facts.of_person, person.id)
    posting = await store.read(postings.of_letter, version.letter_id)
    asked = posting.text if posting else ""
    reading = await _read(ask, prompts(), bot, person, version, review, told, asked)
    await store.write(_answer, job, person, version, review, reading, now)
    work.nudge("send")


def gave_up(db: Db, job: Job, now: datetime) -> None:
    """The model's reading broke something of ours: the house's critique goes out instead."""
    review = reviews.get(db, job.payload["review"])
    version = review and letters.version(db, review.version_id)
    person = version and people.get(db, version.person_id)
    if review is None or version is None or person is None:
        return
    replies.send(
        db,
        key=f"gave-up:{job.id}:{job.attempts}",
        chat_id=version.chat_id,
        said=critique_answer(person.language, review.review.critique, written_in=version.language),
        now=now,
        rows=critique_buttons(person.language, review.id, review.review.critique, failed=True),
    )


async def _read(
    ask: "Ask",
    prompts: "Prompts",
    bot: Bot,
    person: Person,
    version: Version,
    review: StoredReview,
    told: Sequence[Fact],
    posting: str,
) -> "ModelReading":
    from prompts import read_letter

    draft = Draft(bot, version.chat_id, review.id, person.language)
    stop = READING[draft.place] = asyncio.Event()
    try:
        await draft.show(Said(say(person.language, "letters.model.draft")))
        return await read_letter(
            ask,
            prompts,
            version.text,
            review.review,
            person_id=person.id,
            reader=person.language,
            posting=posting,
            facts=told,
            veiled=person.unveiled_at is None,
            on_draft=draft.grow,
            stop=stop,
        )
    finally:
        del READING[draft.place]


def _unread(review: StoredReview) -> "ModelReading":
    """What the house says stays, since the model may not read."""
    from prompts import ModelReading

    return ModelReading(review.review)


class Draft:
    """The critique as far as it is written, in the person's chat, with a Stop button.

    A draft is a courtesy: the first one that Telegram refuses is the last, and nothing is edited
    in its stead.
    """

    def __init__(self, bot: Bot, chat_id: int, draft_id: int, language: str) -> None:
        self.place = (chat_id, draft_id)
        self._bot = bot
        self._language = language
        self._refused = False

    async def grow(self, critique: Critique) -> None:
        """Shows what is checked so far."""
        await self.show(draft_answer(self._language, critique))

    async def show(self, said: Said) -> None:
        """Shows a text in the place of the draft before."""
        if self._refused or not (pieces := said.pieces()):
            return
        chat_id, draft_id = self.place
        entities = [MessageEntity.model_validate(entity) for entity in pieces[0].entities]
        try:
            await self._bot.send_message_draft(
                chat_id, draft_id, text=pieces[0].text, entities=entities, can_stop=True
            )
        except TelegramAPIError:
            self._refused = True


@router.stopped_message_generation()
async def stop_reading(stopped: MessageGenerationStopped) -> None:
    """The Stop button under a draft."""
    if event := READING.get((stopped.chat.id, stopped.draft_id)):
        event.set()


def _answer(
    db: Db,
    job: Job,
    person: Person,
    version: Version,
    before: StoredReview,
    reading: "ModelReading",
    now: datetime,
) -> None:
    """The new review with what was decided before, the messages that tell it, the job's end."""
    known = reviews.get(db, before.id)
    if known is None:  # the letter was deleted while it was read
        finish(db, job, now)
        return
    language = person.language
    met = replace(reading.review, coverage=known.review.coverage, plan=known.review.plan)
    after = reviews.save(db, version_id=version.id, review=met, now=now)
    reviews.carry(db, before=before.id, after=after.id)
    edits = reviews.edits(db, after.id)
    replies.edit(
        db,
        key=f"review:{after.id}",
        chat_id=version.chat_id,
        message=f"receipt:{version.id}",
        said=first_answer(
            language, version.text, reading.review, edits, waiting=False, name=version.name
        ),
        now=now,
        rows=fix_buttons(language, after.id, edits),
    )
    said = critique_answer(language, reading.review.critique, written_in=version.language)
    cited = could_cite(db, person, version.text, reading.review, now)
    replies.send(
        db,
        key=f"critique:{after.id}",
        chat_id=version.chat_id,
        said=_failure(language, reading).join(said).join(cited),
        now=now,
        rows=critique_buttons(
            language, after.id, reading.review.critique, failed=reading.failed is not None
        ),
    )
    finish(db, job, now)


def _failure(language: str, reading: "ModelReading") -> Said:
    """Why the critique is still the house's, in front of it; nothing when it is the model's."""
    from prompts import Failure

    if reading.failed is None:
        return Said()
    if reading.failed.code is Failure.STOPPED:
        return Said().line(say(language, "letters.model.stopped")).line()
    sentence = reading.failed.sentence(language)
    return Said().line(say(language, "letters.model.failed", sentence=sentence)).line()


@router.callback_query(
    ReviewButton.filter(F.press == Press.ASK_AGAIN), F.message.chat.type == "private"
)
async def ask_again(
    callback: CallbackQuery,
    callback_data: ReviewButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    model_on: bool,
) -> None:
    """The model failed, and the person wants to try it again; twice at once is once."""

    def again(desk: Desk) -> str:
        if not model_on:
            return say(person.language, "start.model_off")
        if person.model_agreed_at is None:
            return say(person.language, "privacy.declined")
        asked = queue_critique(desk.db, desk.review, f"again:{desk.review.id}", now)
        return say(person.language, "letters.model.draft" if asked else "letters.answer.already")

    await at_desk(callback, callback_data, store, person, now, work, again)
    work.nudge("critique")
