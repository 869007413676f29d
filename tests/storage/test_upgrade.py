"""Migrations: every step once, all or none, however many start at once."""

import asyncio
import fcntl
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from storage import Store, StoreUnusable, people
from storage.migrations import STEPS
from storage.upgrade import upgrade

OPEN = """
import asyncio, sys
from datetime import UTC, datetime
from storage import Store
async def main():
    store = await Store.open(sys.argv[1], now=datetime(2026, 11, 20, tzinfo=UTC))
    await store.close()
asyncio.run(main())
"""


def m9001_nickname(d):
    yield "ALTER TABLE people ADD COLUMN nickname TEXT"


def m9002_stumbles(d):
    yield "CREATE TABLE half (id INTEGER)"
    yield "CREATE TABLE half (id INTEGER)"


def rows(path, sql):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


async def test_what_the_first_version_wrote_is_there_after_every_later_step(tmp_path, now):
    path = tmp_path / "sogood.db"
    upgrade(path, STEPS[:1])
    with sqlite3.connect(path) as first:
        first.execute(
            "INSERT INTO people (id, chat_id, language, created_at, seen_at)"
            " VALUES (7, 7, 'en', 0, 0)"
        )
    first.close()
    store = await Store.open(f"sqlite:///{path}", now=now)
    assert (await store.read(people.get, 7)).language == "en"
    await store.close()
    upgrade(path, (*STEPS, m9001_nickname))
    assert rows(path, "SELECT id, nickname FROM people") == [(7, None)]


def test_a_step_is_taken_once(tmp_path):
    path = tmp_path / "sogood.db"
    for _ in range(3):
        upgrade(path, (*STEPS, m9001_nickname))
    taken = [name for (name,) in rows(path, "SELECT name FROM _sqlite_migrations ORDER BY id")]
    assert taken == [*(step.__name__ for step in STEPS), "m9001_nickname"]


def test_when_a_step_stumbles_none_of_them_is_taken(tmp_path):
    path = tmp_path / "sogood.db"
    upgrade(path)
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        upgrade(path, (*STEPS, m9001_nickname, m9002_stumbles))
    assert rows(path, "SELECT name FROM sqlite_master WHERE name = 'half'") == []
    assert "nickname" not in [row[1] for row in rows(path, "PRAGMA table_info(people)")]


async def test_a_database_of_a_newer_program_is_refused_with_what_to_do(tmp_path, now):
    path = tmp_path / "sogood.db"
    upgrade(path, (*STEPS, m9001_nickname))
    with pytest.raises(StoreUnusable, match="newer Sogood") as refused:
        await Store.open(f"sqlite:///{path}", now=now)
    assert "m9001_nickname" in refused.value.sentence("ru")


async def test_eight_stores_opened_at_once_share_one_upgrade(tmp_path, now):
    url = f"sqlite:///{tmp_path}/deep/down/sogood.db"
    stores = await asyncio.gather(*(Store.open(url, now=now) for _ in range(8)))
    await asyncio.gather(*(store.close() for store in stores))


def test_whoever_upgrades_keeps_the_others_out(tmp_path):
    path = tmp_path / "sogood.db"

    def m9001_looks_at_the_lock(d):
        beside = path.with_name("sogood.db.migrating")
        with beside.open("w") as file, pytest.raises(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield "CREATE TABLE locked (id INTEGER)"

    upgrade(path, (*STEPS, m9001_looks_at_the_lock))
    assert rows(path, "SELECT * FROM locked") == []


@pytest.mark.crash
def test_processes_that_start_at_once_all_succeed(tmp_path):
    command = [sys.executable, "-c", OPEN, f"sqlite:///{tmp_path}/sogood.db"]
    root = Path(__file__).parents[2]
    started = [subprocess.Popen(command, cwd=root) for _ in range(3)]
    assert [process.wait(60) for process in started] == [0, 0, 0]


def test_steps_are_numbered_without_a_gap():
    numbers = [int(step.__name__[1:5]) for step in STEPS]
    assert numbers == list(range(1, len(STEPS) + 1))


def test_every_table_is_strict(tmp_path):
    path = tmp_path / "sogood.db"
    upgrade(path)
    lax = "SELECT name FROM pragma_table_list WHERE strict = 0 AND schema = 'main'"
    ours = {name for (name,) in rows(path, lax) if not name.startswith(("sqlite_", "_sqlite_"))}
    assert ours == set()
