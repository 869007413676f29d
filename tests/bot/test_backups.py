"""A copy of every day, the newest few of them, and none that is half written."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.backups import daily, newest, rotate
from storage import Store, StoreUnavailable, people

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
async def store(tmp_path):
    store = await Store.open(f"sqlite:///{tmp_path}/sogood.db", now=NOON)
    yield store
    await store.close()


async def ticked(tick, now):
    """One tick, and what it began beside itself."""
    await tick(now)
    others = asyncio.all_tasks() - {asyncio.current_task()}
    if others:
        await asyncio.wait(others)


def names(folder):
    return sorted(file.name for file in folder.iterdir())


async def test_every_day_has_one_copy_and_the_newest_are_kept(store, tmp_path):
    tick = daily(store, tmp_path / "backups", 2)
    for hours in (0, 1, 24, 25, 48):
        await ticked(tick, NOON + timedelta(hours=hours))
    assert names(tmp_path / "backups") == ["sogood-2026-11-21.db", "sogood-2026-11-22.db"]


async def test_a_copy_holds_what_was_confirmed_before_it(store, tmp_path):
    await store.write(people.seen, id=7, language="en", now=NOON)
    await ticked(daily(store, tmp_path / "backups", 2), NOON)

    copy = await Store.open(f"sqlite:///{newest(tmp_path / 'backups')}", now=NOON)
    assert await copy.read(people.get, 7) is not None
    await copy.close()


async def test_a_copy_that_fails_takes_no_older_one_and_is_tried_again(
    store, tmp_path, monkeypatch, caplog
):
    folder = tmp_path / "backups"
    tick = daily(store, folder, 1)
    await ticked(tick, NOON)
    whole = store.backup

    async def full(target):
        raise StoreUnavailable("full")

    monkeypatch.setattr(store, "backup", full)
    for minutes in range(3):
        await ticked(tick, NOON + timedelta(days=1, minutes=minutes))
    assert names(folder) == ["sogood-2026-11-20.db"]
    assert caplog.text.count("no backup for today yet: full") == 1

    monkeypatch.setattr(store, "backup", whole)
    await ticked(tick, NOON + timedelta(days=1, minutes=5))
    assert names(folder) == ["sogood-2026-11-21.db"]


def test_other_files_in_the_folder_are_left_alone(tmp_path):
    for name in ("sogood-2026-01-01.db", "sogood-2026-01-02.db", "mine.db", "sogood-old.db"):
        (tmp_path / name).touch()
    rotate(tmp_path, 1)
    assert names(tmp_path) == ["mine.db", "sogood-2026-01-02.db", "sogood-old.db"]
