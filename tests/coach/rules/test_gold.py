"""Letters with a critique by hand: what its editor marked stands among what is told first."""

import json
from pathlib import Path

import pytest

from bot.terminal.evaluation.sets import OURS, read_sets
from coach.evaluation import blockers_found, issue_recall
from coach.kinds import guess
from coach.letters import Severity
from coach.review import review
from coach.rules import check

GOLD = {letter.path.stem: letter for letter in read_sets([OURS / "gold"], [])}
WRITTEN_FIRST = ("nurse-cover", "teacher-residency", "accountant-ru", "analyst-cv")
"""Critiques that were written before any rule had read the letter."""
FINE = sorted((Path(__file__).parents[2] / "letters" / "fine").iterdir())


@pytest.mark.parametrize("name", GOLD)
def test_most_of_what_an_editor_marks_is_told_among_the_first_seven(name: str):
    letter = GOLD[name]
    assert letter.gold
    issues = review(letter.text).critique.issues
    assert issue_recall(issues, letter.gold.issues, 7).hits >= 3


@pytest.mark.parametrize("name", GOLD)
def test_whatever_must_not_be_sent_is_found(name: str):
    letter = GOLD[name]
    assert letter.gold
    assert blockers_found(review(letter.text), letter.gold.blockers).share in (None, 1.0)


def test_of_letters_that_the_rules_were_not_made_from_four_issues_in_five_are_told():
    marked = [(review(GOLD[name].text), GOLD[name].gold) for name in WRITTEN_FIRST]
    told = [issue_recall(one.critique.issues, gold.issues, 7) for one, gold in marked if gold]
    assert sum(one.hits for one in told) >= 0.8 * sum(one.total for one in told)


@pytest.mark.parametrize("path", FINE, ids=lambda path: path.name)
def test_a_fine_letter_in_any_language_is_left_alone(path: Path):
    text = path.read_text("utf-8")
    found = check(text, kind=guess(text))
    assert len(found) <= 1
    assert not [one for one in found if one.severity is Severity.BLOCKER]


def test_every_quote_of_a_critique_by_hand_is_the_letters():
    for file in (OURS / "gold").glob("*.json"):
        critique = json.loads(file.read_text("utf-8"))
        text = (file.parent / critique["letter"]).read_text("utf-8")
        assert all(praise["quote"] in text for praise in critique["strengths"])
