"""Memory: the numbers of FSRS-6 on study days, as the acceptance table measured them."""

from datetime import date, timedelta

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.memory import Memory, Rating, chance, days_until, learn
from coach.studydays import noon

DAY = date(2026, 11, 23)
memories = st.builds(
    Memory, st.floats(0.1, 5_000), st.floats(1, 10), st.dates(date(2024, 1, 1), DAY)
)


def on_due_days(*ratings: Rating) -> tuple[Memory, list[int]]:
    """The memory after grades each given on its due day, and the intervals asked for."""
    memory, day, intervals = None, DAY, list[int]()
    for rating in ratings:
        memory = learn(memory, rating, day)
        intervals.append(days_until(memory, 0.9))
        day += timedelta(intervals[-1])
    assert memory
    return memory, intervals


@pytest.mark.parametrize(
    ("rating", "days"),
    [(Rating.AGAIN, 1), (Rating.HARD, 1), (Rating.GOOD, 2), (Rating.EASY, 8)],
)
def test_row_54_a_first_grade_gives_the_first_interval(rating: Rating, days: int) -> None:
    assert on_due_days(rating)[1] == [days]


def test_row_55_four_times_good_grows_to_163_days() -> None:
    assert on_due_days(*[Rating.GOOD] * 4)[1] == [2, 11, 46, 163]


def test_row_56_a_lapse_shortens_stability_to_a_day_and_a_half() -> None:
    before, _ = on_due_days(Rating.GOOD, Rating.GOOD)
    after, intervals = on_due_days(Rating.GOOD, Rating.GOOD, Rating.AGAIN)
    assert round(before.stability, 2) == 10.96
    assert round(after.stability, 2) == 1.54
    assert intervals[-1] == 2


def test_row_57_late_but_right_is_rewarded() -> None:
    late = learn(learn(None, Rating.GOOD, DAY), Rating.GOOD, DAY + timedelta(30))
    assert round(late.stability, 2) == 37.42
    assert days_until(late, 0.9) == 37


def test_a_day_before_the_last_one_counts_as_the_last_one() -> None:
    met = learn(None, Rating.GOOD, DAY)
    west = learn(met, Rating.GOOD, DAY - timedelta(1))
    assert west == learn(met, Rating.GOOD, DAY)
    assert chance(met, DAY - timedelta(1)) == 1


@given(memory=memories, retention=st.floats(0.7, 0.97), rating=st.sampled_from(Rating))
def test_our_interval_and_chance_are_those_of_fsrs(
    memory: Memory, retention: float, rating: Rating
) -> None:
    theirs = fsrs.Scheduler(
        desired_retention=retention, learning_steps=(), relearning_steps=(), enable_fuzzing=False
    )
    card = fsrs.Card(
        1, fsrs.State.Review, None, memory.stability, memory.difficulty, noon(DAY), noon(memory.day)
    )
    assert chance(memory, DAY) == pytest.approx(theirs.get_card_retrievability(card, noon(DAY)))
    card, _ = theirs.review_card(card, fsrs.Rating(rating), noon(DAY))
    ours = learn(memory, rating, DAY)
    assert ours.stability == card.stability
    assert min(36_500, days_until(ours, retention)) == (card.due - noon(DAY)).days


@given(memory=memories, days=st.integers(0, 1_000))
def test_a_card_is_remembered_less_from_day_to_day(memory: Memory, days: int) -> None:
    day = memory.day + timedelta(days)
    assert 0 < chance(memory, day + timedelta(1)) < chance(memory, day) <= 1
