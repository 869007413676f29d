"""Deciding on the slips of a review: all at once, one by one, and the corrected copy."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from aiogram import F, Router
from aiogram.types import CallbackQuery

from coach.documents import corrected
from coach.reports import critique_markdown
from coach.texts import say
from handlers import replies
from handlers.answers import decided_answer, first_answer, one_edit
from handlers.buttons import Press, ReviewButton, fix_buttons, one_edit_buttons
from handlers.formatting import Said, Style
from handlers.work import Work
from storage import Db, Store, letters, messages, reviews
from storage.letters import Version
from storage.people import Person
from storage.reviews import StoredEdit, StoredReview

router = Router(name="edits")
router.callback_query.filter(F.message.chat.type == "private")


@dataclass(frozen=True, slots=True)
class Desk:
    """All that a pressed button needs: the review it speaks of, and where to show the answer."""

    db: Db
    person: Person
    version: Version
    review: StoredReview
    press: str
    chat_id: int
    message_id: int
    now: datetime

    @property
    def edits(self) -> list[StoredEdit]:
        """The slips as they are decided at this moment of the transaction."""
        return reviews.edits(self.db, self.review.id)


Act = Callable[[Desk], str]
"""What a button does; returns what the press is answered with, "" for nothing to say."""


@router.callback_query(ReviewButton.filter(F.press == Press.ALL))
async def apply_all(
    callback: CallbackQuery,
    callback_data: ReviewButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """Every sure fix is accepted; questions stay open. A second press changes nothing."""

    def decide(desk: Desk) -> str:
        changed = reviews.decide(
            desk.db, review_id=desk.review.id, numbers=None, state="accepted", now=now
        )
        if not changed:
            return say(person.language, "letters.answer.already")
        receipt, edits = f"receipt:{desk.version.id}", desk.edits
        show_summary(desk, receipt)
        if desk.message_id != messages.message_id(desk.db, receipt):
            said = decided_answer(person.language, edits)
            show(desk, said, fix_buttons(person.language, desk.review.id, edits))
        return say(person.language, "letters.answer.applied", count=changed)

    await at_desk(callback, callback_data, store, person, now, work, decide)


@router.callback_query(ReviewButton.filter(F.press == Press.ONE))
async def begin_one_by_one(
    callback: CallbackQuery,
    callback_data: ReviewButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """A message of its own shows the slips in turn and edits itself from then on."""

    def begin(desk: Desk) -> str:
        said, rows = next_slip(desk)
        replies.send(
            desk.db, key=f"one:{desk.press}", chat_id=desk.chat_id, said=said, now=now, rows=rows
        )
        return say(person.language, "letters.answer.below")

    await at_desk(callback, callback_data, store, person, now, work, begin)


@router.callback_query(ReviewButton.filter(F.press.in_({Press.ACCEPT, Press.SKIP})))
async def decide_one(
    callback: CallbackQuery,
    callback_data: ReviewButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """One slip is decided and the next one shown in its place."""
    state = "accepted" if callback_data.press == Press.ACCEPT else "skipped"

    def decide(desk: Desk) -> str:
        changed = reviews.decide(
            desk.db, review_id=desk.review.id, numbers=[callback_data.number], state=state, now=now
        )
        said, rows = next_slip(desk)
        show(desk, said, rows)
        show_summary(desk, f"receipt:{desk.version.id}")
        return "" if changed else say(person.language, "letters.answer.already")

    await at_desk(callback, callback_data, store, person, now, work, decide)


@router.callback_query(ReviewButton.filter(F.press == Press.FINISH))
async def finish_one_by_one(
    callback: CallbackQuery,
    callback_data: ReviewButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """Enough for now: what is decided stays, what is open can be taken up again."""

    def finish(desk: Desk) -> str:
        language, edits = person.language, desk.edits
        said = Said().line(say(language, "letters.one.finished")).line()
        said.join(decided_answer(language, edits))
        show(desk, said, fix_buttons(language, desk.review.id, edits))
        return ""

    await at_desk(callback, callback_data, store, person, now, work, finish)


@router.callback_query(ReviewButton.filter(F.press == Press.DOWNLOAD))
async def download(
    callback: CallbackQuery,
    callback_data: ReviewButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """The letter with the accepted fixes and nothing else changed."""

    def send(desk: Desk) -> str:
        filename, data, fixes = corrected_copy(desk.version, desk.edits)
        replies.send_file(
            desk.db,
            key=f"download:{desk.press}",
            chat_id=desk.chat_id,
            filename=filename,
            data=data,
            caption=download_caption(person.language, fixes),
            now=now,
        )
        return say(person.language, "letters.answer.below")

    await at_desk(callback, callback_data, store, person, now, work, send)


@router.callback_query(ReviewButton.filter(F.press == Press.WHOLE))
async def whole_critique(
    callback: CallbackQuery,
    callback_data: ReviewButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """Everything that was said about the letter, as a file to keep."""

    def send(desk: Desk) -> str:
        page = critique_markdown(desk.version.name, desk.review.review, person.language)
        replies.send_file(
            desk.db,
            key=f"whole:{desk.press}",
            chat_id=desk.chat_id,
            filename="critique.md",
            data=page.encode(),
            caption=say(person.language, "letters.download.critique"),
            now=now,
        )
        return say(person.language, "letters.answer.below")

    await at_desk(callback, callback_data, store, person, now, work, send)


async def at_desk(
    callback: CallbackQuery,
    pressed: ReviewButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    act: Act,
) -> None:
    """Does `act` in one transaction, and answers the press with what it returns.

    A button of an older reading shows the newest one instead; one of a letter that is gone, or
    of somebody else's, says so and tells nothing.
    """
    message = callback.message
    assert message is not None

    def sit_down(db: Db) -> str:
        review = reviews.get(db, pressed.review)
        version = review and letters.version(db, review.version_id)
        if review is None or version is None or version.person_id != person.id:
            return say(person.language, "letters.answer.gone")
        newest = reviews.latest(db, version.id) or review
        desk = Desk(
            db, person, version, newest, callback.id, message.chat.id, message.message_id, now
        )
        if newest.id == review.id:
            return act(desk)
        show_summary(desk, message.message_id)
        return say(person.language, "letters.answer.old")

    said = await store.write(sit_down)
    work.nudge("send")
    await callback.answer(said or None)


def next_slip(desk: Desk) -> tuple[Said, replies.Rows]:
    """The first open slip, or the word that none is open."""
    edits, language = desk.edits, desk.person.language
    for position, stored in enumerate(edits, start=1):
        if stored.state == "open":
            said = one_edit(
                language, desk.version.text, stored, position=position, total=len(edits)
            )
            return said, one_edit_buttons(language, desk.review.id, stored.number)
    said = Said().line(say(language, "letters.one.nothing_open"), Style.BOLD).line()
    said.join(decided_answer(language, edits))
    return said, fix_buttons(language, desk.review.id, edits)


def show(desk: Desk, said: Said, rows: replies.Rows) -> None:
    """Puts the next thing where the button was pressed."""
    replies.edit(
        desk.db,
        key=f"show:{desk.press}",
        chat_id=desk.chat_id,
        message=desk.message_id,
        said=said,
        now=desk.now,
        rows=rows,
    )


def show_summary(desk: Desk, message: int | str) -> None:
    """The first answer again, with what is decided by now."""
    language, edits = desk.person.language, desk.edits
    replies.edit(
        desk.db,
        key=f"summary:{desk.press}",
        chat_id=desk.chat_id,
        message=message,
        said=first_answer(
            language,
            desk.version.text,
            desk.review.review,
            edits,
            waiting=False,
            name=desk.version.name,
        ),
        now=desk.now,
        rows=fix_buttons(language, desk.review.id, edits),
    )


def corrected_copy(version: Version, edits: list[StoredEdit]) -> tuple[str, bytes, int]:
    """The file's name, its bytes, and how many fixes are in it.

    Text files come back in their own encoding and line ends; of other formats the text.
    """
    accepted = [stored.edit for stored in edits if stored.state == "accepted"]
    stem = PurePath(version.name).stem or "letter"
    ending = ".md" if version.media_type == "text/markdown" else ".txt"
    return (
        f"{stem}-corrected{ending}",
        corrected(version.text, accepted, version.encoding),
        len(accepted),
    )


def download_caption(language: str, fixes: int) -> str:
    """What stands under the file."""
    if not fixes:
        return say(language, "letters.download.caption_unchanged")
    counted = say(language, "letters.download.fixes", count=fixes)
    return say(language, "letters.download.caption", fixes=counted)
