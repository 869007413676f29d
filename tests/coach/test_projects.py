"""A weekend's work that answers a gap, from the posting's own words."""

import pytest

from coach.letters import Coverage, Strength
from coach.plans import plan
from coach.projects import project, sort_of, tools
from coach.texts import LANGUAGES, catalogue


def gap(requirement: str, strength: Strength = Strength.MISSING, *, must: bool = True) -> Coverage:
    return Coverage(requirement, None, strength, "", must)


@pytest.mark.parametrize(
    ("requirement", "sort"),
    [
        ("Experience with Docker and Kubernetes", "running"),
        ("Hands-on work with LLMs and prompt design", "language"),
        ("Solid PyTorch skills", "model"),
        ("Design and read A/B tests", "experiment"),
        ("SQL and Airflow", "data"),
        ("Two years of Go or Rust in the backend", "service"),
        ("Explain results to stakeholders", "people"),
        ("Уверенное знание статистики", "experiment"),
        ("A bachelor's degree in computer science", None),
        ("Fluent German", None),
        ("Willingness to travel", None),
    ],
)
def test_what_a_weekend_can_show_and_what_it_can_not(requirement: str, sort: str | None):
    assert sort_of(requirement) == sort


def test_the_tools_are_the_postings_own():
    assert tools(["Experience with Docker and Kubernetes", "Terraform or AWS"]) == [
        *("Docker", "Kubernetes", "Terraform"),
    ]
    assert tools(["Strong communication skills"]) == []


def test_a_missing_must_comes_before_what_is_half_there_and_what_would_be_nice():
    rows = [
        gap("Airflow", Strength.PARTIAL),
        gap("Kubernetes", must=False),
        gap("Experience with PyTorch"),
    ]
    made = project(rows, "en")
    assert made is not None
    assert made.requirement == "Experience with PyTorch"
    assert "PyTorch" in made.task


@pytest.mark.parametrize("rows", [[], [gap("Docker", Strength.STRONG)], [gap("Fluent German")]])
def test_where_no_work_helps_none_is_asked_for(rows: list[Coverage]):
    assert project(rows, "en") is None


def test_the_habit_that_does_the_job_beforehand_says_which_job():
    made = plan("", edits=[], findings=[], coverage=[gap("Docker")])
    (habit,) = made.habits
    assert habit.id == "pub-poc"
    assert "Docker" in habit.why


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sort_has_its_words_in_every_language(language: str):
    from coach.projects import SORTS

    words = catalogue(language)
    for name, _ in SORTS:
        assert all(f"projects.{name}.{part}" in words for part in ("title", "task", "done"))
