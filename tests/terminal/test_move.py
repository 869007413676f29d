"""`move` carries a database into another and says what to do next."""

import asyncio
from datetime import UTC, datetime

from bot.__main__ import main
from bot.terminal.move import _place
from storage import Store, people

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


async def remember(url, *ids):
    store = await Store.open(url, now=NOON)
    for id in ids:
        await store.write(people.seen, id=id, language="en", now=NOON)
    await store.close()


def test_it_moves_and_says_what_is_next(tmp_path, capsys):
    old, new = f"sqlite:///{tmp_path}/old.db", f"sqlite:///{tmp_path}/new.db"
    asyncio.run(remember(old, 7, 8))
    assert main(["move", old, new]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Moved: 2 rows, the same in both by count and checksum. Now set ")
    assert "DATABASE_URL to sqlite:///" in said


def test_a_target_that_holds_something_is_refused_in_one_sentence(tmp_path, capsys):
    old, new = f"sqlite:///{tmp_path}/old.db", f"sqlite:///{tmp_path}/new.db"
    asyncio.run(remember(old, 7))
    asyncio.run(remember(new, 8))
    assert main(["move", old, new]) == 2
    assert "There is something in the target already." in capsys.readouterr().err
    assert main(["move", old, old]) == 2
    assert main(["move", old, "mysql:///x"]) == 2


def test_a_password_is_not_printed():
    assert _place("postgresql://bot:hush@db:5432/sogood") == "postgresql://bot:…@db:5432/sogood"
    assert _place("postgresql://bot@db/sogood") == "postgresql://bot@db/sogood"
