"""/letters: a page of letters, one of them with its versions, and another name for it."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from aiogram import F, Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from coach.letters import Score
from coach.texts import say
from coach.wallclock import local
from handlers.chat.formatting import Said, Style
from handlers.chat.presses import Told, reply, show, tell_below
from handlers.chat.replies import Button
from handlers.chat.work import Work
from handlers.letters.posting_buttons import PostingStep, posting_button
from handlers.letters.recognition import day_of, title_of
from handlers.letters.shelf_buttons import (
    ShelfButton,
    ShelfStep,
    all_letters,
    open_button,
    shelf_button,
)
from handlers.letters.version_buttons import VersionStep, version_button
from handlers.letters.versions import gone
from storage import Db, Store, letters, postings, reviews
from storage.letters import Letter, Version
from storage.people import Person

router = Router(name="shelves")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")

LETTERS_SHOWN = 8
VERSIONS_SHOWN = 4
LONGEST_TITLE = 60


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
        at = local(version.created_at, person.timezone or default_zone)
        said.line()
        _one_version(db, said, language, version, f"{day}, {at:%H:%M}")
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
    slips = sum(not edit.ask for edit in review.review.edits)
    label = _capital(review.review.critique.label)
    counted = say(language, "letters.fix.slips", count=slips) if slips else ""
    said.line(" · ".join(filter(None, (label, counted))))
    said.line(" · ".join(_assessed(language, review.review.critique.scores)), Style.ITALIC)


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
    several, others = letter.versions > 1, letters.count(db, person.id) > 1
    moves: list[Button] = []
    for name, step, wanted in (
        ("apart", VersionStep.APART, several),
        ("pick", VersionStep.PICK, others),
    ):
        which = f"{name}_version" if several else name
        if wanted:
            moves.append(version_button(language, which, step, latest, number=letter.versions))
    if postings.of_letter(db, letter.id):
        moves.append(posting_button(language, PostingStep.SHOW, letter.id))
    return [
        *([move] for move in moves),
        [
            shelf_button(language, "rename", ShelfStep.RENAME, letter.id),
            shelf_button(language, "delete", ShelfStep.DELETE, letter.id),
        ],
        [all_letters(language)],
    ]


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
