"""A database that fails over: the address names two servers, and what was confirmed is kept."""

import asyncio

import pytest

from storage import Store, StoreUnavailable, people
from tests.fakes import postgres

pytestmark = [
    pytest.mark.crash,
    pytest.mark.skipif(bool(postgres.missing()), reason=postgres.missing() or ""),
]

DURABLE = ("-c", "shared_buffers=16MB", "-c", "hot_standby=on")
GONE = 3
"""SIGQUIT: the server ends without a word, as in a crash."""


@pytest.fixture
def servers():
    with postgres.server(*DURABLE) as first, postgres.server(*DURABLE, of=first) as second:
        yield first, second


async def seen(store, id, now):
    """Tries until it is confirmed, as the inbox does."""
    while True:
        try:
            await store.write(people.seen, id=id, language="en", now=now)
        except StoreUnavailable:
            await asyncio.sleep(0.05)
        else:
            return


def known(db):
    return [row["id"] for row in db.query("SELECT id FROM people ORDER BY id")]


async def test_when_the_first_server_dies_all_go_on_with_the_one_that_takes_its_place(servers, now):
    first, second = servers
    database = first.fresh().partition("@/")[2].partition("?")[0]
    both = f"host={second.folder},{first.folder}&target_session_attrs=read-write"
    url = f"postgresql://postgres@/{database}?{both}"
    workers = [await Store.open(url, now=now) for _ in range(2)]
    for id in range(1, 21):
        await seen(workers[id % 2], id, now)

    first.stop(GONE)
    waiting = [asyncio.ensure_future(seen(worker, 21 + n, now)) for n, worker in enumerate(workers)]
    await asyncio.sleep(0.2)
    assert not any(one.done() for one in waiting)
    second.tell("SELECT pg_promote()")
    async with asyncio.timeout(60):
        await asyncio.gather(*waiting)
    for worker in workers:
        assert await worker.read(known) == list(range(1, 23))
        await worker.close()
