"""A backup is whole while others write, and a failed one never replaces a good one."""

import asyncio
import itertools

import pytest

from storage import Store, StoreError, StoreUnavailable, StoreUnusable, back_up, people


def seen_in_pairs(db, id, now):
    for number in (2 * id, 2 * id + 1):
        people.seen(db, id=number, language="en", now=now)


async def test_a_backup_taken_while_writing_is_sound_and_holds_whole_acts_only(
    store, tmp_path, now
):
    stop = asyncio.Event()

    async def write(ids):
        for id in ids:
            if stop.is_set():
                break
            await store.write(seen_in_pairs, id, now)

    ids = itertools.count(1)
    writers = [asyncio.ensure_future(write(ids)) for _ in range(8)]
    await store.write(seen_in_pairs, 0, now)
    await store.backup(tmp_path / "backups" / "copy.db")
    stop.set()
    await asyncio.gather(*writers)

    copy = await Store.open(f"sqlite:///{tmp_path}/backups/copy.db", now=now)
    rows = await copy.read(lambda db: db.query("SELECT id FROM people ORDER BY id"))
    kept = {row["id"] for row in rows}
    assert {0, 1} <= kept
    assert all(id ^ 1 in kept for id in kept)
    assert await copy.sound()
    await copy.close()


async def test_a_second_backup_replaces_the_first_and_only_the_owner_may_read_it(
    store, tmp_path, now
):
    target = tmp_path / "copy.db"
    await store.backup(target)
    await store.write(people.seen, id=7, language="en", now=now)
    await store.backup(target)
    assert [file.name for file in tmp_path.iterdir()] == ["copy.db"]
    assert target.stat().st_mode & 0o077 == 0


async def test_a_backup_that_cannot_be_written_is_a_foreseeable_error(store, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreUnavailable):
        await store.backup(tmp_path / "file" / "copy.db")


async def test_a_backup_of_a_broken_store_leaves_the_last_good_one_in_place(tmp_path, now):
    store = await Store.open(f"sqlite:///{tmp_path}/a.db", now=now)
    good = tmp_path / "good.db"
    await store.backup(good)
    kept = good.read_bytes()
    await store.close()
    (tmp_path / "a.db").write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError):
        await store.backup(good)
    assert good.read_bytes() == kept


async def test_another_process_backs_up_without_opening_the_store(tmp_path, now):
    url = f"sqlite:///{tmp_path}/a.db"
    store = await Store.open(url, now=now)
    await store.write(people.seen, id=7, language="en", now=now)
    await back_up(url, tmp_path / "copy.db")
    copy = await Store.open(f"sqlite:///{tmp_path}/copy.db", now=now)
    assert await copy.read(people.get, 7)
    await copy.close()
    await store.close()


async def test_a_database_that_is_not_there_is_not_made_by_a_backup(tmp_path):
    with pytest.raises(StoreUnusable, match="no database"):
        await back_up(f"sqlite:///{tmp_path}/a.db", tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []
