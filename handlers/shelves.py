"""/letters: a page of letters, one of them with its versions, and what can be done with it."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from aiogram import F, Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from coach.letters import Score
from coach.likeness import holds
from coach.texts import say
from handlers import replies
from handlers.answers import critique_answer, first_answer
from handlers.buttons import critique_buttons, fix_buttons
from handlers.formatting import Said, Style
from handlers.handovers import take_back
from handlers.letters import TryAgain
from handlers.presses import Told, reply, show, tell_below
from handlers.recognition import day_of, title_of
from handlers.replies import Button
from handlers.shelf_buttons import ShelfButton, ShelfStep, all_letters, open_button, shelf_button
from handlers.version_buttons import VersionStep, apart_button, version_button
from handlers.versions import gone, own
from handlers.work import Work
from storage import Db, Store, deletions, excerpts, letters, reviews
from storage.excerpts import Excerpt
from storage.letters import Letter, Version
from storage.people import Person

router = Router(name="shelves")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")

LETTERS_SHOWN = 8
VERSIONS_SHOWN = 4
LONGEST_TITLE = 60
COPIED = 0.5
"""Share of the word pairs of what was given to a pair that stand in the letter it was taken from;
names were blacked out of it."""


class Renaming(StatesGroup):
    """The next short message is what a letter is to be called."""

    title = State()


# The letters.


@router.message(Command("letters"))
async def list_letters(
    message: Message,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    default_zone: str = "UTC",
) -> None:
    """/letters: what was sent, the newest first."""
    await state.clear()
    await reply(message, store, now, work, lambda db: _page(db, person, now, default_zone, 0))


@router.callback_query(ShelfButton.filter(F.step == ShelfStep.PAGE))
async def page_turned(
    callback: CallbackQuery,
    callback_data: ShelfButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """Another page of letters, in the place of this one."""
    page = callback_data.page
    await show(callback, store, now, work, lambda db: _page(db, person, now, default_zone, page))


def _page(db: Db, person: Person, now: datetime, default_zone: str, page: int) -> Told:
    """A page of letters; one that isn't there any more is the last."""
    language, total = person.language, letters.count(db, person.id)
    if not total:
        return say(language, "versions.list.none"), ()
    page = max(0, min(page, (total - 1) // LETTERS_SHOWN))
    first = page * LETTERS_SHOWN
    said = Said().line(say(language, "versions.list.title"), Style.BOLD)
    rows: list[list[Button]] = []
    shown = letters.of_person(db, person.id, LETTERS_SHOWN, first)
    for number, letter in enumerate(shown, start=first + 1):
        title = title_of(db, letter, language)
        about = _about(person, letter, day_of(letter.touched_at, person, default_zone, now))
        row = say(language, "versions.list.row", number=number, title=title)
        said.line().line(row, Style.BOLD).line(about)
        data = ShelfButton(step=ShelfStep.LETTER, id=letter.id).pack()
        rows.append([(f"{number}. {title}", data)])
    turns = _turns(language, partial(shelf_button, step=ShelfStep.PAGE), page, first, total)
    if turns:
        facts = {"first": first + 1, "last": first + len(shown), "total": total}
        said.line().line(say(language, "versions.list.page", **facts), Style.ITALIC)
    return said, [*rows, turns]


def _about(person: Person, letter: Letter, date: str) -> str:
    language = person.language
    facts = {
        "kind": say(language, f"names.kind.{letter.kind}"),
        "versions": say(language, "versions.count", count=letter.versions),
    }
    return _capital(say(language, "versions.list.about", date=date, **facts))


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _turns(
    language: str, button: "partial[Button]", page: int, first: int, total: int, step: int = 8
) -> list[Button]:
    """The buttons to the pages before and behind."""
    turns: list[Button] = []
    if page:
        turns.append(button(language, "newer", page=page - 1))
    if first + step < total:
        turns.append(button(language, "older", page=page + 1))
    return turns


# One letter.


@router.callback_query(ShelfButton.filter(F.step == ShelfStep.LETTER))
async def letter_opened(
    callback: CallbackQuery,
    callback_data: ShelfButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """A letter with its versions, in the place of the list."""

    def look(db: Db) -> Told | None:
        letter = letters.get(db, callback_data.id, person.id)
        if letter is None:
            return None
        return _card(db, letter, person, now, default_zone, callback_data.page)

    await show(callback, store, now, work, look, refused=gone(person))


def _card(
    db: Db, letter: Letter, person: Person, now: datetime, default_zone: str, page: int = 0
) -> Told:
    language, title = person.language, title_of(db, letter, person.language)
    facts = {
        "kind": say(language, f"names.kind.{letter.kind}"),
        "versions": say(language, "versions.count", count=letter.versions),
    }
    said = Said().line(title, Style.BOLD)
    said.line(_capital(say(language, "versions.letter.about", **facts)))
    page = max(0, min(page, (letter.versions - 1) // VERSIONS_SHOWN))
    first = page * VERSIONS_SHOWN
    versions = letters.of_letter(db, letter.id)
    shown = versions[first : first + VERSIONS_SHOWN]
    for version in shown:
        day = day_of(version.created_at, person, default_zone, now)
        said.line()
        _one_version(db, said, language, version, day)
    turn = partial(shelf_button, step=ShelfStep.LETTER, id=letter.id)
    turns = _turns(language, turn, page, first, len(versions), VERSIONS_SHOWN)
    return said, [
        *_versions_rows(language, shown, letter),
        turns,
        *_letter_rows(db, letter, person),
    ]


def _one_version(db: Db, said: Said, language: str, version: Version, day: str) -> None:
    facts = {"number": version.number, "date": day}
    said.line(say(language, "versions.letter.version", **facts), Style.BOLD)
    review = reviews.latest(db, version.id)
    if review is None:
        said.line(say(language, "versions.letter.not_read"))
        return
    label = review.review.critique.label
    scores = _assessed(language, review.review.critique.scores)
    said.line(_capital(label)).line(" · ".join(scores), Style.ITALIC)


def _assessed(language: str, scores: Sequence[Score]) -> list[str]:
    return [
        say(
            language,
            "versions.letter.score",
            name=say(language, f"names.criterion.{one.criterion}"),
            score=one.score,
        )
        for one in scores
        if one.score is not None
    ]


def _versions_rows(language: str, shown: Sequence[Version], letter: Letter) -> list[list[Button]]:
    """Open and download; of several versions each says which."""
    if letter.versions == 1:
        [one] = shown
        download = shelf_button(language, "original", ShelfStep.ORIGINAL, one.id)
        return [[open_button(language, one.id), download]]
    return [
        [
            shelf_button(language, "open_version", ShelfStep.OPEN, one.id, number=one.number),
            shelf_button(
                language, "original_version", ShelfStep.ORIGINAL, one.id, number=one.number
            ),
        ]
        for one in shown
    ]


def _letter_rows(db: Db, letter: Letter, person: Person) -> list[list[Button]]:
    language, latest = person.language, letter.latest_version_id
    moves: list[Button] = []
    if letter.versions > 1:
        moves.append(apart_button(language, latest))
    if letters.count(db, person.id) > 1:
        moves.append(version_button(language, "pick", VersionStep.PICK, latest))
    return [
        moves,
        [
            shelf_button(language, "rename", ShelfStep.RENAME, letter.id),
            shelf_button(language, "delete", ShelfStep.DELETE, letter.id),
        ],
        [all_letters(language)],
    ]


# One version.


@router.callback_query(ShelfButton.filter(F.step == ShelfStep.OPEN))
async def version_opened(
    callback: CallbackQuery,
    callback_data: ShelfButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """What was said of a version, again, with buttons that work."""
    assert callback.message is not None
    chat_id, key = callback.message.chat.id, f"open:{callback.id}"

    def tell(db: Db) -> bool:
        version = own(db, callback_data.id, person)
        if version is None:
            return False
        day = day_of(version.created_at, person, default_zone, now)
        for number, (said, rows) in enumerate(_said_of(db, version, person, day)):
            replies.send(db, key=f"{key}:{number}", chat_id=chat_id, said=said, now=now, rows=rows)
        return True

    told = await store.write(tell)
    work.nudge("send")
    await callback.answer(None if told else gone(person), show_alert=not told)


def _said_of(db: Db, version: Version, person: Person, day: str) -> list[Told]:
    """The first answer and the critique as they stand by now."""
    language, stored = person.language, reviews.latest(db, version.id)
    if stored is None:
        again = TryAgain(version=version.id).pack()
        button = say(language, "letters.button.try_again"), again
        return [(say(language, "versions.open.not_read"), [[button]])]
    letter = letters.get(db, version.letter_id, person.id)
    title = title_of(db, letter, language) if letter else ""
    facts = {"number": version.number, "title": title, "date": day}
    edits, review = reviews.edits(db, stored.id), stored.review
    said = Said().line(say(language, "versions.open.title", **facts), Style.BOLD).line()
    said.join(first_answer(language, version.text, review, edits, waiting=False, name=version.name))
    critique = critique_answer(language, review.critique, written_in=version.language)
    return [
        (said, fix_buttons(language, stored.id, edits)),
        (critique, critique_buttons(language, stored.id)),
    ]


@router.callback_query(ShelfButton.filter(F.step == ShelfStep.ORIGINAL))
async def original(
    callback: CallbackQuery,
    callback_data: ShelfButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """The file as it came; a paste as text."""
    assert callback.message is not None
    chat_id, language = callback.message.chat.id, person.language

    def send(db: Db) -> bool:
        version = own(db, callback_data.id, person)
        if version is None:
            return False
        day = day_of(version.created_at, person, default_zone, now)
        filename, data = _file_of(db, version)
        caption = say(language, "versions.file.caption", date=day)
        replies.send_file(
            db,
            key=f"original:{callback.id}",
            chat_id=chat_id,
            filename=filename,
            data=data,
            caption=caption,
            now=now,
        )
        return True

    sent = await store.write(send)
    work.nudge("send")
    await callback.answer(None if sent else gone(person), show_alert=not sent)


def _file_of(db: Db, version: Version) -> tuple[str, bytes]:
    source = letters.source(db, version.id)
    if source is None:
        return "letter.txt", version.text.encode()
    return version.name or "letter", source


# Another name.


@router.callback_query(ShelfButton.filter(F.step == ShelfStep.RENAME))
async def rename_asked(
    callback: CallbackQuery,
    callback_data: ShelfButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """The next short message is the name; a long one is a letter as ever."""

    def ask(db: Db) -> Told | None:
        letter = letters.get(db, callback_data.id, person.id)
        if letter is None:
            return None
        title = title_of(db, letter, person.language)
        return say(person.language, "versions.rename.ask", title=title), ()

    if await store.read(letters.get, callback_data.id, person.id):
        await state.set_state(Renaming.title)
        await state.set_data({"letter": callback_data.id})
    await tell_below(callback, store, now, work, ask, refused=gone(person))


@router.message(
    StateFilter(Renaming.title),
    F.text & ~F.text.startswith("/") & (F.text.len() <= LONGEST_TITLE),
)
async def renamed(
    message: Message,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """It is called that from now on."""
    asked = (await state.get_data()).get("letter", 0)
    title = " ".join((message.text or "").split())
    await state.clear()

    def rename(db: Db) -> Told:
        letter = letters.get(db, asked, person.id)
        if letter is None or not title:
            return gone(person), ()
        letters.rename(db, letter.id, title)
        card = shelf_button(person.language, "open", ShelfStep.LETTER, letter.id)
        return say(person.language, "versions.rename.done", title=title), [[card]]

    await reply(message, store, now, work, rename)


# Its end.


@router.callback_query(ShelfButton.filter(F.step == ShelfStep.DELETE))
async def delete_asked(
    callback: CallbackQuery,
    callback_data: ShelfButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """What goes, what stays, and one more press."""

    def ask(db: Db) -> Told | None:
        letter = letters.get(db, callback_data.id, person.id)
        if letter is None:
            return None
        language = person.language
        title = title_of(db, letter, language)
        said = Said().line(say(language, "versions.delete.ask", title=title), Style.BOLD)
        said.line().line(say(language, "versions.delete.cards"))
        yes = shelf_button(language, "delete_yes", ShelfStep.DELETE_YES, letter.id)
        return said, [[yes, shelf_button(language, "delete_no", ShelfStep.LETTER, letter.id)]]

    await show(callback, store, now, work, ask, refused=gone(person))


@router.callback_query(ShelfButton.filter(F.step == ShelfStep.DELETE_YES))
async def deleted(
    callback: CallbackQuery,
    callback_data: ShelfButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """The letter goes with all that was said of it, and what was given of it to be read; then the
    log of the database is emptied, so that its bytes are off the disk."""
    copies = await _copies(store, callback_data.id, person)

    def delete(db: Db) -> Told | None:
        language = person.language
        letter = letters.get(db, callback_data.id, person.id)
        if letter is None:
            return None
        deletions.delete_letter(db, letter.id, person.id)
        for copy in copies:
            take_back(db, copy, "taken_back", now)
        said = [say(language, "versions.delete.done")]
        if copies:
            said.append(say(language, "versions.delete.taken_back"))
        return Said("\n".join(said)), [[all_letters(language)]]

    await show(callback, store, now, work, delete, refused=gone(person))
    await store.checkpoint()


async def _copies(store: Store, letter_id: int, person: Person) -> list[Excerpt]:
    """What was given, or is about to be, that was taken from a letter."""

    def fetch(db: Db) -> tuple[list[str], list[Excerpt]]:
        if letters.get(db, letter_id, person.id) is None:
            return [], []
        texts = [version.text for version in letters.of_letter(db, letter_id)]
        given = [one for one in excerpts.of_person(db, person.id) if one.person_id == person.id]
        return texts, given

    texts, given = await store.read(fetch)

    def taken_from_it() -> list[Excerpt]:
        return [one for one in given if any(holds(text, one.text) >= COPIED for text in texts)]

    return await asyncio.to_thread(taken_from_it)
