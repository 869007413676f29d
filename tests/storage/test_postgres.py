"""PostgreSQL as an engine: what only a server can do to us, and what it keeps for a while."""

import asyncio
import threading
from contextlib import closing, contextmanager

import pytest

from storage import Store, StoreError, StoreUnavailable, StoreUnusable, jobs, people, privacy
from storage.engines import engine_of
from storage.migrations import STEPS
from tests.fakes import postgres

pytestmark = pytest.mark.skipif(bool(postgres.missing()), reason=postgres.missing() or "")

MARKER = "Zanzibarite-4711"


@pytest.fixture
def url(postgres_tables):
    yield postgres_tables.url
    postgres_tables.empty()


@pytest.fixture
async def store(url, now):
    store = await Store.open(url, now=now)
    yield store
    await store.close()


@pytest.fixture
def server():
    """One that may be stopped; durable, as in life."""
    with postgres.server("-c", "shared_buffers=16MB") as server:
        yield server


def ids(db):
    return [row["id"] for row in db.query("SELECT id FROM people ORDER BY id")]


async def seen(store, now, *numbers):
    for id in numbers:
        await store.write(people.seen, id=id, language="en", now=now)


def test_names_of_parameters_are_translated_and_nothing_in_quotes():
    from storage.postgres.statements import translated

    sql = "SELECT ':a', 'it''s 5 %', x % 2 FROM t WHERE a = :a AND b IN (:b_0, :b_1)"
    assert translated(sql) == (
        "SELECT ':a', 'it''s 5 %%', x %% 2 FROM t WHERE a = %(a)s AND b IN (%(b_0)s, %(b_1)s)"
    )


async def test_values_come_back_as_they_do_from_a_file(store):
    def look(db):
        return db.one(
            """SELECT :text AS text, CAST(:number AS bigint) AS number, :bytes AS bytes,
                   CAST(:real AS double precision) AS real, CAST(:truth AS bigint) AS truth,
                   1 = 1 AS yes, (SELECT sum(n) FROM (VALUES (:number), (1)) AS v (n)) AS total""",
            text="naïve % :x ' \\ 🙂",
            number=2**62,
            bytes=b"\x00\xff",
            real=0.1,
            truth=True,
        )

    row = await store.read(look)
    assert row == {
        "text": "naïve % :x ' \\ 🙂",
        "number": 2**62,
        "bytes": b"\x00\xff",
        "real": 0.1,
        "truth": 1,
        "yes": 1,
        "total": 2**62 + 1,
    }
    assert [type(value) for value in row.values()] == [str, int, bytes, float, int, int, int]


async def test_a_text_with_nul_is_kept_without_it_and_no_longer_or_shorter(store, now):
    await store.write(people.seen, id=7, language="e\x00n", now=now)
    assert (await store.read(people.get, 7)).language == "e\ufffdn"


async def test_a_number_too_large_is_a_mistake_of_whoever_asked(store):
    with pytest.raises(OverflowError):
        await store.read(people.get, 2**63)
    assert await store.read(people.get, 2**63 - 1) is None


async def test_words_are_sorted_by_code_points_whatever_the_server_speaks(store, now):
    for id, language in enumerate(["b", "B", "ä", "a"], 1):
        await store.write(people.seen, id=id, language=language, now=now)
    found = await store.read(lambda db: db.query("SELECT language FROM people ORDER BY language"))
    assert [row["language"] for row in found] == ["B", "a", "b", "ä"]


async def test_two_programs_that_read_and_then_write_lose_no_turn(url, now):
    def seen_next(db):
        known = db.query("SELECT count(*) AS n FROM people")[0]["n"]
        people.seen(db, id=known + 1, language="en", now=now)

    stores = [await Store.open(url, now=now) for _ in range(3)]

    async def write(store):
        for _ in range(30):
            await store.write(seen_next)

    await asyncio.gather(*map(write, stores))
    assert await stores[0].read(ids) == list(range(1, 91))
    for store in stores:
        await store.close()


