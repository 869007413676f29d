"""The questions of a form, their answers and limits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.questions import Limit, Unit, is_question, limit_of, questions


@pytest.mark.parametrize(
    ("said", "most", "unit"),
    [
        ("Why us? (max 150 words)", 150, Unit.WORDS),
        ("Describe a project in 500 characters or less.", 500, Unit.CHARACTERS),
        ("Tell us why, in no more than 1,500 characters", 1500, Unit.CHARACTERS),
        ("Why you? [up to 80 words]", 80, Unit.WORDS),
        ("Your story (250-word limit)", 250, Unit.WORDS),
        ("Warum wir? (höchstens 80 Wörter)", 80, Unit.WORDS),
        ("Ihr Projekt (max. 600 Zeichen)", 600, Unit.CHARACTERS),
        ("Почему мы? (до 500 знаков)", 500, Unit.CHARACTERS),
        ("Расскажите о себе, не более 150 слов", 150, Unit.WORDS),
        ("Опишите проект (1 000 символов с пробелами)", 1000, Unit.CHARACTERS),
    ],
)
def test_a_limit_is_read_in_three_languages(said: str, most: int, unit: Unit):
    assert limit_of(said) == Limit(most, unit)


@pytest.mark.parametrize("said", ["I wrote 500 words a day.", "About 300 people", "In 2019"])
def test_a_number_in_an_answer_is_no_limit(said: str):
    assert limit_of(said) is None


def test_each_answer_reaches_up_to_the_next_question():
    text = "Why us?\nBecause.\n\nAnd I mean it.\n\n2. What did you build?\n\nA boat."
    first, second = questions(text)
    assert text[slice(*first.answer)] == "Because.\n\nAnd I mean it."
    assert text[slice(*second.answer)] == "A boat."


def test_a_limit_that_is_said_once_counts_for_every_question():
    text = (
        "Please answer each in no more than 20 words.\n\nWhy us?\n\nYes.\n\nWhy you there?\n\nNo."
    )
    assert [each.limit for each in questions(text)] == [Limit(20, Unit.WORDS)] * 2


def test_a_long_paragraph_that_ends_with_a_question_is_an_answer():
    assert not is_question("I have wondered about this. " * 15 + "Why not me?")


@given(st.text(alphabet="ab ?.\n()1", max_size=120))
def test_spans_lie_in_the_text_in_order(text: str):
    last = 0
    for each in questions(text):
        start, end = each.answer
        assert last <= each.start <= each.end <= start <= end <= len(text)
        last = end
