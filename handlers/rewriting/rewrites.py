"""Saying one passage better, top to bottom: it is chosen, proposed, and taken or left."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from coach.letters import Rewrite
from coach.rewording import Passage, passages, reworded
from coach.texts import say
from handlers.chat import replies
from handlers.chat.formatting import Said
from handlers.chat.presses import Told
from handlers.chat.work import ModelFacts, Work
from handlers.reviews.buttons import Press, ReviewButton
from handlers.reviews.edits import Desk, at_desk, show_summary
from handlers.rewriting.rewrite_answers import list_answer
from handlers.rewriting.rewrite_asking import stop_asking
from handlers.rewriting.rewrite_buttons import (
    MOST_TRIES,
    PassageButton,
    RewriteButton,
    RewriteStep,
    passage_buttons,
)
from handlers.rewriting.rewrite_cases import (
    REWRITE,
    Case,
    asked_of_model,
    found,
    listen,
    next_question,
)
from storage import Db, Store, letters, reviews, rewrites
from storage.letters import Version
from storage.people import Person
from storage.reviews import StoredReview
from storage.rewrites import RewriteState, StoredRewrite

router = Router(name="rewrites")
router.callback_query.filter(F.message.chat.type == "private")


@router.callback_query(ReviewButton.filter(F.press == Press.REWRITE))
async def list_pressed(
    callback: CallbackQuery,
    callback_data: ReviewButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """Rewrite a passage, under a critique: the passages to choose from, in a message below."""

    def choose(desk: Desk) -> str:
        said, rows = _choice(desk.db, person, desk.version, desk.review)
        key, chat_id = f"passages:{desk.press}", desk.chat_id
        replies.send(desk.db, key=key, chat_id=chat_id, said=said, now=now, rows=rows)
        return say(person.language, "letters.answer.below")

    await at_desk(callback, callback_data, store, person, now, work, choose)


def _choice(db: Db, person: Person, version: Version, review: StoredReview) -> Told:
    offered = passages(version.text, review.review.critique, review.review.findings)
    anew = rewrites.taken(db, version.id)
    taken = {one.number for one in offered if any(_same(one, other) for other in anew)}
    said = list_answer(person.language, version.text, offered, taken)
    return said, passage_buttons(review.id, [one.number for one in offered])


def _same(passage: Passage, rewrite: StoredRewrite) -> bool:
    return (passage.start, passage.end) == (rewrite.start, rewrite.end)


@router.callback_query(PassageButton.filter())
async def passage_pressed(
    callback: CallbackQuery,
    callback_data: PassageButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    model: ModelFacts,
) -> None:
    """A passage is taken up, in the place of the list."""
    message = callback.message
    assert message is not None

    def take_up(db: Db) -> StoredRewrite | None:
        review = reviews.get(db, callback_data.review)
        version = review and letters.version(db, review.version_id)
        if review is None or version is None or version.person_id != person.id:
            return None
        offered = passages(version.text, review.review.critique, review.review.findings)
        [passage] = [one for one in offered if one.number == callback_data.number] or [None]
        if passage is None:
            return None
        rewrite = _begun(db, person, version, passage, callback.id, str(message.message_id), now)
        case = Case(db, person, version, rewrite, callback.id, asks(person, model), now)
        return _take_up(case)

    rewrite = await store.write(take_up)
    if rewrite:
        await listen(state, rewrite)
    work.nudge("send", REWRITE)
    await callback.answer(None if rewrite else say(person.language, "rewrites.gone"))


def asks(person: Person, model: ModelFacts) -> bool:
    """Whether a model may be asked about this person's letters."""
    return model.on and person.model_agreed_at is not None


def _begun(
    db: Db,
    person: Person,
    version: Version,
    passage: Passage,
    press: str,
    place: str,
    now: datetime,
) -> StoredRewrite:
    """The passage as it stands anew already, or taken up now."""
    for one in rewrites.taken(db, version.id):
        if _same(passage, one):
            return replace(one, shown_in=place)
    start, end, advice = passage.start, passage.end, passage.advice
    if "?" not in advice:
        advice += "\n" + say(person.language, f"rewrites.ask.{passage.criterion}")
    return rewrites.begin(
        db,
        key=press,
        person_id=person.id,
        version_id=version.id,
        rewrite=passage.rewrite or Rewrite(version.text[start:end], start, end, "", ""),
        advice=advice,
        shown_in=place,
        now=now,
    )