async def test_a_writer_that_another_keeps_waiting_is_told_so(store, now, monkeypatch):
    monkeypatch.setattr(
        "storage.postgres.connection.SETTINGS", "SET lock_timeout = '50ms'; SELECT 1"
    )
    go, begun = threading.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def hold(_db):
        loop.call_soon_threadsafe(begun.set)
        go.wait()

    holding = asyncio.ensure_future(store.write(hold))
    await begun.wait()
    with closing(engine_of(_url_of(store)).writer()) as other:
        with pytest.raises(Exception, match="lock timeout") as told:
            other.begin()
        assert other.unavailable(told.value).code == "busy"
    go.set()
    await holding


def _url_of(store):
    return store._engine._url


async def test_what_a_restart_of_the_server_interrupts_is_told_and_the_next_act_goes_on(
    server, now
):
    url = server.fresh()
    store = await Store.open(url, now=now)
    await seen(store, now, 1)
    server.stop()
    with pytest.raises(StoreUnavailable) as writing:
        await seen(store, now, 2)
    with pytest.raises(StoreUnavailable) as reading:
        await store.read(ids)
    assert writing.value.code == reading.value.code == "unreachable"
    server.start()
    await seen(store, now, 3)
    assert await store.read(ids) == [1, 3]
    await store.close()


async def test_a_connection_that_was_let_go_while_it_lay_idle_is_not_noticed(
    store, now, postgres_tables
):
    await seen(store, now, 1)
    await store.read(ids)
    postgres_tables.cut_off()
    await seen(store, now, 2)
    assert await store.read(ids) == [1, 2]


@pytest.mark.parametrize("committed", [True, False])
async def test_a_commit_whose_answer_is_lost_is_asked_after(url, now, committed):
    """The connection dies in the middle of a commit: what was kept is confirmed, what wasn't is
    not."""
    engine = engine_of(url)
    with closing(engine.writer()) as connection:
        connection.begin()
        connection.mark()
        people.seen(connection.db, id=7, language="en", now=now)
        connection._raw = _Cut(connection._raw, committed)
        if committed:
            connection.commit()
        else:
            with pytest.raises(StoreUnavailable):
                connection.commit()
        connection.look()
        assert ids(connection.db) == ([7] if committed else [])
        connection.roll_back()


class _Cut:
    """A connection that breaks at the commit, before the server hears of it or after."""

    def __init__(self, raw, committed):
        self._raw, self._committed, self.closed = raw, committed, False

    def execute(self, _sql, **_options):
        import psycopg

        if self._committed:
            self._raw.execute("COMMIT")
        self._raw.close()
        self.closed = True
        raise psycopg.OperationalError("server closed the connection unexpectedly")


@contextmanager
def _connected(url):
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


async def test_eight_stores_opened_at_once_share_one_upgrade(postgres_server, now):
    url = postgres_server.fresh()
    stores = await asyncio.gather(*(Store.open(url, now=now) for _ in range(8)))
    with _connected(url) as connection:
        taken = connection.execute("SELECT name FROM _migrations ORDER BY name").fetchall()
    assert [name for (name,) in taken] == [step.__name__ for step in STEPS]
    for store in stores:
        await store.close()


def m9001_stumbles(d):
    yield f"CREATE TABLE half (id {d.integer})"
    yield "CREATE TABLE people (id TEXT)"


def test_when_a_step_stumbles_none_of_them_is_taken(postgres_server):
    url = postgres_server.fresh()
    with pytest.raises(Exception, match="already exists"):
        engine_of(url).upgrade((*STEPS, m9001_stumbles))
    with _connected(url) as connection:
        assert (
            connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            ).fetchall()
            == []
        )


def m9002_nickname(_dialect):
    yield "ALTER TABLE people ADD COLUMN nickname TEXT"


