"""How the weights of confusable words are learned: from what stands around them, less slips."""

from pathlib import Path

import pytest

from coach.proofread.build import confusions as learning
from coach.proofread.confusions import Place, company
from coach.proofread.lexicon import load

LEXICON = load("en")
BAR, OFTEN, SELDOM = learning._bar, learning.OFTEN, learning.SELDOM  # pyright: ignore[reportPrivateUsage]


def test_words_are_told_by_the_company_they_keep() -> None:
    assert LEXICON
    assert company("reviewed", LEXICON) != company("review", LEXICON)
    assert company(".", LEXICON) == "."


@pytest.mark.parametrize("often", [OFTEN, SELDOM])
def test_a_word_that_is_never_wrongly_doubted_has_a_low_bar(often: str) -> None:
    low = learning.LOWEST_BAR + learning.CAUTION
    usual = learning.USUAL_BAR + learning.CAUTION
    assert low <= BAR([-5.0] * 5_000, [6.0] * 5_000, often) <= usual


def test_the_more_right_words_would_be_doubted_the_higher_the_bar() -> None:
    doubted = [-5.0] * 900 + [4.0] * 100
    assert BAR(doubted, [6.0] * 1_000, OFTEN) > 4.0


def test_a_word_that_cannot_be_told_is_hardly_ever_proposed() -> None:
    assert BAR([9.0] * 100, [9.0] * 100, OFTEN) >= learning.HIGHEST_BAR


def test_pairs_seen_too_seldom_are_left_out(tmp_path: Path) -> None:
    assert LEXICON
    learning.build(["They were here."] * 3, ["We are there."] * 3, LEXICON, tmp_path)
    assert (tmp_path / "confusions.xz").is_file()


def test_prose_that_was_learned_from_counts_before_documentation() -> None:
    places = learning.Places([Place(".", "a", "b", ".")], [Place(".", "c", "d", ".")] * 9)
    assert places.sample(learning.random.Random(1))[0].before == "a"
