"""A backup takes the place of the database, and what was there is put aside."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.__main__ import main
from storage import Store, forgotten, people
from storage.presence import present

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def database(path, *ids):
    """A database in which these people are known."""

    async def make():
        store = await Store.open(f"sqlite:///{path}", now=NOON)
        for id in ids:
            await store.write(people.seen, id=id, language="en", now=NOON)
        await store.close()

    asyncio.run(make())
    return path


def known(path):
    async def read():
        store = await Store.open(f"sqlite:///{path}", now=NOON)
        rows = await store.read(lambda db: db.query("SELECT id FROM people ORDER BY id"))
        await store.close()
        return [row["id"] for row in rows]

    return asyncio.run(read())


@pytest.fixture
def live(tmp_path, monkeypatch):
    """The database that the settings name."""
    path = tmp_path / "live" / "sogood.db"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    return path


def test_the_backup_is_the_database_and_the_old_one_is_kept(tmp_path, live, capsys):
    backup = database(tmp_path / "backup.db", 1, 2)
    database(live, 3)

    assert main(["restore", str(backup)]) == 0

    assert known(live) == [1, 2]
    (aside,) = live.parent.glob("sogood-before-*.db")
    assert known(aside) == [3]
    assert "is the database now" in capsys.readouterr().out


def test_where_there_is_no_database_yet_the_backup_becomes_it(tmp_path, live):
    backup = database(tmp_path / "backup.db", 1)
    assert main(["restore", str(backup)]) == 0
    assert known(live) == [1]


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\7" * 4096])
def test_what_is_no_backup_changes_nothing(tmp_path, live, content, capsys):
    database(live, 3)
    (tmp_path / "backup.db").write_bytes(content)

    assert main(["restore", str(tmp_path / "backup.db")]) != 0

    assert known(live) == [3]
    assert "Traceback" not in capsys.readouterr().err


def test_while_the_bot_runs_nothing_is_restored(tmp_path, live, capsys):
    backup = database(tmp_path / "backup.db", 1)
    database(live, 3)
    with present(live) as bot:
        bot.let_others_in()
        assert main(["restore", str(backup)]) == 2
    assert known(live) == [3]
    assert "stop it first" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_said(tmp_path, live, capsys):
    assert main(["restore", str(tmp_path / "none.db")]) == 2
    assert "There is no file" in capsys.readouterr().err


def test_whoever_asked_to_be_forgotten_since_is_forgotten_again(tmp_path, live, capsys):
    backup = database(tmp_path / "backup.db", 7_912_345_678, 2)
    database(live, 2)
    asyncio.run(mark(live, 7_912_345_678))

    assert main(["restore", str(backup)]) == 0

    assert known(live) == [2]
    assert "Forgotten again, as they had asked: 1." in capsys.readouterr().out
    assert (7_912_345_678).to_bytes(6, "big") not in live.read_bytes()
    assert not [*live.parent.glob("*.incoming*")]


def test_where_the_old_database_is_broken_that_is_said(tmp_path, live, capsys):
    backup = database(tmp_path / "backup.db", 1)
    live.parent.mkdir(parents=True)
    live.write_bytes(b"SQLite format 3\0" + b"x" * 9000)

    assert main(["restore", str(backup)]) == 0

    assert known(live) == [1]
    assert "can't be known" in capsys.readouterr().out


async def mark(path, person):
    store = await Store.open(f"sqlite:///{path}", now=NOON)
    await store.write(forgotten.add, person, salt="s", now=datetime.now(UTC))
    await store.close()