async def test_a_schema_of_a_newer_program_is_refused_and_the_older_one_goes_on_meanwhile(
    postgres_server, now
):
    url = postgres_server.fresh()
    old = await Store.open(url, now=now)
    await seen(old, now, *range(1, 9))
    for id in range(1, 9):  # so often that the statement is prepared
        await old.read(people.get, id)
    engine_of(url).upgrade((*STEPS, m9002_nickname))
    with pytest.raises(StoreUnusable) as refused:
        await Store.open(url, now=now)
    assert refused.value.code == "newer"
    stale = await asyncio.gather(
        *(old.read(people.get, 1) for _ in range(40)), return_exceptions=True
    )
    assert {type(one) for one in stale} <= {people.Person, StoreUnavailable}  # once a connection
    assert (await old.read(people.get, 1)).id == 1
    await old.close()


async def test_a_schema_with_tables_of_another_program_is_left_alone(postgres_server, now):
    url = postgres_server.fresh()
    with _connected(url) as connection:
        connection.execute("CREATE TABLE accounts (id int)")
    with pytest.raises(StoreUnusable) as refused:
        await Store.open(url, now=now)
    assert refused.value.code == "not_ours"


async def test_two_bots_on_one_database_each_in_a_schema_of_its_own(postgres_server, now):
    url = postgres_server.fresh()
    with _connected(url) as connection:
        connection.execute("CREATE SCHEMA one; CREATE SCHEMA two")
    stores = [
        await Store.open(f"{url}&options=-csearch_path%3D{schema}", now=now)
        for schema in ("one", "two")
    ]
    await seen(stores[0], now, 7)
    assert [await store.read(ids) for store in stores] == [[7], []]
    for store in stores:
        await store.close()
    with pytest.raises(StoreUnusable) as nowhere:
        await Store.open(f"{url}&options=-csearch_path%3Dnowhere", now=now)
    assert nowhere.value.code == "no_schema"


@pytest.mark.parametrize(
    ("change", "code"),
    [("nowhere", "refused"), ("no socket", "unreachable"), ("%zz", "address")],
)
async def test_why_a_database_cannot_be_used_is_told_without_its_password(
    postgres_server, now, change, code
):
    url = {
        "nowhere": postgres_server.url("nowhere"),
        "no socket": "postgresql://u:hush@/x?host=/nowhere",
        "%zz": "postgresql://u:hush@host:port/%zz",
    }[change]
    with pytest.raises(StoreError) as told:
        await Store.open(url, now=now)
    assert told.value.code == code
    assert "hush" not in str(told.value)
    assert "hush" not in told.value.sentence("ru")


async def test_without_the_driver_the_way_to_it_is_told(now, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "storage.postgres.server", None)
    with pytest.raises(StoreUnusable, match=r"sogood\[postgres\]"):
        await Store.open("postgresql://x/y", now=now)


async def test_what_was_forgotten_is_in_no_table_s_file_once_they_are_written_anew(
    postgres_server, now
):
    """What docs/operating.md tells operators about forgetting with PostgreSQL."""
    url = postgres_server.fresh()
    store = await Store.open(url, now=now)
    await seen(store, now, 7)
    for person, text in ((8, "kept"), (8, "kept, too"), (7, MARKER)):
        facts = {"kind": "update", "key": text, "payload": {"text": text}, "due_at": now}
        await store.write(jobs.add, person_id=person, **facts)
    await store.write(privacy.forget, 7)
    assert not any((await store.read(privacy.export, 7)).values())
    assert MARKER.encode() in _files(postgres_server, url)
    assert await store.wipe()
    assert MARKER.encode() not in _files(postgres_server, url)
    await store.close()


def _files(server, url):
    """What the tables and indexes of a database hold on the disk."""
    with _connected(url) as connection:
        connection.execute("CHECKPOINT")
        sql = "SELECT oid FROM pg_database WHERE datname = current_database()"
        [oid] = connection.execute(sql).fetchone()
    folder = server.folder / "data" / "base" / str(oid)
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def test_whoever_moves_a_database_has_it_alone(url, now):
    engine = engine_of(url)
    store = await Store.open(url, now=now)
    await seen(store, now, 7)
    with pytest.raises(StoreUnavailable) as running, engine.alone():
        pass
    assert running.value.code == "running"
    await store.close()
    with engine.alone():
        pass
