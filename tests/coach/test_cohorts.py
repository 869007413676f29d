"""The calendar of a cohort, and what a group may see of a week."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from coach.cohorts import (
    LARGEST,
    Calendar,
    Mark,
    Standing,
    first_week,
    has_place,
    next_start,
    starts_to_choose,
    swaps_letters,
    tally,
)

MONDAY = date(2026, 11, 23)
SIX_WEEKS = Calendar(MONDAY, 6, "Asia/Kathmandu", 1, time(9))


def instant(day, hour=12):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (MONDAY - timedelta(days=1), None),
        (MONDAY, 1),
        (MONDAY + timedelta(days=6), 1),
        (MONDAY + timedelta(days=7), 2),
        (date(2027, 1, 3), 6),
        (date(2027, 1, 4), None),
    ],
)
def test_weeks_are_counted_from_the_first_monday(day, week):
    assert SIX_WEEKS.week(day) == week


def test_a_week_is_judged_by_the_cohorts_own_clock():
    sunday_evening_in_utc = datetime(2026, 11, 22, 18, 20, tzinfo=UTC)

    assert SIX_WEEKS.week_at(sunday_evening_in_utc) == 1, "it is 00:05 on Monday in Kathmandu"


def test_a_round_ends_on_a_sunday_and_is_over_after_its_grace_day():
    assert SIX_WEEKS.ends_on == date(2027, 1, 3)
    assert SIX_WEEKS.monday(6) == date(2026, 12, 28)
    assert not SIX_WEEKS.over(instant(date(2027, 1, 4)))
    assert SIX_WEEKS.over(instant(date(2027, 1, 5)))


def test_a_cohort_made_on_a_monday_begins_on_the_next():
    assert next_start(MONDAY) == date(2026, 11, 30)
    assert starts_to_choose(date(2026, 11, 22)) == (MONDAY, date(2026, 11, 30), date(2026, 12, 7))


@pytest.mark.parametrize(
    ("day", "week"),
    [(date(2026, 11, 20), 1), (MONDAY, 2), (date(2026, 12, 27), 6), (date(2026, 12, 28), None)],
)
def test_who_comes_late_takes_part_from_the_next_week(day, week):
    assert first_week(SIX_WEEKS, instant(day)) == week


def test_twelve_fit_in():
    assert has_place(LARGEST - 1)
    assert not has_place(LARGEST)


def test_letters_are_read_every_other_week():
    assert [week for week in range(1, 9) if swaps_letters(week)] == [1, 3, 5, 7]


def test_a_week_names_those_who_are_in_and_counts_the_others():
    anna = Standing("Anna", Mark.DONE)
    boris = Standing("Boris", Mark.DONE, "https://example.org/post", returned=True)
    clara = Standing("Clara", Mark.COMMITTED)
    away = Standing("Dmitri", Mark.AWAY)

    week = tally([anna, None, boris, clara, away, None])

    assert week.done == (boris, anna), "who is back comes first"
    assert week.committed == (clara,)
    assert (week.away, week.quiet, week.members) == (1, 2, 6)
    assert "Dmitri" not in repr(week)
