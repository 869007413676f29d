"""Reminders on their way out: storms, two processes, clocks and stops at random, trouble."""

import asyncio
import random
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

import pytest

from bot.clock import StandingClock
from bot.delivery import Delivery
from bot.metrics import Metrics
from bot.tryout.limits import Limits
from bot.tryout.session import local_bot
from bot.tryout.telegram import LocalTelegram
from coach.reminders import EVERY_DAY, Kind
from handlers.chat.formatting import Said
from handlers.reminders.reminders import Speech, recompute, tick
from storage import Store, jobs, messages, people, reminders, slots
from storage.slots import State

EVENING = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
NINE = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
STORM = 5_000

SPEAKERS = {
    Kind.SESSION: lambda *_: Speech(Said("Your cards.")),
    Kind.NUDGE: lambda *_: Speech(Said("Your habit.")),
}


class HurriedClock(StandingClock):
    """A clock that lets nobody wait: it moves on to what is waited for."""

    async def wait(self, wake, until=None):
        await asyncio.sleep(0)
        if until is not None and until > self.now():
            self.move(until - self.now())


class RealClock(HurriedClock):
    """A clock that never shows the same instant twice, as real ones."""

    def now(self):
        self._moved += timedelta(microseconds=1)
        return super().now()


class Workless:
    def nudge(self, *kinds):
        """Nobody has to be woken."""


@pytest.fixture
def clock():
    return HurriedClock(EVENING)


@pytest.fixture
def telegram(clock):
    return LocalTelegram(clock, limits=Limits())


def newcomers(telegram, count):
    found = [telegram.add_person(f"P{number}").id for number in range(count)]
    for person in found:
        telegram.start(person)
    telegram.state.queue.pending.clear()
    return found


def plan_for(db, chats, *, kind=Kind.SESSION, at=time(9), now=EVENING, weekdays=EVERY_DAY):
    for chat in chats:
        people.seen(db, id=chat, language="en", now=now)
        reminders.set_plan(
            db,
            person_id=chat,
            chat_id=chat,
            kind=kind,
            zone="UTC",
            at=at,
            weekdays=weekdays,
            now=now,
        )


class Process:
    """One process: it ticks and it sends. Nothing of it survives but what is in the store."""

    def __init__(self, store, telegram, clock, name):
        self.store, self.clock, self.name = store, clock, name
        self.telegram = telegram
        self.delivery = Delivery(store, local_bot(telegram), clock, Metrics())

    async def tick(self):
        await tick(self.clock.now(), store=self.store, work=Workless(), speakers=SPEAKERS)

    async def claim(self, kind=messages.SEND_ONCE, limit=32):
        return await self.store.write(
            jobs.claim,
            kind=kind,
            owner=self.name,
            now=self.clock.now(),
            lease=15 * SECOND,
            limit=limit,
        )

    async def deliver(self, job):
        await self.store.write(await self.delivery.deliver(job))

    async def send(self):
        while claimed := await self.claim():
            await asyncio.gather(*map(self.deliver, claimed))


@pytest.fixture
def process(store, telegram, clock):
    return Process(store, telegram, clock, "one")


def sent(telegram):
    """Who got a message when; refused calls aside."""
    return [(call.chat_id, call.at) for call in telegram.calls("sendMessage") if call.status == 200]


def most_within(instants, span):
    """How many of the instants lie within any such span."""
    most = first = 0
    for last, instant in enumerate(instants):
        while instant - instants[first] >= span:
            first += 1
        most = max(most, last - first + 1)
    return most


async def test_row_28_a_storm_of_5000_is_over_within_four_minutes_and_keeps_the_rates(
    store, telegram, clock, process
):
    chats = newcomers(telegram, STORM)
    await store.write(plan_for, chats)
    clock.move(NINE - clock.now())
    await process.tick()
    await process.send()
    told = sent(telegram)
    assert Counter(chat for chat, _ in told) == dict.fromkeys(chats, 1)
    places = {chat: place for place, chat in enumerate(chats)}
    assert all(abs(place - places[chat]) < 32 for place, (chat, _) in enumerate(told))
    assert most_within([at for _, at in told], SECOND) <= 25
    assert told[-1][1] - NINE < 4 * MINUTE
    assert len(telegram.calls("sendMessage")) == STORM


