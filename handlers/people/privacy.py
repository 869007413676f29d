"""/privacy, and the asking whether a model may read: nothing leaves before its writer agreed."""

import asyncio
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message

from coach.pseudonyms import Pseudonyms
from coach.texts import say
from handlers.chat import presses, replies
from handlers.chat.formatting import Said, Style
from handlers.chat.presses import Told
from handlers.chat.replies import Button, Rows
from handlers.chat.work import Keeping, ModelFacts, Work
from handlers.reviews.critiques import queue_critique
from storage import Db, Store, facts, letters, people, reviews
from storage.people import Person
from storage.privacy import SUBJECTS
from storage.reviews import StoredReview

router = Router(name="privacy")


class Choice(StrEnum):
    """What somebody decides about a model."""

    AGREE = "yes"
    DECLINE = "no"
    LOOK = "look"
    START = "on"
    STOP = "off"
    VEIL = "hide"
    UNVEIL = "show"


class PrivacyButton(CallbackData, prefix="privacy"):
    """A decision; `review` is the reading under which it was asked for, 0 under /privacy."""

    choice: Choice
    review: int = 0


@router.message(Command("privacy"), F.chat.type == "private")
async def privacy(
    message: Message,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    model: ModelFacts,
    keeping: Keeping,
) -> None:
    """What is kept for how long, and what leaves to whom."""
    await presses.reply(message, store, now, work, lambda db: _told(db, person.id, model, keeping))


@router.callback_query(
    PrivacyButton.filter(F.choice.in_({Choice.AGREE, Choice.DECLINE})),
    F.message.chat.type == "private",
)
async def answered(
    callback: CallbackQuery,
    callback_data: PrivacyButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    model_on: bool,
) -> None:
    """The question under a critique is answered; with a yes the model reads that letter at once."""

    def decide(db: Db) -> Told:
        if callback_data.choice is Choice.DECLINE:
            people.decline_model(db, person.id, now)
            return say(person.language, "privacy.declined"), ()
        people.agree_to_model(db, person.id, now)
        review = reviews.get(db, callback_data.review)
        if model_on and review is not None and review.person_id == person.id:
            _have_read(db, review, now)
        return say(person.language, "privacy.agreed"), ()

    await presses.show(callback, store, now, work, decide)
    work.nudge("critique")


@router.callback_query(
    PrivacyButton.filter(F.choice.in_({Choice.START, Choice.STOP, Choice.VEIL, Choice.UNVEIL})),
    F.message.chat.type == "private",
)
async def changed(
    callback: CallbackQuery,
    callback_data: PrivacyButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    model: ModelFacts,
    keeping: Keeping,
) -> None:
    """A switch under /privacy."""

    def switch(db: Db) -> Told:
        match callback_data.choice:
            case Choice.START:
                people.agree_to_model(db, person.id, now)
            case Choice.STOP:
                people.decline_model(db, person.id, now)
            case Choice.VEIL:
                people.veil(db, person.id, unveiled_at=None)
            case _:
                people.veil(db, person.id, unveiled_at=now)
        return _told(db, person.id, model, keeping)

    await presses.show(callback, store, now, work, switch)


@router.callback_query(
    PrivacyButton.filter(F.choice == Choice.LOOK), F.message.chat.type == "private"
)
async def looked(
    callback: CallbackQuery,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """What would leave, word for word, on the person's own last letter."""
    version = await store.read(letters.latest, person.id)
    said = say(person.language, "privacy.nothing_to_look_at")
    if version is not None:
        title = say(person.language, "privacy.looked")
        told = [fact.told for fact in await store.read(facts.of_person, person.id)]
        text = "\n\n".join([version.text, *told])
        said = f"{title}\n\n{await asyncio.to_thread(_seen_by_model, person, text)}"
    await presses.tell_below(callback, store, now, work, lambda _: (said, ()))


def ask_whether(
    db: Db, person: Person, review: StoredReview, model: ModelFacts, now: datetime
) -> None:
    """Asks under a critique whether a model may read too; nobody is asked who has answered."""
    if not model.on or person.model_agreed_at or person.model_declined_at:
        return
    language = person.language
    replies.send(
        db,
        key=f"consent:{review.id}",
        chat_id=person.chat_id,
        said=say(language, "privacy.ask", model=model.name, host=model.host).strip(),
        now=now,
        rows=[
            [
                _button(language, "agree", Choice.AGREE, review.id),
                _button(language, "decline", Choice.DECLINE, review.id),
            ],
            [_button(language, "look", Choice.LOOK)],
        ],
    )


def _have_read(db: Db, review: StoredReview, now: datetime) -> None:
    newest = reviews.latest(db, review.version_id) or review
    queue_critique(db, newest, f"agreed:{newest.id}", now)


def _told(db: Db, person_id: int, model: ModelFacts, keeping: Keeping) -> Told:
    person = people.get(db, person_id)
    assert person is not None
    language = person.language
    said = Said().line(say(language, "privacy.kept.title"), Style.BOLD)
    for subject in SUBJECTS:
        said.line("• " + say(language, f"privacy.kept.{subject}"))
    said.line().line(say(language, "privacy.leaves.title"), Style.BOLD)
    said.line(_leaves(person, model)).line(say(language, "privacy.leaves.others"))
    said.line().line(say(language, "privacy.until.title"), Style.BOLD)
    for line in _until(language, keeping):
        said.line(line)
    return said, _switches(person) if model.on else ()


def _until(language: str, keeping: Keeping) -> Iterator[str]:
    yield say(language, "privacy.until.forgotten")
    if keeping.silence:
        yield say(language, "privacy.until.silence", count=keeping.silence)
    if keeping.backups:
        yield say(language, "privacy.until.backups", count=keeping.backups)
    yield say(language, "privacy.until.logs")
    if keeping.notice:
        yield say(language, "privacy.until.notice", address=keeping.notice)


def _leaves(person: Person, model: ModelFacts) -> str:
    language = person.language
    if not model.on:
        return say(language, "privacy.no_model")
    if person.model_agreed_at is None:
        return say(language, "privacy.model_off", model=model.name, host=model.host)
    names = say(language, "privacy.unveiled" if person.unveiled_at else "privacy.veiled")
    return say(language, "privacy.model_on", model=model.name, host=model.host, names=names)


def _switches(person: Person) -> Rows:
    language = person.language
    look = [_button(language, "look", Choice.LOOK)]
    if person.model_agreed_at is None:
        return [[_button(language, "start_model", Choice.START)], look]
    veil = (
        _button(language, "veil", Choice.VEIL)
        if person.unveiled_at
        else _button(language, "unveil", Choice.UNVEIL)
    )
    return [[_button(language, "stop_model", Choice.STOP)], [veil], look]


def _button(language: str, name: str, choice: Choice, review: int = 0) -> Button:
    data = PrivacyButton(choice=choice, review=review).pack()
    return say(language, f"privacy.button.{name}"), data


def _seen_by_model(person: Person, text: str) -> str:
    return text if person.unveiled_at else Pseudonyms.of([text]).hide(text)
