"""What is right alone but not beside the rest is asked about, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.letters import apply_edits
from coach.proofread.consistency import MOST_PLACES, questions
from coach.review import review


def asked(text: str, **others) -> list[tuple[str, str]]:
    return [(one.wrong, one.right) for one in questions(text, **others)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I trained it in Pytorch.", [("Pytorch", "PyTorch")]),
        ("My code is on Github and in numpy.", [("Github", "GitHub"), ("numpy", "NumPy")]),
        ("I answer on stackoverflow.", [("stackoverflow", "Stack Overflow")]),
        ("I write PyTorch, GitHub and LLMs as they are.", []),
        ("I use nvidia-docker, `import numpy`, and see github.com/mira.", []),
        ("PYTORCH AND GITHUB ARE ALL I KNOW.", []),
        ("The rest of the glove is in a rag.", []),
    ],
)
def test_names_are_written_as_they_write_themselves(text, expected):
    assert asked(text) == expected


def test_an_american_word_in_a_british_letter_is_asked_about():
    text = "I analysed the colour of behaviour, and put it in the center."
    (one,) = questions(text)
    assert (one.wrong, one.right, one.ask) == ("center", "centre", True)
    assert one.reason == "The rest of your letter is British English."


def test_a_british_word_in_an_american_letter_is_asked_about():
    text = "I labeled and analyzed the behavior, then went travelling."
    assert asked(text) == [("travelling", "traveling")]


def test_organize_is_at_home_in_british_english_too():
    assert asked("We organized the colours and analysed our behaviour.") == []


def test_both_ways_of_ise_in_one_letter_are_not():
    text = "We organised it, optimised it and standardized it."
    assert asked(text) == [("standardized", "standardised")]


@pytest.mark.parametrize(
    "text",
    [
        "I like the colour and the center.",
        "I advise you to exercise and to compromise, to surprise and to revise.",
        "Gray and Centre are names: Mr Gray met Dr Center, and we analysed colours.",
    ],
)
def test_where_the_letter_does_not_tell_nobody_is_asked(text):
    assert asked(text) == []


def test_one_word_with_and_without_a_hyphen():
    assert asked("Write an email. My e-mail is here, and another email.") == [("e-mail", "email")]
    assert asked("Write an e-mail to my e-mail.") == []


def test_what_the_writer_calls_right_is_left_alone():
    assert asked("I use Pytorch on Github.", known=["pytorch"]) == [("Github", "GitHub")]


def test_no_more_is_asked_than_somebody_wants_to_read():
    assert len(questions("I use numpy. " * 40)) == MOST_PLACES


def test_a_review_asks_them_beside_the_slips_and_applies_none_by_itself():
    text = "I recieve data with Pytorch."
    edits = review(text).edits
    assert [(edit.right, edit.ask) for edit in edits] == [("receive", False), ("PyTorch", True)]


WORDS = ("colour", "center", "e-mail", "email", "github", "analysed", "É", "😀", "\n")


@given(st.lists(st.sampled_from(WORDS)))
def test_places_always_fit_and_what_was_answered_is_not_asked_again(words):
    text = " ".join(words)
    found = questions(text)
    assert all(text[one.start : one.end] == one.wrong for one in found)
    assert questions(apply_edits(text, found)) == []
