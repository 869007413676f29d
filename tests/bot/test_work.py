"""The workers: what is due is done, in order within a lane, and again when it failed."""

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.work import FALLBACK_POLL, LEASE, RETRIES, Claims, Later, Workers
from handlers.chat.work import finish
from storage import StoreUnavailable, jobs

DAY = timedelta(days=1)


class Desk:
    """Handles jobs as a test wants it, and remembers them."""

    def __init__(self):
        self.begun: list[str] = []
        self.ended = asyncio.Queue()
        self.gate = asyncio.Event()
        self.gate.set()
        self.error: Exception | None = None
        self.most = self.now = 0

    async def handle(self, job):
        self.begun.append(job.key)
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            await self.gate.wait()
            if self.error:
                raise self.error
        finally:
            self.now -= 1
            self.ended.put_nowait(job.key)

    async def wait_for(self, count):
        return [await self.ended.get() for _ in range(count)]


@pytest.fixture
def desk():
    return Desk()


async def add(store, clock, *keys, lane=None, kind="letter", due_at=None):
    for key in keys:
        await store.write(
            jobs.add, kind=kind, key=key, payload={}, due_at=due_at or clock.now(), lane=lane
        )


@asynccontextmanager
async def working(store, clock, handle, *, owner="me", **options):
    workers = Workers(store, Claims(owner), clock)
    workers.add("letter", handle, **options)
    running = asyncio.create_task(workers.run())
    yield workers
    await workers.drain(timedelta(seconds=1), last="send")
    await running


async def states(store):
    return (await store.read(jobs.counts)).get("letter", {})


async def settled(store, **wanted):
    """Until the counts of the states are what a test waits for."""
    async with asyncio.timeout(60):
        while await states(store) != wanted:  # noqa: ASYNC110 - a table has no event
            await asyncio.sleep(0.001)


async def test_a_job_that_was_deleted_in_hand_ends_without_a_word(store, clock, desk, caplog):
    """Its person has been forgotten; what it leans on is gone, so it may well fail."""
    await add(store, clock, "a")

    async def handle(job):
        await store.write(lambda db: db.run("DELETE FROM jobs WHERE id = :id", id=job.id))
        desk.error = RuntimeError("nothing to lean on")
        await desk.handle(job)

    async with working(store, clock, handle):
        await desk.wait_for(1)
    assert await states(store) == {}
    assert caplog.records == []


async def test_what_is_due_is_done_once(store, clock, desk):
    await add(store, clock, "a", "b")
    async with working(store, clock, desk.handle):
        assert sorted(await desk.wait_for(2)) == ["a", "b"]
        await settled(store, done=2)
    assert sorted(desk.begun) == ["a", "b"]


async def test_a_nudge_wakes_the_worker(store, clock, desk):
    async with working(store, clock, desk.handle) as workers:
        await add(store, clock, "a")
        workers.nudge("letter", "some other kind")
        await desk.wait_for(1)


async def test_what_another_process_committed_is_seen_a_little_later(store, clock, desk, asleep):
    async with working(store, clock, desk.handle) as workers:
        await asleep(clock)
        await add(store, clock, "a")
        clock.move(FALLBACK_POLL)
        await desk.wait_for(1)
        assert workers is not None


@pytest.fixture
def asleep(until):
    """Until the worker and the keeper of the leases both wait."""
    return lambda clock: until(lambda: clock.waiting == 2)


async def test_what_falls_due_later_is_done_then_and_not_before(store, clock, desk, asleep):
    await add(store, clock, "a", due_at=clock.now() + timedelta(seconds=3))
    async with working(store, clock, desk.handle):
        await asleep(clock)
        assert desk.begun == []
        clock.move(timedelta(seconds=3))
        await desk.wait_for(1)


async def test_a_lane_is_worked_in_order_while_others_go_on(store, clock, desk):
    await add(store, clock, "1", "2", "3", lane="7")
    await add(store, clock, "x", "y")
    async with working(store, clock, desk.handle):
        done = await desk.wait_for(5)
    assert [key for key in done if key in "123"] == ["1", "2", "3"]


async def test_no_more_is_in_hand_than_allowed(store, clock, desk, until):
    await add(store, clock, *map(str, range(20)))
    desk.gate.clear()
    async with working(store, clock, desk.handle, concurrency=3):
        await until(lambda: desk.now == 3)
        desk.gate.set()
        await desk.wait_for(20)
    assert desk.most == 3


async def test_a_failure_is_tried_again_after_1_4_and_16_seconds_then_given_up(
    store, clock, desk, asleep
):
    desk.error = ValueError("Dear Sir")
    buried = []
    await add(store, clock, "a")
    async with working(store, clock, desk.handle, on_dead=lambda db, job: buried.append(job.key)):
        await desk.wait_for(1)
        for pause in RETRIES:
            await settled(store, waiting=1)
            await asleep(clock)
            clock.move(pause - timedelta(milliseconds=1))
            await asleep(clock)
            assert desk.ended.empty()
            clock.move(timedelta(milliseconds=1))
            await desk.wait_for(1)
        await settled(store, dead=1)
    [dead] = await store.read(jobs.dead)
    assert (dead.error, dead.attempts, buried) == ("ValueError", 4, ["a"])


