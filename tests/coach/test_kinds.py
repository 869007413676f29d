"""What sort of document a letter is."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.kinds import guess
from coach.letters import Kind

GOOD = sorted((Path(__file__).parents[1] / "letters" / "good").iterdir())
BY_NAME = {
    "motivation": Kind.MOTIVATION_LETTER,
    "cover": Kind.COVER_LETTER,
    "answers": Kind.APPLICATION_ANSWERS,
}


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_a_letter_is_told_by_its_words_and_layout(path: Path):
    assert guess(path.read_text("utf-8")) is BY_NAME[path.name.split("-")[0]]


def test_headings_with_answers_are_a_form_even_with_notes_between():
    text = (Path(__file__).parents[1] / "letters/flawed/notes-to-self-answers.txt").read_text()
    assert guess(text) is Kind.APPLICATION_ANSWERS


def test_template_code_above_a_letter_does_not_make_it_a_form():
    text = (Path(__file__).parents[1] / "letters/flawed/template-code.md").read_text()
    assert guess(text) is Kind.COVER_LETTER


def test_a_short_list_in_a_letter_with_a_greeting_does_not_make_it_a_form():
    asked = "My work:\n\nI teach.\n\nMy plan:\n\nTo study.\n\nMy wish:\n\nThis school."
    text = f"Dear committee,\n\n{asked}"
    assert guess(text) is Kind.MOTIVATION_LETTER


def test_an_empty_text_is_guessed_too():
    assert guess("") is Kind.COVER_LETTER


@given(st.text(max_size=300))
def test_any_text_has_a_kind(text: str):
    assert guess(text) in Kind
