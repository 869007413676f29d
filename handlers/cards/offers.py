"""Cards before they are kept: shown, changed, left out, and kept by one press."""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from coach.additions import Unread, Written, read, read_one
from coach.letters import SHORTEST_LETTER, words
from coach.offers import Offered, changed, chosen, turned
from coach.texts import say
from handlers.cards.deck_buttons import (
    Choice,
    OfferButton,
    Turn,
    deck_button,
    number_button,
    offer_button,
    say_deck,
)
from handlers.cards.keeping import ask_after_first, keep_now, put_away, said_kept
from handlers.cards.sides import ON_A_PAGE, in_full, say_unread, short, sides, to_copy
from handlers.chat.formatting import Said, Style
from handlers.chat.presses import reply, show, tell_below
from handlers.chat.replies import Rows
from handlers.chat.work import Work
from storage import Db, Store, offers
from storage.offers import Offer
from storage.people import Person

router = Router(name="offers")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")


def may_be_card(text: str | None) -> bool:
    """Whether a message may answer a question about a card. A letter can come at any time, and so
    can a picture, which has no text."""
    if text is None:
        return False
    is_letter = words(text) >= SHORTEST_LETTER and not read(text).cards
    return not text.startswith("/") and not is_letter


MAY_BE_CARD = F.text.func(may_be_card)


class Changing(StatesGroup):
    """A card of an offer is sent anew; the data name the offer and the card."""

    card = State()
    front = State()


