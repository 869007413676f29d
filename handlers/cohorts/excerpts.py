"""Giving a text to one's pair: a letter is chosen, looked at without its names, and handed over.

What is handed over is exactly what was shown above the button.
"""

import asyncio
import re
from collections.abc import Iterable
from datetime import datetime

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message, User
from babel.dates import format_date

from coach.language import detect
from coach.passages import beginning, passages
from coach.redaction import hide, names_in, redact
from coach.texts import say, speakable
from handlers.chat.formatting import Said, Style
from handlers.chat.presses import Told, reply, show, tell_below
from handlers.chat.replies import Rows
from handlers.chat.work import Work
from handlers.cohorts.handovers import LET_GO, hand_over, to_read
from handlers.cohorts.peer_buttons import PairButton, Step
from handlers.cohorts.peer_seats import Seat, open_seat, seat
from storage import Db, Store, excerpts, letters
from storage.excerpts import Excerpt
from storage.letters import Letter, Version
from storage.people import Person

router = Router(name="excerpts")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")

LETTERS_OFFERED = 8


class Giving(StatesGroup):
    """What the next message is: a passage of a letter, or words to be covered as well."""

    passage = State()
    words = State()


# Choosing.


@router.callback_query(PairButton.filter(F.step == Step.CHOOSE))
async def choose(
    callback: CallbackQuery,
    callback_data: PairButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """Their letters, a button each."""
    await state.clear()

    def offer(db: Db) -> Told | None:
        if open_seat(db, callback_data.pair, person.id) is None:
            return None
        return _letters_offered(db, callback_data.pair, person)

    await show(callback, store, now, work, offer, refused=closed(person))


def closed(person: Person) -> str:
    """The answer to a press that changes nothing."""
    return say(person.language, "peers.press.closed")


def _letters_offered(db: Db, pair_id: int, person: Person) -> Told:
    language = person.language
    rows: list[list[tuple[str, str]]] = []
    for letter in letters.of_person(db, person.id, LETTERS_OFFERED):
        day = format_date(letter.created_at.date(), "d MMM", locale=language)
        data = PairButton(pair=pair_id, step=Step.LETTER, version=letter.latest_version_id)
        rows.append([(f"{_title(db, letter)} · {day}", data.pack())])
    if rows:
        return say(language, "peers.choose.letter"), rows
    again = say(language, "peers.button.choose")
    data = PairButton(pair=pair_id, step=Step.CHOOSE).pack()
    return say(language, "peers.choose.none"), [[(again, data)]]


def _title(db: Db, letter: Letter) -> str:
    """The name of a file; what was pasted has none and goes by how it begins."""
    version = letters.version(db, letter.latest_version_id)
    if version is None or "." in letter.title:
        return beginning(letter.title)
    return beginning(next(iter(passages(version.text)), version.text))


@router.callback_query(PairButton.filter(F.step == Step.LETTER))
async def letter_chosen(
    callback: CallbackQuery,
    callback_data: PairButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """All of it, one of its paragraphs, or what they send next."""

    def offer(db: Db) -> Told | None:
        version = _own(db, callback_data, person)
        return _passages_offered(person, callback_data.pair, version) if version else None

    offered = await store.read(offer)
    if offered:
        data = {"pair": callback_data.pair, "version": callback_data.version}
        await state.set_state(Giving.passage)
        await state.set_data(data)
    await show(callback, store, now, work, lambda _db: offered, refused=closed(person))


def _own(db: Db, pressed: PairButton, person: Person) -> Version | None:
    """The letter that was pressed, when it is theirs and may still be given."""
    version = letters.version(db, pressed.version)
    if version is None or version.person_id != person.id:
        return None
    return version if open_seat(db, pressed.pair, person.id) else None


def _passages_offered(
    person: Person, pair_id: int, version: Version, key: str = "passage"
) -> tuple[str, Rows]:
    whole = PairButton(pair=pair_id, step=Step.WHOLE, version=version.id).pack()
    rows = [[(say(person.language, "peers.button.whole"), whole)]]
    for number, passage in enumerate(passages(version.text)):
        data = PairButton(pair=pair_id, step=Step.PART, version=version.id, number=number)
        rows.append([(beginning(passage), data.pack())])
    other = PairButton(pair=pair_id, step=Step.CHOOSE).pack()
    rows.append([(say(person.language, "peers.button.other"), other)])
    return say(person.language, f"peers.choose.{key}"), rows


@router.callback_query(PairButton.filter(F.step.in_({Step.WHOLE, Step.PART})))
async def passage_pressed(
    callback: CallbackQuery,
    callback_data: PairButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """What the reader would get, before anybody does."""
    version = await store.read(_own, callback_data, person)
    passage = _pressed_passage(callback_data, version) if version else None
    if version is None or passage is None:
        await callback.answer(closed(person), show_alert=True)
        return
    await state.clear()
    mine = await store.read(seat, callback_data.pair, person.id)
    known = names_of(callback.from_user, mine)
    text = await asyncio.to_thread(without_names, version.text, passage, known)

    def preview(db: Db) -> Told | None:
        return _drafted(db, callback_data.pair, person, version, text)

    await show(callback, store, now, work, preview, refused=closed(person))


def _pressed_passage(pressed: PairButton, version: Version) -> str | None:
    if pressed.step is Step.WHOLE:
        return version.text
    parts = passages(version.text)
    return parts[pressed.number] if 0 <= pressed.number < len(parts) else None


@router.message(StateFilter(Giving.passage), F.text & ~F.text.startswith("/"))
async def passage_typed(
    message: Message,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """A passage as they want it read."""
    data = await state.get_data()
    await state.clear()
    pressed = PairButton(pair=data["pair"], step=Step.WHOLE, version=data["version"])
    version = await store.read(_own, pressed, person)
    mine = await store.read(seat, pressed.pair, person.id)
    text, known = "", names_of(message.from_user, mine)
    if version:
        text = await asyncio.to_thread(without_names, version.text, message.text or "", known)

    def preview(db: Db) -> Told:
        drafted = _drafted(db, pressed.pair, person, version, text) if version else None
        return drafted or (closed(person), ())

    await reply(message, store, now, work, preview)


def names_of(user: User | None, mine: Seat | None) -> list[str]:
    """What somebody is called: in the cohort and at Telegram."""
    told = [user.first_name, user.last_name or "", user.username or ""] if user else []
    return [*told, mine.mine.profile.name] if mine else told


def without_names(letter: str, passage: str, known: Iterable[str]) -> str:
    """The passage as a peer may read it; names of the whole letter are covered in it."""
    language = speakable(detect(passage))
    return redact(passage, names=[*names_in(letter), *known], language=language).text.strip()


# Looking at it, and covering more.


def _drafted(db: Db, pair_id: int, person: Person, version: Version, text: str) -> Told | None:
    """The draft with its buttons, kept until it is given; None when nothing can be given."""
    here = open_seat(db, pair_id, person.id)
    if here is None:
        return None
    if not text:
        return _passages_offered(person, pair_id, version, "nothing")
    if not _fits(here, person, text):
        return _passages_offered(person, pair_id, version, "too_long")
    excerpts.draft(db, pair_id=pair_id, person_id=person.id, text=text)
    return _preview(here, person, text), _preview_rows(here, person, text)


def _fits(here: Seat, person: Person, text: str) -> bool:
    """Whether both sides get it in one message, so that one edit takes it back."""
    shown = max(
        (
            to_read(here.mine.profile.name, "00.00.0000", language, text)
            for language in ("en", "ru")
        ),
        key=lambda said: len(said.pieces()),
    )
    return len(shown.pieces()) == 1 and len(_preview(here, person, text).pieces()) == 1


def _preview(here: Seat, person: Person, text: str, above: str = "") -> Said:
    language, said = person.language, Said()
    if above:
        said.line(above).line()
    said.line(say(language, "peers.preview.title", name=here.reader.profile.name)).line()
    said.add(text, Style.QUOTE).line().line()
    return said.add(say(language, "peers.preview.note"), Style.ITALIC)


def _preview_rows(here: Seat, person: Person, text: str) -> Rows:
    language, pair_id = person.language, here.pair.id
    give = PairButton(pair=pair_id, step=Step.GIVE, seal=here.seal(text)).pack()
    more = PairButton(pair=pair_id, step=Step.HIDE).pack()
    other = PairButton(pair=pair_id, step=Step.CHOOSE).pack()
    return [
        [(say(language, "peers.button.give", name=here.reader.profile.name), give)],
        [
            (say(language, "peers.button.hide"), more),
            (say(language, "peers.button.other"), other),
        ],
    ]


@router.callback_query(PairButton.filter(F.step == Step.HIDE))
async def hide_pressed(
    callback: CallbackQuery,
    callback_data: PairButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """More is to be covered: the next message says which words."""

    def ask(db: Db) -> Told | None:
        draft = _draft(db, callback_data.pair, person)
        return (say(person.language, "peers.more.ask"), ()) if draft else None

    if await store.read(_draft, callback_data.pair, person):
        await state.set_state(Giving.words)
        await state.set_data({"pair": callback_data.pair})
    await tell_below(callback, store, now, work, ask, refused=closed(person))


def _draft(db: Db, pair_id: int, person: Person) -> Excerpt | None:
    """What they are about to give."""
    if open_seat(db, pair_id, person.id) is None:
        return None
    return excerpts.by(db, pair_id, person.id)


@router.message(StateFilter(Giving.words), F.text & ~F.text.startswith("/"))
async def words_typed(
    message: Message,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """The preview once more, without these words."""
    pair_id = (await state.get_data())["pair"]
    await state.clear()
    words = re.split(r"[,;\n]+", message.text or "")

    def cover(db: Db) -> Told:
        draft, here = _draft(db, pair_id, person), open_seat(db, pair_id, person.id)
        if draft is None or here is None:
            return closed(person), ()
        text = hide(draft.text, words, language=speakable(detect(draft.text)))
        above = say(person.language, "peers.more.none") if text == draft.text else ""
        if not _fits(here, person, text):
            text, above = draft.text, say(person.language, "peers.choose.too_long")
        excerpts.draft(db, pair_id=pair_id, person_id=person.id, text=text)
        return _preview(here, person, text, above), _preview_rows(here, person, text)

    await reply(message, store, now, work, cover)


# Giving.


@router.callback_query(PairButton.filter(F.step == Step.GIVE))
async def give_pressed(
    callback: CallbackQuery,
    callback_data: PairButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """The reader gets what was shown above this button, once."""
    await state.clear()

    def give(db: Db) -> Told | None:
        draft, here = (
            _draft(db, callback_data.pair, person),
            seat(db, callback_data.pair, person.id),
        )
        if draft is None or here is None or here.seal(draft.text) != callback_data.seal:
            return None
        hand_over(db, here, draft, now)
        name = here.reader.profile.name
        return say(person.language, "peers.given.done", name=name), ()

    await show(callback, store, now, work, give, refused=closed(person))
    work.nudge(LET_GO)
