"""What sort of document a letter is, put right by its writer: it is reviewed anew as that."""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery

from coach.letters import Kind
from coach.texts import say
from handlers.chat import replies
from handlers.chat.presses import Told, show
from handlers.chat.work import Work
from handlers.letters.letters import requeue_review
from handlers.letters.posting_buttons import PostingStep, posting_button
from handlers.letters.versions import gone, own
from handlers.reviews.buttons import Press, ReviewButton
from handlers.reviews.critiques import READING
from handlers.reviews.edits import Desk, at_desk
from storage import Db, Store, letters, reviews
from storage.people import Person

router = Router(name="kinds")
router.callback_query.filter(F.message.chat.type == "private")


class KindButton(CallbackData, prefix="kind"):
    """Says what a version's letter is."""

    version: int
    kind: Kind


@router.callback_query(ReviewButton.filter(F.press == Press.KIND))
async def ask_for_kind(
    callback: CallbackQuery,
    callback_data: ReviewButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """The other kinds, a button each."""
    await at_desk(callback, callback_data, store, person, now, work, _ask)


def _ask(desk: Desk) -> str:
    language, version = desk.person.language, desk.version
    rows = [
        [
            (
                say(language, f"versions.kind.{kind}"),
                KindButton(version=version.id, kind=kind).pack(),
            )
        ]
        for kind in Kind
        if kind is not version.kind
    ]
    rows.append([posting_button(language, PostingStep.TAKE, version.letter_id)])
    said = say(language, "versions.kind.ask", kind=say(language, f"names.kind.{version.kind}"))
    key, chat_id = f"kinds:{desk.press}", desk.chat_id
    replies.send(desk.db, key=key, chat_id=chat_id, said=said, now=desk.now, rows=rows)
    return say(language, "letters.answer.below")


@router.callback_query(KindButton.filter())
async def kind_chosen(
    callback: CallbackQuery,
    callback_data: KindButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """The letter is that from now on, its later versions too; what it is already is read once."""
    mine = await store.read(own, callback_data.version, person)
    refused = say(person.language, "letters.answer.already") if mine else gone(person)

    def choose(db: Db) -> Told | None:
        version = own(db, callback_data.version, person)
        if version is None or version.kind is callback_data.kind:
            return None
        letters.set_kind(db, version.letter_id, callback_data.kind)
        requeue_review(db, version, callback.id, now)
        _stop(db, version.chat_id, version.id)
        kind = say(person.language, f"names.kind.{callback_data.kind}")
        return say(person.language, "versions.kind.chosen", kind=kind), ()

    await show(callback, store, now, work, choose, refused=refused)
    work.nudge("review")


def _stop(db: Db, chat_id: int, version_id: int) -> None:
    """A model that reads it as what it isn't may stop."""
    review = reviews.latest(db, version_id)
    if review and (reading := READING.get((chat_id, review.id))):
        reading.set()