@router.callback_query(OfferButton.filter(F.choice == Choice.OPEN))
async def opened(
    callback: CallbackQuery,
    callback_data: OfferButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """The cards in a message of their own; what the button stood under stays."""

    def look(db: Db) -> tuple[Said | str, Rows]:
        offer = offers.get(db, callback_data.offer, person.id)
        return listed(person.language, offer) if offer else _gone(person)

    await tell_below(callback, store, now, work, look)


@router.callback_query(OfferButton.filter(F.choice.in_({Choice.PAGE, Choice.CARD, Choice.TURN})))
async def looked(
    callback: CallbackQuery,
    callback_data: OfferButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """A page, one card, or that card left out or taken back in."""
    choice, number = callback_data.choice, callback_data.number

    def look(db: Db) -> tuple[Said | str, Rows]:
        offer = _open(db, person, callback_data.offer, callback_data.number)
        if not isinstance(offer, Offer):
            return offer
        if choice is Choice.PAGE:
            return listed(person.language, offer, number)
        if choice is Choice.CARD:
            return one(person.language, offer, number)
        offers.change(db, offer, turned(offer.cards, number))
        offer = offers.get(db, offer.id, person.id) or offer
        return listed(person.language, offer, number // ON_A_PAGE)

    await show(callback, store, now, work, look)


@router.callback_query(OfferButton.filter(F.choice == Choice.CHANGE))
async def change_asked(
    callback: CallbackQuery,
    callback_data: OfferButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """The card is shown to be copied; the next message takes its place."""
    await state.set_state(Changing.card)
    await state.set_data({"offer": callback_data.offer, "number": callback_data.number})

    def ask(db: Db) -> tuple[Said | str, Rows]:
        offer = _open(db, person, callback_data.offer, callback_data.number)
        if not isinstance(offer, Offer):
            return offer
        card = offer.cards[callback_data.number].card
        return to_copy(person.language, "additions.change.ask", card), ()

    await tell_below(callback, store, now, work, ask)


@router.message(
    StateFilter(Changing.card, Changing.front),
    MAY_BE_CARD,
)
async def change_sent(
    message: Message, store: Store, person: Person, now: datetime, work: Work, state: FSMContext
) -> None:
    """The card as it should be, or the question of one that had none."""
    open_, data, text = await state.get_state(), await state.get_data(), message.text or ""
    language, understood = person.language, list[Written]()

    def change(db: Db) -> tuple[Said | str, Rows]:
        offer = _open(db, person, data["offer"], data["number"])
        if not isinstance(offer, Offer):
            return offer
        card = offer.cards[data["number"]].card
        new = _asked(text, card) if open_ == Changing.front.state else read_one(text)
        if isinstance(new, Unread):
            return say_unread(language, [new]).line(say(language, "additions.example")), ()
        understood.append(new)
        offers.change(db, offer, changed(offer.cards, data["number"], new))
        offer = offers.get(db, offer.id, person.id) or offer
        if open_ == Changing.front.state:  # /add asked for the question, so the card was wanted
            return keep_now(db, offer, person, now)
        return listed(language, offer, data["number"] // ON_A_PAGE)

    await reply(message, store, now, work, change, lambda db: ask_after_first(db, person, now))
    if understood:
        await state.clear()


@router.callback_query(OfferButton.filter(F.choice == Choice.KEEP))
async def kept(
    callback: CallbackQuery,
    callback_data: OfferButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """Into the deck with what was not left out; a second press keeps nothing twice."""
    language = person.language

    def keep(db: Db) -> tuple[Said | str, Rows]:
        offer = offers.get(db, callback_data.offer, person.id)
        if offer is None:
            return _gone(person)
        if not chosen(offer.cards):
            return say(language, "additions.nothing_chosen"), ()
        if not offers.kept(db, offer, now):
            return say(language, "additions.kept_already"), ()
        return said_kept(language, put_away(db, offer, now)), ()

    await stop_asking(state)
    await show(callback, store, now, work, keep, lambda db: ask_after_first(db, person, now))


@router.callback_query(OfferButton.filter(F.choice == Choice.NOT_NOW))
async def not_now(
    callback: CallbackQuery,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """Nothing is kept."""
    await stop_asking(state)
    said = say(person.language, "additions.not_kept")
    await show(callback, store, now, work, lambda _db: (said, ()))


async def stop_asking(state: FSMContext) -> None:
    """Nothing is awaited for an offer any more; what is awaited for others stays."""
    if await state.get_state() in {Changing.card.state, Changing.front.state}:
        await state.clear()


def listed(language: str, offer: Offer, page: int = 0) -> tuple[Said, Rows]:
    """A page of an offer, or the one card that it is."""
    if offer.kept:
        return Said(say(language, "additions.kept_already")), ()
    if len(offer.cards) == 1:
        return one(language, offer, 0)
    page = min(max(page, 0), (len(offer.cards) - 1) // ON_A_PAGE)
    first = page * ON_A_PAGE
    said = _heading(language, offer)
    for number, offered in enumerate(offer.cards[first : first + ON_A_PAGE], start=first):
        _row(said, number, offered)
    return said, _list_rows(language, offer, page)


def _heading(language: str, offer: Offer) -> Said:
    """The topic of starter cards, how many there are, and what the buttons do."""
    said = Said()
    if offer.source == "starter":
        topic = say_deck(language, offer.deck)
        said.line(say(language, "decks.topics.shown", topic=topic), Style.BOLD)
    key = "additions.from_letter" if offer.source == "review" else "additions.shown"
    keep = say(language, "additions.button.keep")
    said.line(say(language, key, count=len(chosen(offer.cards)), keep=keep))
    return said.line()


def _row(said: Said, number: int, offered: Offered) -> None:
    front, back = sides(offered.card)
    if offered.dropped:
        said.add(f"{number + 1}. ").line(short(front), Style.STRIKE).line()
        return
    said.add(f"{number + 1}. ").line(short(front), Style.BOLD)
    if back:
        said.line(short(back))
    if offered.why:
        said.line(short(offered.why), Style.ITALIC)
    said.line()


def _list_rows(language: str, offer: Offer, page: int) -> Rows:
    first = page * ON_A_PAGE
    shown = range(first, min(first + ON_A_PAGE, len(offer.cards)))
    numbers = [
        number_button(
            f"{number + 1} ✕" if offer.cards[number].dropped else str(number + 1),
            Choice.CARD,
            offer.id,
            number,
        )
        for number in shown
    ]
    turns = [number_button("‹", Choice.PAGE, offer.id, page - 1)] if page else []
    if shown.stop < len(offer.cards):
        turns.append(number_button("›", Choice.PAGE, offer.id, page + 1))
    half = ON_A_PAGE // 2
    return [numbers[:half], numbers[half:], turns, *_last_rows(language, offer)]


def _last_rows(language: str, offer: Offer) -> Rows:
    """Keep, Not now; under starter cards also the way back to the topics."""
    label, data = offer_button(language, "keep", Choice.KEEP, offer.id)
    keep = (f"{label} · {len(chosen(offer.cards))}", data)
    back = deck_button(say(language, "decks.button.back"), Turn.TOPICS)
    return [
        [keep, offer_button(language, "not_now", Choice.NOT_NOW, offer.id)],
        [back] if offer.source == "starter" else [],
    ]


def one(language: str, offer: Offer, number: int) -> tuple[Said, Rows]:
    """One card of an offer in full, and what can be done with it."""
    offered = offer.cards[number]
    change = offer_button(language, "change", Choice.CHANGE, offer.id, number)
    if len(offer.cards) == 1:
        return _heading(language, offer).join(in_full(language, offered)), [
            [offer_button(language, "keep", Choice.KEEP, offer.id), change],
            [offer_button(language, "not_now", Choice.NOT_NOW, offer.id)],
        ]
    turn = "take_in" if offered.dropped else "leave_out"
    return in_full(language, offered), [
        [offer_button(language, turn, Choice.TURN, offer.id, number), change],
        [offer_button(language, "back", Choice.PAGE, offer.id, number // ON_A_PAGE)],
    ]


def _asked(text: str, card: Written) -> Written | Unread:
    """The question somebody sent for an answer; a whole card is taken as one."""
    whole = read_one(text)
    return whole if isinstance(whole, Written) else read_one(f"{text}\n::\n{card.back}")


def _open(db: Db, person: Person, id: int, number: int) -> Offer | tuple[str, Rows]:
    """An offer with a card of that number, or what is said when it can't be changed any more."""
    offer = offers.get(db, id, person.id)
    if offer is None or not 0 <= number < len(offer.cards):
        return _gone(person)
    return (say(person.language, "additions.kept_already"), ()) if offer.kept else offer


def _gone(person: Person) -> tuple[str, Rows]:
    return say(person.language, "additions.gone"), ()
