"""Row 77 of reminder_cases: monthly on the 31st, yearly on 29 February."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coach.monthdays import months_later, next_monthly, next_yearly

days = st.dates(date(2024, 1, 1), date(2100, 12, 31))


def test_row_77_monthly_on_the_31st_takes_the_last_day_of_shorter_months():
    at, seen = date(2027, 1, 1), []
    for _ in range(6):
        at = next_monthly(31, at)
        seen.append((at.month, at.day))
    assert seen == [(1, 31), (2, 28), (3, 31), (4, 30), (5, 31), (6, 30)]


def test_row_77_in_a_leap_year_february_has_one_day_more():
    assert next_monthly(31, date(2028, 1, 31)) == date(2028, 2, 29)


def test_row_77_yearly_on_29_february_is_the_28th_except_in_leap_years():
    at, seen = date(2026, 3, 1), []
    for _ in range(4):
        at = next_yearly(2, 29, at)
        seen.append(at.isoformat())
    assert seen == ["2027-02-28", "2028-02-29", "2029-02-28", "2030-02-28"]


def test_a_month_after_the_end_of_january_is_the_end_of_february():
    assert months_later(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert months_later(date(2027, 12, 15), 1) == date(2028, 1, 15)


@given(day=st.integers(1, 31), after=days)
def test_every_month_has_exactly_one(day, after):
    first = next_monthly(day, after)
    second = next_monthly(day, first)
    assert after < first <= after + timedelta(days=62)
    assert (second.year * 12 + second.month) - (first.year * 12 + first.month) == 1


@given(month=st.integers(1, 12), day=st.integers(1, 31), after=days)
def test_every_year_has_exactly_one(month, day, after):
    first = next_yearly(month, day, after)
    assert first > after
    assert next_yearly(month, day, first).year == first.year + 1
