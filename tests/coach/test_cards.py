"""Cards: what a grade does, and that the log alone gives the same card again."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.cards import (
    Card,
    Grade,
    Graded,
    State,
    due_day,
    grade,
    intervals,
    is_due,
    is_leech,
    on_button,
    rebuild,
)
from coach.interviews import Interview
from coach.memory import VERSION, Memory, Rating
from coach.scheduling import Wishes
from coach.studydays import study_day

DAY = date(2026, 11, 23)
PLAIN = Wishes(fuzz=False)
CARD = Card("c1", "n1")


def graded(card: Card, rating: Rating, day: date, wishes: Wishes = PLAIN) -> Graded:
    days = intervals(card, day=day, wishes=wishes)[rating]
    at = datetime.combine(day, time(9), UTC)
    return grade(card, rating, interval=days, at=at, day=day, wishes=wishes, seconds=7.5)


def on_due_days(card: Card, *ratings: Rating) -> Card:
    for rating in ratings:
        card = graded(card, rating, (card.state and card.state.due) or DAY).card
    return card


def known(lapses: int, *, due: date = DAY) -> Card:
    memory = Memory(12.0, 5.0, due - timedelta(12))
    return Card("c1", "n1", State(memory, 12, 20, lapses))


def test_row_50_a_card_of_five_past_nine_is_in_the_next_session_at_nine() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    first = study_day(datetime(2026, 11, 23, 9, 5, tzinfo=berlin), berlin)
    next_ = study_day(datetime(2026, 11, 24, 9, 0, tzinfo=berlin), berlin)
    card = graded(CARD, Rating.AGAIN, first).card
    assert card.state
    assert card.state.interval == 1
    assert is_due(card, next_)
    assert not is_due(card, first)


def test_row_51_a_grade_after_midnight_is_due_on_the_same_calendar_day() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    night = study_day(datetime(2027, 5, 5, 1, 30, tzinfo=berlin), berlin)
    assert due_day(graded(CARD, Rating.AGAIN, night).card) == date(2027, 5, 5)


def test_row_54_the_buttons_of_a_new_card_say_1_1_2_8() -> None:
    assert list(intervals(CARD, day=DAY, wishes=PLAIN).values()) == [1, 1, 2, 8]


def test_row_56_a_lapse_is_counted_once() -> None:
    card = on_due_days(CARD, Rating.GOOD, Rating.GOOD, Rating.AGAIN)
    assert card.state
    assert (card.state.lapses, card.state.interval, card.state.reps) == (1, 2, 3)


def test_failing_twice_on_one_day_is_one_lapse_and_failing_a_new_card_is_none() -> None:
    new = graded(graded(CARD, Rating.AGAIN, DAY).card, Rating.AGAIN, DAY).card
    assert new.state
    assert new.state.lapses == 0
    old = graded(graded(known(0), Rating.AGAIN, DAY).card, Rating.AGAIN, DAY).card
    assert old.state
    assert old.state.lapses == 1


def test_row_62_the_button_shows_what_is_stored_though_the_load_has_changed() -> None:
    shown = intervals(known(0), day=DAY, wishes=Wishes())
    after = grade(
        known(0),
        Rating.GOOD,
        interval=shown[Rating.GOOD],
        at=datetime.combine(DAY, time(9), UTC),
        day=DAY,
        wishes=Wishes(),
    )
    assert after.card.state
    assert after.card.state.interval == shown[Rating.GOOD] == after.grade.interval
    assert after.card.state.due == DAY + timedelta(shown[Rating.GOOD])


@pytest.mark.parametrize(
    ("before", "warns"), [(6, False), (7, True), (8, False), (10, False), (11, True), (15, True)]
)
def test_row_66_the_eighth_lapse_sets_the_card_aside_and_each_fourth_after(
    before: int, warns: bool
) -> None:
    after = graded(known(before), Rating.AGAIN, DAY)
    assert after.warn is warns
    assert (after.card.suspended, after.card.leech) == (warns, warns)
    assert is_due(after.card, DAY + timedelta(30)) is not warns


def test_row_66_a_leech_that_is_remembered_warns_nobody() -> None:
    assert not graded(known(8), Rating.GOOD, DAY).warn
    assert [lapses for lapses in range(20) if is_leech(lapses)] == [8, 12, 16]


def test_row_60_the_button_says_the_day_of_the_last_look() -> None:
    interview = Interview(date(2026, 12, 20), DAY)
    card = Card("c1", "n1", State(Memory(40.0, 5.0, DAY - timedelta(40)), 40, 4, 0))
    days = intervals(card, day=DAY, wishes=PLAIN)[Rating.GOOD]
    assert DAY + timedelta(days) > interview.on
    after = graded(card, Rating.GOOD, DAY).card
    shown = on_button(card, days, DAY, interview)
    assert due_day(after, interview) == DAY + timedelta(shown)
    assert date(2026, 12, 17) <= DAY + timedelta(shown) <= date(2026, 12, 19)


def test_the_log_entry_keeps_what_happened() -> None:
    entry = graded(CARD, Rating.GOOD, DAY).grade
    at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert entry == Grade("c1", Rating.GOOD, at, DAY, 7.5, 2, VERSION)


histories = st.lists(st.tuples(st.sampled_from(Rating), st.integers(0, 90)), max_size=30)


@given(history=histories)
def test_a_state_rebuilt_from_the_log_is_the_state_that_grew_with_it(
    history: list[tuple[Rating, int]],
) -> None:
    card, day, log = CARD, DAY, list[Grade]()
    for rating, wait in history:
        day += timedelta(wait)
        after = graded(card, rating, day, Wishes())
        card = after.card
        log.append(after.grade)
    assert rebuild(log, Wishes()) == card.state


@given(history=histories)
def test_a_log_from_elsewhere_has_no_intervals_and_gets_our_own(
    history: list[tuple[Rating, int]],
) -> None:
    card, day, log = CARD, DAY, list[Grade]()
    for rating, wait in history:
        day += timedelta(wait)
        after = graded(card, rating, day, Wishes())
        card = after.card
        log.append(Grade(card.id, rating, after.grade.at, day, scheduler="anki"))
    assert rebuild(log, Wishes()) == card.state