def _take_up(case: Case) -> StoredRewrite:
    """Words that the critique proposes are shown at once; else a model is asked, or, without
    one, the writer."""
    rewrite = case.rewrite
    nothing_yet = not (rewrite.replacement or rewrite.questions or rewrite.tries)
    if rewrite.state is RewriteState.SHOWN and nothing_yet:
        if case.asks:
            rewrite = asked_of_model(case, rewrite, "")
        else:
            rewrite = replace(rewrite, state=RewriteState.TYPING)
    case.show(rewrite)
    return rewrite


Taken = str | None
"""What a press is answered with; None when it comes too late, and the passage is shown again."""


def take(case: Case, _turn: int) -> Taken:
    """The words become an accepted edit of the letter's newest review."""
    rewrite, review = case.rewrite, reviews.latest(case.db, case.version.id)
    if rewrite.state is not RewriteState.SHOWN or not rewrite.replacement or review is None:
        return None
    beside = reworded(case.version.text, rewrite.start, rewrite.end, rewrite.replacement)
    edit = beside.edit(rewrite.author)
    case.show(rewrites.take(case.db, rewrite, review_id=review.id, edit=edit, now=case.now))
    _show_first_answer(case, review)
    return ""


def undo(case: Case, _turn: int) -> Taken:
    """The passage is the writer's first one again, and what was proposed can be looked at."""
    rewrite, review = case.rewrite, reviews.latest(case.db, case.version.id)
    if rewrite.state is not RewriteState.TAKEN or review is None:
        return None
    back = rewrites.put_back(case.db, rewrite, review_id=review.id, state=RewriteState.SHOWN)
    case.show(back)
    _show_first_answer(case, review)
    return say(case.person.language, "rewrites.undone")


def _show_first_answer(case: Case, review: StoredReview) -> None:
    """How many passages stand anew is told there, and whether there is something to download."""
    receipt = f"receipt:{case.version.id}"
    button = ReviewButton(review=review.id, press=Press.REWRITE)
    chat_id = case.version.chat_id
    place = (case.db, case.person, case.version, review, button, case.key, chat_id, 0, case.now)
    show_summary(Desk(*place), receipt)


def leave(case: Case, _turn: int) -> Taken:
    """It stays as it was written; what a model still has in hand is thrown away."""
    if case.rewrite.state in (RewriteState.TAKEN, RewriteState.LEFT):
        return None
    case.show(replace(case.rewrite, state=RewriteState.LEFT))
    return ""


def unfold(case: Case, _turn: int) -> Taken:
    """The ways of saying it otherwise, in the place of the buttons."""
    if case.rewrite.state is not RewriteState.SHOWN:
        return None
    case.show(case.rewrite, unfolded=True)
    return ""


def fold(case: Case, _turn: int) -> Taken:
    """Back to what is proposed."""
    if case.rewrite.state not in (RewriteState.SHOWN, RewriteState.TYPING):
        return None
    case.show(replace(case.rewrite, state=RewriteState.SHOWN))
    return ""


def again(wish: str | None) -> Callable[[Case, int], Taken]:
    """Asks the model once more, for something `wish`ed; None: as before."""

    def ask(case: Case, turn: int) -> Taken:
        rewrite = case.rewrite
        if rewrite.state is not RewriteState.SHOWN or rewrite.tries != turn:
            return None
        if not case.asks or rewrite.tries >= MOST_TRIES:
            own = say(case.person.language, "rewrites.button.own")
            case.show(rewrite, say(case.person.language, "rewrites.enough_tries", own=own))
            return ""
        case.show(asked_of_model(case, rewrite, rewrite.wish if wish is None else wish))
        return ""

    return ask


