"""Transactions a second: our writer against sqlite3 committing one by one, as durable.

A transaction adds an outgoing message of 560 characters and touches its person. Both sides write
to WAL with synchronous=FULL: when it returns, it is on the disk. What one commit saves the others
is the flush of the disk, so the ratio grows with the time that takes; it is printed too.
"""

import asyncio
import os
import statistics
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import folder_on_disk, show
from storage import Db, Store, messages, people
from storage.sqlite import SqliteDb, connect
from storage.upgrade import upgrade

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TRANSACTIONS = 2000
ROUNDS = 5
TEXT = "x" * 560


def act(db: Db, number: int) -> None:
    chat_id = number % 100 + 1
    people.seen(db, id=chat_id, language="en", now=NOW)
    messages.add(
        db,
        key=str(number),
        chat_id=chat_id,
        method="sendMessage",
        params={"text": TEXT},
        now=NOW,
    )


def one_by_one(folder: Path) -> float:
    path = folder / "raw.db"
    upgrade(path)
    connection = connect(path)
    db = SqliteDb(connection)
    begun = time.perf_counter()
    for number in range(TRANSACTIONS):
        connection.execute("BEGIN IMMEDIATE")
        act(db, number)
        connection.execute("COMMIT")
    rate = TRANSACTIONS / (time.perf_counter() - begun)
    connection.close()
    return rate


async def through_the_store(folder: Path, coroutines: int) -> float:
    store = await Store.open(f"sqlite:///{folder}/store.db", now=NOW)
    numbers = iter(range(TRANSACTIONS))

    async def write() -> None:
        for number in numbers:
            await store.write(act, number)

    begun = time.perf_counter()
    await asyncio.gather(*(write() for _ in range(coroutines)))
    rate = TRANSACTIONS / (time.perf_counter() - begun)
    await store.close()
    return rate


def in_a_round() -> dict[str, float]:
    """Every way once, on fresh files, so that a slow moment of the disk is everybody's."""
    rates: dict[str, float] = {}
    with folder_on_disk() as folder:
        rates["sqlite3, one by one"] = one_by_one(folder)
    for coroutines in (1, 16, 64):
        with folder_on_disk() as folder:
            rate = asyncio.run(through_the_store(folder, coroutines))
        rates[f"Store.write, {coroutines} at a time"] = rate
    return rates


def flush_of_this_disk() -> float:
    """Milliseconds that the disk takes to confirm a page, the median of 50."""
    took: list[float] = []
    with folder_on_disk() as folder, (folder / "page").open("wb", buffering=0) as file:
        for _ in range(50):
            begun = time.perf_counter()
            file.write(b"x" * 4096)
            os.fsync(file.fileno())
            took.append(time.perf_counter() - begun)
    return statistics.median(took) * 1000


def main() -> None:
    rounds = [in_a_round() for _ in range(ROUNDS)]
    baseline = next(iter(rounds[0]))
    rows: list[tuple[str, str, str]] = []
    for name in rounds[0]:
        rate = statistics.median(rates[name] for rates in rounds)
        ratio = statistics.median(rates[name] / rates[baseline] for rates in rounds)
        rows.append((name, f"{rate:.0f}", f"{ratio:.2f}"))
    show(f"Durable transactions (median of {ROUNDS})", ("", "per second", "ratio"), rows)
    print(f"A flush of this disk takes {flush_of_this_disk():.2f} ms.")
