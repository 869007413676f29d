"""Slips are found and rightly mended; what is right, or not ours to judge, is left alone."""

import pytest

from coach.letters import apply_edits
from coach.proofread import proofread


def mended(text: str) -> str:
    return apply_edits(text, proofread(text))


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("I beleive in careful work.", "I believe in careful work."),
        ("She tought me to write tests.", "She taught me to write tests."),
        ("My reserach was about soil.", "My research was about soil."),
        ("We shiped the feature on time.", "We shipped the feature on time."),
        ("It was a greatt team.", "It was a great team."),
        ("The acomodation was paid for.", "The accommodation was paid for."),
        ("I wrote Pyhton for two years.", "I wrote Python for two years."),
        ("We met every wensday evening.", "We met every Wednesday evening."),
    ],
)
def test_mends_spelling(wrong: str, right: str) -> None:
    assert mended(wrong) == right


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("We dis cussed the plan.", "We discussed the plan."),
        ("It took a long tim e to finish.", "It took a long time to finish."),
        ("My w\n    • ork was praised.", "My work was praised."),
        ("I learned alot ofthings there.", "I learned a lot of things there."),
        ("I wanted tolearn more.", "I wanted to learn more."),
        ("I was in in the team.", "I was in the team."),
        ("I wrote it , then I slept .", "I wrote it, then I slept."),
    ],
)
def test_mends_gaps(wrong: str, right: str) -> None:
    assert mended(wrong) == right


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("I studied at the Universit√§t of Graz.", "I studied at the Universität of Graz."),
        ("It was a cafÃ© in Lyon.", "It was a café in Lyon."),
        ("I donâ€™t mind.", "I don’t mind."),
    ],
)
def test_mends_mojibake_word_by_word(wrong: str, right: str) -> None:
    assert mended(wrong) == right


@pytest.mark.parametrize(
    "text",
    [
        "I fine-tuned RoBERTa with PyTorch and logged it in MLflow.",
        "See https://exampel.org/teh or write to recieve@exampel.org.",
        "Dear [compaany], I ran `pip instal teh` and {{ usr.nmae }}.",
        "Krzysztof Wdowiak and Ngozi Adeyemi-Bello taught me.",
        "The colour of the center, the behaviour of the program.",
        "Hab mir ein bisschen Deutsch beigebracht, und es macht mir Spaß.",
        "I had had enough; I know that that works very, very well.",
        "We used word2vec, x.shape and f(x) on the VLSI board.",
        "My Zorblat ran twice. A Zorblat is small. I love my Zorblat.",
        "The cafe on Straße 5 is naïve, says José.",
        "It works. And it is fast! Is it? Yes: 3.5 times.",
    ],
)
def test_leaves_alone_what_is_right_or_not_prose(text: str) -> None:
    assert proofread(text) == []


def test_words_that_a_person_knows_are_never_flagged() -> None:
    text = "I keep bees with my frend."
    assert proofread(text)
    assert proofread(text, known=frozenset({"Frend"})) == []


def test_a_language_without_word_lists_gets_what_needs_none() -> None:
    assert proofread("Я рботаю с данными.", language="ru") == []
    assert [edit.right for edit in proofread("Привет , мир", language="ru")] == [","]


def test_reasons_are_said_in_the_readers_language() -> None:
    (edit,) = proofread("A greatt team.", reader="ru")
    assert edit.reason.startswith("Такого слова")
