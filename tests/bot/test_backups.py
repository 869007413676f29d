"""A copy of every day, the newest few of them, and none that is half written."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.backups import daily, newest, rotate
from bot.work import LEASE, Claims
from storage import Store, StoreUnavailable, jobs, people

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
    tick = daily(store, Claims("one"), tmp_path / "backups", 2)
    for hours in (0, 1, 24, 25, 48):
        await ticked(tick, NOON + timedelta(hours=hours))
    assert names(tmp_path / "backups") == ["sogood-2026-11-21.db", "sogood-2026-11-22.db"]


async def test_a_copy_holds_what_was_confirmed_before_it(store, tmp_path):
    await store.write(people.seen, id=7, language="en", now=NOON)
    await ticked(daily(store, Claims("one"), tmp_path / "backups", 2), NOON)

    copy = await Store.open(f"sqlite:///{newest(tmp_path / 'backups')}", now=NOON)
    assert await copy.read(people.get, 7) is not None
    await copy.close()


async def test_a_copy_that_fails_takes_no_older_one_and_is_tried_again(
    store, tmp_path, monkeypatch, caplog
):
    folder = tmp_path / "backups"
    tick = daily(store, Claims("one"), folder, 1)
    await ticked(tick, NOON)
    whole = store.backup

    async def full(target):
        raise StoreUnavailable("full")

    monkeypatch.setattr(store, "backup", full)
    for minutes in range(3):
        await ticked(tick, NOON + timedelta(days=1, minutes=minutes))
    assert names(folder) == ["sogood-2026-11-20.db"]
    assert caplog.text.count("no backup for today yet: full") == 1
    assert await store.read(jobs.counts) == {"backup": {"done": 1}}  # nothing seems left undone

    monkeypatch.setattr(store, "backup", whole)
    await ticked(tick, NOON + timedelta(days=1, minutes=5))
    assert names(folder) == ["sogood-2026-11-21.db"]


@pytest.fixture
async def other(store):
    """Another process's door to the same store."""
    other = await Store.open(f"sqlite:///{store.path}", now=NOON)
    yield other
    await other.close()


async def test_of_many_processes_one_makes_the_copy_of_a_day(store, other, tmp_path):
    folders = [tmp_path / "one", tmp_path / "two"]
    stores = zip(("one", "two"), (store, other), folders, strict=True)
    ticks = [daily(store, Claims(name), folder, 2) for name, store, folder in stores]
    for hours in (0, 1, 24):
        for tick in ticks:
            await ticked(tick, NOON + timedelta(hours=hours))
    assert names(folders[0]) == ["sogood-2026-11-20.db", "sogood-2026-11-21.db"]
    assert not folders[1].exists()


async def test_a_copy_whose_maker_died_is_made_by_another(store, other, tmp_path, monkeypatch):
    dying, begun = daily(store, Claims("one"), tmp_path / "backups", 2), asyncio.Event()

    async def never(_target):
        begun.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(store, "backup", never)
    await dying(NOON)
    await begun.wait()
    [maker] = asyncio.all_tasks() - {asyncio.current_task()}
    tick = daily(other, Claims("two"), tmp_path / "backups", 2)
    await tick(NOON)
    [asking] = asyncio.all_tasks() - {asyncio.current_task(), maker}
    await asking
    assert not (tmp_path / "backups").exists()
    maker.cancel()
    await ticked(tick, NOON + LEASE)
    assert names(tmp_path / "backups") == ["sogood-2026-11-20.db"]


async def test_the_job_of_a_day_without_a_copy_is_over_with_the_day(store, tmp_path):
    await store.write(jobs.add, kind="backup", key="2026-11-19", payload={}, due_at=NOON)
    await ticked(daily(store, Claims("one"), tmp_path / "backups", 2), NOON)
    assert await store.read(jobs.counts) == {"backup": {"done": 2}}


def test_other_files_in_the_folder_are_left_alone(tmp_path):
    for name in ("sogood-2026-01-01.db", "sogood-2026-01-02.db", "mine.db", "sogood-old.db"):
        (tmp_path / name).touch()
    rotate(tmp_path, 1)
    assert names(tmp_path) == ["mine.db", "sogood-2026-01-02.db", "sogood-old.db"]
