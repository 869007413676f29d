"""kill -9 in the middle of writing: whatever was confirmed is there afterwards."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from storage import Store

ROOT = Path(__file__).parents[2]

WRITE_FOR_EVER = """
import asyncio, itertools, sys
from datetime import UTC, datetime
from storage import Store, people
NOW = datetime(2026, 11, 20, tzinfo=UTC)
ids = itertools.count(int(sys.argv[2]))

async def write(store):
    for id in ids:
        await store.write(people.seen, id=id, language="en", now=NOW)
        print(id, flush=True)

async def main():
    store = await Store.open(sys.argv[1], now=NOW)
    await asyncio.gather(*(write(store) for _ in range(16)))

asyncio.run(main())
"""


def killed_after(confirmations, url, first):
    """The ids that a process printed as confirmed before it was killed."""
    command = [sys.executable, "-c", WRITE_FOR_EVER, url, str(first)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        confirmed = [int(process.stdout.readline()) for _ in range(confirmations)]
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read().splitlines(keepends=True)
    # The kill may have cut the last line short.
    return confirmed + [int(line) for line in rest if line.endswith("\n")]


@pytest.mark.crash
async def test_everything_confirmed_before_a_kill_is_there_after_it(tmp_path, now):
    url = f"sqlite:///{tmp_path}/sogood.db"
    confirmed = set()
    for round, confirmations in enumerate((1, 137, 800)):
        confirmed.update(killed_after(confirmations, url, first=1 + round * 1_000_000))

    store = await Store.open(url, now=now)
    kept = {row["id"] for row in await store.read(lambda db: db.query("SELECT id FROM people"))}
    assert len(confirmed) >= 938
    assert confirmed <= kept
    assert await store.sound()
    await store.close()


class Load:
    """A process that writes without a pause, and what it has been told is kept."""

    def __init__(self, url):
        self.confirmed = []
        self._process = subprocess.Popen(
            [sys.executable, "-c", WRITE_FOR_EVER, url, "1"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._reading = threading.Thread(target=self._read)
        self._reading.start()

    def _read(self):
        for line in self._process.stdout:
            if line.endswith("\n"):  # a kill may cut the last one short
                self.confirmed.append(int(line))

    def until(self, count):
        while len(self.confirmed) < count:
            assert self._process.poll() is None
            threading.Event().wait(0.005)
        return set(self.confirmed)

    def end(self):
        self._process.kill()
        self._process.wait()
        self._reading.join()
        self._process.stdout.close()


def command(tmp_path, *arguments):
    """What an operator types."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=tmp_path,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": f"sqlite:///{tmp_path}/sogood.db",
        },
        capture_output=True,
        text=True,
        check=True,
    )


@pytest.mark.crash
async def test_a_restored_backup_holds_all_that_was_confirmed_before_it_was_begun(tmp_path, now):
    url = f"sqlite:///{tmp_path}/sogood.db"
    load, before = Load(url), {}
    try:
        for number in range(1, 4):
            name = f"backup-{number}.db"
            before[name] = load.until(400 * number)
            command(tmp_path, "backup", name)
            assert len(load.confirmed) > len(before[name]), "it was under load all the while"
    finally:
        load.end()

    for name, confirmed in before.items():
        command(tmp_path, "restore", name)
        store = await Store.open(url, now=now)
        kept = {row["id"] for row in await store.read(lambda db: db.query("SELECT id FROM people"))}
        assert confirmed <= kept
        assert await store.sound()
        await store.close()
        print(f"{name}: {len(confirmed)} confirmed before, {len(kept)} in it")
