"""kill -9 in the middle of writing: whatever was confirmed is there afterwards."""

import signal
import subprocess
import sys
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
