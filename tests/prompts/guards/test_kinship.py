"""Words that may stand for each other, and what sort of thing each names."""

import pytest

from prompts.guards import kinship, vocabulary
from prompts.guards.wording import Support, Wording


@pytest.fixture(scope="module")
def english():
    return kinship.load("en")


@pytest.mark.parametrize(
    ("word", "kin"), [("tedious", "boring"), ("charts", "graph"), ("plotted", "plot")]
)
def test_kin_is_found_in_any_form(english, word, kin):
    assert kin in english.of(word)


def test_a_word_tells_what_sort_of_thing_it_names(english):
    assert english.sorts("surgeon") == {"S"}
    assert "G" in english.sorts("dashboard")
    assert english.sorts("wibble") == set()


def test_a_language_without_kinship_has_none():
    assert kinship.load("ru").of("дом") == {"дом"}


@pytest.mark.parametrize(
    ("word", "support"),
    [
        ("scripts", Support.ELSEWHERE),
        ("counting", Support.ELSEWHERE),
        ("record", Support.LIKE),
        ("tedious", Support.KIN),
        ("dashboard", Support.NONE),
        ("award", Support.NONE),
        ("nurse", Support.NONE),
    ],
)
def test_a_word_is_borne_by_its_forms_its_like_and_its_kin(word, support):
    words = vocabulary.load("en")
    source = Wording(
        "My script counts the boring refills for the doctor.", words, kinship.load("en")
    )
    assert source.support(word) is support
