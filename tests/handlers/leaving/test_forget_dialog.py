"""/forget: after one warning nothing of a person is found in any file, and others keep theirs."""

import logging
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from handlers.chat.wiping import PATIENCE
from handlers.routers import JOBS
from storage import jobs, privacy
from tests.handlers.leaving.conftest import NAME, NUMBER, WORDS
from tests.handlers.peers.steps import at, newest, press, write

SUNDAY = datetime(2026, 11, 29, 19, 0, tzinfo=UTC)


def varint(number: int) -> bytes:
    """A number as SQLite writes it in keys of rows (sqlite.org/fileformat2.html#varint)."""
    groups = [number >> shift & 0x7F for shift in range(0, number.bit_length(), 7)]
    return bytes([*(group | 0x80 for group in reversed(groups[1:])), groups[0]])


NUMBERS = (str(NUMBER).encode(), NUMBER.to_bytes(6, "big"), varint(NUMBER))
TRACES = [*(word.encode() for word in WORDS), *NUMBERS]


def on_disk(store) -> bytes:
    """Every file that the store keeps."""
    files = [file for file in store.path.parent.rglob("*") if file.is_file()]
    assert {file.name.removeprefix(store.path.name) for file in files} >= {"", "-wal", "-shm"}
    return b"".join(file.read_bytes() for file in files)


def found(store) -> list[bytes]:
    held = on_disk(store).lower()
    return [trace for trace in TRACES if trace.lower() in held]


async def forget(dialog, person):
    await write(dialog, person, "/forget")
    return await press(dialog, person, "Delete everything")


async def test_it_is_explained_before_anything_goes(dialog, lived):
    await write(dialog, lived, "/forget")

    said = newest(dialog, lived)
    assert said.startswith("Forget you?")
    for word in ("letters", "cards", "habits", "cohort", "after 7 days", "can't be undone"):
        assert word in said

    await press(dialog, lived, "Keep")
    assert newest(dialog, lived) == "Good. Everything stays as it is."
    assert len(found(dialog.store)) > len(WORDS)


async def test_no_byte_of_a_person_is_left(dialog, lived, caplog):
    caplog.set_level(logging.DEBUG)
    assert set(found(dialog.store)) >= {word.encode() for word in WORDS} | {NUMBERS[0], NUMBERS[1]}

    pressed = await forget(dialog, lived)

    assert pressed.answer == ""
    assert found(dialog.store) == []
    assert newest(dialog, lived).startswith("Done: I have forgotten you. Nothing of yours is left")
    assert [word for word in (*WORDS, str(NUMBER)) if word.lower() in caplog.text.lower()] == []


async def test_a_second_press_finds_nobody_and_leaves_nobody(dialog, lived):
    await write(dialog, lived, "/forget")
    warning = dialog.telegram.answers(lived)[-1]
    data = warning.keyboard["inline_keyboard"][1][0]["callback_data"]
    for _ in range(2):
        dialog.telegram.press(lived, warning, data, stale=True)
    await dialog.settle()
    dialog.telegram.press(lived, warning, data, stale=True)
    await dialog.settle()

    assert found(dialog.store) == []
    assert newest(dialog, lived).startswith("Done: I have forgotten you.")


async def test_others_see_a_former_member_and_keep_what_is_theirs(dialog, lived, boris, group):
    [week] = [one for one in dialog.said(group) if "Week 1 of 6" in one]
    assert NAME in week
    await at(dialog, SUNDAY)
    await dialog.settle()
    [digest] = [one for one in dialog.said(group) if "week 1 of 6" in one]
    assert NAME in digest
    before = await dialog.store.read(privacy.export, boris)
    assert any(f"{NAME} has it." in one for one in dialog.said(boris))
    await forget(dialog, lived)

    assert NAME not in "".join(dialog.said(group))
    assert not any(f"{NAME} has it." in one for one in dialog.said(boris))
    assert any("week 1 of 6" in one and "a former member" in one for one in dialog.said(group))
    assert any("a former member" in one for one in dialog.said(group))
    assert not any("lanternoscope" in one for one in dialog.said(boris))
    assert "former member no longer takes part" in newest(dialog, boris)
    assert not any("barometrograph" in one for one in dialog.said(lived)), "given back"
    after = await dialog.store.read(privacy.export, boris)
    for table in ("letters", "versions", "reviews", "members", "people", "sources"):
        assert after[table] == before[table]


async def test_what_comes_later_begins_anew(dialog, lived):
    await forget(dialog, lived)
    await write(dialog, lived, "/letters")

    assert "lanternoscope" not in newest(dialog, lived)
    assert not (await dialog.store.read(privacy.export, lived))["letters"]


async def test_who_then_blocks_the_bot_is_not_remembered_for_it(dialog, lived):
    await forget(dialog, lived)
    dialog.telegram.block(lived)
    await dialog.settle()

    assert found(dialog.store) == []


@pytest.fixture
def every_job(monkeypatch):
    """All work that is queued from now on, as its workers would have it in hand."""
    queued, add = [], jobs.add

    def noted(db, *, kind, key, payload, due_at, lane=None, **rest):
        row = jobs.Job(10**9, kind, key, lane, due_at, 1, "x", dict(payload), due_at)
        queued.append(row)
        return add(db, kind=kind, key=key, payload=payload, due_at=due_at, lane=lane, **rest)

    monkeypatch.setattr(jobs, "add", noted)
    return queued


async def test_what_any_worker_has_in_hand_at_that_moment_leaves_nothing(every_job, dialog, lived):
    await write(dialog, lived, "/export")
    in_hand = [job for job in every_job if job.kind in JOBS]
    assert {job.kind for job in in_hand} >= {"review", "let_go", "takeout"}
    await forget(dialog, lived)

    for job in in_hand:
        with suppress(Exception):
            await JOBS[job.kind](job, bot=dialog.bot, now=dialog.clock.now(), **dialog.context)
    await dialog.settle()
    await dialog.store.wipe()
    assert found(dialog.store) == []


async def test_a_failing_chat_keeps_nothing_from_being_deleted(dialog, lived):
    await write(dialog, lived, "/forget")
    dialog.telegram.fault("server_error", "editMessageText", times=9)
    await press(dialog, lived, "Delete everything")

    assert found(dialog.store) == []


@pytest.mark.parametrize("reader", [True, False])
async def test_the_log_is_emptied_as_soon_as_nobody_reads(dialog, lived, reader, monkeypatch):
    """A backup may be reading; then the person hears so, and a job tries again."""
    wiped = [not reader, True]
    real = type(dialog.store).wipe

    async def wipe(store):
        return wiped.pop(0) and await real(store)

    monkeypatch.setattr(type(dialog.store), "wipe", wipe)
    await forget(dialog, lived)
    assert ("within minutes" in newest(dialog, lived)) == reader
    waiting = (await dialog.store.read(jobs.counts)).get("wipe", {})
    assert waiting.get("waiting", 0) == reader

    dialog.clock.move(PATIENCE)
    await dialog.settle()
    assert found(dialog.store) == []
