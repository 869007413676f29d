"""Budgets: whatever comes in whatever order, no window of time ever holds too much."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.budgets import MARGIN, Budgets, Rate, Rates, Weight, free_at, weight

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
GROUP, PERSON = -100, 7


@pytest.mark.parametrize(
    ("method", "cost"),
    [
        ("sendMessage", Weight.NEW),
        ("sendDocument", Weight.NEW),
        ("copyMessage", Weight.NEW),
        ("editMessageText", Weight.EDIT),
        ("deleteMessage", Weight.LIGHT),
    ],
)
def test_a_call_weighs_what_its_name_says(method, cost):
    assert weight(method) is cost


def test_the_first_message_may_leave_at_once_and_the_second_a_second_later():
    budgets = Budgets()
    assert budgets.chat_free_at(PERSON, Weight.NEW, NOW) == NOW
    budgets.book(PERSON, Weight.NEW, NOW)
    assert budgets.chat_free_at(PERSON, Weight.NEW, NOW) == NOW + SECOND * MARGIN
    assert budgets.chat_free_at(8, Weight.NEW, NOW) == NOW


def test_an_edit_need_not_wait_for_its_chat():
    budgets = Budgets()
    budgets.book(PERSON, Weight.NEW, NOW)
    assert budgets.chat_free_at(PERSON, Weight.EDIT, NOW) == NOW


def test_the_21st_call_of_a_minute_waits_in_a_group_even_when_it_is_an_edit():
    budgets = Budgets()
    for _ in range(20):
        budgets.book(GROUP, Weight.EDIT, NOW)
    assert budgets.chat_free_at(GROUP, Weight.EDIT, NOW) == NOW + 60 * SECOND * MARGIN
    assert budgets.chat_free_at(GROUP, Weight.LIGHT, NOW) == NOW


steps = st.lists(
    st.tuples(
        st.sampled_from([GROUP, PERSON, 8, 9]),
        st.sampled_from(list(Weight)),
        st.integers(0, 3000).map(lambda ms: timedelta(milliseconds=ms)),
    ),
    max_size=200,
)
RATES = Rates(Rate(1, SECOND), Rate(5, 20 * SECOND), Rate(3, SECOND))


@given(steps)
def test_no_window_ever_holds_too_much(calls):
    budgets, now, left = Budgets(RATES), NOW, []
    for chat, cost, pause in calls:
        now += pause
        now = budgets.chat_free_at(chat, cost, now)
        now = budgets.free_at(now)
        budgets.book(chat, cost, now)
        left.append((chat, cost, now))
    assert fits([at for _, _, at in left], RATES.overall)
    for chat in (GROUP, PERSON, 8, 9):
        new = [at for who, cost, at in left if who == chat and cost is Weight.NEW]
        assert fits(new, RATES.chat)
    grouped = [at for who, cost, at in left if who == GROUP and cost is not Weight.LIGHT]
    assert fits(grouped, RATES.group)


def fits(instants, rate):
    return all(
        later - earlier >= rate.per
        for earlier, later in zip(instants, instants[rate.count :], strict=False)
    )


@given(st.lists(st.integers(0, 10_000), max_size=30), st.integers(0, 20_000), st.integers(1, 5))
def test_waiting_is_never_longer_than_needed(sent, later, count):
    rate = Rate(count, SECOND)
    instants = sorted(NOW + timedelta(milliseconds=ms) for ms in sent)
    now = max([NOW + timedelta(milliseconds=later), *instants])
    at = free_at(instants, rate, now)
    assert now <= at <= now + rate.per * MARGIN
    assert at == now or fits([*instants[-count:], at], rate)


def test_quiet_chats_are_forgotten():
    budgets = Budgets()
    for chat in range(1, 2001):
        budgets.book(chat, Weight.NEW, NOW + chat * SECOND)
    assert len(budgets._chats) < 1100
