"""Several processes write to PostgreSQL at the same time: what the queue promises holds."""

import asyncio
import random
import threading
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta

import pytest

from storage import Store, StoreUnavailable, bookings, jobs, messages, people
from storage.beside import beside, stands_beside
from storage.engines import engine_of
from tests.fakes import postgres

pytestmark = pytest.mark.skipif(bool(postgres.missing()), reason=postgres.missing() or "")

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LEASE = timedelta(minutes=5)
SECOND = timedelta(seconds=1)


@pytest.fixture
def url(postgres_tables):
    yield postgres_tables.url
    postgres_tables.empty()


@pytest.fixture
def connect(url, monkeypatch):
    """A process's connection, in the middle of a transaction; whoever waits gives up at once."""
    monkeypatch.setattr(
        "storage.postgres.connection.SETTINGS", "SET lock_timeout = '50ms'; SELECT 1"
    )
    with ExitStack() as opened:

        def connect(*, beside=True):
            connection = opened.enter_context(closing(engine_of(url).writer()))
            connection.begin(beside=beside)
            return connection

        yield connect


def add(db, key, lane=None, due_at=NOW):
    assert jobs.add(db, kind="k", key=key, payload={}, due_at=due_at, lane=lane, now=NOW)


def claim(db, owner="one", *, at=NOW, limit=10):
    claimed = jobs.claim(db, kind="k", owner=owner, now=at, lease=LEASE, limit=limit)
    return [job.key for job in claimed]


def committed(connection, act, *args, **facts):
    act(connection.db, *args, **facts)
    connection.commit()
    connection.begin(beside=True)


def test_two_claim_at_the_same_time_and_each_gets_others(connect):
    first, second = connect(), connect()
    for number in range(6):
        committed(first, add, str(number), lane=str(number % 3))
    assert claim(first.db, "one", limit=2) == ["0", "1"]
    assert claim(second.db, "two") == ["2"]


@pytest.mark.parametrize("order", [(True, False), (False, True)])
def test_who_writes_alone_waits_for_all_others_and_they_for_it(connect, order):
    first, then = order
    connect(beside=first)
    with pytest.raises(Exception, match="lock timeout"):
        connect(beside=then)


def test_an_older_job_that_shows_late_waits_for_the_younger_one_at_work(connect):
    """Numbers are given when a job is added, not when it is committed."""
    late, quick, third = connect(), connect(), connect()
    add(late.db, "older", lane="7")
    committed(quick, add, "younger", lane="7")
    assert claim(quick.db) == ["younger"]
    late.commit()
    assert claim(third.db) == []
    quick.commit()
    assert claim(third.db) == []


def test_a_planned_job_that_falls_due_by_another_clock_does_not_run_beside_the_younger_one(connect):
    behind, ahead = connect(), connect()
    committed(behind, add, "planned", lane="7", due_at=NOW + SECOND)
    committed(behind, add, "younger", lane="7")
    assert claim(behind.db, at=NOW) == ["younger"]
    assert claim(ahead.db, at=NOW + SECOND) == []


def test_a_job_that_was_overtaken_while_it_was_claimed_is_given_back(connect):
    """What commits between the statement that claims and the one that looks again."""
    late, quick = connect(), connect()
    add(late.db, "older", lane="7")
    committed(quick, add, "younger", lane="7")
    committed(quick, add, "other", lane="8")

    class Between:
        """Says when the first statement has been answered."""

        def __getattr__(self, name):
            return getattr(quick.db, name)

        def query(self, sql, /, **values):
            rows = quick.db.query(sql, **values)
            if late.db.one("SELECT pg_current_xact_id_if_assigned() IS NULL AS it") == {"it": 0}:
                late.commit()
            return rows

    assert sorted(claim(Between())) == ["older", "other"]
    younger = quick.db.one("SELECT state, attempts FROM jobs WHERE key = 'younger'")
    assert younger == {"state": "waiting", "attempts": 0}


def test_who_renews_does_not_wait_for_who_takes_over(connect):
    slow, quick = connect(), connect()
    for key in ("a", "b"):
        committed(slow, add, key)
    committed(slow, claim, "slow")
    assert claim(quick.db, "quick", at=NOW + LEASE, limit=1) == ["a"]
    assert jobs.renew(slow.db, owner="slow", now=NOW + LEASE, lease=LEASE) == 1


def test_bookings_wait_for_each_other_and_for_nobody_else(connect):
    first, second = connect(), connect()
    booking = {"place": 1, "cost": "new", "at": NOW, "seen": 0}
    assert bookings.book(first.db, owner="one", **booking) == []
    committed(second, add, "a")
    with pytest.raises(Exception, match="lock timeout"):
        bookings.book(second.db, owner="two", **booking)
    first.commit()
    second.roll_back()
    second.begin(beside=True)
    assert [one.place for one in bookings.book(second.db, owner="two", **booking)] == [1]


