"""The store: what is confirmed stays, what raises leaves nothing, the reason is told kindly."""

import asyncio
import sqlite3

import pytest

from storage import Store, StoreError, StoreUnavailable, StoreUnusable, people


async def test_what_was_written_is_read_at_once(store, now):
    await store.write(people.seen, id=7, language="en", now=now)
    person = await store.read(people.get, 7)
    assert (person.id, person.language, person.created_at) == (7, "en", now)


async def test_an_act_that_raises_leaves_nothing_and_its_neighbours_stay(store, now):
    def seen_then_stumble(db):
        people.seen(db, id=13, language="en", now=now)
        raise LookupError("stumbled")

    results = await asyncio.gather(
        *(store.write(people.seen, id=id, language="en", now=now) for id in range(1, 6)),
        store.write(seen_then_stumble),
        *(store.write(people.seen, id=id, language="en", now=now) for id in range(6, 11)),
        return_exceptions=True,
    )
    assert [type(result).__name__ for result in results].count("LookupError") == 1
    assert await store.read(_ids) == list(range(1, 11))


async def test_a_reader_cannot_write(store):
    with pytest.raises(Exception, match=r"readonly|read-only") as told:
        await store.read(people.set_language, 7, "ru")
    assert not isinstance(told.value, StoreError)


async def test_a_closed_store_says_so_and_closes_twice(tmp_path, now):
    store = await Store.open(f"sqlite:///{tmp_path}/a.db", now=now)
    await store.close()
    await store.close()
    with pytest.raises(StoreUnavailable) as reading:
        await store.read(_ids)
    with pytest.raises(StoreUnavailable) as writing:
        await store.write(_ids)
    assert reading.value.code == writing.value.code == "closed"
    assert "try again" in str(reading.value)


async def test_closing_writes_what_was_already_asked_for(tmp_path, now):
    url = f"sqlite:///{tmp_path}/a.db"
    store = await Store.open(url, now=now)
    asked = [
        asyncio.ensure_future(store.write(people.seen, id=id, language="en", now=now))
        for id in range(1, 501)
    ]
    await asyncio.sleep(0)  # every act is in the writer's hands, hardly any is done
    await store.close()
    assert len(await asyncio.gather(*asked)) == 500
    again = await Store.open(url, now=now)
    assert await again.read(_ids) == list(range(1, 501))
    await again.close()


@pytest.mark.parametrize("url", ["", "data.db", "sqlite:/a.db", "sqlite:///", "mysql:///x"])
async def test_an_address_we_cannot_use_is_refused_with_the_way_to_write_it(url, now):
    with pytest.raises(StoreUnusable, match="sqlite:///path") as refused:
        await Store.open(url, now=now)
    assert "sqlite:///" in refused.value.sentence("ru")


async def test_a_file_that_is_no_database_is_refused(tmp_path, now):
    (tmp_path / "letter.txt").write_text("Dear committee, " * 100)
    with pytest.raises(StoreUnusable, match=r"letter\.txt is not a Sogood database"):
        await Store.open(f"sqlite:///{tmp_path}/letter.txt", now=now)


async def test_the_database_of_another_program_is_left_alone(tmp_path, now):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE people (name TEXT)")
    other.close()
    with pytest.raises(StoreUnusable) as refused:
        await Store.open(f"sqlite:///{path}", now=now)
    assert refused.value.code == "not_ours"


def _ids(db):
    return [row["id"] for row in db.query("SELECT id FROM people ORDER BY id")]


async def test_two_programs_that_read_and_then_write_lose_no_turn(tmp_path, now):
    def seen_next(db):
        known = db.query("SELECT count(*) AS n FROM people")[0]["n"]
        people.seen(db, id=known + 1, language="en", now=now)

    stores = [await Store.open(f"sqlite:///{tmp_path}/a.db", now=now) for _ in range(2)]

    async def write(store):
        for _ in range(50):
            await store.write(seen_next)

    await asyncio.gather(*map(write, stores))
    assert await stores[0].read(_ids) == list(range(1, 101))
    for store in stores:
        await store.close()
