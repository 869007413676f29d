"""One card of a deck: shown with when it comes next, changed, deleted after a question."""

from datetime import date, datetime

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message
from babel.dates import format_date

from coach.additions import Unread, read_one
from coach.notes import NoteKind
from coach.texts import say
from handlers.cards.deck_buttons import Deed, NoteButton, Turn, deck_button, mark_of, note_button
from handlers.cards.decks import today
from handlers.cards.offers import MAY_BE_CARD
from handlers.cards.sides import card_in_full, say_unread, to_copy, words_of
from handlers.chat.formatting import Said, Style
from handlers.chat.presses import reply, show, tell_below
from handlers.chat.replies import Rows
from handlers.chat.work import Work
from storage import Db, Store, cards, notes
from storage.notes import Note
from storage.people import Person

router = Router(name="notes")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")


class Rewriting(StatesGroup):
    """A note is sent anew; the data name it."""

    note = State()


@router.callback_query(NoteButton.filter(F.deed == Deed.CHANGE))
async def change_asked(
    callback: CallbackQuery,
    callback_data: NoteButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """The card is shown to be copied; the next message takes its place."""
    await state.set_state(Rewriting.note)
    await state.set_data({"note": callback_data.note})

    def ask(db: Db) -> tuple[Said | str, Rows]:
        note = notes.get(db, callback_data.note, person.id)
        if note is None:
            return gone(person)
        return to_copy(person.language, "additions.change.ask", words_of(note)), ()

    await tell_below(callback, store, now, work, ask)


@router.message(StateFilter(Rewriting.note), MAY_BE_CARD)
async def change_sent(
    message: Message,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    default_zone: str = "UTC",
) -> None:
    """The card with its new words, and what is remembered of it."""
    text, number = message.text or "", (await state.get_data())["note"]

    def change(db: Db) -> tuple[Said | str, Rows]:
        note = changed(db, person, number, text, now)
        if not isinstance(note, Note):
            return note
        said = Said().line(say(person.language, "decks.note.changed")).line()
        shown, rows = in_full(db, person, note, today(person, now, default_zone))
        return said.join(shown), rows

    if not isinstance(read_one(text), Unread):
        await state.clear()
    await reply(message, store, now, work, change)


@router.callback_query(NoteButton.filter())
async def pressed(
    callback: CallbackQuery,
    callback_data: NoteButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """The card, the question before it is deleted, or its end."""
    language, deed = person.language, callback_data.deed

    def look(db: Db) -> tuple[Said | str, Rows]:
        note = notes.get(db, callback_data.note, person.id)
        if note is None:
            return gone(person)
        if deed is Deed.DELETE:
            return ask_delete(language, note)
        if deed is Deed.SURELY:
            notes.delete(db, note.id, person.id)
            return say(language, "decks.note.deleted"), [_back(language, note)]
        return in_full(db, person, note, today(person, now, default_zone))

    await show(callback, store, now, work, look)


def changed(
    db: Db, person: Person, number: int, text: str, now: datetime
) -> Note | tuple[Said | str, Rows]:
    """The note with the words that were sent, or what is said when that can't be."""
    language, note = person.language, notes.get(db, number, person.id)
    if note is None:
        return gone(person)
    card = read_one(text)
    if isinstance(card, Unread):
        return say_unread(language, [card]).line(say(language, "additions.example")), ()
    notes.change(db, note.id, person.id, kind=card.kind, front=card.front, back=card.back, now=now)
    return notes.get(db, note.id, person.id) or note


def in_full(db: Db, person: Person, note: Note, day: date) -> tuple[Said, Rows]:
    """Both sides, the tags, and when it comes next."""
    language = person.language
    said = card_in_full(language, words_of(note))
    if note.kind is NoteKind.CLOZE:
        said.line().line(say(language, "decks.note.gap"), Style.ITALIC)
    said.line().line(_when(db, person, note, day), Style.ITALIC)
    rows = [
        [
            note_button(say(language, "decks.button.change"), Deed.CHANGE, note.id),
            note_button(say(language, "decks.button.delete"), Deed.DELETE, note.id),
        ],
        _back(language, note),
    ]
    return said, rows


def ask_delete(language: str, note: Note) -> tuple[Said, Rows]:
    """A deleted card takes along what is remembered of it, so that is asked first."""
    said = card_in_full(language, words_of(note)).line()
    said.add(say(language, "decks.note.delete_ask"))
    return said, [
        [
            note_button(say(language, "decks.button.surely"), Deed.SURELY, note.id),
            note_button(say(language, "decks.button.keep"), Deed.SHOW, note.id),
        ]
    ]


def gone(person: Person) -> tuple[str, Rows]:
    """A note that was deleted, or is somebody else's."""
    return say(person.language, "decks.gone"), ()


def _when(db: Db, person: Person, note: Note, day: date) -> str:
    """The next time that one of its cards comes."""
    language, every = person.language, cards.of_note(db, person.id, note.id)
    asked = [card for card in every if not card.suspended]
    if every and not asked:
        return say(language, "decks.note.suspended")
    due = min((card.state.due for card in asked if card.state), default=None)
    if due is None:
        return say(language, "decks.note.new")
    if due <= day:
        return say(language, "decks.note.due_now")
    return say(language, "decks.note.due", day=format_date(due, "d MMM y", locale=language))


def _back(language: str, note: Note) -> list[tuple[str, str]]:
    return [deck_button(say(language, "decks.button.back"), Turn.DECK, mark_of(note.deck))]
