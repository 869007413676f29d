"""Weeks of a habit: the one a proof counts for, the streak and its reserves, the score."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.weeks import (
    RESERVE_SPAN,
    RESERVES,
    WEEK,
    State,
    Week,
    account,
    closed,
    counts_for,
    last_week,
    meant_by_nudge,
    monday_of,
    without_pauses,
)

FIRST = date(2026, 9, 7)
A_LONG_TIME_AFTER = timedelta(days=8)


def weeks(signs: str) -> list[Week]:
    """One week a sign, from the first Monday on: d done, s skipped, m missed, . not asked."""
    states = {"d": State.DONE, "s": State.SKIPPED, "m": State.OPEN}
    return [
        Week(FIRST + place * WEEK, states[sign]) for place, sign in enumerate(signs) if sign != "."
    ]


def after(signs: str, days: int = 8) -> date:
    """A day by which all those weeks are over."""
    return FIRST + (len(signs) - 1) * WEEK + timedelta(days=days)


def reckoned(signs: str):
    return account(weeks(signs), after(signs))


def test_row_73_a_week_is_open_until_the_end_of_the_monday_that_follows() -> None:
    sunday, monday, tuesday = date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 24)
    meant = date(2026, 11, 16)

    assert counts_for(sunday, meant, last_is_open=False).monday == meant
    assert counts_for(monday, meant, last_is_open=True).monday == meant
    late = counts_for(tuesday, meant, last_is_open=True)
    assert late.monday == date(2026, 11, 23)
    assert late.too_late


def test_row_73_a_proof_that_names_no_week_goes_to_the_open_one_on_the_grace_day() -> None:
    monday = date(2026, 11, 23)

    assert counts_for(monday, None, last_is_open=True).monday == date(2026, 11, 16)
    assert counts_for(monday, None, last_is_open=False).monday == monday
    tuesday = counts_for(monday + timedelta(days=1), None, last_is_open=True)
    assert tuesday.monday == monday
    assert not tuesday.too_late


def test_row_72_what_was_proved_on_sunday_counts_when_monday_speaks_of_the_new_week() -> None:
    proved = [Week(date(2026, 11, 16), State.DONE)]

    last = last_week(proved, date(2026, 11, 23), date(2026, 11, 23))

    assert last.done
    assert last.reckoned.streak == 1


def test_on_the_grace_day_nothing_is_said_of_a_week_that_is_still_open() -> None:
    mine = weeks("dm")
    monday = FIRST + 2 * WEEK

    assert not last_week(mine, monday, monday).covered
    assert last_week(mine, monday, monday + timedelta(days=1)).covered


def test_a_sunday_nudge_speaks_of_the_week_to_come() -> None:
    assert meant_by_nudge(date(2026, 11, 22)) == date(2026, 11, 23)
    assert meant_by_nudge(date(2026, 11, 21)) == date(2026, 11, 16)
    done_early = counts_for(date(2026, 11, 22), date(2026, 11, 23), last_is_open=True)
    assert done_early.monday == date(2026, 11, 23)


def test_row_69_a_week_that_a_pause_reaches_into_neither_breaks_nor_feeds_the_streak() -> None:
    paused = (FIRST + 2 * WEEK, FIRST + 3 * WEEK + timedelta(days=3))

    mine = without_pauses(weeks("ddmmd"), [paused])

    assert account(mine, after("ddmmd")).streak == 3
    assert account(mine, after("ddmmd")).covered == ()


@pytest.mark.parametrize(
    ("signs", "streak", "reserves"),
    [
        ("", 0, 2),
        ("d", 1, 2),
        ("ddd", 3, 2),
        ("ddmd", 3, 1),
        ("ddmmd", 3, 0),
        ("ddmmmd", 1, 0),
        ("ddsd", 3, 1),
        ("md", 1, 2),
        ("dd..d", 3, 2),
        ("dmddddddmd", 8, 1),
    ],
)
def test_reserves_hold_the_streak_by_themselves_and_come_back(signs, streak, reserves) -> None:
    assert reckoned(signs).streak == streak
    assert reckoned(signs).reserves == reserves


def test_a_week_that_still_runs_counts_neither_way() -> None:
    running = account(weeks("ddm"), FIRST + 2 * WEEK + timedelta(days=4))

    assert running.streak == 2
    assert running.covered == ()
    assert running.score == 1


@pytest.mark.parametrize(
    ("signs", "returned"), [("d", False), ("dd", False), ("dmd", True), ("dmmmd", True)]
)
def test_the_return_after_a_miss_is_known(signs, returned) -> None:
    assert reckoned(signs).returned is returned


def test_a_miss_costs_the_score_little_and_a_done_week_brings_it_back() -> None:
    steady = reckoned("mm" + "d" * 12).score
    missed = reckoned("mm" + "d" * 12 + "mmm").score
    back = reckoned("mm" + "d" * 12 + "mmmdd").score

    assert steady > back > missed > 0.6


def test_there_is_no_score_before_the_first_week_is_over() -> None:
    assert account([Week(FIRST)], FIRST).score is None


@given(st.text("dsm.", max_size=40))
def test_the_account_keeps_its_promises_whatever_happened(signs) -> None:
    mine = reckoned(signs)

    assert 0 <= mine.streak <= mine.longest <= mine.done == signs.count("d")
    assert 0 <= mine.reserves <= RESERVES
    assert mine.score is None or 0 <= mine.score <= 1
    for start in range(len(signs)):
        span = {FIRST + place * WEEK for place in range(start, start + RESERVE_SPAN)}
        assert len(span & set(mine.covered)) <= RESERVES


@given(st.text("dsm.", max_size=30))
def test_one_more_done_week_never_lowers_anything(signs) -> None:
    before, then = reckoned(signs), reckoned(signs + "d")

    assert then.streak >= 1
    assert then.longest >= before.longest
    assert then.score >= (before.score or 0)


@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_every_day_belongs_to_the_week_of_its_monday(day) -> None:
    monday = monday_of(day)

    assert monday.isoweekday() == 1
    assert timedelta() <= day - monday < WEEK
    assert not closed(monday, monday + WEEK)
    assert closed(monday, monday + A_LONG_TIME_AFTER)
