"""The interview date: new cards are met in time, and each is seen once more at the end."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coach.batches import Done, Limits, gather
from coach.cards import Card, State, due_day
from coach.forecasts import outlook, spoken
from coach.interviews import Interview, last_days, last_look
from coach.memory import Memory
from coach.pacing import new_today, new_until
from coach.pacing import spoken as spoken_pace
from coach.scheduling import Wishes

TODAY = date(2026, 11, 20)
INTERVIEW = Interview(on=TODAY + timedelta(30), since=TODAY)
NEW = [Card(f"c{n}", f"n{n}") for n in range(150)]
offsets = st.integers(0, 120)


def day(offset: int) -> date:
    return TODAY + timedelta(offset)


def test_row_60_a_card_due_after_the_date_is_seen_in_the_last_three_days() -> None:
    interview = Interview(date(2026, 12, 20), TODAY)
    chosen = {last_look(date(2027, 1, 3), TODAY, interview, str(n)) for n in range(60)}
    assert chosen == {date(2026, 12, 17), date(2026, 12, 18), date(2026, 12, 19)}


def test_row_60_after_the_date_the_card_is_due_as_it_was() -> None:
    interview = Interview(date(2026, 12, 20), TODAY)
    seen_there = date(2026, 12, 18)
    assert last_look(date(2027, 1, 3), seen_there, interview, "c") == date(2027, 1, 3)
    afterwards = date(2026, 12, 21)
    assert last_look(date(2027, 2, 3), afterwards, interview, "c") == date(2027, 2, 3)
    card = Card("c", "n", State(Memory(44.0, 5.0, TODAY), 44, 3, 0))
    assert due_day(card, None) == date(2027, 1, 3)


def test_row_60_a_card_due_before_the_last_days_is_left_alone() -> None:
    assert last_look(day(10), TODAY, INTERVIEW, "c") == day(10)


def test_a_date_told_late_leaves_the_days_that_there_are() -> None:
    assert last_days(Interview(TODAY + timedelta(1), TODAY)) == [TODAY]
    assert last_days(Interview(TODAY, TODAY)) == []
    assert last_look(day(9), day(-5), Interview(TODAY, TODAY), "c") == day(9)


@given(due=offsets, seen=offsets, on=offsets, since=offsets)
def test_an_interview_only_brings_cards_forward_and_never_to_the_past(
    due: int, seen: int, on: int, since: int
) -> None:
    if due <= seen:
        return
    interview = Interview(day(on), day(since))
    looked = last_look(day(due), day(seen), interview, "c")
    assert looked <= day(due)
    assert looked > day(seen)
    if looked != day(due):
        assert looked >= interview.since
        assert timedelta(1) <= interview.on - looked <= timedelta(3)


def test_row_61_150_cards_in_30_days_are_8_new_ones_a_day_for_21_days() -> None:
    assert new_until(INTERVIEW) == TODAY + timedelta(21)
    assert new_today(150, TODAY, INTERVIEW) == 8
    batch = gather(NEW, today=TODAY, limits=Limits(10, 0), wishes=Wishes(), interview=INTERVIEW)
    assert len(batch.new) == 8


def test_row_61_the_pace_is_told_with_its_end() -> None:
    said = spoken_pace(150, TODAY, INTERVIEW, "en")
    assert said.startswith("8 new cards a day until 11 December, then only reviews")
    assert "8 новых карточек в день до 11 декабря" in spoken_pace(150, TODAY, INTERVIEW, "ru")


def test_one_new_card_a_day_is_one_card() -> None:
    assert spoken_pace(5, TODAY, INTERVIEW, "en").startswith("1 new card a day until")
    assert spoken_pace(5, TODAY, INTERVIEW, "ru").startswith("1 новая карточка в день до")
    assert spoken_pace(42, TODAY, INTERVIEW, "ru").startswith("2 новые карточки в день до")


def test_row_61_new_cards_take_their_place_before_reviews() -> None:
    memory = Memory(2.0, 5.0, TODAY - timedelta(5))
    old = [Card(f"o{n}", f"o{n}", State(memory, 2, 1, 0)) for n in range(30)]
    batch = gather(
        old + NEW, today=TODAY, limits=Limits(10, 0), wishes=Wishes(), interview=INTERVIEW
    )
    assert (len(batch.new), len(batch.reviews)) == (8, 2)
    later = gather(
        old + NEW[: 150 - 8],
        today=TODAY,
        limits=Limits(10, 0),
        wishes=Wishes(),
        interview=INTERVIEW,
        done=Done(reviews=1, new=8),
    )
    assert (len(later.new), len(later.reviews)) == (0, 1)


def test_row_60_when_the_date_has_passed_nothing_is_drawn_forward_any_more() -> None:
    far = Card("c", "n", State(Memory(90.0, 5.0, TODAY), 60, 3, 0))
    interview = Interview(day(20), TODAY)

    def come(offset: int) -> int:
        batch = gather(
            [far], today=day(offset), limits=Limits(), wishes=Wishes(), interview=interview
        )
        return len(batch.cards)

    assert [come(19), come(20), come(40), come(60)] == [1, 0, 0, 1]


def test_before_an_interview_what_has_waited_longest_comes_first() -> None:
    cards = [
        Card(f"o{n}", f"o{n}", State(Memory(9.0 - n, 5.0, day(-10)), 10 - n, 1, 0))
        for n in range(6)
    ]
    batch = gather(cards, today=TODAY, limits=Limits(10, 0), wishes=Wishes(), interview=INTERVIEW)
    assert [card.id for card in batch.reviews] == ["o5", "o4", "o3", "o2", "o1", "o0"]
    cards.reverse()
    after = gather(cards, today=TODAY, limits=Limits(10, 0), wishes=Wishes())
    assert [card.id for card in after.reviews] == ["o0", "o1", "o2", "o3", "o4", "o5"]


def test_row_61_ten_a_day_is_called_thin_and_a_better_number_is_named() -> None:
    ten = outlook(NEW, a_day=10, today=TODAY, interview=INTERVIEW, wishes=Wishes(), seed="p1")
    assert ten.thin
    assert 0.75 < ten.recall < 0.85
    assert ten.better
    assert ten.better.recall >= 0.85
    said = spoken(ten, 150, TODAY, INTERVIEW, "en")
    assert "10 a day is thin for 150 cards in 30 days." in said
    assert f"about {round(ten.recall * 100)} %" in said
    assert "маловато" in spoken(ten, 150, TODAY, INTERVIEW, "ru")


def test_enough_a_day_is_not_called_thin() -> None:
    plenty = outlook(
        NEW[:40], a_day=20, today=TODAY, interview=INTERVIEW, wishes=Wishes(), seed="p1"
    )
    assert not plenty.thin
    assert plenty.better is None
    assert "thin" not in spoken(plenty, 40, TODAY, INTERVIEW, "en")


@given(cards=st.integers(0, 400), days=st.integers(1, 120))
def test_pacing_meets_every_card_by_its_time_and_none_twice(cards: int, days: int) -> None:
    interview = Interview(TODAY + timedelta(days), TODAY)
    waiting, counts = cards, list[int]()
    for offset in range(days):
        today = new_today(waiting, day(offset), interview)
        counts.append(today)
        waiting -= today
        if day(offset + 1) >= new_until(interview):
            assert waiting == 0
    assert sum(counts) == cards
    assert max(counts) <= -(-cards // max(1, int(days * 0.7)))


@given(
    cards=st.integers(0, 200),
    days=st.integers(1, 90),
    missed=st.sets(st.integers(0, 90)),
    limit=st.integers(1, 40),
)
def test_pacing_never_goes_over_the_daily_number(
    cards: int, days: int, missed: set[int], limit: int
) -> None:
    interview = Interview(TODAY + timedelta(days), TODAY)
    waiting = [Card(f"c{n}", f"n{n}") for n in range(cards)]
    for offset in sorted(set(range(days)) - missed):
        batch = gather(
            waiting, today=day(offset), limits=Limits(limit, 0), wishes=Wishes(),
            interview=interview,
        )  # fmt: skip
        assert len(batch.cards) <= limit
        assert len(batch.new) == min(limit, new_today(len(waiting), day(offset), interview))
        waiting = waiting[len(batch.new) :]
