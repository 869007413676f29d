"""/deck: the decks and what waits in them, a page of one, a word to find, starter topics."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from coach.additions import Written
from coach.offers import Cards, Offered
from coach.starters import topics
from coach.studydays import study_day
from coach.texts import say
from handlers.cards.deck_buttons import (
    DeckButton,
    Turn,
    deck_button,
    mark_of,
    say_deck,
)
from handlers.cards.exports import export_button
from handlers.cards.imports import import_button
from handlers.cards.offers import listed
from handlers.cards.sides import ON_A_PAGE, note_rows
from handlers.cards.studies import settings_button
from handlers.chat.formatting import Said, Style
from handlers.chat.presses import reply, show, tell_below
from handlers.chat.replies import Rows
from handlers.chat.work import Work
from storage import Db, Store, notes, offers
from storage.notes import Deck
from storage.people import Person

router = Router(name="decks")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")

DECKS_SHOWN = 12
LONGEST_WORD = 100


class Finding(StatesGroup):
    """The next message is a word to look for."""

    word = State()


@router.message(Command("deck"))
async def deck(
    message: Message,
    command: CommandObject,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """What there is; with a word behind the command, the cards that have it."""
    word = (command.args or "")[:LONGEST_WORD]

    def look(db: Db) -> tuple[Said, Rows]:
        return found(db, person, word) if word else overview(db, person, now, default_zone)

    await reply(message, store, now, work, look)


@router.callback_query(DeckButton.filter(F.turn == Turn.FIND))
async def find_asked(
    callback: CallbackQuery,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """Which word?"""
    await state.set_state(Finding.word)
    said = say(person.language, "decks.find.ask")
    await tell_below(callback, store, now, work, lambda _db: (said, ()))


@router.message(
    StateFilter(Finding.word), F.text & ~F.text.startswith("/"), F.text.len() <= LONGEST_WORD
)
async def word_sent(
    message: Message, store: Store, person: Person, now: datetime, work: Work, state: FSMContext
) -> None:
    """The cards with that word on either side."""
    await state.clear()
    word = (message.text or "").strip()
    await reply(message, store, now, work, lambda db: found(db, person, word))


@router.callback_query(DeckButton.filter(F.turn == Turn.TOPIC))
async def topic_pressed(
    callback: CallbackQuery,
    callback_data: DeckButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """The cards of a topic that aren't kept yet, as an offer."""

    def offer(db: Db) -> tuple[Said | str, Rows]:
        topic = next((topic for topic in topics() if mark_of(topic) == callback_data.name), None)
        if topic is None:
            return say(person.language, "decks.gone"), ()
        cards = not_kept(db, person, topic)
        if not cards:
            back = deck_button(say(person.language, "decks.button.back"), Turn.TOPICS)
            return say(person.language, "decks.topics.all_kept"), [[back]]
        made = offers.add(
            db,
            person_id=person.id,
            key=f"topic:{callback.id}",
            source="starter",
            deck=topic,
            cards=cards,
            now=now,
        )
        return listed(person.language, made)

    await show(callback, store, now, work, offer)


