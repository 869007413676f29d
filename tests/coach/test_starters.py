"""The starter cards: every one can be shown, is known for good, and stands under a topic."""

import re

import pytest

from coach.additions import GAP, LONGEST_SIDE
from coach.notes import NoteKind
from coach.starters import starters, topic_key, topics
from coach.texts import LANGUAGES, say


def test_every_card_stands_under_a_topic_with_a_name() -> None:
    assert len(starters()) >= 60
    assert {card.id for cards in topics().values() for card in cards} == starters().keys()
    for topic in topics():
        assert all(say(language, topic_key(topic)) for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_has_what_its_kind_needs_and_fits_on_a_phone(language) -> None:
    for card in starters(language).values():
        assert card.front
        assert bool(card.back) or card.kind is NoteKind.CLOZE
        assert bool(GAP.search(card.front)) == (card.kind is NoteKind.CLOZE)
        assert max(len(card.front), len(card.back)) < LONGEST_SIDE / 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_cards_ask_the_same(language) -> None:
    assert len({card.front for card in starters(language).values()}) == len(starters())


def test_every_card_has_words_in_russian() -> None:
    english, russian = starters("en"), starters("ru")
    assert english.keys() == russian.keys()
    for id, card in russian.items():
        assert re.search("[а-яё]", card.front), id
        assert (card.guid, card.tags) == (english[id].guid, english[id].tags)