async def test_row_28_chats_that_wait_longest_are_told_first_and_each_once(
    store, telegram, clock, process
):
    early, late = newcomers(telegram, 2)
    await store.write(plan_for, [late], kind=Kind.NUDGE, at=time(8, 30))
    await store.write(plan_for, [early], at=time(8, 10))
    await store.write(plan_for, [late], at=time(8, 50))
    clock.move(NINE - clock.now())
    await process.tick()
    await process.send()
    assert [chat for chat, _ in sent(telegram)] == [early, late]


async def test_a_message_is_booked_at_the_first_try_though_the_clock_goes_on(store):
    clock = RealClock(NINE)
    telegram = LocalTelegram(clock)
    process, [anna] = Process(store, telegram, clock, "one"), newcomers(telegram, 1)
    await store.write(_message_once, anna, clock.now())
    before = clock.now()
    await process.send()
    assert len(sent(telegram)) == 1
    assert clock.now() - before < timedelta(milliseconds=1)


async def test_an_answer_passes_a_storm_of_reminders(store, telegram, clock, process):
    chats = newcomers(telegram, 200)
    await store.write(plan_for, chats)
    clock.move(NINE - clock.now())
    await process.tick()
    storm = asyncio.create_task(process.send())
    while telegram.journal.seq < 50:  # noqa: ASYNC110 - a storm has no event
        await asyncio.sleep(0)
    asked_at, chat = clock.now(), chats[0]
    await store.write(
        messages.add,
        key="answer",
        chat_id=chat,
        method="sendMessage",
        params={"text": "Here you are."},
        now=asked_at,
    )
    [answer] = await process.claim(messages.SEND)
    await process.deliver(answer)
    await storm
    [_, answered_at] = [at for who, at in sent(telegram) if who == chat]
    assert answered_at - asked_at < 3 * SECOND


async def test_row_30_two_processes_on_one_database_say_no_slot_twice(tmp_path, telegram, clock):
    chats = newcomers(telegram, 300)
    url = f"sqlite:///{tmp_path}/shared.db"
    both = [await Store.open(url, now=EVENING) for _ in range(2)]
    await both[0].write(plan_for, chats)
    clock.move(NINE - clock.now())
    twins = [Process(store, telegram, clock, f"twin {n}") for n, store in enumerate(both)]
    await asyncio.gather(*(twin.tick() for twin in twins))
    await asyncio.gather(*(twin.send() for twin in twins))
    assert Counter(chat for chat, _ in sent(telegram)) == dict.fromkeys(chats, 1)
    for store in both:
        await store.close()


@pytest.mark.parametrize("seed", range(8))
async def test_ticks_and_stops_at_random_instants_say_nothing_twice_and_nothing_late(
    tmp_path, telegram, clock, seed
):
    """Processes are started, stopped before, between and after any step, while the clock goes on
    and sometimes back."""
    chance = random.Random(seed)
    chats = newcomers(telegram, 6)
    url = f"sqlite:///{tmp_path}/random.db"
    store = await Store.open(url, now=EVENING)
    await store.write(plan_for, chats)
    await store.write(plan_for, chats[:3], kind=Kind.NUDGE, at=time(9), weekdays={1, 4})
    for number in range(120):
        clock.move(timedelta(minutes=chance.choice((-10, 1, 1, 30, 90, 400))))
        process = Process(store, telegram, clock, f"process {number}")
        await store.write(jobs.release)
        await recompute(clock.now(), store=store)
        if chance.random() < 0.9:
            await process.tick()
        for job in (await process.claim())[: chance.randrange(8)]:
            await process.deliver(job)
    for chat in chats:
        texts = [message.body for message in telegram.answers(chat)]
        days = Counter(
            (body["text"], datetime.fromtimestamp(body["date"], UTC).date()) for body in texts
        )
        assert max(days.values(), default=0) <= 1
        assert len(texts) >= 2
        for body in texts:
            hour = datetime.fromtimestamp(body["date"], UTC).time()
            daily = "Your cards." in body["text"]
            assert (time(9) <= hour <= time(15)) if daily else (time(8) <= hour < time(22))
    await store.close()


