"""What is offered stays as it was shown, belongs to one person, and is kept once."""

import pytest

from coach.additions import Written
from coach.notes import NoteKind
from coach.offers import Offered, changed, chosen, turned
from storage import offers, people

CARDS = (
    Offered(Written(NoteKind.BASIC, "q", "a"), ("letter",), None, "why"),
    Offered(Written(NoteKind.CLOZE, "{{c1::x}}", ""), guid="starter-x"),
)


@pytest.fixture(autouse=True)
def _two_people(db, now) -> None:
    for id in (7, 8):
        people.seen(db, id=id, language="en", now=now)


def offer(db, now, key="k", **more):
    return offers.add(
        db, person_id=7, key=key, source="added", cards=CARDS, now=now, deck="d", **more
    )


def test_an_offer_comes_back_as_it_was_made(db, now) -> None:
    made = offer(db, now, replaces=5)

    assert offers.get(db, made.id, 7) == made
    assert (made.cards, made.deck, made.replaces, made.kept) == (CARDS, "d", 5, False)


def test_it_is_nobody_elses(db, now) -> None:
    assert offers.get(db, offer(db, now).id, 8) is None


def test_the_same_key_is_the_same_offer_as_it_stands_by_now(db, now) -> None:
    made = offer(db, now)
    offers.change(db, made, turned(CARDS, 0))

    again = offer(db, now)

    assert again.id == made.id
    assert chosen(again.cards) == CARDS[1:]


def test_it_is_kept_once_and_then_stands(db, now) -> None:
    made = offer(db, now)

    assert offers.kept(db, made, now)
    assert not offers.kept(db, made, now)
    offers.change(db, made, ())
    assert offers.get(db, made.id, 7).cards == CARDS


def test_a_card_that_is_changed_is_wanted_again() -> None:
    other = Written(NoteKind.BASIC, "q2", "a2")

    cards = changed(turned(CARDS, 0), 0, other)

    assert (cards[0].card, cards[0].dropped, cards[0].tags) == (other, False, ("letter",))
