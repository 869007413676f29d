"""A posting is kept with a letter, the letter is held against it; it is shown, and taken off."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from coach.letters import HOUSE_RULES, Review
from coach.requirements import reads_as_posting, requirements
from coach.review import against
from coach.texts import say
from handlers.chat import replies
from handlers.chat.formatting import Said, Style
from handlers.chat.presses import Told, show, tell_below
from handlers.chat.work import ModelFacts, Work
from handlers.letters.arrivals import READ, Act, Place, nothing, place_of
from handlers.letters.coverages import told_coverage
from handlers.letters.letters import answer, receive_text
from handlers.letters.posting_buttons import PostingButton, PostingStep, posting_button
from handlers.reviews.second_looks import COVERAGE, queue
from storage import Db, Store, deletions, letters, reviews
from storage import postings as kept
from storage.letters import Version
from storage.people import Person
from storage.reviews import StoredReview

router = Router(name="kept_postings")
router.callback_query.filter(F.message.chat.type == "private")

LISTED = 12
"""Requirements of a kept posting that are shown in a chat."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a posting came in, and for whom; `unasked`: it was known by what it says."""

    place: Place
    store: Store
    now: datetime
    work: Work
    model: ModelFacts
    unasked: bool = False

    @property
    def person(self) -> Person:
        return self.place.person

    @property
    def key(self) -> str:
        return f"coverage:{self.place.key}"

    async def tell(self, said: str, also: Act = nothing) -> None:
        """Answers the message."""
        await answer(self.store, self.place, said, self.now, also)
        self.work.nudge("send")


async def receive(
    desk: Desk, text: str, name: str, version: Version | None, first: Act = nothing
) -> bool:
    """Keeps a posting with the letter, or for the next one, and answers; False when it asks for
    nothing that can be seen, so that another may be sent. `first` is done in the same
    transaction."""
    asked = await asyncio.to_thread(requirements, text)
    language = desk.person.language
    if not asked:
        await desk.tell(say(language, "letters.coverage.none"))
        return False
    review = await desk.store.read(reviews.latest, version.id) if version else None
    held = None
    if version and review:
        held = await asyncio.to_thread(against, version.text, review.review, text, reader=language)
    counted = say(language, "letters.coverage.requirements", count=len(asked))

    def act(db: Db) -> None:
        first(db)
        _keep(db, desk, text, name, version, held, counted)

    await desk.store.write(act)
    desk.work.nudge("send", COVERAGE)
    return True


async def keep_caption(desk: Desk, caption: str | None) -> None:
    """A posting written under a letter's file or photo waits for that letter; any other caption
    is a word to us and nothing to keep. Heard twice, it is the posting of that same letter."""
    if caption and await asyncio.to_thread(reads_as_posting, caption):
        known = await desk.store.read(letters.by_source, desk.place.key)
        await receive(desk, caption, "", known)


def _keep(
    db: Db,
    desk: Desk,
    text: str,
    name: str,
    version: Version | None,
    held: Review | None,
    counted: str,
) -> None:
    person, now, chat_id = desk.person, desk.now, desk.place.chat_id
    here = letters.version(db, version.id) if version else None
    letter = here.letter_id if here else None
    kept.keep(db, person_id=person.id, letter_id=letter, name=name, text=text, now=now)
    newest = reviews.latest(db, here.id) if here else None
    rows: replies.Rows = ()
    if newest is None or held is None:
        sentence = "letters.coverage.waits" if here is None else "letters.coverage.soon"
        said: Said | str = say(person.language, sentence, requirements=counted)
        rows = [_taken_wrong(desk, letter or 0)]
        replies.send(db, key=desk.key, chat_id=chat_id, said=said, now=now, rows=rows)
        return
    amended = _amended(db, newest, held)
    said, rows = told_coverage(db, person, amended, now)
    rows = [*rows, _taken_wrong(desk, letter or 0)] if desk.unasked else rows
    replies.send(db, key=desk.key, chat_id=chat_id, said=said, now=now, rows=rows)
    if desk.model.on and person.model_agreed_at is not None:
        queue(db, COVERAGE, amended, desk.key, now)


def _taken_wrong(desk: Desk, letter: int) -> list[replies.Button]:
    """What undoes a posting; one that nobody asked for may be a letter."""
    steps = [PostingStep.DROP, *([PostingStep.LETTER] if desk.unasked else [])]
    return [posting_button(desk.person.language, step, letter) for step in steps]


