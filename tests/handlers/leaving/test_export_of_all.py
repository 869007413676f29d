"""/export: every row of every table, files to use, and nobody else in it."""

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest

from coach.texts import LANGUAGES, say
from handlers.leaving import parcels
from handlers.leaving.parcels import fit, packed
from handlers.leaving.takeouts import TAKEOUT, gave_up
from storage import jobs, people, privacy
from tests.handlers.leaving.conftest import LETTER, NAME
from tests.handlers.peers.steps import newest, press, write

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def archives(dialog, person):
    """The archives in a chat, in their order."""
    documents = [
        one.body["document"] for one in dialog.telegram.answers(person) if "document" in one.body
    ]
    return [
        zipfile.ZipFile(io.BytesIO(dialog.telegram.file(one["file_id"])))
        for one in documents
        if one["file_name"].endswith(".zip")
    ]


@pytest.fixture
async def archive(dialog, lived):
    await write(dialog, lived, "/export")
    [archive] = archives(dialog, lived)
    return archive


def table(archive, name):
    return json.loads(archive.read(f"data/{name}.json"))


def raw(name, shown, kept):
    """What stands in the database for a shown value, read back by rules of the test's own."""
    if isinstance(kept, int) and isinstance(shown, str):
        if "T" in shown:
            return (datetime.fromisoformat(shown) - EPOCH) // timedelta(milliseconds=1)
        return date.fromisoformat(shown).toordinal()
    if isinstance(kept, str) and not isinstance(shown, str):
        return kept if json.loads(kept) == shown else shown
    return shown


async def test_every_row_of_every_table_is_in_it(dialog, lived, archive):
    kept = await dialog.store.read(privacy.export, lived)
    ours = ("jobs", "sent_messages", "attachments")  # these go on while the archive is sent
    for name in privacy.OWNERS:
        shown = table(archive, name)
        if name in ours:
            continue
        assert len(shown) == len(kept[name]), name
        for here, there in zip(shown, kept[name], strict=True):
            assert here.keys() == there.keys()
            for column, value in there.items():
                if isinstance(value, bytes):
                    assert archive.read(here[column]) == value
                else:
                    assert raw(column, here[column], value) == value, (name, column)
    assert table(archive, "jobs")
    assert table(archive, "sent_messages")


def test_a_table_is_explained_in_every_language():
    for language in LANGUAGES:
        for name in privacy.OWNERS:
            assert say(language, f"takeouts.tables.{name}")


async def test_letters_cards_and_pictures_lie_there_to_be_used(dialog, lived, archive):
    names = archive.namelist()
    assert archive.read("letters/01 Professor Quokkaberg/1/text.txt").decode() == LETTER.strip()
    sent = archive.read(f"letters/01 Professor Quokkaberg/2/original/{NAME}.txt").decode()
    assert "assist with your telescopes" in sent
    assert b"What a hiring reader will think" in archive.read(
        "letters/01 Professor Quokkaberg/2/critique.md"
    )
    cards = csv.reader(archive.read("cards/cards.csv").decode("utf-8-sig").splitlines())
    assert any("photosynthograph" in row and "chlorophyllion" in row for row in cards)
    assert zipfile.is_zipfile(io.BytesIO(archive.read("cards/cards.apkg")))
    assert archive.read("progress/2026-11.png").startswith(b"\x89PNG")
    readme = archive.read("README.txt").decode()
    assert all(f"data/{name}.json: " in readme for name in privacy.OWNERS)
    assert not [name for name in names if name.startswith("/") or ".." in name]


async def test_nobody_else_is_in_it(dialog, lived, boris, archive):
    for name in archive.namelist():
        held = archive.read(name).lower()
        for trace in ("boris", "barometrograph", "brachistochrone", str(boris)):
            assert trace.encode() not in held, (name, trace)


async def test_two_commands_at_once_bring_one_archive(dialog, lived):
    for _ in range(2):
        dialog.telegram.send_text(lived, "/export")
    await dialog.settle()
    assert len(archives(dialog, lived)) == 1


async def test_it_is_offered_before_everything_is_deleted(dialog, lived):
    await write(dialog, lived, "/forget")
    await press(dialog, lived, "Export first")
    assert len(archives(dialog, lived)) == 1

    await press(dialog, lived, "Delete everything")
    assert any("I have forgotten you" in said for said in dialog.said(lived))


async def test_what_is_too_much_for_one_file_comes_in_parts_that_open_by_themselves(
    dialog, lived, monkeypatch
):
    monkeypatch.setattr(parcels, "LARGEST", 6_000)
    await write(dialog, lived, "/export")
    parts = archives(dialog, lived)

    assert len(parts) > 1
    assert not any(part.testzip() for part in parts)
    names = [name for part in parts for name in part.namelist()]
    assert {f"data/{name}.json" for name in privacy.OWNERS} <= set(names)
    assert len(names) == len(set(names))
    assert f"Part {len(parts)} of {len(parts)}" in newest(dialog, lived)


async def test_somebody_without_anything_gets_an_archive_all_the_same(dialog, anna):
    await write(dialog, anna, "/export")
    [archive] = archives(dialog, anna)
    assert table(archive, "people")[0]["id"] == anna
    assert not [name for name in archive.namelist() if name.startswith(("letters", "cards"))]


async def test_who_is_forgotten_while_it_is_packed_gets_nothing(dialog, lived):
    await dialog.store.write(
        jobs.add, kind=TAKEOUT, key="k", payload={}, due_at=dialog.clock.now(), lane="4711"
    )
    await dialog.settle()
    assert await dialog.store.read(people.get, 4711) is None
    assert not archives(dialog, lived)


async def test_when_it_cannot_be_packed_somebody_says_so(dialog, lived):
    job = jobs.Job(1, TAKEOUT, "k", str(lived), dialog.clock.now(), 9, "x", {}, dialog.clock.now())
    await dialog.store.write(gave_up, job, dialog.clock.now())
    await dialog.settle()
    assert "couldn't pack everything" in newest(dialog, lived)


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\letter.docx", "C_letter.docx"),
        ("...", "_"),
        ("письмо.docx", "письмо.docx"),
        ("x" * 90 + ".docx", "x" * 55 + ".docx"),
    ],
)
def test_a_name_leads_nowhere_else(name, fits):
    assert fit(name) == fits


def test_archives_have_no_name_on_the_disk():
    [part] = packed([("a/b.txt", b"x")], datetime(2026, 11, 20, tzinfo=UTC))
    assert isinstance(part.name, int)
    part.seek(0)
    assert zipfile.ZipFile(part).read("a/b.txt") == b"x"
    part.close()
