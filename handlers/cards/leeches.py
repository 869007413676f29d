"""A card that keeps slipping away: rewritten, split, given a hint, deleted, or left as it is."""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from coach.additions import LONGEST_SIDE, Unread, read, read_one
from coach.offers import offered
from coach.texts import say
from handlers.cards.deck_buttons import Cure, LeechButton
from handlers.cards.notes import ask_delete, changed, gone
from handlers.cards.offers import MAY_BE_CARD, listed
from handlers.cards.sides import card_in_full, to_copy, words_of
from handlers.chat.formatting import Said
from handlers.chat.presses import reply, show, tell_below
from handlers.chat.replies import Rows
from handlers.chat.work import Work
from storage import Db, Store, cards, notes, offers
from storage.notes import Note
from storage.people import Person

router = Router(name="leeches")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")

LONGEST_HINT = 200
"""Characters. A longer hint gives the answer away."""


class Curing(StatesGroup):
    """What is awaited for a leech; the data name its note and its card."""

    rewrite = State()
    split = State()
    hint = State()


AWAITED = {Cure.REWRITE: Curing.rewrite, Cure.SPLIT: Curing.split, Cure.HINT: Curing.hint}


@router.callback_query(LeechButton.filter(F.cure.in_(set(AWAITED))))
async def asked(
    callback: CallbackQuery,
    callback_data: LeechButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """How to write it, split it or hint at it; the next message does so."""
    cure = callback_data.cure
    await state.set_state(AWAITED[cure])
    await state.set_data({"card": callback_data.card})

    def ask(db: Db) -> tuple[Said | str, Rows]:
        note = note_of(db, person, callback_data.card)
        if note is None:
            return gone(person)
        said = to_copy(person.language, f"decks.leech.{cure}_ask", words_of(note))
        keep = LeechButton(cure=Cure.KEEP, card=callback_data.card).pack()
        return said, [[(say(person.language, "decks.button.keep_leech"), keep)]]

    await tell_below(callback, store, now, work, ask)


@router.callback_query(LeechButton.filter(F.cure.in_({Cure.DELETE, Cure.KEEP})))
async def let_go(
    callback: CallbackQuery,
    callback_data: LeechButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """Deleted after a question; or left as it is, and asked again."""
    await state.clear()

    def act(db: Db) -> tuple[Said | str, Rows]:
        note = note_of(db, person, callback_data.card)
        if note is None:
            return gone(person)
        if callback_data.cure is Cure.DELETE:
            return ask_delete(person.language, note)
        ask_again(db, person, note)
        return say(person.language, "decks.leech.kept"), ()

    await show(callback, store, now, work, act)


@router.message(StateFilter(Curing.rewrite), MAY_BE_CARD)
async def rewritten(
    message: Message, store: Store, person: Person, now: datetime, work: Work, state: FSMContext
) -> None:
    """The card in better words is asked again."""
    text, card = message.text or "", (await state.get_data())["card"]

    def rewrite(db: Db) -> tuple[Said | str, Rows]:
        note = note_of(db, person, card)
        new = changed(db, person, note.id, text, now) if note else gone(person)
        if not isinstance(new, Note):
            return new
        return back_again(db, person, new, "decks.leech.rewritten")

    if not isinstance(read_one(text), Unread):
        await state.clear()
    await reply(message, store, now, work, rewrite)


@router.message(StateFilter(Curing.split), MAY_BE_CARD)
async def split(
    message: Message, store: Store, person: Person, now: datetime, work: Work, state: FSMContext
) -> None:
    """Two cards or more, shown before they take the place of the one."""
    language, card = person.language, (await state.get_data())["card"]
    parts = read(message.text or "").cards

    def offer(db: Db) -> tuple[Said | str, Rows]:
        note = note_of(db, person, card)
        if note is None:
            return gone(person)
        if len(parts) < 2:
            return say(language, "decks.leech.split_one"), ()
        made = offers.add(
            db,
            person_id=person.id,
            key=f"split:{message.chat.id}:{message.message_id}",
            source=note.source,
            deck=note.deck,
            cards=offered(parts, note.tags),
            replaces=note.id,
            now=now,
        )
        return listed(language, made)

    if len(parts) > 1:
        await state.clear()
    await reply(message, store, now, work, offer)


@router.message(StateFilter(Curing.hint), MAY_BE_CARD)
async def hinted(
    message: Message, store: Store, person: Person, now: datetime, work: Work, state: FSMContext
) -> None:
    """A few words below the question."""
    language, card = person.language, (await state.get_data())["card"]
    hint = " ".join((message.text or "").split())
    fits = len(hint) <= LONGEST_HINT

    def put(db: Db) -> tuple[Said | str, Rows]:
        note = note_of(db, person, card)
        if note is None:
            return gone(person)
        front = say(language, "decks.leech.hint", front=note.front, hint=hint)
        if not fits or len(front) > LONGEST_SIDE:
            return say(language, "decks.leech.long"), ()
        notes.change(db, note.id, person.id, kind=note.kind, front=front, back=note.back, now=now)
        return back_again(
            db, person, notes.get(db, note.id, person.id) or note, "decks.leech.hinted"
        )

    if fits:
        await state.clear()
    await reply(message, store, now, work, put)


def back_again(db: Db, person: Person, note: Note, key: str) -> tuple[Said, Rows]:
    """The note is asked again from now on; it is shown as it is now."""
    ask_again(db, person, note)
    said = Said().line(say(person.language, key)).line()
    return said.join(card_in_full(person.language, words_of(note))), ()


def ask_again(db: Db, person: Person, note: Note) -> None:
    """None of the note's cards is set aside any longer."""
    for card in cards.of_note(db, person.id, note.id):
        cards.suspend(db, person.id, card.id, suspended=False)


def note_of(db: Db, person: Person, card: int) -> Note | None:
    """The note of a card; None when it is gone, or somebody else's."""
    found = cards.get(db, person.id, str(card))
    return notes.get(db, int(found.note), person.id) if found else None
