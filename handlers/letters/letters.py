"""A letter's way, top to bottom: it comes in (uploads.py), is read, kept, acknowledged, reviewed,
answered."""

import asyncio
from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message

from coach import documents, kinds, language, titles
from coach.documents import Document, DocumentError, Pictured
from coach.letters import Review
from coach.postings import form
from coach.review import review
from coach.texts import say
from handlers.chat import replies
from handlers.chat.formatting import Said
from handlers.chat.presses import Told
from handlers.chat.work import ModelFacts, Work, finish
from handlers.letters.arrivals import Act, Place, keep_waiting, nothing, place_of, still_reading
from handlers.letters.comparisons import beside
from handlers.letters.coverages import hold_against_posting
from handlers.letters.recognition import Recognised, recognised, same_text, title_of
from handlers.letters.version_buttons import VersionStep, version_button
from handlers.people.privacy import ask_whether
from handlers.reviews.answers import critique_answer, first_answer, receipt
from handlers.reviews.buttons import critique_buttons, fix_buttons
from handlers.reviews.critiques import queue_critique
from handlers.reviews.evidence import could_cite
from handlers.reviews.second_looks import COVERAGE, SINCE, queue
from storage import Db, Store, jobs, letters, own_words, people, postings, reviews
from storage.jobs import Job
from storage.letters import Version
from storage.people import Person
from storage.reviews import StoredReview

router = Router(name="letters")
router.message.filter(F.chat.type == "private")


@router.message(Command("letter"))
async def how_to_send(
    message: Message, store: Store, person: Person, now: datetime, work: Work
) -> None:
    """/letter: nothing needs it, but people look for it."""
    await answer(store, place_of(message, person), say(person.language, "letters.what_next"), now)
    work.nudge("send")


async def receive_file(
    store: Store, place: Place, data: bytes, name: str, now: datetime, also: Act
) -> None:
    """A file that is no file of cards is a letter. Raises Pictured for a photo or a scan."""
    try:
        document = await documents.read_in_child(
            data, name, language=place.person.language, pictures=False
        )
    except Pictured:
        raise
    except DocumentError as problem:
        await refuse(store, place, problem, now, also)
    else:
        await receive(store, place, document, data, now, also)


async def receive_text(
    store: Store, place: Place, text: str, now: datetime, also: Act = nothing
) -> None:
    """A text from the chat goes the same way as a file, and overtakes none."""
    if await store.read(still_reading, place):
        await store.write(keep_waiting, place, {"text": text}, now, also)
    else:
        await read_text(store, place, text, now, also)


async def read_text(store: Store, place: Place, text: str, now: datetime, also: Act) -> None:
    """A text whose turn it is."""
    try:
        document = documents.pasted(text, language=place.person.language)
    except DocumentError as problem:
        await refuse(store, place, problem, now, also)
    else:
        await receive(store, place, document, None, now, also)


async def receive(
    store: Store,
    place: Place,
    document: Document,
    source: bytes | None,
    now: datetime,
    also: Act = nothing,
) -> None:
    """Keeps the letter, as the next version of the one it continues, says at once what was
    received, and queues the review. The same text again is not read anew."""
    found = await recognised(store, place.person, place.key, document, source)
    if found.same is None:
        await store.write(_keep, place, document, source, found, now, also)
        return
    same = found.same

    def tell(db: Db) -> None:
        said, rows = same_text(db, place.person, same, document, source, now)
        key, chat_id = f"same:{place.key}", place.chat_id
        replies.send(db, key=key, chat_id=chat_id, said=said, now=now, rows=rows)
        also(db)

    await store.write(tell)


def _keep(
    db: Db,
    place: Place,
    document: Document,
    source: bytes | None,
    found: Recognised,
    now: datetime,
    also: Act,
) -> None:
    person, text, written_in = place.person, document.text, language.detect(document.text)
    letter = found.letter and letters.get(db, found.letter.id, person.id)
    kind = letter.kind if letter else kinds.guess(text)
    version = letters.add(
        db,
        person_id=person.id,
        chat_id=place.chat_id,
        source_key=place.key,
        name=document.name,
        media_type=document.media_type,
        kind=kind,
        language=written_in,
        text=text,
        source=source,
        encoding=document.encoding,
        notes=document.notes,
        letter_id=letter.id if letter else None,
        title=titles.title(text, document.name) or say(person.language, "versions.untitled"),
        now=now,
    )
    said = [receipt(person.language, text, written_in, kind, document.name if source else "")]
    if letter:
        title = title_of(db, letter, person.language)
        said.append(say(person.language, "versions.next", number=version.number, title=title))
    said.append(say(person.language, "letters.reading"))
    key, chat_id = f"receipt:{version.id}", place.chat_id
    replies.send(db, key=key, chat_id=chat_id, said=Said("\n".join(said)), now=now)
    postings.attach(db, person.id, version.letter_id)
    queue_review(db, version, now)
    also(db)


def queue_review(db: Db, version: Version, now: datetime) -> None:
    """A version is reviewed once, however often this is called."""
    payload = {"version": version.id}
    person_id = version.person_id
    jobs.add(
        db, kind="review", key=str(version.id), payload=payload, person_id=person_id, due_at=now
    )


def requeue_review(db: Db, version: Version, press: str, now: datetime) -> None:
    """A version is reviewed anew, once a press."""
    payload, key = {"version": version.id}, f"{version.id}:{press}"
    jobs.add(db, kind="review", key=key, payload=payload, person_id=version.person_id, due_at=now)


async def refuse(
    store: Store, place: Place, problem: DocumentError, now: datetime, also: Act = nothing
) -> None:
    """Says in one sentence why a document can't be used; the conversation goes on."""
    sentence = problem.sentence(place.person.language)

    def tell(db: Db) -> None:
        key = f"refused:{place.key}"
        replies.send(db, key=key, chat_id=place.chat_id, said=sentence, now=now)
        also(db)

    await store.write(tell)