async def test_a_failing_job_holds_its_lane_but_no_other(store, clock, desk, asleep):
    desk.error = ValueError()
    await add(store, clock, "1", "2", lane="7")
    async with working(store, clock, desk.handle):
        await desk.wait_for(1)
        await settled(store, waiting=2)
        desk.error = None
        await add(store, clock, "x", lane="8")
        await asleep(clock)
        clock.move(RETRIES[0])
        assert (await desk.wait_for(3))[-1] == "2"


async def test_later_is_not_a_failure(store, clock, desk):
    desk.error = Later(clock.now() + timedelta(seconds=30), "flood")
    await add(store, clock, "a")
    async with working(store, clock, desk.handle):
        await desk.wait_for(1)
        await settled(store, waiting=1)
        assert await store.read(jobs.next_due, "letter") == clock.now() + timedelta(seconds=30)


async def test_a_handler_may_finish_the_job_in_its_own_transaction(store, clock):
    async def handle(job):
        await store.write(finish, job, clock.now())

    await add(store, clock, "a")
    async with working(store, clock, handle):
        await settled(store, done=1)


async def test_a_handler_may_say_how_the_job_ends(store, clock):
    async def handle(job):
        return lambda db: jobs.bury(db, job, error="blocked", now=clock.now())

    await add(store, clock, "a")
    async with working(store, clock, handle):
        await settled(store, dead=1)


async def test_an_end_that_can_not_be_written_puts_the_job_aside(store, clock):
    def fail(_db):
        raise ZeroDivisionError

    async def handle(_job):
        return fail

    await add(store, clock, "a")
    async with working(store, clock, handle):
        await settled(store, dead=1)


async def test_a_store_that_is_busy_is_nobodys_failure(store, clock, desk, asleep):
    desk.error = StoreUnavailable("busy")
    await add(store, clock, "a")
    async with working(store, clock, desk.handle):
        for _ in range(6):
            await desk.wait_for(1)
            await settled(store, waiting=1)
            await asleep(clock)
            clock.move(DAY)
        assert "dead" not in await states(store)


async def test_a_job_that_took_the_process_down_again_and_again_is_given_up(store, clock, desk):
    await add(store, clock, "a")
    async with working(store, clock, desk.handle, most_attempts=0):
        await settled(store, dead=1)
    assert desk.begun == []


async def test_moving_the_clock_by_a_day_takes_nothing_out_of_our_hands(
    store, clock, desk, asleep, until
):
    desk.gate.clear()
    await add(store, clock, "a")
    async with working(store, clock, desk.handle) as workers:
        await until(lambda: desk.begun)
        clock.move(DAY)
        workers.nudge("letter")
        await asleep(clock)
        desk.gate.set()
        await desk.wait_for(1)
        await settled(store, done=1)
    assert desk.begun == ["a"]


async def test_what_a_dead_process_had_in_hand_is_taken_over_when_its_lease_ends(
    store, clock, desk, asleep
):
    await add(store, clock, "a")
    await store.write(
        jobs.claim, kind="letter", owner="dead", now=clock.now(), lease=LEASE, limit=1
    )
    async with working(store, clock, desk.handle):
        await asleep(clock)
        assert desk.begun == []
        clock.move(LEASE)
        await desk.wait_for(1)


async def test_draining_finishes_what_is_in_hand_and_claims_nothing_more(store, clock, desk, until):
    desk.gate.clear()
    await add(store, clock, "a")
    async with working(store, clock, desk.handle, concurrency=1) as workers:
        await until(lambda: desk.begun)
        await add(store, clock, "b")
        draining = asyncio.create_task(workers.drain(timedelta(seconds=5), last="send"))
        await asyncio.sleep(0)
        desk.gate.set()
        await draining
        assert await states(store) == {"done": 1, "waiting": 1}


async def test_draining_gives_back_what_takes_too_long(store, clock, desk, until):
    desk.gate.clear()
    await add(store, clock, "a")
    async with working(store, clock, desk.handle) as workers:
        await until(lambda: desk.begun)
        await workers.drain(timedelta(milliseconds=10), last="send")
        assert await states(store) == {"waiting": 1}
        assert await store.read(jobs.next_due, "letter") == clock.now()


async def test_the_last_worker_still_sends_what_the_others_had_to_say(store, clock, desk, until):
    sent = []

    async def answer(job):
        await desk.handle(job)
        await add(store, clock, f"answer {job.key}", kind="send")

    async def send(job):
        sent.append(job.key)

    desk.gate.clear()
    await add(store, clock, "a")
    workers = Workers(store, Claims("me"), clock)
    workers.add("letter", answer)
    workers.add("send", send)
    running = asyncio.create_task(workers.run())
    await until(lambda: desk.begun)
    draining = asyncio.create_task(workers.drain(timedelta(seconds=20), last="send"))
    desk.gate.set()
    await asyncio.gather(draining, running)
    assert sent == ["answer a"]
