"""Scheduling: intervals that a person can predict, spread so that no day is heavy."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.memory import Memory, days_until
from coach.scheduling import Wishes, effect, fuzz_range, interval, ladder, lightest

MONDAY = date(2026, 11, 23)
ELEVEN = Memory(10.964, 2.11, MONDAY)
"""A memory whose interval at 0.90 is 11 days."""

stabilities = st.floats(0.1, 2_000)
names = st.text("abcdef0123456789", min_size=1, max_size=8)
loads = st.dictionaries(st.integers(1, 60).map(lambda n: MONDAY + timedelta(n)), st.integers(0, 50))


@pytest.mark.parametrize(
    ("retention", "days"),
    [(0.80, (8, 75, 521)), (0.85, (4, 31, 173)), (0.90, (2, 11, 46)), (0.95, (1, 3, 8))],
)
def test_row_58_a_retention_is_shown_by_what_it_does(
    retention: float, days: tuple[int, ...]
) -> None:
    assert ladder(Wishes(retention=retention)) == days


def test_row_58_the_effect_is_said_before_it_is_chosen() -> None:
    assert effect(Wishes(), 0.85, "en") == (
        "At 85 % a new card that you keep knowing comes back after 4, 31, 173 days; "
        "at 90 %, as now, after 2, 11, 46."
    )
    assert "4, 31, 173 дн." in effect(Wishes(), 0.85, "ru")


@given(stability=st.floats(0.1, 36_500), longest=st.integers(1, 400), name=names)
def test_row_59_no_interval_is_longer_than_wished(
    stability: float, longest: int, name: str
) -> None:
    wishes = Wishes(longest=longest)
    assert 1 <= interval(Memory(stability, 5, MONDAY), wishes, card=name, reps=3) <= longest


def test_row_59_365_is_kept() -> None:
    wishes = Wishes(longest=365)
    days = {interval(Memory(5_000, 5, MONDAY), wishes, card=str(n), reps=9) for n in range(99)}
    assert max(days) == 365
    assert all(wished <= 365 for wished in ladder(wishes, steps=6))


def test_row_62_eleven_days_lie_within_nine_and_thirteen() -> None:
    assert fuzz_range(11, 36_500) == range(9, 14)
    chosen = {interval(ELEVEN, Wishes(), card=str(n), reps=2) for n in range(200)}
    assert chosen == {9, 10, 11, 12, 13}


@given(name=names, reps=st.integers(1, 99), load=loads)
def test_row_62_the_same_card_and_grade_have_the_same_day(
    name: str, reps: int, load: dict[date, int]
) -> None:
    once, again = (interval(ELEVEN, Wishes(), card=name, reps=reps, load=load) for _ in "12")
    assert once == again
    assert once in range(9, 14)


def test_row_63_forty_on_monday_and_ten_on_tuesday_are_spread() -> None:
    load = Counter[date]()
    chosen = list[tuple[Memory, int]]()
    for number in range(50):
        learnt = MONDAY if number < 40 else MONDAY + timedelta(1)
        memory = Memory(10.964, 2.11, learnt)
        days = interval(memory, Wishes(), card=f"card {number}", reps=2, load=load)
        load[learnt + timedelta(days)] += 1
        chosen.append((memory, days))
    span = [MONDAY + timedelta(days) for days in range(9, 15)]
    mean = sum(load[day] for day in span) / len(span)
    assert sum(load.values()) == 50
    assert max(load.values()) <= 1.5 * mean
    assert all(days in range(9, 14) for _, days in chosen)


def test_row_64_a_light_sunday_gets_at_most_half_the_mean() -> None:
    wishes, load = Wishes(light={7: 0.5}), Counter[date]()
    for number in range(300):
        memory = Memory(10.964, 2.11, MONDAY + timedelta(number % 7))
        days = interval(memory, wishes, card=f"card {number}", reps=2, load=load)
        assert days in range(9, 14)
        load[memory.day + timedelta(days)] += 1
    for sunday in (day for day in load if day.isoweekday() == 7):
        around = [load[sunday + timedelta(n)] for n in range(-2, 3)]
        assert load[sunday] <= 0.5 * sum(around) / len(around)


def test_a_day_off_is_used_only_when_there_is_no_other() -> None:
    wishes = Wishes(light={7: 0.0})
    for number in range(100):
        due = MONDAY + timedelta(interval(ELEVEN, wishes, card=str(number), reps=1))
        assert due.isoweekday() != 7
    saturday = Memory(1.0, 5, MONDAY + timedelta(5))
    assert interval(saturday, wishes, card="a", reps=1) == 1


@given(stability=stabilities, name=names, load=loads, reps=st.integers(1, 50))
def test_every_interval_lies_in_its_range_on_one_of_the_lightest_days(
    stability: float, name: str, load: dict[date, int], reps: int
) -> None:
    memory = Memory(stability, 5, MONDAY)
    days = fuzz_range(days_until(memory, 0.9), 36_500)
    chosen = interval(memory, Wishes(), card=name, reps=reps, load=load)
    assert chosen in days
    loads = [load.get(MONDAY + timedelta(day), 0) for day in days]
    assert load.get(MONDAY + timedelta(chosen), 0) == min(loads)


@given(ideal=st.integers(1, 5_000))
def test_a_range_surrounds_its_interval_and_never_reaches_today(ideal: int) -> None:
    days = fuzz_range(ideal, 36_500)
    assert ideal in days
    assert days[0] >= min(ideal, 2)
    assert days[-1] <= ideal * 1.6 + 1


@given(cards=st.integers(1, 200), width=st.integers(1, 12))
def test_cards_with_one_range_are_spread_evenly(cards: int, width: int) -> None:
    days = [MONDAY + timedelta(n) for n in range(width)]
    load = Counter[date]()
    for number in range(cards):
        load[lightest(days, str(number), {}, load)] += 1
    assert max(load.values()) - min(load[day] for day in days) <= 1
