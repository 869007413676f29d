"""Deciding on the slips of a review: all at once or one by one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

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
    button: ReviewButton
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


def apply_all(desk: Desk) -> str:
    """Every sure fix is accepted; questions stay open. A second press changes nothing."""
    language = desk.person.language
    changed = reviews.decide(
        desk.db, review_id=desk.review.id, numbers=None, state="accepted", now=desk.now
    )
    if not changed:
        return say(language, "letters.answer.already")
    receipt, edits = f"receipt:{desk.version.id}", desk.edits
    show_summary(desk, receipt)
    if desk.message_id != messages.message_id(desk.db, receipt):
        show(desk, decided_answer(language, edits), fix_buttons(language, desk.review.id, edits))
    return say(language, "letters.answer.applied", count=changed)


def begin_one_by_one(desk: Desk) -> str:
    """A message of its own shows the slips in turn and edits itself from then on."""
    said, rows = next_slip(desk)
    key = f"one:{desk.press}"
    replies.send(desk.db, key=key, chat_id=desk.chat_id, said=said, now=desk.now, rows=rows)
    return say(desk.person.language, "letters.answer.below")


def decide_one(desk: Desk) -> str:
    """One slip is decided and the next one shown in its place."""
    state = "accepted" if desk.button.press is Press.ACCEPT else "skipped"
    numbers = [desk.button.number]
    changed = reviews.decide(
        desk.db, review_id=desk.review.id, numbers=numbers, state=state, now=desk.now
    )
    show(desk, *next_slip(desk))
    show_summary(desk, f"receipt:{desk.version.id}")
    return "" if changed else say(desk.person.language, "letters.answer.already")


def finish_one_by_one(desk: Desk) -> str:
    """Enough for now: what is decided stays, what is open can be taken up again."""
    language, edits = desk.person.language, desk.edits
    said = Said().line(say(language, "letters.one.finished")).line()
    said.join(decided_answer(language, edits))
    show(desk, said, fix_buttons(language, desk.review.id, edits))
    return ""


def whole_critique(desk: Desk) -> str:
    """Everything that was said about the letter, as a file to keep."""
    language = desk.person.language
    page = critique_markdown(desk.version.name, desk.review.review, language)
    caption = say(language, "letters.download.critique")
    return send_file(desk, f"whole:{desk.press}", "critique.md", page.encode(), caption)


ACTS: dict[Press, Act] = {
    Press.ALL: apply_all,
    Press.ONE: begin_one_by_one,
    Press.ACCEPT: decide_one,
    Press.SKIP: decide_one,
    Press.FINISH: finish_one_by_one,
    Press.WHOLE: whole_critique,
}
"""What the buttons here do; those of postings, critiques and cards have modules of their own."""


@router.callback_query(ReviewButton.filter(F.press.in_(ACTS)))
async def pressed(
    callback: CallbackQuery,
    callback_data: ReviewButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """A button under a review, or under one of its slips."""
    act = ACTS[callback_data.press]
    await at_desk(callback, callback_data, store, person, now, work, act)


async def at_desk(
    callback: CallbackQuery,
    button: ReviewButton,
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
        review = reviews.get(db, button.review)
        version = review and letters.version(db, review.version_id)
        if review is None or version is None or version.person_id != person.id:
            return say(person.language, "letters.answer.gone")
        newest = reviews.latest(db, version.id) or review
        chat_id, message_id = message.chat.id, message.message_id
        desk = Desk(db, person, version, newest, button, callback.id, chat_id, message_id, now)
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


def send_file(desk: Desk, key: str, filename: str, data: bytes, caption: str) -> str:
    """Sends a file below, and says that it is there."""
    replies.send_file(
        desk.db,
        key=key,
        chat_id=desk.chat_id,
        filename=filename,
        data=data,
        caption=caption,
        now=desk.now,
    )
    return say(desk.person.language, "letters.answer.below")


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
