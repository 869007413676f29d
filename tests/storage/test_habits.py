"""What a person has set up, and what became of their weeks."""

from datetime import date, timedelta

import pytest

from coach.habits import Goal
from coach.weeks import State
from storage import habits, people

MONDAY = date(2026, 11, 16)


@pytest.fixture
def person(db, now):
    people.seen(db, id=7, language="en", now=now)
    habits.begin(db, person_id=7, goal=Goal.VISIBLE, minutes=30, now=now)
    return 7


def test_another_goal_leaves_the_rest_of_the_plan(db, person, now):
    habits.set_minutes(db, person, 60)
    habits.set_moment(db, person, "After breakfast.")

    habits.begin(db, person_id=person, goal=Goal.SKILL, minutes=15, now=now + timedelta(days=1))

    plan = habits.plan(db, person)
    assert (plan.goal, plan.minutes, plan.moment) == (Goal.SKILL, 60, "After breakfast.")
    assert plan.started_at == now


def test_nobody_has_a_plan_before_they_make_one(db):
    assert habits.plan(db, 8) is None


def test_a_week_keeps_every_proposal_and_its_state(db, person, now):
    habits.propose(db, person_id=person, monday=MONDAY, habit_id="pub-blog", now=now)
    habits.settle(db, person_id=person, monday=MONDAY, state=State.DONE, now=now)
    habits.propose(db, person_id=person, monday=MONDAY, habit_id="pub-drawing", now=now)

    week = habits.week(db, person, MONDAY)
    assert week.habit_id == "pub-drawing"
    assert week.offered == ("pub-blog", "pub-drawing")
    assert week.state is State.DONE


def test_a_week_can_be_done_without_having_been_asked_about(db, person, now):
    habits.settle(db, person_id=person, monday=MONDAY, state=State.DONE, now=now)

    assert [week.state for week in habits.weeks(db, person)] == [State.DONE]
    assert habits.week(db, person, MONDAY).habit_id is None


def test_the_first_press_of_done_is_remembered(db, person, now):
    habits.propose(db, person_id=person, monday=MONDAY, habit_id="pub-blog", now=now)

    habits.claim(db, person, MONDAY, now)
    habits.claim(db, person, MONDAY, now + timedelta(hours=1))

    assert habits.week(db, person, MONDAY).claimed_at == now


def test_weeks_come_in_their_order(db, person, now):
    for weeks in (1, 0, 2):
        monday = MONDAY + timedelta(weeks=weeks)
        habits.propose(db, person_id=person, monday=monday, habit_id="pub-blog", now=now)

    mondays = [week.monday for week in habits.weeks(db, person)]
    assert mondays == sorted(mondays)
