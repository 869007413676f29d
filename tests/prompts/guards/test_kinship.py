"""Words that may stand for each other, and those that bring no fact of their own."""

import pytest

from prompts.guards import kinship, vocabulary
from prompts.guards.wording import Wording


@pytest.fixture(scope="module")
def english():
    return kinship.load("en")


@pytest.mark.parametrize(
    ("word", "kin"), [("tedious", "boring"), ("charts", "graph"), ("plotted", "plot")]
)
def test_kin_is_found_in_any_form(english, word, kin):
    assert kin in english.of(word)


def test_feelings_and_looks_are_loose_and_things_made_are_not(english):
    assert english.is_loose("weary")
    assert not english.is_loose("dashboard")
    assert not english.is_loose("prize")
    assert not english.is_loose("wibble")


def test_a_language_without_kinship_has_none():
    assert kinship.load("ru").of("дом") == {"дом"}


@pytest.mark.parametrize(
    ("word", "held"),
    [
        ("scripts", True),
        ("counting", True),
        ("tedious", True),
        ("because", True),
        ("dashboard", False),
        ("award", False),
        ("supervised", False),
    ],
)
def test_a_word_is_held_by_its_forms_and_kin(word, held):
    words = vocabulary.load("en")
    source = Wording("My script counts the boring refills.", words, kinship.load("en"))
    assert source.holds(word) is held
