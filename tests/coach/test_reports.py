"""critique.md says everything, and nothing in it is markup that came from a letter."""

import re

from coach.letters import (
    Criterion,
    Critique,
    Issue,
    Kind,
    Praise,
    Review,
    Rewrite,
    Score,
    Severity,
)
from coach.reports import critique_markdown, plain

HOSTILE = "![photo](https://evil.example/p.png) <b>*bold*</b>\n# heading `code`"


def review(**parts: object) -> Review:
    critique = Critique(engine="house rules", label="ready", summary="Fine.", **parts)
    return Review(kind=Kind.COVER_LETTER, language="en", critique=critique)


def test_a_letters_markup_stays_text() -> None:
    page = critique_markdown(
        HOSTILE,
        review(
            strengths=(Praise(HOSTILE, "why"),),
            issues=(Issue(Criterion.EVIDENCE, Severity.MAJOR, HOSTILE, 0, 1, "why", "advice"),),
            scores=(Score(Criterion.EVIDENCE, 2, (HOSTILE,), "why"),),
        ),
        "en",
    )

    assert not re.search(r"(?<!\\)[\[\]<`]", page)
    assert page.count("\n# ") == 0, "the only heading of the first rank is ours, at the top"


def test_a_quote_stands_on_one_line() -> None:
    assert plain("one\ntwo   three") == "one two three"


def test_a_rewrite_whose_words_were_withheld_shows_only_its_questions() -> None:
    asked = Rewrite("I did things.", 0, 13, "", "vague", ("What changed?",))

    page = critique_markdown("letter.txt", review(rewrites=(asked,)), "en")

    assert "What changed?" in page
    assert "→" not in page


def test_a_criterion_without_a_score_says_so() -> None:
    page = critique_markdown(
        "letter.txt",
        review(scores=(Score(Criterion.TRANSITION_STORY, None, (), "No change is spoken of."),)),
        "en",
    )

    assert "The change of field: not assessed." in page
