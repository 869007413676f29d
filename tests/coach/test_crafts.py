"""The craftsman's plan: its order and its quarters."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coach.crafts import HABIT_OF, Craft, following, is_look_back, planned, quarter
from coach.habits import habits


def test_the_questions_follow_each_other_to_the_end() -> None:
    seen, craft = [], Craft.MARKET
    while craft:
        seen.append(craft)
        craft = following(craft)

    assert seen == list(Craft)


def test_every_question_has_a_habit_behind_it() -> None:
    assert HABIT_OF.keys() == set(Craft)
    assert set(HABIT_OF.values()) <= habits().keys()


def test_a_quarter_is_named_so_that_it_sorts() -> None:
    assert quarter(date(2026, 12, 31)) == "2026-Q4"
    assert quarter(date(2027, 1, 1)) == "2027-Q1"


@given(st.integers(2024, 2040))
def test_a_year_has_four_look_backs_one_in_each_quarter(year) -> None:
    days = [day for n in range(366) if (day := date(year, 1, 1) + timedelta(days=n)).year == year]
    look_backs = [day for day in days if is_look_back(day)]

    assert [quarter(day) for day in look_backs] == [f"{year}-Q{n}" for n in (1, 2, 3, 4)]
    assert {day.isoweekday() for day in look_backs} == {7}


def test_a_plan_written_at_the_end_of_a_quarter_is_for_the_next() -> None:
    assert planned(date(2026, 11, 20)) == "2026-Q4"
    assert planned(date(2026, 12, 27)) == "2027-Q1"
