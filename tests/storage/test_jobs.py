"""The queue: once per key, in order per lane, fenced by owner and attempt."""

from datetime import timedelta

import pytest

from storage import jobs

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
