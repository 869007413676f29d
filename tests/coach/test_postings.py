"""What a posting asks for, and how honestly a letter's answer is judged."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.letters import Coverage, Strength
from coach.postings import Requirement, cover, own_requirements, requirements

LETTERS = Path(__file__).parents[1] / "letters"

POSTING = """Junior ML Engineer

About us
We are twelve people and a dog. You will love the view.

What you will do
- Train ranking models

Requirements:
- 2+ years of Python
- SQL and data pipelines
- Kafka is a plus

Nice to have
* Rust
* Open source contributions

We offer
- Fruit
"""


def asked(posting: str) -> list[tuple[str, bool]]:
    return [(each.text, each.must) for each in requirements(posting)]


def answer(requirement: str, letter: str) -> Coverage:
    (row,) = cover([Requirement(requirement)], letter)
    assert row.quote is None or row.quote in letter
    return row


def test_bullets_under_headings_that_ask_are_the_requirements() -> None:
    assert asked(POSTING) == [
        ("2+ years of Python", True),
        ("SQL and data pipelines", True),
        ("Kafka is a plus", False),
        ("Rust", False),
        ("Open source contributions", False),
    ]


def test_without_headings_the_sentences_that_ask_count() -> None:
    posting = (
        "We are looking for a data engineer. You must have experience with Airflow. "
        "Experience with dbt is a plus. You will get a laptop."
    )
    assert asked(posting) == [
        ("You must have experience with Airflow", True),
        ("Experience with dbt is a plus", False),
    ]


def test_a_bare_list_is_a_list_of_requirements() -> None:
    assert asked("- Python\n- SQL\n- SQL") == [("Python", True), ("SQL", True)]


def test_russian_headings_are_known() -> None:
    posting = "Требования:\n— Python\n— SQL\n\nБудет плюсом:\n— Kafka\n\nУсловия:\n— Офис"
    assert asked(posting) == [("Python", True), ("SQL", True), ("Kafka", False)]


def test_a_text_that_asks_for_nothing_has_no_requirements() -> None:
    assert requirements("We are a lovely company and we like cake.") == ()


def test_a_deed_with_its_effect_is_strong() -> None:
    letter = "I rewrote our loader in Python, and the nightly run fell from 3 hours to 20 minutes."
    row = answer("Programming in Python", letter)
    assert row.strength is Strength.STRONG
    assert row.quote == letter


@pytest.mark.parametrize(
    "letter",
    [
        "I know Python well.",
        "My skills: Python, pandas, NumPy, SQL, Docker.",
        "I would like to learn more about Python.",
        "I have worked with Python on many exciting tasks.",
    ],
)
def test_a_word_without_evidence_is_partial_with_its_quote(letter: str) -> None:
    row = answer("Programming in Python", letter)
    assert row.strength is Strength.PARTIAL
    assert row.quote


def test_what_the_letter_does_not_speak_of_is_missing_without_a_quote() -> None:
    row = answer("Kubernetes in production", "I cut our build from 9 to 2 minutes in Python.")
    assert (row.strength, row.quote) == (Strength.MISSING, None)


def test_an_admitted_gap_is_missing_but_only_in_its_own_clause() -> None:
    letter = "I have used Kafka in one project, and I have not run Kubernetes in production."
    assert answer("Kubernetes", letter).strength is Strength.MISSING
    assert answer("Kafka", letter).strength is Strength.PARTIAL


def test_naming_the_post_answers_nothing() -> None:
    letter = "I am writing about the machine learning engineer position."
    assert answer("Machine learning", letter).strength is Strength.MISSING


def test_years_are_counted() -> None:
    two = "For two years I have kept our Python service up; I cut its errors by 40%."
    assert answer("5+ years of Python", two).strength is Strength.PARTIAL
    assert answer("2+ years of Python", two).strength is Strength.STRONG


def test_relatives_of_a_word_are_met() -> None:
    letter = "I trained a small PyTorch model and recall rose from 54% to 71%."
    assert answer("Experience with deep learning", letter).strength is Strength.STRONG


def test_one_ordinary_word_of_many_is_no_answer() -> None:
    letter = "I made the search page of our school faster."
    assert answer("Experience evaluating search quality", letter).strength is Strength.MISSING


def test_evidence_beats_a_mere_mention() -> None:
    letter = "Python is nice. I wrote a parser in Python that now runs every night for 900 users."
    assert answer("Python", letter).quote == letter.removeprefix("Python is nice. ")


def test_a_long_quote_is_cut_at_a_word_and_still_stands_in_the_letter() -> None:
    letter = "I built a Python service " + "that does a thing " * 40 + "for 900 users."
    row = answer("Python", letter)
    assert row.quote
    assert len(row.quote) <= 240
    assert letter[len(row.quote)] == " "


def test_advice_is_said_in_the_readers_language() -> None:
    (row,) = cover([Requirement("Rust")], "I teach.", language="ru")
    assert "письме" in row.advice


ANSWERS = """Application, version 2

1. Experience with Python

I wrote our booking service in Python; it takes 900 bookings on a Saturday.

2. Experience with large data sets

Partial. The largest had two million rows.

3. Experience with cloud platforms

TBD

4. Why us?

Because your library of glass plates has no descriptions yet.
"""


def test_headings_with_answers_are_their_own_posting() -> None:
    rows = cover(own_requirements(ANSWERS), ANSWERS)
    assert [(row.requirement, row.strength) for row in rows] == [
        ("Experience with Python", Strength.STRONG),
        ("Experience with large data sets", Strength.PARTIAL),
        ("Experience with cloud platforms", Strength.MISSING),
        ("Why us?", Strength.PARTIAL),
    ]
    assert all(row.quote is None or row.quote in ANSWERS for row in rows)


def test_a_line_that_invites_is_a_heading_too() -> None:
    text = (LETTERS / "good" / "answers-short.txt").read_text("utf-8")
    assert "Tell us about something you built" in [each.text for each in own_requirements(text)]


def test_an_ordinary_letter_is_not_its_own_posting() -> None:
    for path in sorted((LETTERS / "good").iterdir()):
        if not path.name.startswith("answers"):
            assert own_requirements(path.read_text("utf-8")) == (), path.name


@given(st.text(max_size=400), st.text(max_size=400))
def test_whatever_is_compared_every_quote_stands_in_the_letter(posting: str, letter: str) -> None:
    wanted = requirements(posting) or (Requirement(posting),)
    for row in cover([*wanted, *own_requirements(letter)], letter):
        assert row.quote is None or row.quote in letter
        assert (row.quote is None) == (row.strength is Strength.MISSING)


def test_a_requirement_without_an_end_is_cut_and_costs_nothing() -> None:
    [one] = requirements("You must have " * 6000)
    assert len(one.text) <= 400
    assert cover([one], "I wrote Python. " * 500)
