"""Everything goes from one database into another, and nothing is lost, doubled or numbered anew."""

import sqlite3
from contextlib import ExitStack, closing

import pytest

from storage import (
    Store,
    StoreUnavailable,
    StoreUnusable,
    chats,
    moving,
    people,
    privacy,
    quizzes,
)
from storage.engines import engine_of
from storage.moving import carry, move, summed
from storage.presence import present
from storage.tables import tables
from tests.fakes import postgres
from tests.storage.test_privacy import live

CROWD = range(1, 16)


@pytest.fixture(params=["file to file", "file to server", "server to file"])
def ways(request, tmp_path):
    """Where from and where to."""
    if "server" not in request.param:
        return f"sqlite:///{tmp_path}/old.db", f"sqlite:///{tmp_path}/deep/new.db"
    if reason := postgres.missing():
        pytest.skip(reason)
    server = request.getfixturevalue("postgres_server")
    both = f"sqlite:///{tmp_path}/old.db", server.fresh()
    return both if request.param == "file to server" else both[::-1]


@pytest.fixture
async def full(ways, now, add_letter, review, monkeypatch):
    """The two engines; the source has a row in every table, and more than a page of many."""
    monkeypatch.setattr(moving, "PAGE", 7)
    monkeypatch.setattr(moving, "HEAVY_PAGE", 2)
    store = await Store.open(ways[0], now=now)
    for person in CROWD:
        await store.write(live, person, now, add_letter, review)
    await store.write(groups, now)
    await store.write(privacy.forget, CROWD[-1])  # numbers were given that are nobody's any more
    await store.close()
    return [engine_of(url) for url in ways]


def groups(db, now):
    """A row in every table that holds nothing about anybody."""
    chats.lose(db, -1001, "kicked", now)
    day = {"day": now.date(), "card": "What?", "correct": 0, "now": now}
    quizzes.add(db, chat_id=-1002, thread_id=None, **day)


async def test_everything_arrives_as_it_was(full, ways, now):
    source, target = full
    rows = move(source, target)
    with closing(source.reader()) as here, closing(target.reader()) as there:
        here.look()
        there.look()
        sums = {table.name: summed(here.db, table) for table in tables()}
        assert sums == {table.name: summed(there.db, table) for table in tables()}
    assert rows == sum(one.rows for one in sums.values())
    assert all(sums[table].rows for table in privacy.OWNERS)

    stores = [await Store.open(url, now=now) for url in ways]
    exports = [await store.read(privacy.export, 7) for store in stores]
    assert exports[0] == exports[1]
    for store in stores:
        await store.close()


async def test_no_number_is_given_a_second_time(full, now, add_letter):
    source, target = full
    move(source, target)
    with closing(source.writer()) as here, closing(target.writer()) as there:
        for connection in (here, there):
            connection.begin()
        made = [add_letter(one.db, person_id=7, source_key="new", now=now) for one in (here, there)]
        assert made[0].id == made[1].id
        assert made[0].letter_id == made[1].letter_id
        for connection in (here, there):
            connection.roll_back()


async def test_an_interrupted_move_goes_on_where_it_was(full):
    source, target = full
    stops = iter(range(10_000))

    def stop_soon(_table, _rows):
        if next(stops) % 11 == 10:
            raise KeyboardInterrupt

    tries = 1
    while True:
        try:
            rows = move(source, target, stop_soon)
            break
        except KeyboardInterrupt:
            tries += 1
    assert tries > 5
    assert move(source, target) == rows  # and a second one has nothing to do


async def test_a_target_that_holds_anything_else_is_refused_and_left_alone(full, ways, now):
    source, target = full
    store = await Store.open(ways[1], now=now)
    await store.write(people.seen, id=CROWD[0], language="ru", now=now)
    await store.close()
    with pytest.raises(StoreUnusable) as refused:
        move(source, target)
    assert refused.value.code == "not_empty"
    store = await Store.open(ways[1], now=now)
    assert (await store.read(people.get, CROWD[0])).language == "ru"
    assert await store.read(people.get, CROWD[1]) is None
    await store.close()


async def test_a_target_that_lived_on_after_its_move_is_not_moved_to_again(full, ways, now):
    source, target = full
    move(source, target)
    store = await Store.open(ways[1], now=now)
    await store.write(people.set_language, CROWD[3], "ru")
    await store.close()
    with pytest.raises(StoreUnusable) as refused:
        move(source, target)
    assert refused.value.code == "not_empty"


async def test_what_does_not_arrive_as_it_was_is_noticed(full, monkeypatch):
    source, target = full

    def careless(here, there, these, told):
        carry(here, there, these, told)
        there.begin()
        there.db.run("UPDATE people SET language = 'xx' WHERE id = 3")
        there.commit()

    monkeypatch.setattr(moving, "carry", careless)
    with pytest.raises(StoreUnusable, match="people") as told:
        move(source, target)
    assert told.value.code == "differs"


@pytest.mark.parametrize("which", [0, 1])
async def test_while_a_bot_is_at_work_on_either_nothing_is_moved(
    full, ways, now, which, monkeypatch
):
    source, target = full
    monkeypatch.setattr("storage.postgres.server.TRIES", 1)
    store = await Store.open(ways[which], now=now)
    with ExitStack() as at_work:
        if store.path:
            at_work.enter_context(present(store.path)).let_others_in()
        with pytest.raises(StoreUnavailable) as told:
            move(source, target)
    assert told.value.code == "running"
    await store.close()


def test_a_source_that_is_not_there_is_not_made(tmp_path):
    with pytest.raises(StoreUnusable) as told:
        move(engine_of(f"sqlite:///{tmp_path}/a.db"), engine_of(f"sqlite:///{tmp_path}/b.db"))
    assert told.value.code == "missing"
    assert list(tmp_path.iterdir()) == []


def test_each_table_comes_after_those_that_it_leans_on(tmp_path):
    """The database itself would refuse a row whose neighbour isn't there yet."""
    names = [table.name for table in tables()]
    assert {*names} == privacy.OWNERS.keys() | privacy.IMPERSONAL
    engine = engine_of(f"sqlite:///{tmp_path}/a.db")
    engine.upgrade()
    with closing(sqlite3.connect(engine.path)) as connection:
        for name in names:
            leans = connection.execute(f"PRAGMA foreign_key_list({name})").fetchall()
            assert all(names.index(row[2]) <= names.index(name) for row in leans)