async def test_acts_that_stand_in_each_others_way_are_done_again(url):
    """Each holds what the other waits for, until the server ends one of them."""
    stores = [await Store.open(url, now=NOW) for _ in range(2)]
    await stores[0].write(people.seen, id=1, language="en", now=NOW)
    await stores[0].write(people.seen, id=2, language="en", now=NOW)
    met, runs = threading.Barrier(2), []

    def crosswise(first, then):
        @beside
        def touch(db):
            db.run("SET LOCAL deadlock_timeout = '20ms'")
            db.run("UPDATE people SET seen_at = seen_at + 1 WHERE id = :id", id=first)
            runs.append(first)
            if len(runs) <= 2:
                met.wait(60)
            db.run("UPDATE people SET seen_at = seen_at + 1 WHERE id = :id", id=then)

        return touch

    await asyncio.gather(stores[0].write(crosswise(1, 2)), stores[1].write(crosswise(2, 1)))
    assert len(runs) >= 3  # on a busy machine the server may end both
    for id in (1, 2):
        seen = await stores[0].read(people.get, id)
        assert seen.seen_at == NOW + 2 * timedelta(milliseconds=1)
    for store in stores:
        await store.close()


async def test_of_acts_that_are_done_together_the_one_that_fails_fails_alone(url):
    @beside
    def stumble(db):
        add(db, "never")
        raise ValueError("its own mistake")

    begun, go = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def hold(_db):
        loop.call_soon_threadsafe(begun.set)
        go.wait(60)

    store = await Store.open(url, now=NOW)
    holding = asyncio.ensure_future(store.write(hold))
    await begun.wait()
    waiting = [
        asyncio.ensure_future(store.write(act))
        for act in (beside(lambda db: add(db, "a")), stumble, beside(lambda db: add(db, "b")))
    ]
    await asyncio.sleep(0)
    go.set()
    outcomes = await asyncio.gather(holding, *waiting, return_exceptions=True)
    assert [type(one) for one in outcomes] == [type(None), type(None), ValueError, type(None)]
    left = await store.read(lambda db: db.query("SELECT key FROM jobs ORDER BY key"))
    assert left == [{"key": "a"}, {"key": "b"}]
    await store.close()


async def test_an_act_without_a_server_is_told_so_and_not_done_again(url, monkeypatch):
    store = await Store.open(url, now=NOW)
    runs = []

    @beside
    def cut(db):
        runs.append(1)
        raise StoreUnavailable("unreachable")

    with pytest.raises(StoreUnavailable):
        await store.write(cut)
    assert runs == [1]
    await store.close()


def test_only_acts_that_were_thought_through_stand_beside_others():
    """What reads of one row and then writes another is not among them."""
    marked = {jobs.add, jobs.claim, jobs.renew, jobs.done, jobs.postpone, jobs.bury, jobs.release}
    assert all(map(stands_beside, marked))
    for act in (jobs.revive, jobs.purge, messages.add, messages.move_chat, people.seen):
        assert not stands_beside(act)


LANES, JOBS_EACH, PROCESSES = 12, 12, 4


class Crowd:
    """Processes that claim, end, put off and drop what they have in hand, all at once, and what
    anybody could see of it from outside."""

    def __init__(self):
        self.in_hand = {}
        self.done = {str(lane): [] for lane in range(LANES)}

    def left(self):
        return LANES * JOBS_EACH - sum(map(len, self.done.values()))

    async def fill(self, stores):
        """Whoever writes twice waits in between, as Telegram does for a person."""
        for number in range(JOBS_EACH):
            adds = (
                stores[(lane + number) % PROCESSES].write(add, f"{lane}-{number:02}", str(lane))
                for lane in range(LANES)
            )
            await asyncio.gather(*adds)

    async def work(self, store, owner, chance):
        facts = {"kind": "k", "owner": owner, "now": NOW, "lease": LEASE, "limit": 5}
        while self.left():
            claimed = await store.write(jobs.claim, **facts)
            for job in claimed:
                assert self.in_hand.setdefault(job.lane, job.key) == job.key, "two of a lane"
            await asyncio.gather(*(self.end(store, job, chance) for job in claimed))
            await asyncio.sleep(0)

    async def end(self, store, job, chance):
        del self.in_hand[job.lane]
        if chance.random() < 0.2:
            assert await store.write(jobs.postpone, job, due_at=NOW)
            return
        self.done[job.lane].append(job.key)
        assert await store.write(jobs.done, job, NOW)


async def test_a_crowd_at_one_queue_keeps_the_order_of_every_lane_and_does_all_once(url):
    crowd, chance = Crowd(), random.Random(3)
    stores = [await Store.open(url, now=NOW) for _ in range(PROCESSES)]
    works = [crowd.work(store, f"p{number}", chance) for number, store in enumerate(stores)]
    async with asyncio.timeout(60):
        await asyncio.gather(crowd.fill(stores), *works)
    for lane, keys in crowd.done.items():
        assert keys == [f"{lane}-{number:02}" for number in range(JOBS_EACH)]
    for store in stores:
        await store.close()