async def answer(
    store: Store, place: Place, said: Said | str, now: datetime, also: Act = nothing
) -> None:
    """Answers a message in the same chat, once."""

    def tell(db: Db) -> None:
        replies.send(db, key=f"answer:{place.key}", chat_id=place.chat_id, said=said, now=now)
        also(db)

    await store.write(tell)


async def review_letter(
    job: Job,
    *,
    store: Store,
    now: datetime,
    work: Work,
    model: ModelFacts,
    default_zone: str = "UTC",
    **_: Any,
) -> None:
    """Reviews one version by the house rules, next to the one before; a model reads after that,
    if it may."""
    version = await store.read(letters.version, job.payload["version"])
    person = version and await store.read(people.get, version.person_id)
    if version is None or person is None:  # forgotten in the meantime
        await store.write(finish, job, now)
        return
    known = await store.read(own_words.of_person, person.id)
    posting = await store.read(postings.of_letter, version.letter_id)
    reviewed = await asyncio.to_thread(
        review,
        version.text,
        kind=version.kind,
        reader=person.language,
        posting=posting.text if posting else None,
        known=known,
        notes=version.notes,
    )
    told = await beside(store, version, person, now, default_zone, reviewed)
    await store.write(_answer, job, version, person, reviewed, now, model, told)
    work.nudge("send", "critique", COVERAGE, SINCE)


class TryAgain(CallbackData, prefix="again"):
    """The button under the word that a review could not be written."""

    version: int


def gave_up(db: Db, job: Job, now: datetime) -> None:
    """A review could not be written: says so and offers another try, in the transaction that
    gives the job up."""
    version = letters.version(db, job.payload["version"])
    person = version and people.get(db, version.person_id)
    if version is None or person is None:
        return
    button = say(person.language, "letters.button.try_again"), TryAgain(version=version.id).pack()
    replies.send(
        db,
        key=f"gave-up:{job.id}:{job.attempts}",
        chat_id=version.chat_id,
        said=say(person.language, "letters.gave_up"),
        now=now,
        rows=[[button]],
    )


@router.callback_query(TryAgain.filter())
async def try_again(
    callback: CallbackQuery,
    callback_data: TryAgain,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """The review is queued anew, once a press."""

    def queue(db: Db) -> str:
        version = letters.version(db, callback_data.version)
        if version is None or version.person_id != person.id:
            return "letters.answer.gone"
        if reviews.latest(db, version.id) is not None:
            return "letters.answer.already"
        requeue_review(db, version, callback.id, now)
        return "letters.reading"

    said = await store.write(queue)
    work.nudge("review")
    await callback.answer(say(person.language, said))


def _answer(
    db: Db,
    job: Job,
    version: Version,
    person: Person,
    reviewed: Review,
    now: datetime,
    model: ModelFacts,
    told: Told | None,
) -> None:
    """The review, the messages that tell it, and the end of the job: all or nothing."""
    if letters.version(db, version.id) is None:  # deleted while it was read
        finish(db, job, now)
        return
    before = reviews.latest(db, version.id)
    stored = reviews.save(db, version_id=version.id, review=reviewed, now=now)
    if before:
        reviews.carry(db, before=before.id, after=stored.id)
    may_read = model.on and person.model_agreed_at is not None
    edits = reviews.edits(db, stored.id)
    replies.edit(
        db,
        key=f"review:{stored.id}",
        chat_id=version.chat_id,
        message=f"receipt:{version.id}",
        said=first_answer(
            person.language, version.text, reviewed, edits, waiting=may_read, name=version.name
        ),
        now=now,
        rows=[*fix_buttons(person.language, stored.id, edits), _next_of(db, person, version, told)],
    )
    _tell_beside(db, stored, version, told, now)
    if may_read:
        _read_again(db, stored, version, now)
    if may_read:
        queue_critique(db, stored, str(stored.id), now)
    else:
        said = critique_answer(person.language, reviewed.critique, written_in=version.language)
        replies.send(
            db,
            key=f"critique:{stored.id}",
            chat_id=version.chat_id,
            said=said.join(could_cite(db, person, version.text, reviewed, now)),
            now=now,
            rows=critique_buttons(person.language, stored.id, reviewed.critique),
        )
    if came := hold_against_posting(db, person, version, stored, now):
        requeue_review(db, version, f"posting:{came}", now)
    if not may_read:
        ask_whether(db, person, stored, model, now)
    finish(db, job, now)


def _tell_beside(
    db: Db, stored: StoredReview, version: Version, told: Told | None, now: datetime
) -> None:
    """What changed since the version before, or the question whether there was one."""
    if told:
        said, rows = told
        key, chat_id = f"since:{stored.id}", version.chat_id
        replies.send(db, key=key, chat_id=chat_id, said=said, now=now, rows=rows)


def _read_again(db: Db, stored: StoredReview, version: Version, now: datetime) -> None:
    """What a model looks at besides the critique: the posting or form, and the version before."""
    told = bool(stored.review.coverage)
    if told or form(version.text, version.kind):
        queue(db, COVERAGE, stored, f"coverage:{stored.id}", now, told=told)
    if version.number > 1:
        queue(db, SINCE, stored, f"since:{stored.id}", now)


def _next_of(db: Db, person: Person, version: Version, told: Told | None) -> list[replies.Button]:
    """The button that makes a letter the next version of another, where nothing else offers it and
    there is another."""
    if told or letters.count(db, person.id) < 2:
        return []
    return [version_button(person.language, "pick", VersionStep.PICK, version.id)]