async def test_row_43_a_group_that_became_a_supergroup_is_told_under_its_new_number(
    store, telegram, clock, process
):
    # That a deleted group's cohort pauses, and whom it tells, is the cohort's.
    [anna] = newcomers(telegram, 1)
    group = telegram.add_group("Cohort", [anna], admins=[anna])
    old = group.id
    await store.write(_message_once, old, clock.now())
    telegram.migrate(old)
    await process.send()
    await process.send()
    new = telegram.state.chats[old].migrated_to
    assert [message.text for message in telegram.answers(new)] == ["Week 3"]


def _message_once(db, chat, now):
    messages.add(
        db,
        key="slot:1",
        chat_id=chat,
        method="sendMessage",
        params={"text": "Week 3"},
        now=now,
        once=True,
    )


async def test_row_45_a_chat_that_is_told_to_wait_holds_up_nobody(store, telegram, clock, process):
    chats = newcomers(telegram, 20)
    await store.write(plan_for, chats)
    clock.move(NINE - clock.now())
    telegram.fault("too_many", "sendMessage", retry_after=17)
    await process.tick()
    await process.send()
    told = sent(telegram)
    assert sorted(chat for chat, _ in told) == sorted(chats)
    [refused] = [call for call in telegram.calls("sendMessage") if call.status == 429]
    at = dict(told)
    assert at[refused.chat_id] - refused.at >= 17 * SECOND
    states = {(await store.read(slots.of_chat, chat))[-1].state for chat in chats}
    assert states <= {State.CLAIMED, State.SENT}


async def test_row_46_three_failures_are_tried_again_after_1_4_and_16_seconds(
    store, telegram, clock, process
):
    [anna] = newcomers(telegram, 1)
    await store.write(plan_for, [anna])
    clock.move(NINE - clock.now())
    telegram.fault("server_error", "sendMessage", times=3)
    await process.tick()
    await process.send()
    tried = [call.at for call in telegram.calls("sendMessage")]
    waits = [round((two - one).total_seconds()) for one, two in pairwise(tried)]
    assert waits == [1, 4, 16]
    assert len(telegram.answers(anna)) == 1


async def test_row_46_what_still_fails_is_put_back_until_its_window_closes(
    store, telegram, clock, process
):
    [anna] = newcomers(telegram, 1)
    await store.write(plan_for, [anna])
    clock.move(NINE - clock.now())
    telegram.fault("server_error", "sendMessage", times=6)
    for _ in range(4):
        await process.tick()
        await process.send()
        clock.move(MINUTE)
    assert len(telegram.answers(anna)) == 1
    clock.move(NINE + 24 * HOUR - clock.now())
    telegram.fault("server_error", "sendMessage", times=1000)
    for _ in range(8):
        await process.tick()
        await process.send()
        clock.move(HOUR)
    telegram.faults.clear()
    await process.tick()
    await process.send()
    assert len(telegram.answers(anna)) == 1
    assert (await store.read(slots.of_chat, anna))[-1].state is State.SKIPPED


async def test_row_46_and_29_an_answer_that_was_lost_is_uncertain_and_not_repeated(
    store, telegram, clock, process, caplog
):
    [anna] = newcomers(telegram, 1)
    await store.write(plan_for, [anna])
    clock.move(NINE - clock.now())
    telegram.fault("answer_lost", "sendMessage")
    for _ in range(6):
        await process.tick()
        await process.send()
        clock.move(MINUTE)
    assert len(telegram.answers(anna)) == 1
    assert (await store.read(slots.of_chat, anna))[-1].state is State.UNCERTAIN
    assert "may have left or not" in caplog.text
