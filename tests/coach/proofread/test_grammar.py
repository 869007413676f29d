"""Grammar that is certain: each slip is mended, and what only looks like it is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.proofread.grammar import RULES, find
from coach.texts import say


def mended(text: str) -> str:
    for slip in sorted(find(text), key=lambda slip: -slip.start):
        text = text[: slip.start] + slip.right + text[slip.end :]
    return text


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("He don't know it.", "He doesn't know it."),
        ("I has built this.", "I have built this."),
        ("They was late.", "They were late."),
        ("Everyone are here.", "Everyone is here."),
        ("This skills help me.", "These skills help me."),
        ("I want to became a nurse.", "I want to become a nurse."),
        ("I didn't went there.", "I didn't go there."),
        ("It will has an end.", "It will have an end."),
        ("I have wrote a tool.", "I have written a tool."),
        ("It has became big.", "It has become big."),
        ("This is more better.", "This is better."),
        ("I look forward to hear from you.", "I look forward to hearing from you."),
        ("I am very interesting in data.", "I am very interested in data."),
        ("I am agree with you.", "I agree with you."),
        ("It depends of the data.", "It depends on the data."),
        ("I was responsible of tests.", "I was responsible for tests."),
        ("She explained me the code.", "She explained to me the code."),
        ("I graduated the university.", "I graduated from the university."),
        ("I work here since 3 years.", "I work here for 3 years."),
        ("I gave them informations.", "I gave them information."),
        ("I need an advice.", "I need advice."),
        ("I worked in several company.", "I worked in several companies."),
        ("I have 25 years old.", "I am 25 years old."),
        ("Despite of that, I stayed.", "Despite that, I stayed."),
        ("I very like it.", "I really like it."),
        ("I know how it looks like.", "I know what it looks like."),
        ("He said me so.", "He told me so."),
        ("I worked as Python developer.", "I worked as a Python developer."),
        ("I am engineer.", "I am an engineer."),
        ("I worked as data analyst in Riga.", "I worked as a data analyst in Riga."),
        ("I hope to become data analyst.", "I hope to become a data analyst."),
        ("Working as ML researcher, I", "Working as an ML researcher, I"),
    ],
)
def test_what_is_wrong_everywhere_is_mended(wrong: str, right: str):
    assert mended(wrong) == right


@pytest.mark.parametrize(
    "text",
    [
        "If they was the word, they were wrong; if we don't rhyme, sing it.",
        "He and I have built it, and the friends of everyone are here.",
        "This works, this results in more, and this skill is new.",
        "I have to go; what I knew I did not know then.",
        "She made it more than better, and more and more easily.",
        "I look forward to work that matters and to the hearing.",
        "This is interesting in itself. What I am interesting in that sense is another matter.",
        "It depends, of course, on data; they are responsible, of course.",
        "She explained me to them. I graduated from the university.",
        "Since two years ago I have worked here; for 3 years I did.",
        "An information system, a research group, a software engineer, a feedback loop.",
        "Many a model, the GPT-2 model, two year-long courses, several model runs.",
        "I am student body president. I worked as an engineer and as head nurse.",
        "I was engineering things; I am teacher-trained.",
    ],
)
def test_what_is_right_is_left_alone(text: str):
    assert mended(text) == text


def test_every_reason_is_a_sentence_in_both_languages():
    for rule in RULES:
        assert {say(language, f"proofread.{rule.reason}") for language in ("en", "ru")}


@given(st.text())
def test_any_text_is_read_and_places_fit(text: str):
    assert all(0 <= slip.start < slip.end <= len(text) for slip in find(text))
