"""The writer: many acts, one commit; what fails, fails alone or with its whole group."""

import asyncio
import sqlite3
import threading
from contextlib import closing

import pytest

from storage import Store, StoreError, StoreUnavailable, people
from storage.writer import LARGEST_GROUP


@pytest.fixture
async def held(store):
    """The writer, busy with an act until `go` is set, so that a known group waits behind it."""
    go, begun = threading.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def hold(db):
        loop.call_soon_threadsafe(begun.set)
        go.wait()

    holding = asyncio.ensure_future(store.write(hold))
    await begun.wait()
    yield go
    go.set()
    await holding


@pytest.fixture
def commits(store, monkeypatch):
    connection, counted = store._writer._connection, []
    commit = connection.commit
    monkeypatch.setattr(connection, "commit", lambda: counted.append(commit()))
    return lambda: len(counted)


def ask(store, now, ids):
    writes = [store.write(people.seen, id=id, language="en", now=now) for id in ids]
    return [asyncio.ensure_future(write) for write in writes]


def ids(db):
    return [row["id"] for row in db.query("SELECT id FROM people ORDER BY id")]


async def test_what_waits_is_committed_together(store, held, commits, now):
    asked = ask(store, now, range(1, 101))
    await asyncio.sleep(0)
    held.set()
    await asyncio.gather(*asked)
    assert commits() == 2  # the act that held the writer, and the hundred
    assert await store.read(ids) == list(range(1, 101))


async def test_a_group_has_a_limit(store, held, commits, now):
    asked = ask(store, now, range(1, 2 * LARGEST_GROUP + 1))
    await asyncio.sleep(0)
    held.set()
    await asyncio.gather(*asked)
    assert commits() == 3


async def test_acts_are_carried_out_in_the_order_they_were_asked_for(store, held, now):
    seen = []
    asked = [asyncio.ensure_future(store.write(lambda db, n=n: seen.append(n))) for n in range(50)]
    await asyncio.sleep(0)
    held.set()
    await asyncio.gather(*asked)
    assert seen == list(range(50))


async def test_an_act_whose_asker_gave_up_before_it_began_is_left_out(store, held, now):
    [given_up, kept] = ask(store, now, [1, 2])
    await asyncio.sleep(0)
    given_up.cancel()
    await asyncio.sleep(0)
    held.set()
    await kept
    assert await store.read(ids) == [2]


@pytest.mark.sqlite
async def test_a_full_disk_fails_the_whole_group_and_the_writer_goes_on_when_there_is_room(
    store, held, now
):
    def fill(db):
        pages = db.query("PRAGMA page_count")[0]["page_count"]
        db.query(f"PRAGMA max_page_count = {pages}")
        for id in range(1000, 3000):
            people.seen(db, id=id, language="en", now=now)

    asked = [*ask(store, now, [1]), asyncio.ensure_future(store.write(fill)), *ask(store, now, [2])]
    await asyncio.sleep(0)
    held.set()
    errors = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(error) for error in errors] == [StoreUnavailable] * 3
    assert {error.code for error in errors} == {"full"}
    assert await store.read(ids) == []

    store._writer._connection._raw.execute("PRAGMA max_page_count = 100000")
    await asyncio.gather(*ask(store, now, [3]))
    assert await store.read(ids) == [3]


@pytest.mark.sqlite
async def test_what_could_not_be_committed_is_confirmed_to_nobody(store, held, now):
    def break_at_commit(db):
        db.run("PRAGMA defer_foreign_keys = ON")
        db.run("INSERT INTO letters VALUES (1, 404, 404, 'nobody wrote it', 'cover_letter', 0)")

    asked = [*ask(store, now, [1]), asyncio.ensure_future(store.write(break_at_commit))]
    await asyncio.sleep(0)
    held.set()
    errors = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(error) for error in errors] == [sqlite3.IntegrityError] * 2
    await asyncio.gather(*ask(store, now, [2]))
    assert await store.read(ids) == [2]


async def test_a_lock_that_another_program_keeps_is_a_foreseeable_error(tmp_path, now, monkeypatch):
    monkeypatch.setattr("storage.sqlite.BUSY_TIMEOUT", 0.0)
    store = await Store.open(f"sqlite:///{tmp_path}/a.db", now=now)
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable) as busy:
            await store.write(people.seen, id=1, language="en", now=now)
        other.execute("ROLLBACK")
    assert busy.value.code == "busy"
    assert "Nothing was changed" in str(busy.value)
    await store.write(people.seen, id=2, language="en", now=now)
    assert await store.read(ids) == [2]
    await store.close()


async def test_even_a_stop_iteration_reaches_the_one_who_asked(store):
    with pytest.raises(RuntimeError, match="StopIteration"):
        await store.write(lambda db: next(iter(())))


async def test_a_mistake_in_the_sql_is_not_taken_for_a_broken_disk(store):
    with pytest.raises(Exception, match=r"no such table|does not exist") as told:
        await store.write(lambda db: db.run("DELETE FROM nowhere"))
    assert not isinstance(told.value, StoreError)


@pytest.mark.sqlite
async def test_the_log_does_not_grow_for_ever(store):
    def log():
        return store.path.with_name(store.path.name + "-wal").stat().st_size

    await store.write(lambda db: db.run("CREATE TABLE heap (data BLOB)"))
    for _ in range(40):
        await store.write(lambda db: db.run("INSERT INTO heap VALUES (zeroblob(1000000))"))
        await store.write(lambda db: db.run("DELETE FROM heap"))
    assert log() < 16_000_000  # 40 MB went through it
    await store.checkpoint()
    assert log() == 0


async def test_durability_and_privacy_are_switched_on(tmp_path, now):
    store = await Store.open(f"sqlite:///{tmp_path}/a.db", now=now)

    def setting(db, name):
        return next(iter(db.query(f"PRAGMA {name}")[0].values()))

    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    for name, value in expected.items():
        assert await store.write(setting, name) == value, name
    assert await store.read(setting, "query_only") == 1
    assert store.path.stat().st_mode & 0o077 == 0
    await store.close()
