"""Batches: a day's cards fit into a day, and the rest waits without reproach."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.batches import (
    Batch,
    Done,
    Limits,
    Silence,
    announcement,
    done_today,
    gather,
    minutes,
    spoken,
    usual_seconds,
)
from coach.cards import Card, Grade, State, remembered
from coach.comebacks import comebacks, is_offered
from coach.comebacks import spoken as spoken_pace
from coach.memory import Memory, Rating
from coach.scheduling import Wishes

TODAY = date(2026, 11, 23)
LIMITS = Limits(reviews=20, new=5)


def due_cards(count: int, *, days_late: int = 0) -> list[Card]:
    """Cards whose stability grows with their number, so that the last is remembered best."""
    return [
        Card(
            f"c{number:03}",
            f"n{number:03}",
            State(Memory(2.0 + number / 10, 5.0, TODAY - timedelta(2 + days_late)), 2, 3, 0),
        )
        for number in range(count)
    ]


def new_cards(count: int) -> list[Card]:
    return [Card(f"new{number:03}", f"m{number:03}") for number in range(count)]


def today(cards: list[Card], limits: Limits = LIMITS, done: Done | None = None) -> Batch:
    return gather(cards, today=TODAY, limits=limits, wishes=Wishes(), done=done)


def test_row_47_20_of_37_cards_today_about_6_minutes() -> None:
    batch = today(due_cards(37))
    assert spoken(batch, "en") == "20 of 37 cards today, about 6 min."
    assert spoken(batch, "ru") == "Сегодня 20 из 37 карточек, примерно 6 мин."
    assert announcement(batch, today=TODAY) is None


def test_row_47_new_cards_have_their_own_limit_and_their_own_sentence() -> None:
    batch = today(due_cards(37) + new_cards(30))
    assert (len(batch.reviews), len(batch.new), batch.due) == (20, 5, 37)
    assert spoken(batch, "en") == (
        "20 of 37 cards today, about 6 min. Plus 5 new ones, about 2 min."
    )


def test_row_47_a_batch_that_was_put_off_today_is_not_announced() -> None:
    batch = today(due_cards(37))
    assert announcement(batch, today=TODAY, skipped=TODAY) is Silence.SKIPPED
    assert announcement(batch, today=TODAY, skipped=TODAY - timedelta(1)) is None


def test_row_48_nothing_due_and_nothing_new_is_silence() -> None:
    assert announcement(today([]), today=TODAY) is Silence.NOTHING_DUE


@pytest.mark.parametrize(
    ("gathers", "cards", "days_ago", "silence"),
    [
        (False, 2, 1, None),
        (True, 1, 1, Silence.FEW),
        (True, 2, 1, Silence.FEW),
        (True, 3, 1, None),
        (True, 2, 2, None),
    ],
)
def test_row_49_one_or_two_cards_wait_for_a_third_or_the_second_day_if_wished(
    gathers: bool, cards: int, days_ago: int, silence: Silence | None
) -> None:
    last = TODAY - timedelta(days_ago)
    batch = today(due_cards(cards))
    told = announcement(batch, today=TODAY, last_session=last, gathers_few=gathers)
    assert told is silence


def test_row_65_one_card_of_a_note_today_and_its_sibling_tomorrow() -> None:
    front, back = (
        Card(name, "note", State(Memory(3.0, 5.0, TODAY - timedelta(5)), 3, 2, 0))
        for name in ("front", "back")
    )
    first = today([front, back])
    assert len(first.cards) == 1
    after = today([front, back], done=Done(reviews=1, notes=frozenset({"note"})))
    assert after.cards == ()
    tomorrow = gather([front, back], today=TODAY + timedelta(1), limits=LIMITS, wishes=Wishes())
    assert len(tomorrow.cards) == 1


def test_row_65_a_new_cloze_waits_when_its_sibling_is_reviewed() -> None:
    c1 = Card("c1", "cloze", State(Memory(3.0, 5.0, TODAY - timedelta(5)), 3, 2, 0))
    batch = today([Card("c2", "cloze"), c1, Card("c3", "cloze")])
    assert [card.id for card in batch.cards] == ["c1"]
    assert len(today([Card("c2", "cloze"), Card("c3", "cloze")]).new) == 1


def test_row_66_a_card_set_aside_does_not_come() -> None:
    memory = Memory(1.5, 9.0, TODAY - timedelta(3))
    assert today([Card("c", "n", State(memory, 2, 20, 8), suspended=True, leech=True)]).due == 0


def test_row_68_ten_more_at_once_when_the_limit_rises_from_20_to_30() -> None:
    done = Done(reviews=20)
    assert len(today(due_cards(37), done=done).reviews) == 0
    more = today(due_cards(37), Limits(30, 5), done)
    assert len(more.reviews) == 10
    assert announcement(more, today=TODAY, announced=TODAY) is Silence.ANNOUNCED


def test_row_68_a_limit_that_falls_below_what_is_done_offers_nothing() -> None:
    assert len(today(due_cards(37), Limits(10, 5), Done(reviews=20)).reviews) == 0


def test_row_67_300_due_after_40_days_get_a_plan_with_an_end() -> None:
    cards = due_cards(300, days_late=40)
    assert is_offered(cards, TODAY, LIMITS)
    paces = comebacks(cards, today=TODAY, limits=LIMITS, wishes=Wishes(), seed="p1")
    assert [pace.a_day for pace in paces] == [20, 30, 40]
    ends = [pace.ends for pace in paces if pace.ends]
    assert len(ends) == 3
    assert ends == sorted(ends, reverse=True)
    assert TODAY + timedelta(300 // 40) <= ends[-1] <= ends[0] <= TODAY + timedelta(60)
    assert spoken_pace(paces[0], "en").startswith("20 a day, through by ")


def test_row_67_what_can_still_be_saved_comes_first() -> None:
    batch = gather(
        due_cards(300, days_late=40), today=TODAY, limits=LIMITS, wishes=Wishes(), comeback=30
    )
    chances = [remembered(card, TODAY, Wishes()) for card in batch.reviews]
    assert len(chances) == 30
    assert chances == sorted(chances, reverse=True)
    assert batch.reviews[0].id == "c299"


@pytest.mark.parametrize(("due", "new"), [(300, 0), (40, 0), (39, 5)])
def test_row_67_new_cards_rest_until_less_than_two_daily_limits_are_due(due: int, new: int) -> None:
    for comeback in (None, 30):
        batch = gather(
            due_cards(due) + new_cards(9),
            today=TODAY,
            limits=LIMITS,
            wishes=Wishes(),
            comeback=comeback,
        )
        assert len(batch.new) == new


def test_row_67_new_cards_do_not_return_in_the_middle_of_a_day() -> None:
    batch = today(due_cards(35) + new_cards(9), done=Done(reviews=5))
    assert batch.new == ()


def test_a_pace_that_never_ends_says_so() -> None:
    cards = due_cards(300, days_late=40)
    (slow, *_) = comebacks(
        cards, today=TODAY, limits=Limits(2, 0), wishes=Wishes(retention=0.97), seed="p1"
    )
    assert slow.ends is None
    assert spoken_pace(slow, "en") == "2 a day, no end in sight yet"


def test_a_batch_takes_as_long_as_this_person_does() -> None:
    assert usual_seconds([4.0] * 5) == 18
    assert usual_seconds([6.0] * 30 + [900.0] * 3) == 6
    assert usual_seconds([900.0] * 30) == 60
    assert spoken(today(due_cards(3)), "en", 30.0) == "3 cards today, about 2 min."
    assert spoken(today(new_cards(1)), "en") == "1 new card today, about 1 min."
    assert minutes(0) == 1


def test_a_lapse_seen_twice_counts_as_one_review_and_a_card_first_met_as_new() -> None:
    old = Card("o", "n1", State(Memory(3.0, 5.0, TODAY), 3, 7, 1))
    met = Card("m", "n2", State(Memory(2.3, 2.1, TODAY), 2, 1, 0))
    at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    grades = [Grade(name, Rating.AGAIN, at, TODAY) for name in ("o", "m", "o")]
    assert done_today([old, met, *new_cards(3)], grades) == Done(1, 1, frozenset({"n1", "n2"}))


@given(
    due=st.integers(0, 60),
    new=st.integers(0, 60),
    reviews=st.integers(1, 40),
    fresh=st.integers(0, 20),
    done_reviews=st.integers(0, 50),
    done_new=st.integers(0, 30),
)
def test_no_day_goes_over_its_limits(
    due: int, new: int, reviews: int, fresh: int, done_reviews: int, done_new: int
) -> None:
    done = Done(done_reviews, done_new)
    batch = today(due_cards(due) + new_cards(new), Limits(reviews, fresh), done)
    assert len(batch.reviews) == min(due, max(0, reviews - done_reviews))
    assert len(batch.new) <= max(0, fresh - done_new)
    assert len({card.note for card in batch.cards}) == len(batch.cards)
