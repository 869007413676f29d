"""The queue: once per key, in order per lane, fenced by owner and attempt."""

import asyncio
import re
from datetime import timedelta
from functools import partial
from itertools import chain

import pytest

from storage import Store, jobs

LEASE = timedelta(seconds=15)
SECOND = timedelta(seconds=1)


@pytest.fixture
def add(store, now):
    async def add(key, lane=None, kind="update", due_at=now):
        return await store.write(
            jobs.add, kind=kind, key=key, payload={"key": key}, due_at=due_at, lane=lane
        )

    return add


@pytest.fixture
def claim(store, now):
    async def claim(owner="one", at=now, kind="update", limit=100):
        return await store.write(
            jobs.claim, kind=kind, owner=owner, now=at, lease=LEASE, limit=limit
        )

    return claim


def keys(found):
    return [job.key for job in found]


async def test_the_same_key_is_taken_in_once_even_after_it_was_done(store, add, claim, now):
    assert await add("a")
    assert not await add("a")
    [job] = await claim()
    assert await store.write(jobs.done, job, now)
    assert not await add("a")
    assert await claim() == []


async def test_a_lane_is_worked_one_at_a_time_and_oldest_first(store, add, claim, now):
    for key in ("a1", "b1", "a2", "b2"):
        await add(key, lane=key[0])
    first = await claim()
    assert keys(first) == ["a1", "b1"]
    assert await claim("two") == []
    await store.write(jobs.done, first[0], now)
    assert keys(await claim("two")) == ["a2"]


async def test_a_job_that_waits_for_another_try_holds_its_lane(store, add, claim, now):
    await add("a1", lane="a")
    await add("a2", lane="a")
    [job] = await claim()
    await store.write(jobs.postpone, job, due_at=now + 4 * SECOND, error="timeout")
    assert await claim() == []
    [again] = await claim(at=now + 4 * SECOND)
    assert (again.key, again.attempts) == ("a1", 2)


async def test_a_dead_job_does_not_hold_its_lane(store, add, claim, now):
    await add("a1", lane="a")
    await add("a2", lane="a")
    [job] = await claim()
    assert await store.write(jobs.bury, job, error="refused", now=now)
    assert keys(await claim()) == ["a2"]


async def test_what_is_planned_for_later_does_not_hold_its_lane(add, claim, now):
    await add("tomorrow", lane="a", due_at=now + timedelta(days=1))
    await add("today", lane="a")
    assert keys(await claim()) == ["today"]


async def test_a_lease_that_ran_out_goes_to_whoever_asks_and_fences_the_first(
    store, add, claim, now
):
    await add("a")
    [first] = await claim("one")
    assert await claim("two", at=now + LEASE - SECOND) == []
    [second] = await claim("two", at=now + LEASE)
    assert (second.owner, second.attempts) == ("two", 2)
    assert not await store.write(jobs.done, first, now)
    assert not await store.write(jobs.postpone, first, due_at=now)
    assert not await store.write(jobs.bury, first, error="late", now=now)
    assert await store.write(jobs.done, second, now)


async def test_a_worker_that_renews_keeps_its_jobs(store, add, claim, now):
    await add("a")
    await claim("one")
    held = await store.write(jobs.renew, owner="one", now=now + 10 * SECOND, lease=LEASE)
    assert held == 1
    assert await claim("two", at=now + LEASE) == []
    assert keys(await claim("two", at=now + 10 * SECOND + LEASE)) == ["a"]


async def test_what_a_stopping_worker_releases_is_due_at_once(store, add, claim, now):
    await add("a")
    await add("b")
    await claim("one", limit=1)
    await claim("two", limit=1)
    assert await store.write(jobs.release, owner="one") == 1
    assert keys(await claim("three")) == ["a"]
    assert await store.write(jobs.release) == 2
    assert keys(await claim("four")) == ["a", "b"]


async def test_the_longest_due_is_claimed_first_and_no_more_than_asked_for(add, claim, now):
    for seconds in (3, 1, 2, 4):
        await add(f"{seconds}", due_at=now + seconds * SECOND)
    assert keys(await claim(at=now + 9 * SECOND, limit=2)) == ["1", "2"]


async def test_kinds_do_not_meet_even_in_lanes_of_the_same_name(add, claim):
    await add("a", lane="7", kind="update")
    await add("a", lane="7", kind="send")
    assert len(await claim(kind="update")) == len(await claim(kind="send")) == 1


async def test_the_next_due_instant_tells_how_long_to_sleep(store, add, claim, now):
    assert await store.read(jobs.next_due, "update") is None
    await add("later", due_at=now + 60 * SECOND)
    await add("now")
    assert await store.read(jobs.next_due, "update") == now
    await claim()
    assert await store.read(jobs.next_due, "update") == now + LEASE
    assert await store.read(jobs.next_due, "update", after=now + LEASE) == now + 60 * SECOND


async def test_an_operator_sees_what_waits_and_what_died_and_revives_it(store, add, claim, now):
    await add("waits", due_at=now - 5 * SECOND)
    await add("dies", due_at=now - 9 * SECOND)
    [job] = await claim(limit=1)
    await store.write(jobs.bury, job, error="refused", now=now)
    assert await store.read(jobs.counts) == {"update": {"waiting": 1, "dead": 1}}
    assert await store.read(jobs.oldest_due, now) == {"update": now - 5 * SECOND}
    [dead] = await store.read(jobs.dead)
    assert (dead.key, dead.error, dead.attempts, dead.died_at) == ("dies", "refused", 1, now)
    assert await store.write(jobs.revive, dead.id, now)
    assert not await store.write(jobs.revive, dead.id, now)
    assert [job.payload for job in await claim()] == [{"key": "waits"}, {"key": "dies"}]