@router.callback_query(DeckButton.filter())
async def turned(
    callback: CallbackQuery,
    callback_data: DeckButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """The decks, the topics, or a page of one deck."""

    def look(db: Db) -> tuple[Said | str, Rows]:
        if callback_data.turn is Turn.TOPICS:
            return starter_topics(db, person)
        if callback_data.turn is Turn.DECK:
            for deck in notes.decks(db, person.id, today(person, now, default_zone)):
                if mark_of(deck.name) == callback_data.name:
                    return browsed(db, person, deck, callback_data.page)
        return overview(db, person, now, default_zone)

    await show(callback, store, now, work, look)


def overview(db: Db, person: Person, now: datetime, default_zone: str) -> tuple[Said, Rows]:
    """Every deck with what waits in it, and where more cards come from."""
    language = person.language
    every = notes.decks(db, person.id, today(person, now, default_zone))
    said = Said().line(say(language, "decks.title"), Style.BOLD)
    if not every:
        said.add(say(language, "decks.none"))
        topics_ = deck_button(say(language, "decks.button.topics"), Turn.TOPICS)
        return said, [[topics_, import_button(language)]]
    for deck in every[:DECKS_SHOWN]:
        said.line(_deck_line(language, deck))
    if len(every) > DECKS_SHOWN:
        said.line(say(language, "decks.more", count=len(every) - DECKS_SHOWN))
    return said, _overview_rows(language, every[:DECKS_SHOWN])


def _deck_line(language: str, deck: Deck) -> str:
    facts = {"deck": say_deck(language, deck.name), "cards": _counted(language, deck)}
    counts = {"due": deck.due, "new": deck.new}
    details = [
        say(language, f"decks.{name}", count=count) for name, count in counts.items() if count
    ]
    if not details:
        return say(language, "decks.row", **facts)
    return say(language, "decks.row_more", **facts, details=", ".join(details))


def _counted(language: str, deck: Deck) -> str:
    """How many cards there are as they were written; a card with two directions or several gaps
    asks more than one question, and what is due or new is counted in questions."""
    cards = say(language, "decks.cards", count=deck.notes)
    if deck.cards == deck.notes:
        return cards
    questions = say(language, "decks.questions", count=deck.cards)
    return say(language, "decks.cards_with", cards=cards, questions=questions)


def _overview_rows(language: str, decks: Sequence[Deck]) -> Rows:
    names = [
        deck_button(say_deck(language, deck.name)[:40], Turn.DECK, mark_of(deck.name))
        for deck in decks
    ]
    pairs = [names[at : at + 2] for at in range(0, len(names), 2)]
    topics_, find = (
        deck_button(say(language, "decks.button.topics"), Turn.TOPICS),
        deck_button(say(language, "decks.button.find"), Turn.FIND),
    )
    files = [import_button(language), export_button(language)]
    return [*pairs, [topics_, find], files, [settings_button(language)]]


def browsed(db: Db, person: Person, deck: Deck, page: int) -> tuple[Said, Rows]:
    """A page of a deck; a number opens a card."""
    language = person.language
    page = min(max(page, 0), max(0, (deck.notes - 1) // ON_A_PAGE))
    first = page * ON_A_PAGE
    shown = notes.of_deck(db, person.id, deck.name, limit=ON_A_PAGE, offset=first)
    said = Said().line(say_deck(language, deck.name), Style.BOLD).line()
    rows = [*note_rows(said, shown, first)]
    if deck.notes > ON_A_PAGE:
        numbers = {"first": first + 1, "last": first + len(shown), "total": deck.notes}
        said.line(say(language, "decks.page", **numbers), Style.ITALIC)
    mark = mark_of(deck.name)
    turns = [deck_button("‹", Turn.DECK, mark, page - 1)] if page else []
    if first + len(shown) < deck.notes:
        turns.append(deck_button("›", Turn.DECK, mark, page + 1))
    back = deck_button(say(language, "decks.button.decks"), Turn.DECKS)
    return said, [*rows, turns, [back]]


def found(db: Db, person: Person, word: str) -> tuple[Said, Rows]:
    """The first cards that have a word on either side."""
    language = person.language
    shown = notes.find(db, person.id, word)[:ON_A_PAGE]
    back = [deck_button(say(language, "decks.button.decks"), Turn.DECKS)]
    if not shown:
        return Said(say(language, "decks.find.none", text=word)), [back]
    said = Said().line(say(language, "decks.find.title", text=word), Style.BOLD).line()
    return said, [*note_rows(said, shown, 0), back]


def starter_topics(db: Db, person: Person) -> tuple[Said, Rows]:
    """The topics that still have a card to give."""
    language = person.language
    said = Said().line(say(language, "decks.topics.title"), Style.BOLD)
    said.add(say(language, "decks.topics.intro"))
    open_ = {topic: len(not_kept(db, person, topic)) for topic in topics()}
    names = [
        deck_button(f"{say_deck(language, topic)} · {left}", Turn.TOPIC, mark_of(topic))
        for topic, left in open_.items()
        if left
    ]
    pairs = [names[at : at + 2] for at in range(0, len(names), 2)]
    return said, [*pairs, [deck_button(say(language, "decks.button.decks"), Turn.DECKS)]]


def not_kept(db: Db, person: Person, topic: str) -> Cards:
    """The starter cards of a topic that a person doesn't have; what they changed is theirs."""
    return tuple(
        Offered(Written(card.kind, card.front, card.back), card.tags, card.guid)
        for card in topics(person.language)[topic]
        if notes.by_guid(db, person.id, card.guid) is None
    )


def today(person: Person, now: datetime, default_zone: str) -> date:
    """The person's study day."""
    return study_day(now, ZoneInfo(person.timezone or default_zone))
