"""Processes side by side keep to Telegram's limits together."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from bot.budgets import MARGIN, Budgets, Rates, Weight
from bot.sharing import SharedBudgets
from storage import StoreUnavailable

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
ANNA, GROUP = 7, -100


class Process:
    """Books as bot/delivery.py does, on a clock that is given."""

    def __init__(self, store):
        self.budgets = Budgets()
        self.shared = SharedBudgets(store, self.budgets)

    async def book(self, chat_id, cost, now):
        """When it was booked."""
        while True:
            now = max(self.budgets.chat_free_at(chat_id, cost, now), self.budgets.free_at(now))
            if await self.shared.booked(chat_id, cost, now):
                self.budgets.book(chat_id, cost, now)
                return now


@pytest.fixture
def processes(store):
    return [Process(store) for _ in range(3)]


async def test_what_one_sends_another_waits_for(processes):
    first, second, _ = processes
    assert await first.book(ANNA, Weight.NEW, NOW) == NOW
    assert await second.book(ANNA, Weight.NEW, NOW) == NOW + timedelta(seconds=1) * MARGIN
    assert await first.book(ANNA, Weight.EDIT, NOW) > NOW + timedelta(seconds=1)


async def test_whatever_is_sent_by_whomever_no_limit_is_broken(processes):
    chance, now, left = random.Random(5), NOW, []
    for _ in range(120):
        chat_id = chance.choice([ANNA, 8, 9, GROUP])
        cost = chance.choice([Weight.NEW, Weight.NEW, Weight.EDIT])
        now += timedelta(milliseconds=chance.choice([0, 0, 200]))
        at = await chance.choice(processes).book(chat_id, cost, now)
        left.append((at, chat_id, cost))
    rates = Rates()
    assert within(sorted(at for at, _, _ in left), rates.overall)
    for chat_id in (ANNA, 8, 9, GROUP):
        new = sorted(at for at, where, cost in left if where == chat_id and cost is Weight.NEW)
        assert within(new, rates.chat)
    assert within(sorted(at for at, where, _ in left if where == GROUP), rates.group)


def within(instants, rate):
    pairs = zip(instants, instants[rate.count :], strict=False)
    return all(later - earlier >= rate.per for earlier, later in pairs)


async def test_no_chat_is_named_in_what_is_shared(processes, store):
    await processes[0].book(ANNA, Weight.NEW, NOW)
    [row] = await store.read(lambda db: db.query("SELECT * FROM bookings"))
    assert str(ANNA) not in (str(row["place"]), row["owner"])


async def test_what_left_minutes_ago_is_forgotten(processes, store):
    await processes[0].book(ANNA, Weight.NEW, NOW)
    await processes[0].book(ANNA, Weight.NEW, NOW + timedelta(minutes=3))
    assert len(await store.read(lambda db: db.query("SELECT * FROM bookings"))) == 1


async def test_while_the_store_is_away_a_process_keeps_to_its_own_budgets(
    processes, store, monkeypatch
):
    async def away(*_args, **_facts):
        raise StoreUnavailable("unreachable")

    monkeypatch.setattr(store, "write", away)
    assert await processes[0].book(ANNA, Weight.NEW, NOW) == NOW
