"""The starter cards: every one can be shown, is known for good, and stands under a topic."""

from coach.additions import GAP, LONGEST_SIDE
from coach.notes import NoteKind
from coach.starters import starters, topic_key, topics
from coach.texts import LANGUAGES, say


def test_every_card_stands_under_a_topic_with_a_name() -> None:
    assert len(starters()) >= 60
    assert {card.id for cards in topics().values() for card in cards} == starters().keys()
    for topic in topics():
        assert all(say(language, topic_key(topic)) for language in LANGUAGES)


def test_a_card_has_what_its_kind_needs_and_fits_on_a_phone() -> None:
    for card in starters().values():
        assert card.front
        assert bool(card.back) or card.kind is NoteKind.CLOZE
        assert bool(GAP.search(card.front)) == (card.kind is NoteKind.CLOZE)
        assert max(len(card.front), len(card.back)) < LONGEST_SIDE / 5


def test_no_two_cards_ask_the_same() -> None:
    assert len({card.front for card in starters().values()}) == len(starters())
