"""Cards that a letter brings, offered before they are kept."""

from datetime import datetime

from coach.additions import Written
from coach.letters import PlanCard
from coach.notes import NoteKind
from coach.offers import Cards, Offered
from handlers.cards.deck_buttons import Choice, offer_button
from handlers.chat.replies import Rows
from storage import Db, offers
from storage.people import Person

FROM_LETTER = ("letter",)
"""The tag of cards that a letter brought."""


def cards_button(
    db: Db, person: Person, cards: tuple[PlanCard, ...], key: str, now: datetime
) -> Rows:
    """`Make cards` under an answer that brings cards of its own; nothing when it brings none. An
    open offer under the same key takes the new cards."""
    if not cards:
        return ()
    offer = offers.add(
        db, person_id=person.id, key=key, source="review", cards=from_plan(cards), now=now
    )
    if offer.cards != from_plan(cards):
        offers.change(db, offer, from_plan(cards))
    return [[offer_button(person.language, "make", Choice.OPEN, offer.id)]]


def from_plan(cards: tuple[PlanCard, ...]) -> Cards:
    """A plan's cards as they are offered."""
    return tuple(
        Offered(Written(NoteKind.BASIC, card.front, card.back), FROM_LETTER, why=card.why)
        for card in cards
    )


def as_plan(cards: Cards) -> tuple[PlanCard, ...]:
    """Offered cards as a plan holds them."""
    return tuple(PlanCard(one.card.front, one.card.back, one.why) for one in cards)
