"""Which letter a version belongs to, put right by its writer; and the same text sent again."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from coach import kinds, titles
from coach.texts import say
from handlers.chat.presses import Told, show, tell_below
from handlers.chat.work import Work
from handlers.letters.comparisons import beside
from handlers.letters.letters import requeue_review
from handlers.letters.recognition import title_of
from handlers.letters.version_buttons import VersionButton, VersionStep, join_button, version_button
from storage import Db, Store, letters, messages
from storage.letters import Letter, Version
from storage.people import Person

router = Router(name="versions")
router.callback_query.filter(F.message.chat.type == "private")

LETTERS_OFFERED = 8


def own(db: Db, version_id: int, person: Person) -> Version | None:
    """The version, if it is theirs and still there."""
    version = letters.version(db, version_id)
    return version if version and version.person_id == person.id else None


def gone(person: Person) -> str:
    """The answer to a button of what isn't there any more, or isn't theirs."""
    return say(person.language, "versions.gone")


@router.callback_query(VersionButton.filter(F.step == VersionStep.APART))
async def apart(
    callback: CallbackQuery,
    callback_data: VersionButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """It is a letter of its own; the button below takes that back. Where it is one already,
    nothing is moved."""
    mine = await store.read(own, callback_data.version, person)
    refused = say(person.language, "letters.answer.already") if mine else gone(person)

    def part(db: Db) -> Told | None:
        version = own(db, callback_data.version, person)
        letter = letters.get(db, version.letter_id, person.id) if version else None
        if version is None or letter is None or letter.versions == 1:
            return None
        return _apart(db, version, letter, person, now)

    await show(callback, store, now, work, part, refused=refused)


def _apart(db: Db, version: Version, letter: Letter, person: Person, now: datetime) -> Told:
    language = person.language
    title = titles.title(version.text, version.name) or say(language, "versions.untitled")
    kind = kinds.guess(version.text)
    letters.move(db, version, letter_id=None, title=title, kind=kind, now=now)
    back = title_of(db, letter, language)
    said = say(language, "versions.moved.apart", title=title)
    return said, [[join_button(language, version.id, letter.id, back)]]


@router.callback_query(VersionButton.filter(F.step == VersionStep.JOIN))
async def join(
    callback: CallbackQuery,
    callback_data: VersionButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """It belongs to that letter; what changed since the version before is said in the place of
    the button, with the button that takes it back."""
    moved = await store.write(_join, callback_data, person, now)
    told = await _told(store, moved, person, now, default_zone) if moved else None
    await show(callback, store, now, work, lambda _db: told, refused=gone(person))


def _join(db: Db, pressed: VersionButton, person: Person, now: datetime) -> Version | None:
    version = own(db, pressed.version, person)
    letter = letters.get(db, pressed.letter, person.id)
    if version is None or letter is None:
        return None
    return letters.move(
        db, version, letter_id=letter.id, title=letter.title, kind=letter.kind, now=now
    )


async def _told(
    store: Store, version: Version, person: Person, now: datetime, default_zone: str
) -> Told:
    """What changed since the version before; the first of a letter has none."""
    if version.number > 1:
        told = await beside(store, version, person, now, default_zone)
        if told:
            return told
    language = person.language

    def name(db: Db) -> str:
        letter = letters.get(db, version.letter_id, person.id)
        return title_of(db, letter, language) if letter else ""

    said = say(language, "versions.moved.first", title=await store.read(name))
    return said, [[version_button(language, "apart", VersionStep.APART, version.id)]]


@router.callback_query(VersionButton.filter(F.step == VersionStep.PICK))
async def pick(
    callback: CallbackQuery,
    callback_data: VersionButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """Their other letters, a button each."""

    def offer(db: Db) -> Told | None:
        version = own(db, callback_data.version, person)
        if version is None:
            return None
        language = person.language
        others = [
            letter
            for letter in letters.of_person(db, person.id, LETTERS_OFFERED + 1)
            if letter.id != version.letter_id
        ][:LETTERS_OFFERED]
        rows = [
            [join_button(language, version.id, letter.id, title_of(db, letter, language))]
            for letter in others
        ]
        rows.append([version_button(language, "leave", VersionStep.LEAVE, version.id)])
        return say(language, "versions.perhaps.pick"), rows

    await tell_below(callback, store, now, work, offer, refused=gone(person))


@router.callback_query(VersionButton.filter(F.step == VersionStep.LEAVE))
async def leave(
    callback: CallbackQuery,
    callback_data: VersionButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """Nothing is moved; the picker can be had again."""

    def keep(db: Db) -> Told | None:
        if own(db, callback_data.version, person) is None:
            return None
        again = version_button(person.language, "pick", VersionStep.PICK, callback_data.version)
        return say(person.language, "versions.perhaps.left"), [[again]]

    await show(callback, store, now, work, keep, refused=gone(person))


@router.callback_query(VersionButton.filter(F.step == VersionStep.READ))
async def read_again(
    callback: CallbackQuery,
    callback_data: VersionButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """The same text is read anew; the answer comes where the button was."""
    assert callback.message is not None
    chat_id, message_id = callback.message.chat.id, callback.message.message_id

    def queue(db: Db) -> Told | None:
        version = own(db, callback_data.version, person)
        if version is None:
            return None
        messages.call_it(db, f"receipt:{version.id}", chat_id, message_id, now)
        requeue_review(db, version, callback.id, now)
        return say(person.language, "versions.same.reading"), ()

    await show(callback, store, now, work, queue, refused=gone(person))
    work.nudge("review")
