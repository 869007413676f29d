"""Deciding on the slips of a review: all at once or one by one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from coach.own_words import same_word
from coach.reports import critique_markdown
from coach.texts import say
from handlers.chat import replies
from handlers.chat.formatting import Said
from handlers.chat.work import Work
from handlers.reviews.answers import first_answer, shortened
from handlers.reviews.buttons import Press, ReviewButton, end_buttons, fix_buttons
from handlers.reviews.slips import back_button, end_of_walk, one_slip, slip_buttons
from handlers.reviews.walks import slip_of, walk
from storage import Db, Store, letters, messages, own_words, reviews
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


LONGEST_TOLD = 40
"""Characters of a word that a press is answered with; Telegram takes 200 in all."""

Act = Callable[[Desk], str]
"""What a button does; returns what the press is answered with, "" for nothing to say."""


def apply_all(desk: Desk) -> str:
    """Every sure fix is accepted; questions stay open. A second press changes nothing."""
    language, receipt = desk.person.language, f"receipt:{desk.version.id}"
    changed = reviews.decide(
        desk.db, review_id=desk.review.id, numbers=None, state="accepted", now=desk.now
    )
    if not changed:
        return say(language, "letters.answer.already")
    show_summary(desk, receipt)
    if desk.message_id != messages.message_id(desk.db, receipt):
        show(desk, *end(desk))
    return say(language, "letters.answer.applied", count=changed)


def begin_one_by_one(desk: Desk) -> str:
    """A message of its own shows the slips in turn and edits itself from then on.

    Pressed again before anything more is decided, the same day, it is the same message.
    """
    way, language = walk(desk.edits), desk.person.language
    if not way.ahead:
        show_summary(desk, desk.message_id)
        return say(language, "letters.one.nothing_open")
    said, rows = next_slip(desk)
    chat_id, now = desk.chat_id, desk.now
    key = f"one:{desk.review.id}:{way.last_step}:{len(way.ahead)}:{now:%Y-%m-%d}"
    if not replies.send(desk.db, key=key, chat_id=chat_id, said=said, now=now, rows=rows):
        again = f"one:{desk.press}"
        replies.edit(
            desk.db, key=again, chat_id=chat_id, message=key, said=said, now=now, rows=rows
        )
    return say(language, "letters.answer.below")


def go_on(desk: Desk) -> str:
    """The slips go on in the message in which they were put off."""
    show(desk, *next_slip(desk))
    return ""


def decide_one(desk: Desk) -> str:
    """One slip is decided at all its places, and the next one shown instead."""
    slip = slip_of(walk(desk.edits), desk.button.number)
    changed = reviews.decide(
        desk.db,
        review_id=desk.review.id,
        numbers=[stored.number for stored in slip],
        state="accepted" if desk.button.press is Press.ACCEPT else "skipped",
        now=desk.now,
    )
    return _walked(desk, changed=bool(changed))


def keep_word(desk: Desk) -> str:
    """The writer calls a word right: it stays at all its places, here and in later letters."""
    edits = desk.edits
    (flagged,) = [one.edit.wrong for one in edits if one.number == desk.button.number] or [""]
    same = [edits[at].number for at in same_word(flagged, [one.edit for one in edits])]
    changed = reviews.decide(
        desk.db, review_id=desk.review.id, numbers=same, state="skipped", now=desk.now
    )
    if not changed:
        return _walked(desk, changed=False)
    step = reviews.last_step(desk.db, desk.review.id)
    own_words.add(desk.db, desk.person.id, flagged, step=step, now=desk.now)
    _walked(desk, changed=True)
    return say(desk.person.language, "letters.one.own_word", word=shortened(flagged, LONGEST_TOLD))


def take_back(desk: Desk) -> str:
    """The last decision is open again and shown, and a word that it made the writer's own isn't."""
    step = desk.button.number
    taken = reviews.undo(desk.db, review_id=desk.review.id, step=step)
    words = [one.edit.wrong for one in desk.edits if one.number in taken]
    own_words.take_back(desk.db, desk.person.id, words, step=step)
    return _walked(desk, changed=bool(taken), at=min(taken, default=0))


def _walked(desk: Desk, *, changed: bool, at: int = 0) -> str:
    """Shows where one stands now, there and in the first answer."""
    show(desk, *next_slip(desk, at))
    if not changed:
        return say(desk.person.language, "letters.answer.already")
    show_summary(desk, f"receipt:{desk.version.id}")
    return ""


def finish_one_by_one(desk: Desk) -> str:
    """Enough for now: what is decided stays, what is open can be taken up again."""
    show(desk, *end(desk))
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
    Press.ON: go_on,
    Press.ACCEPT: decide_one,
    Press.SKIP: decide_one,
    Press.OWN: keep_word,
    Press.BACK: take_back,
    Press.FINISH: finish_one_by_one,
    Press.WHOLE: whole_critique,
}
"""What the buttons here do; downloads, postings, critiques and cards have modules of their own."""

NUMBERED = frozenset({Press.ACCEPT, Press.SKIP, Press.OWN})
"""Buttons that name an edit."""

STEPS = NUMBERED | {Press.ONE, Press.ON, Press.BACK, Press.FINISH, Press.REWRITE}
"""Buttons of going through the slips: a newer review takes over what was decided and goes on."""


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

    A button of an older reading shows the newest one instead, unless it goes on there; one of a
    letter that is gone, or of somebody else's, says so and tells nothing.
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
        if button.press in STEPS:
            return act(_in_newest(desk, review))
        show_summary(desk, message.message_id)
        return say(person.language, "letters.answer.old")

    said = await store.write(sit_down)
    work.nudge("send")
    await callback.answer(said or None)


def _in_newest(desk: Desk, older: StoredReview) -> Desk:
    """The same press, as a button under the newest review would have told it: a step keeps its
    number, and an edit has the one of the same change."""
    if desk.button.press not in NUMBERED:
        return desk
    meant = [one for one in reviews.edits(desk.db, older.id) if one.number == desk.button.number]
    same = {reviews.change(stored.edit): stored.number for stored in desk.edits}
    number = same.get(reviews.change(meant[0].edit), 0) if meant else 0
    return replace(desk, button=desk.button.model_copy(update={"number": number}))


def next_slip(desk: Desk, number: int = 0) -> tuple[Said, replies.Rows]:
    """The slip that an edit belongs to, or else the first one that is open, or the end."""
    way, language = walk(desk.edits), desk.person.language
    if not way.ahead:
        return end(desk)
    slip = slip_of(way, number) or way.ahead[0]
    text, review = desk.version.text, desk.review.id
    said = one_slip(language, text, way, slip)
    return said, slip_buttons(language, text, review, way, slip)


def end(desk: Desk) -> tuple[Said, replies.Rows]:
    """What came of it, and what can be done next; the last decision can still be taken back."""
    edits, language, review = desk.edits, desk.person.language, desk.review.id
    way = walk(edits)
    rows = end_buttons(language, review, edits)
    return end_of_walk(language, edits, way), [*rows, back_button(language, review, way)]


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