async def test_a_done_job_keeps_its_key_but_nothing_of_what_it_said(store, add, claim, now):
    await add("a", lane="7")
    [job] = await claim()
    await store.write(jobs.done, job, now)
    [row] = await store.read(lambda db: db.query("SELECT key, payload FROM jobs"))
    assert row == {"key": "a", "payload": "{}"}


async def test_old_keys_are_forgotten_and_dead_jobs_never(store, add, claim, now):
    await add("done")
    await add("dead")
    done, dead = await claim()
    await store.write(jobs.done, done, now)
    await store.write(jobs.bury, dead, error="refused", now=now)
    assert await store.write(jobs.purge, now) == 0
    assert await store.write(jobs.purge, now + SECOND) == 1
    assert await store.read(jobs.counts) == {"update": {"dead": 1}}


async def test_two_stores_on_one_file_never_claim_the_same_job(tmp_path, now):
    url = f"sqlite:///{tmp_path}/a.db"
    stores = [await Store.open(url, now=now) for _ in range(2)]

    def fill(db):
        for n in range(200):
            jobs.add(db, kind="update", key=str(n), payload={}, due_at=now, lane=str(n % 20 + 1))

    async def work(store, owner):
        done = []
        claim = partial(jobs.claim, kind="update", owner=owner, now=now, lease=LEASE, limit=3)
        while found := await store.write(claim):
            for job in found:
                assert await store.write(jobs.done, job, now)
                done.append(job.key)
        return done

    await stores[0].write(fill)
    workers = [work(store, f"{n}-{name}") for n, store in enumerate(stores) for name in "ab"]
    done = list(chain.from_iterable(await asyncio.gather(*workers)))
    rest = await work(stores[0], "last")  # a worker may have stopped while lanes were busy
    assert sorted(done + rest, key=int) == [str(n) for n in range(200)]
    for store in stores:
        await store.close()


@pytest.mark.sqlite
def test_a_claim_costs_what_is_due_and_not_what_is_stored(db):
    """Every table of the claim is searched through an index; nothing is scanned or sorted."""
    plan = db.query(
        "EXPLAIN QUERY PLAN " + jobs._CLAIM.format(skip_locked="", lanes_of_ours=""),
        kind="update",
        owner="one",
        now=0,
        until=0,
        limit=100,
    )
    steps = [row["detail"] for row in plan]
    assert not [step for step in steps if "SCAN" in step or "TEMP" in step]
    for index in ("jobs_ready (kind=? AND ready_at<?)", "jobs_claimed", "jobs_lane"):
        assert any(index in step for step in steps), index


async def test_a_planned_job_that_falls_due_waits_for_the_younger_one_at_work(
    store, add, claim, now
):
    await add("planned", lane="7", due_at=now + 5 * SECOND)
    await add("younger", lane="7")
    [younger] = await claim()
    assert await claim(at=now + 6 * SECOND) == []
    await store.write(jobs.done, younger, now)
    assert keys(await claim(at=now + 6 * SECOND)) == ["planned"]


async def test_a_revived_job_is_not_ended_by_who_had_its_first_attempt_before(
    store, add, claim, now
):
    await add("a")
    [before] = await claim("one")
    [lost] = await claim("two", at=now + LEASE)
    await store.write(jobs.bury, lost, error="refused", now=now)
    await store.write(jobs.revive, lost.id, now)
    [again] = await claim("three")
    assert again.attempts == before.attempts == 1
    assert not await store.write(jobs.done, before, now)
    assert await store.write(jobs.done, again, now)


async def test_an_owner_that_claims_anew_cannot_end_what_it_lost_before(store, add, claim, now):
    await add("a")
    [lost] = await claim("one")
    [again] = await claim("one", at=now + LEASE)
    assert not await store.write(jobs.done, lost, now)
    assert await store.write(jobs.done, again, now)


@pytest.mark.sqlite
def test_counting_reads_indexes_and_no_rows(db):
    plan = db.query("EXPLAIN QUERY PLAN " + jobs._COUNTS)
    reads = [row["detail"] for row in plan if re.match("SCAN|SEARCH", row["detail"])]
    assert len(reads) == 2
    assert all("COVERING INDEX" in read for read in reads)


async def test_a_lane_is_unfinished_until_its_jobs_are_done(add, claim, store, now) -> None:
    assert not await store.read(jobs.unfinished, "update", "7")
    await add("one", lane="7")
    assert await store.read(jobs.unfinished, "update", "7")
    assert not await store.read(jobs.unfinished, "update", "8")
    (job,) = await claim()
    assert await store.read(jobs.unfinished, "update", "7")
    await store.write(jobs.done, job, now)
    assert not await store.read(jobs.unfinished, "update", "7")


async def test_a_job_that_is_withdrawn_may_be_added_again(add, claim, store, now):
    await add("a")
    [lost] = await claim("one")
    [ours] = await claim("two", at=now + LEASE)
    assert not await store.write(jobs.withdraw, lost)
    assert await store.write(jobs.withdraw, ours)
    assert await store.read(jobs.counts) == {}
    await add("a")
    assert keys(await claim()) == ["a"]