def stop(case: Case, turn: int) -> Taken:
    """Whatever the model says now comes too late."""
    if case.rewrite.state is not RewriteState.WAITING or case.rewrite.tries != turn:
        return None
    stopped = replace(case.rewrite, state=RewriteState.SHOWN)
    case.show(stopped, say(case.person.language, "rewrites.stopped"))
    return ""


def answer(case: Case, _turn: int) -> Taken:
    """The questions, one by one."""
    if case.rewrite.state is not RewriteState.SHOWN or not case.rewrite.questions:
        return None
    case.show(replace(case.rewrite, state=RewriteState.ASKING, asked=0))
    return ""


def skip(case: Case, turn: int) -> Taken:
    """A question that is better not answered."""
    if case.rewrite.state is not RewriteState.ASKING or case.rewrite.asked != turn:
        return None
    case.show(*next_question(case, case.rewrite))
    return ""


def enough(case: Case, _turn: int) -> Taken:
    """The other questions are not asked; what was answered counts."""
    if case.rewrite.state is not RewriteState.ASKING:
        return None
    last = replace(case.rewrite, asked=len(case.rewrite.questions) - 1)
    case.show(*next_question(case, last))
    return ""


def own_words(case: Case, _turn: int) -> Taken:
    """The writer says it."""
    if case.rewrite.state is not RewriteState.SHOWN:
        return None
    case.show(replace(case.rewrite, state=RewriteState.TYPING))
    return ""


def list_again(case: Case, _turn: int) -> Taken:
    """Another passage, in the place of this one, which stays as it was decided."""
    review = reviews.latest(case.db, case.version.id)
    if review is None or case.rewrite.state not in (RewriteState.TAKEN, RewriteState.LEFT):
        return None
    said, rows = _choice(case.db, case.person, case.version, review)
    place = case.rewrite.shown_in
    replies.edit(
        case.db,
        key=f"passages:{case.key}",
        chat_id=case.version.chat_id,
        message=int(place) if place.isdecimal() else place,
        said=said if isinstance(said, Said) else Said(said),
        now=case.now,
        rows=rows,
    )
    return ""


STEPS: dict[RewriteStep, Callable[[Case, int], Taken]] = {
    RewriteStep.TAKE: take,
    RewriteStep.UNDO: undo,
    RewriteStep.LEAVE: leave,
    RewriteStep.WAYS: unfold,
    RewriteStep.FOLD: fold,
    RewriteStep.AGAIN: again(None),
    RewriteStep.OTHER: again(""),
    RewriteStep.SHORTER: again("shorter"),
    RewriteStep.CONCRETE: again("more concrete"),
    RewriteStep.WARMER: again("warmer"),
    RewriteStep.ANSWER: answer,
    RewriteStep.SKIP: skip,
    RewriteStep.ENOUGH: enough,
    RewriteStep.OWN: own_words,
    RewriteStep.STOP: stop,
    RewriteStep.LIST: list_again,
}


@router.callback_query(RewriteButton.filter())
async def pressed(
    callback: CallbackQuery,
    callback_data: RewriteButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    model: ModelFacts,
) -> None:
    """A button under a passage. One that comes too late shows how the passage stands."""
    message = callback.message
    assert message is not None

    def act(db: Db) -> tuple[str, StoredRewrite | None]:
        mine = found(db, callback_data.rewrite, person)
        if mine is None:
            return say(person.language, "rewrites.gone"), None
        rewrite, version = mine
        here = replace(rewrite, shown_in=str(message.message_id))
        case = Case(db, person, version, here, callback.id, asks(person, model), now)
        said = STEPS[callback_data.step](case, callback_data.turn)
        if said is None:
            case.show(here)
            said = say(person.language, "letters.answer.already")
        return said, rewrites.get(db, rewrite.id)

    said, rewrite = await store.write(act)
    if callback_data.step in (RewriteStep.STOP, RewriteStep.LEAVE):
        stop_asking(callback_data.rewrite)
    if rewrite:
        await listen(state, rewrite)
    work.nudge("send", REWRITE)
    await callback.answer(said or None)
