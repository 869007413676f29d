"""The critique by the house rules: scores by the rubric, issues ranked, praise that quotes."""

import json
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest

from coach.critique import house_critique, rank
from coach.kinds import guess
from coach.letters import (
    HOUSE_RULES,
    Criterion,
    Critique,
    Edit,
    EditKind,
    Finding,
    Kind,
    Severity,
)
from coach.rules import check

LETTERS = Path(__file__).parents[1] / "letters"
GOOD = sorted((LETTERS / "good").iterdir())


def critique(text: str, *, edits: tuple[Edit, ...] = (), language: str = "en") -> Critique:
    kind = guess(text)
    findings = check(text, kind=kind, language=language)
    return house_critique(text, kind=kind, findings=findings, edits=edits, language=language)


def of(path: str) -> Critique:
    return critique((LETTERS / path).read_text("utf-8"))


def scores(told: Critique) -> dict[Criterion, int | None]:
    return {score.criterion: score.score for score in told.scores}


def slip(text: str, wrong: str) -> Edit:
    start = text.index(wrong)
    return Edit(start, start + len(wrong), wrong, wrong + "x", EditKind.SPELLING, 0.9)


def test_it_says_that_it_is_made_by_rules():
    assert of("good/cover-letter-data-engineer.txt").engine == HOUSE_RULES


def test_it_scores_every_criterion_of_the_rubric_in_its_order():
    rubric = json.loads(resources.files("coach").joinpath("data/rubric.json").read_text("utf-8"))
    told = of("good/cover-letter-data-engineer.txt")
    assert [score.criterion for score in told.scores] == [c["id"] for c in rubric["criteria"]]


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_a_good_letter_is_nearly_ready_and_praised(path: Path):
    told = critique(path.read_text("utf-8"))
    assert told.label in ("ready", "ready after fixes", "needs a rewrite of 1 passage")
    assert (scores(told)[Criterion.EVIDENCE] or 0) >= 2
    assert told.strengths
    assert told.rewrites == ()


def test_a_placeholder_makes_a_letter_not_ready_and_its_mechanics_1():
    told = of("flawed/placeholders-duties.txt")
    assert told.label == "not ready"
    assert scores(told)[Criterion.MECHANICS] == 1
    assert told.issues[0].quote == "[Name]"
    assert "(5 more places like it.)" in told.issues[0].why


def test_the_first_issues_show_many_sides_of_the_letter():
    told = of("flawed/placeholders-duties.txt")
    assert len({issue.criterion for issue in told.issues[:5]}) >= 4


def test_blockers_come_first_and_polish_last():
    order = list(Severity)
    told = [order.index(issue.severity) for issue in of("flawed/template-code.md").issues]
    assert told == sorted(told)


def test_one_issue_speaks_for_a_rule():
    finding = Finding("cliche", Severity.MINOR, Criterion.CLARITY_VOICE, 0, 1, "a", "worn", "say")
    issues = rank([finding, replace(finding, start=5, end=6)], "en")
    assert len(issues) == 1
    assert issues[0].why == "worn (1 more place like it.)"


def test_a_letter_without_a_deed_gets_a_1_for_evidence_and_hears_what_was_looked_for():
    told = critique("Dear team,\n\nI am ready to work hard in your company. I like data.\n\nAnn")
    evidence = next(score for score in told.scores if score.criterion is Criterion.EVIDENCE)
    assert evidence.score == 1
    assert evidence.quotes == ()
    assert "looked for" in evidence.why


def test_without_a_change_of_field_the_turn_is_not_assessed():
    told = of("good/cover-email-short.txt")
    assert scores(told)[Criterion.TRANSITION_STORY] is None


def test_a_nurse_who_explains_her_turn_is_given_a_4_for_it():
    assert scores(of("good/motivation-nurse-to-ml.txt"))[Criterion.TRANSITION_STORY] == 4


def test_requirements_are_scored_for_answers_only():
    assert scores(of("good/answers-residency.txt"))[Criterion.REQUIREMENT_COVERAGE] == 3
    assert scores(of("good/cover-email-short.txt"))[Criterion.REQUIREMENT_COVERAGE] is None


def test_mechanics_counts_different_slips_and_no_questions():
    text = (LETTERS / "good/cover-letter-data-engineer.txt").read_text("utf-8")
    one = slip(text, "posting")
    asked = replace(slip(text, "failed"), ask=True)
    many = tuple(slip(text, wrong) for wrong in ("posting", "failed", "screen", "coffee"))
    assert scores(critique(text))[Criterion.MECHANICS] == 4
    assert scores(critique(text, edits=(asked,)))[Criterion.MECHANICS] == 4
    assert scores(critique(text, edits=(one, one, one)))[Criterion.MECHANICS] == 3
    assert scores(critique(text, edits=many))[Criterion.MECHANICS] == 1


def test_an_open_typo_keeps_a_good_letter_from_ready():
    text = (LETTERS / "good/cover-letter-data-engineer.txt").read_text("utf-8")
    assert critique(text).label == "ready"
    assert critique(text, edits=(slip(text, "posting"),)).label == "ready after fixes"


def test_praise_names_what_was_measured():
    told = of("good/cover-letter-junior-ml.md")
    assert any("54% to 71%" in praise.quote for praise in told.strengths)


def test_a_summary_quotes_the_best_and_names_the_gap():
    told = of("flawed/placeholders-duties.txt")
    assert told.summary.startswith("Not yet:")
    assert "What is missing is" in told.summary
    assert "Build on “" in of("good/cover-letter-data-engineer.txt").summary


def test_a_number_that_a_rule_doubts_is_not_praised():
    told = critique("Dear team,\n\nI apply. In my last job I increased efficiency by 30%.")
    assert told.strengths == ()
    assert (scores(told)[Criterion.EVIDENCE] or 0) < 3


def test_it_speaks_russian_to_a_russian_reader():
    text = (LETTERS / "flawed/cliches-self-damage.txt").read_text("utf-8")
    told = critique(text, language="ru")
    assert told.label == "нужно переписать 3 места"
    assert "рекрутер" in told.summary or "читатель" in told.summary


def test_a_critique_of_nothing_is_still_one():
    told = house_critique("", kind=Kind.COVER_LETTER, findings=(), edits=(), language="en")
    assert told.issues == ()
    assert told.strengths == ()
    assert told.summary


def test_no_spelling_is_praised_in_a_language_whose_words_we_do_not_know() -> None:
    told = critique(
        "Я працюю аналітиком і хочу навчитися працюваті з рядами. У вашій школі є такий курс."
    )

    assert scores(told)[Criterion.MECHANICS] is None


def test_spelling_is_judged_in_russian_too() -> None:
    told = critique("Я работаю аналитиком и хочу научиться работать с временными рядами.")

    assert scores(told)[Criterion.MECHANICS] == 4
