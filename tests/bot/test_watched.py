"""The store under watch: one line when it stops working, one when it works again."""

import logging

import pytest

from bot.watched import StoreWatch, WatchedStore
from storage import StoreUnavailable, people

AGAIN = "The database takes everything again."


@pytest.fixture
async def store(clock, tmp_path):
    store = await WatchedStore.open(f"sqlite:///{tmp_path}/a.db", now=clock.now())
    store.watch = StoreWatch(clock)
    yield store
    await store.close()


@pytest.fixture
def said(caplog):
    caplog.set_level(logging.INFO, "bot.watched")
    return lambda: [record.getMessage() for record in caplog.records]


def fail(code):
    def act(_db):
        raise StoreUnavailable(code)

    return act


async def failed(store, code="full", times=1):
    for _ in range(times):
        with pytest.raises(StoreUnavailable):
            await store.write(fail(code))


async def test_a_failure_is_said_once_however_many_suffer_from_it(store, said):
    await failed(store, times=3)
    assert store.watch.trouble == "full"
    assert said() == [str(StoreUnavailable("full"))]


async def test_it_is_well_again_once_a_whole_letter_could_be_written(store, said):
    await failed(store)
    assert await store.watch.look(store) is None
    assert said()[1:] == [AGAIN]
    assert await store.watch.look(store) is None
    assert said()[1:] == [AGAIN]


async def test_another_cause_is_another_line(store, said):
    await failed(store, "busy")
    await failed(store, "full")
    assert len(said()) == 2


async def test_closing_is_no_failure(store, said):
    await store.close()
    with pytest.raises(StoreUnavailable):
        await store.write(people.get, 7)
    assert await store.watch.look(store) == "closed"
    assert store.watch.trouble is None
    assert said() == []


async def test_what_looked_broken_and_is_sound_goes_on(store, said):
    await failed(store, "broken")
    assert await store.watch.look(store) is None
    assert not store.watch.damaged.is_set()
    assert said()[1:] == [AGAIN]


async def test_a_file_that_is_not_sound_any_more_is_damaged(store, monkeypatch, said):
    async def unsound():
        return False

    await failed(store, "broken")
    monkeypatch.setattr(store, "sound", unsound)
    assert await store.watch.look(store) == "broken"
    assert store.watch.damaged.is_set()
    assert len(said()) == 1


async def test_it_is_looked_at_until_it_works(store, clock, until, said):
    import asyncio
    from datetime import timedelta

    looking = asyncio.create_task(store.watch.keep_looking(store))
    await failed(store)
    await until(lambda: clock.waiting)
    clock.move(timedelta(seconds=2))
    await until(lambda: store.watch.trouble is None)
    assert said()[1:] == [AGAIN]
    looking.cancel()
