"""Sessions: every press counts once, and what was done can be taken back to the bit."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.cards import Card, Grade, State, intervals
from coach.memory import Memory, Rating
from coach.scheduling import Wishes
from coach.sessions import (
    Answered,
    Button,
    Press,
    Session,
    answer,
    days_away,
    finish,
    judge,
    show,
    start,
    tally,
    undo,
    without,
)

DAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
CARDS = {
    name: Card(name, name, State(Memory(7.3, 5.1, DAY - timedelta(8)), 8, 4, 0))
    for name in ("a", "b", "c")
}


def opened() -> Session:
    return start("s1", list(CARDS.values()), day=DAY, now=NOW)


def press(session: Session, card: Card, rating: Rating) -> Answered:
    buttons = intervals(card, day=DAY, wishes=Wishes())
    shown = show(session, buttons, NOW)
    return answer(shown, card, rating, at=NOW, day=DAY, wishes=Wishes(), seconds=3.0)


def test_row_38_the_second_of_two_taps_was_counted_already() -> None:
    tapped = Button("s1", 0)
    session = opened()
    assert judge(session, tapped, today=DAY, now=NOW) is Press.COUNTS
    after = press(session, CARDS["a"], Rating.GOOD).session
    assert judge(after, tapped, today=DAY, now=NOW) is Press.COUNTED
    with pytest.raises(ValueError, match="not shown"):
        answer(after, CARDS["a"], Rating.GOOD, at=NOW, day=DAY, wishes=Wishes())


def test_row_37_a_button_of_three_weeks_ago_opens_todays_session() -> None:
    old = Button("s0", 0)
    assert judge(opened(), old, today=DAY, now=NOW) is Press.STALE
    assert judge(None, old, today=DAY, now=NOW) is Press.STALE
    later = NOW + timedelta(weeks=3)
    unfinished = Button("s1", 0)
    gone = judge(opened(), unfinished, today=DAY + timedelta(weeks=3), now=later)
    assert gone is Press.STALE


def test_a_session_that_runs_over_the_end_of_its_day_goes_on() -> None:
    soon, tomorrow = NOW + timedelta(minutes=20), DAY + timedelta(1)
    assert judge(opened(), Button("s1", 0), today=tomorrow, now=soon) is Press.COUNTS
    later = NOW + timedelta(hours=2)
    assert judge(opened(), Button("s1", 0), today=tomorrow, now=later) is Press.STALE


def test_a_session_of_the_morning_goes_on_in_the_evening() -> None:
    evening = NOW + timedelta(hours=11)
    assert judge(opened(), Button("s1", 0), today=DAY, now=evening) is Press.COUNTS


def test_row_39_undo_restores_the_card_to_the_bit_and_the_place_in_the_queue() -> None:
    session = opened()
    wrong = press(session, CARDS["a"], Rating.AGAIN)
    assert wrong.card != CARDS["a"]
    undone = undo(wrong.session, NOW)
    assert undone
    assert undone.card == CARDS["a"]
    assert undone.grade == wrong.grade
    assert undone.session == session


def test_row_39_undo_at_the_beginning_changes_nothing() -> None:
    assert undo(opened(), NOW) is None


def test_row_56_a_lapse_is_shown_once_more_at_the_end() -> None:
    first = press(opened(), CARDS["a"], Rating.AGAIN)
    assert first.session.queue == ("a", "b", "c", "a")
    session = press(first.session, CARDS["b"], Rating.GOOD).session
    session = press(session, CARDS["c"], Rating.GOOD).session
    assert session.current == "a"
    again = press(session, first.card, Rating.AGAIN)
    assert again.session.current is None
    assert again.card.state
    assert again.card.state.lapses == 1


def test_row_66_a_card_that_became_a_leech_is_not_shown_again() -> None:
    leech = Card("a", "a", State(Memory(7.3, 5.1, DAY - timedelta(8)), 8, 20, 7))
    after = press(opened(), leech, Rating.AGAIN)
    assert after.warn
    assert after.session.queue == ("a", "b", "c")
    undone = undo(after.session, NOW)
    assert undone
    assert undone.card == leech
    assert not undone.card.suspended


def test_finish_leaves_the_rest_for_another_day() -> None:
    after = finish(press(opened(), CARDS["a"], Rating.AGAIN).session, NOW)
    assert after.current is None
    with pytest.raises(ValueError, match="not shown"):
        answer(after, CARDS["b"], Rating.GOOD, at=NOW, day=DAY, wishes=Wishes())


def test_undo_after_finish_opens_the_session_as_it_was() -> None:
    undone = undo(finish(press(opened(), CARDS["a"], Rating.AGAIN).session, NOW), NOW)
    assert undone
    assert undone.session == opened()


def test_row_38_the_second_tap_on_undo_was_counted_too() -> None:
    session = press(opened(), CARDS["a"], Rating.AGAIN).session
    undone = undo(session, NOW)
    assert undone
    tapped = Button("s1", session.position)
    assert judge(session, tapped, today=DAY, now=NOW) is Press.COUNTS
    assert judge(undone.session, tapped, today=DAY, now=NOW) is Press.COUNTED


def test_a_grade_is_refused_before_the_answer_is_shown() -> None:
    with pytest.raises(ValueError, match="not shown"):
        answer(opened(), CARDS["a"], Rating.GOOD, at=NOW, day=DAY, wishes=Wishes())


@given(ratings=st.lists(st.sampled_from(Rating), max_size=6), back=st.integers(0, 6))
def test_so_many_undos_give_the_very_session_and_cards_of_before(
    ratings: list[Rating], back: int
) -> None:
    session, cards, log = opened(), dict(CARDS), list[Grade]()
    seen = [(session, dict(cards), list(log))]
    for rating in ratings:
        if session.current is None:
            break
        after = press(session, cards[session.current], rating)
        session = after.session
        cards[after.card.id] = after.card
        log.append(after.grade)
        seen.append((session, dict(cards), list(log)))
    for _ in range(min(back, len(seen) - 1)):
        undone = undo(session, NOW)
        assert undone
        session = undone.session
        cards[undone.card.id] = undone.card
        assert log.pop() == undone.grade
        seen.pop()
    assert (session, cards, log) == seen[-1]


def test_cards_that_are_gone_leave_the_rest_of_the_queue_only() -> None:
    after = press(opened(), CARDS["a"], Rating.AGAIN).session
    assert after.queue == ("a", "b", "c", "a")
    left = without(after, {"a", "b"}, NOW)
    assert (left.queue, left.position, left.current) == (("a", "c"), 1, "c")
    assert without(left, {"a"}, NOW) is left


def test_undo_of_a_card_that_is_gone_takes_no_other_out_of_the_queue() -> None:
    after = press(opened(), CARDS["a"], Rating.AGAIN).session
    undone = undo(without(after, {"a"}, NOW), NOW)
    assert undone
    assert undone.session.queue == ("a", "b", "c")


def test_a_tally_counts_the_first_look_and_what_is_left() -> None:
    after = press(opened(), CARDS["a"], Rating.AGAIN).session
    after = press(after, CARDS["b"], Rating.GOOD).session
    came_to = tally(after)
    assert (came_to.met, came_to.known, came_to.left) == (2, 1, 1)


@pytest.mark.parametrize(
    ("last", "days"), [(None, 0), (DAY - timedelta(6), 0), (DAY - timedelta(7), 7)]
)
def test_a_week_away_is_worth_a_word(last: date | None, days: int) -> None:
    assert days_away(last, DAY) == days
