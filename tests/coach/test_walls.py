"""A wall of proofs in words, as Markdown, and as lines for a CV."""

from datetime import date

from coach.proofs import Proof
from coach.walls import cv_lines, in_words, markdown, standing, yours
from coach.weeks import Account

PULL = Proof(
    2, date(2026, 5, 3), "https://github.com/psf/requests/pull/12", "Fixed the *retry* docs."
)
NOTE = Proof(1, date(2026, 4, 30), None, "I explained attention to two colleagues.")
PAGE = Proof(3, date(2026, 5, 9), "https://en.wikipedia.org/wiki/A_(b)", "")


def test_a_proof_is_spoken_of_by_what_it_is_and_its_day() -> None:
    assert yours("en", PULL, date(2026, 11, 20)) == "your pull request of 3 May"
    assert yours("ru", PULL, date(2026, 11, 20)) == "ваш пулреквест от 3 мая"
    assert yours("en", PULL, date(2027, 1, 2)) == "your pull request of 3 May 2026"


def test_a_line_of_the_wall_names_the_link_short_and_quotes_the_sentence() -> None:
    line = "Pull request, github.com/psf/requests/pull/12: “Fixed the *retry* docs.”"
    assert in_words("en", PULL) == line
    assert in_words("en", NOTE) == "“I explained attention to two colleagues.”"


def test_the_wall_as_markdown_is_by_month_and_takes_no_sign_for_its_own() -> None:
    assert markdown("en", [PAGE, PULL, NOTE]) == "\n".join(
        [
            "# What I made",
            "",
            "## May 2026",
            "",
            "- 2026-05-09: [Page](https://en.wikipedia.org/wiki/A_%28b%29)",
            "- 2026-05-03: [Pull request](https://github.com/psf/requests/pull/12):"
            " Fixed the \\*retry\\* docs.",
            "",
            "## April 2026",
            "",
            "- 2026-04-30: I explained attention to two colleagues.",
            "",
        ]
    )


def test_lines_for_a_cv_begin_with_what_convinces_most() -> None:
    first, second, third = cv_lines("en", [NOTE, PAGE, PULL]).splitlines()

    assert first == (
        "• Pull request: Fixed the *retry* docs (github.com/psf/requests/pull/12, May 2026)"
    )
    assert second.startswith("• Page (en.wikipedia.org")
    assert third == "• I explained attention to two colleagues (April 2026)"


def test_how_the_weeks_stand_is_said_without_a_word_about_misses() -> None:
    said = " ".join(standing("en", Account(streak=3, longest=5, done=9, score=0.62), 4))

    assert "3 weeks in a row" in said
    assert "2 reserves" in said
    assert "5 weeks" in said
    assert "62 of 100: a steady hand" in said
    assert "miss" not in said.replace("one missed week never", "")
    assert "begins with the next proof" in standing("en", Account(), 0)[0]


def test_one_week_is_not_called_steady_yet() -> None:
    said = " ".join(standing("en", Account(streak=1, longest=1, done=1, score=1.0), 1))

    assert "Steadiness" not in said