def _amended(db: Db, newest: StoredReview, held: Review) -> StoredReview:
    """The newest review says how the letter answers the posting; a model's critique stays."""
    said = replace(newest.review, coverage=held.coverage, plan=held.plan)
    if said.critique.engine == HOUSE_RULES:
        said = replace(said, critique=held.critique)
    reviews.amend(db, newest.id, said)
    return replace(newest, review=said)


# It is shown, and taken off.


@router.callback_query(PostingButton.filter(F.step == PostingStep.SHOW))
async def posting_shown(
    callback: CallbackQuery,
    callback_data: PostingButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """What the letter is held against."""

    def look(db: Db) -> Told | None:
        posting = _own(db, callback_data.letter, person)
        if posting is None:
            return None
        language, asked = person.language, requirements(posting.text)
        count = say(language, "letters.coverage.requirements", count=len(asked))
        said = Said().line(say(language, "letters.posting.title", requirements=count), Style.BOLD)
        for one in asked[:LISTED]:
            said.line(f"• {one.text}")
        if len(asked) > LISTED:
            said.line("…")
        return said, [[posting_button(language, PostingStep.DROP, callback_data.letter)]]

    refused = say(person.language, "letters.posting.none")
    await tell_below(callback, store, now, work, look, refused=refused)


def _own(db: Db, letter: int, person: Person) -> kept.Posting | None:
    found = kept.of_letter(db, letter) if letter else kept.waiting(db, person.id)
    return found if found and found.person_id == person.id else None


@router.callback_query(PostingButton.filter(F.step == PostingStep.DROP))
async def posting_dropped(
    callback: CallbackQuery,
    callback_data: PostingButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """It is deleted; later versions are held against nothing."""

    def drop(db: Db) -> Told | None:
        letter = callback_data.letter
        gone = kept.remove(db, person.id, letter) if letter else kept.remove_waiting(db, person.id)
        return (say(person.language, "letters.posting.dropped"), ()) if gone else None

    refused = say(person.language, "letters.posting.none")
    await show(callback, store, now, work, drop, refused=refused)
    await store.checkpoint()


@router.callback_query(PostingButton.filter(F.step == PostingStep.LETTER))
async def letter_after_all(
    callback: CallbackQuery,
    callback_data: PostingButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """What was taken for a posting is a letter: it is read as one, and holds against nothing."""
    assert isinstance(callback.message, Message)
    posting = await store.read(_own, callback_data.letter, person)
    if posting is None:
        refused = say(person.language, "letters.posting.none")
        await callback.answer(refused, show_alert=True)
        return

    def drop(db: Db) -> None:
        letter = posting.letter_id
        kept.remove(db, person.id, letter) if letter else kept.remove_waiting(db, person.id)

    place = place_of(callback.message, person)
    await receive_text(store, place, posting.text, now, also=drop)
    work.nudge(READ, "review", "send")
    await callback.answer()


@router.callback_query(PostingButton.filter(F.step == PostingStep.TAKE))
async def posting_after_all(
    callback: CallbackQuery,
    callback_data: PostingButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    model: ModelFacts,
) -> None:
    """What was taken for a letter is a posting: the letter before is held against it."""
    assert isinstance(callback.message, Message)
    taken = await store.read(letters.get, callback_data.letter, person.id)
    if taken is None:
        refused = say(person.language, "letters.answer.gone")
        await callback.answer(refused, show_alert=True)
        return
    [version, *_] = await store.read(letters.of_letter, taken.id)
    other = await store.read(_other_letter, taken.id, person.id)
    desk = Desk(place_of(callback.message, person), store, now, work, model)

    def delete(db: Db) -> None:
        deletions.delete_letter(db, taken.id, person.id)

    if await receive(desk, version.text, version.name, other, first=delete):
        await store.checkpoint()
    await callback.answer()


def _other_letter(db: Db, letter_id: int, person_id: int) -> Version | None:
    """The newest version of the letter that was touched last before this one."""
    for letter in letters.of_person(db, person_id, limit=2):
        if letter.id != letter_id:
            return letters.of_letter(db, letter.id)[0]
    return None
