"""The catalogue in every language, and the habit that is proposed in a week."""

import pytest

from coach.habits import CHOICE, MINUTES, NOT_BY_ITSELF, Goal, choose, fitting, habits, smaller
from coach.texts import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_habit_of_the_catalogue_can_be_said(language) -> None:
    for habit in habits().values():
        assert habit.title(language)
        assert habit.action(language)[-1] != "."
        assert habit.cue(language)


def test_every_goal_has_habits_to_choose_from_in_any_time() -> None:
    for goal in Goal:
        for minutes in (10, *MINUTES):
            assert len(fitting(goal, minutes)) >= CHOICE


def test_a_habit_fits_into_the_minutes_where_enough_do() -> None:
    assert all(habit.minutes <= 60 for habit in fitting(Goal.VISIBLE, 60))


def test_what_fits_only_some_people_is_never_proposed() -> None:
    for goal in Goal:
        assert not {habit.id for habit in fitting(goal, 480)} & NOT_BY_ITSELF


@pytest.mark.parametrize("goal", Goal)
def test_no_habit_comes_again_for_weeks(goal) -> None:
    offered: list[str] = []
    for _ in range(30):
        offered.append(choose(goal, 60, person_id=7, offered=offered).id)

    for place, id in enumerate(offered):
        assert id not in offered[max(0, place - CHOICE + 1) : place]


def test_another_habit_is_another_one_until_all_were_seen() -> None:
    seen: list[str] = []
    for _ in fitting(Goal.SKILL, 60):
        seen.append(choose(Goal.SKILL, 60, person_id=7, refused=seen).id)

    assert len(set(seen)) == len(seen) == len(fitting(Goal.SKILL, 60))
    assert choose(Goal.SKILL, 60, person_id=7, refused=seen)


def test_what_the_last_letter_asks_for_goes_first_but_not_every_week() -> None:
    named = {"cl-why-them"}

    first = choose(Goal.VISIBLE, 60, person_id=7, named=named)
    then = choose(Goal.VISIBLE, 60, person_id=7, named=named, offered=[first.id])

    assert first.id == "cl-why-them"
    assert then.id != "cl-why-them"


def test_two_people_mostly_get_different_habits() -> None:
    proposed = {choose(Goal.VISIBLE, 120, person_id=person).id for person in range(40)}
    assert len(proposed) > 5


def test_smaller_is_about_half_and_never_nothing() -> None:
    assert [smaller(minutes) for minutes in (120, 60, 30, 15, 10)] == [60, 30, 15, 10, 10]
