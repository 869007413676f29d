"""What sort of document a letter is."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.criteria import CRITERIA
from coach.kinds import guess
from coach.letters import Criterion, Kind
from coach.review import review
from coach.rules import RULES, check

LETTERS = Path(__file__).parents[1] / "letters"
GOOD = sorted((LETTERS / "good").iterdir())
BY_NAME = {
    "motivation": Kind.MOTIVATION_LETTER,
    "cover": Kind.COVER_LETTER,
    "answers-residency": Kind.APPLICATION_ANSWERS,
    "answers-short": Kind.SHORT_ANSWERS,
}


def samples(name: str) -> list[tuple[Kind, str]]:
    rows = tomllib.loads((LETTERS / "kinds" / f"{name}.toml").read_text("utf-8"))["samples"]
    return [(Kind(row["kind"]), row["text"].strip()) for row in rows]


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_a_letter_is_told_by_its_words_and_layout(path: Path):
    (kind,) = (kind for name, kind in BY_NAME.items() if path.name.startswith(name))
    assert guess(path.read_text("utf-8")) is kind


@pytest.mark.parametrize("name", ["tuned", "kept_apart"])
def test_of_the_samples_in_three_languages_at_least_95_in_100_are_told_right(name: str):
    rows = samples(name)
    right = sum(guess(text) is kind for kind, text in rows)
    assert {kind for kind, _ in rows} == set(Kind)
    assert right >= 0.95 * len(rows)


@pytest.mark.parametrize("text", [t for k, t in samples("tuned") if k is Kind.CV])
def test_a_cv_is_not_scolded_for_what_no_cv_has(text: str):
    told = {finding.rule for finding in check(text, kind=Kind.CV)}
    assert not told & {
        *("impersonal-greeting", "no-addressee-detail", "reason-without-cause", "skill-list"),
        *("too-short", "thin-answer", "empty-section"),
    }


def test_a_cv_that_counts_things_has_evidence_and_one_that_lists_posts_has_none():
    shown, bare = [text for kind, text in samples("tuned") if kind is Kind.CV][:2]
    assert "no-evidence" not in {one.rule for one in check(shown, kind=Kind.CV)}
    assert "no-evidence" in {one.rule for one in check(bare, kind=Kind.CV)}


@pytest.mark.parametrize("kind", Kind)
def test_scores_are_those_of_the_kind(kind: Kind):
    text = samples("tuned")[0][1]
    told = {score.criterion for score in review(text, kind=kind).critique.scores}
    assert told == set(CRITERIA[kind])


def test_every_kind_is_judged_by_evidence_form_and_spelling_and_every_silent_rule_exists():
    from coach.criteria import SILENT

    for criteria in CRITERIA.values():
        assert {Criterion.EVIDENCE, Criterion.STRUCTURE_LENGTH, Criterion.MECHANICS} <= {*criteria}
    assert set().union(*SILENT.values()) <= RULES.keys()


def test_a_form_that_does_not_ask_why_is_not_blamed_for_no_reason():
    text = "What have you built? (50 words)\n\nI wrote a bot.\n\nHow many hours have you?\n\nTen."
    scores = {score.criterion: score for score in review(text).critique.scores}
    assert scores[Criterion.MOTIVATION_FIT].score is None


def test_headings_with_answers_are_a_form_even_with_notes_between():
    text = (LETTERS / "flawed/notes-to-self-answers.txt").read_text()
    assert guess(text) is Kind.APPLICATION_ANSWERS


def test_template_code_above_a_letter_does_not_make_it_a_form():
    assert guess((LETTERS / "flawed/template-code.md").read_text()) is Kind.COVER_LETTER


def test_a_short_list_in_a_letter_with_a_greeting_does_not_make_it_a_form():
    asked = "My work:\n\nI teach.\n\nMy plan:\n\nTo study.\n\nMy wish:\n\nThis school."
    text = f"Dear committee,\n\n{asked}"
    assert guess(text) is Kind.MOTIVATION_LETTER


def test_an_empty_text_is_guessed_too():
    assert guess("") is Kind.COVER_LETTER


@given(st.text(max_size=300))
def test_any_text_has_a_kind(text: str):
    assert guess(text) in Kind
