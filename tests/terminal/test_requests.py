"""What /export and /forget do, from the terminal."""

import asyncio
import json
import zipfile
from datetime import UTC, datetime

import pytest

from bot.__main__ import main
from coach.letters import Kind
from storage import Store, letters, people

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
NUMBER = 7_912_345_678
TEXT = "I built the lanternoscope in Zanzibarville."


@pytest.fixture
def database(tmp_path, monkeypatch):
    path = tmp_path / "sogood.db"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    asyncio.run(filled(path))
    return path


async def filled(path):
    store = await Store.open(f"sqlite:///{path}", now=NOON)
    await store.write(people.seen, id=NUMBER, language="en", now=NOON)
    await store.write(
        letters.add,
        person_id=NUMBER,
        chat_id=NUMBER,
        source_key="k",
        name="letter.txt",
        media_type="text/plain",
        kind=Kind.COVER_LETTER,
        language="en",
        text=TEXT,
        source=TEXT.encode(),
        now=NOON,
    )
    await store.close()


def test_an_archive_is_written_that_nobody_else_can_read(database, tmp_path, capsys):
    assert main(["export", str(NUMBER), str(tmp_path / "out")]) == 0

    [path] = (tmp_path / "out").iterdir()
    assert str(path.name) in capsys.readouterr().out
    assert path.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(path) as archive:
        assert archive.read("letters/01 letter.txt/1/original/letter.txt").decode() == TEXT
        assert json.loads(archive.read("data/people.json"))[0]["id"] == NUMBER


def test_everything_is_deleted_once_somebody_is_sure(database, capsys):
    assert main(["forget", str(NUMBER)]) == 2
    assert "--yes" in capsys.readouterr().err
    assert b"lanternoscope" in database.read_bytes()

    assert main(["forget", str(NUMBER), "--yes"]) == 0
    assert capsys.readouterr().out == "Forgotten.\n"
    held = b"".join(path.read_bytes() for path in database.parent.glob("sogood.db*"))
    assert b"lanternoscope" not in held
    assert NUMBER.to_bytes(6, "big") not in held


@pytest.mark.parametrize("command", [["export", "4711", "out"], ["forget", "4711", "--yes"]])
def test_a_number_that_nobody_has_is_one_sentence(database, capsys, command):
    assert main(command) == 2
    sentence = capsys.readouterr().err
    assert sentence == "Nobody with that number is known; check it, it is the Telegram number.\n"
