"""The buttons of offered cards, decks, notes and leeches: their labels and what they carry."""

from enum import StrEnum
from hashlib import blake2s

from aiogram.filters.callback_data import CallbackData

from coach.starters import topic_key, topics
from coach.texts import say
from handlers.chat.replies import Button


class Choice(StrEnum):
    """What a button at an offer asks for. `number` is a card, a page for `PAGE`; from 0."""

    OPEN = "open"
    PAGE = "page"
    CARD = "card"
    TURN = "turn"
    CHANGE = "change"
    KEEP = "keep"
    NOT_NOW = "no"


class OfferButton(CallbackData, prefix="offer"):
    """A button at cards that are shown before they are kept."""

    choice: Choice
    offer: int
    number: int = 0


class Turn(StrEnum):
    """Where a button leads in the decks."""

    DECKS = "decks"
    DECK = "deck"
    TOPICS = "topics"
    TOPIC = "topic"
    FIND = "find"


class DeckButton(CallbackData, prefix="deck"):
    """A way through the decks; `name` is a deck's mark or a topic, without its colons."""

    turn: Turn
    name: str = ""
    page: int = 0


class Deed(StrEnum):
    """What a button at one note asks for."""

    SHOW = "show"
    CHANGE = "change"
    DELETE = "ask"
    SURELY = "gone"


class NoteButton(CallbackData, prefix="note"):
    """A button at one note."""

    deed: Deed
    note: int


class Cure(StrEnum):
    """What can be done about a leech."""

    REWRITE = "rewrite"
    SPLIT = "split"
    HINT = "hint"
    DELETE = "delete"
    KEEP = "keep"


class LeechButton(CallbackData, prefix="leech"):
    """A button under the word about a leech; `card` is the card's number."""

    cure: Cure
    card: int


def offer_button(language: str, name: str, choice: Choice, offer: int, number: int = 0) -> Button:
    """A button with the text `additions.button.NAME`."""
    data = OfferButton(choice=choice, offer=offer, number=number).pack()
    return say(language, f"additions.button.{name}"), data


def number_button(label: str, choice: Choice, offer: int, number: int) -> Button:
    """A button that is a number or an arrow."""
    return label, OfferButton(choice=choice, offer=offer, number=number).pack()


def deck_button(label: str, turn: Turn, name: str = "", page: int = 0) -> Button:
    """A way through the decks, with a label of its own."""
    return label, DeckButton(turn=turn, name=name, page=page).pack()


def note_button(label: str, deed: Deed, note: int) -> Button:
    """A button at a note, with a label of its own."""
    return label, NoteButton(deed=deed, note=note).pack()


def leech_rows(language: str, card: int) -> list[list[Button]]:
    """Rewrite, split, hint, delete: under the word about a leech."""
    rewrite, split, hint, delete = (
        (say(language, f"cards.leech.{cure}"), LeechButton(cure=cure, card=card).pack())
        for cure in (Cure.REWRITE, Cure.SPLIT, Cure.HINT, Cure.DELETE)
    )
    return [[rewrite, split], [hint, delete]]


def say_deck(language: str, deck: str) -> str:
    """What a deck is called: a starter topic by its name, one of Anki's as it stands there."""
    if deck in topics():
        return say(language, topic_key(deck))
    return deck or say(language, "decks.own")


def mark_of(deck: str) -> str:
    """A deck's name in twelve signs, since a button has no room for more."""
    return blake2s(deck.encode(), digest_size=6).hexdigest()
