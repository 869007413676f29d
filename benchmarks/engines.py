"""Jobs claimed and ended a second: the same queue on SQLite and PostgreSQL, 1, 2 and 4 workers.

A worker is a process of its own that claims jobs in batches of 50 and ends each; PostgreSQL comes
out of the wheel that the tests use, as durable as SQLite (fsync at every commit), on this machine
and as if it were on another one. The ratios are against one worker on SQLite, and against one
worker on the same engine.
"""

import asyncio
import multiprocessing
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import folder_on_disk, show
from benchmarks._relay import far_away
from storage import Db, Store, jobs
from tests.fakes import postgres

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LEASE = timedelta(minutes=5)
JOBS, BATCH = 6000, 50
WORKERS = (1, 2, 4)
AWAY = 2
"""Milliseconds to a database on another machine and back: the next hall, or a busy network."""
FAR = f"PostgreSQL, {AWAY} ms away"


def fill(db: Db, count: int) -> None:
    for number in range(count):
        key, lane = str(number), str(number % 1500 + 1)
        jobs.add(db, kind="update", key=key, payload={"text": "x" * 400}, due_at=NOW, lane=lane)


async def work(url: str, owner: str, begin: Barrier) -> int:
    """Claims and ends until nothing is free; how many."""
    store, ended = await Store.open(url, now=NOW), 0
    begin.wait()
    facts = {"kind": "update", "owner": owner, "now": NOW, "lease": LEASE, "limit": BATCH}
    while claimed := await store.write(jobs.claim, **facts):
        await asyncio.gather(*(store.write(jobs.done, job, NOW) for job in claimed))
        ended += len(claimed)
    await store.close()
    return ended


def worker(url: str, owner: str, begin: Barrier, ended: "Queue[int]") -> None:
    ended.put(asyncio.run(work(url, owner, begin)))


async def filled(url: str, count: int) -> None:
    store = await Store.open(url, now=NOW)
    await store.write(fill, count)
    await store.close()


def rate(url: str, workers: int, count: int = JOBS) -> float:
    """Jobs that were claimed and ended, a second; fails when one was ended twice or not at all."""
    asyncio.run(filled(url, count))
    context = multiprocessing.get_context("spawn")
    begin, ended = context.Barrier(workers + 1), context.Queue()
    processes = [
        context.Process(target=worker, args=(url, f"worker-{number}", begin, ended))
        for number in range(workers)
    ]
    for process in processes:
        process.start()
    begin.wait()
    begun = time.perf_counter()
    total = sum(ended.get() for _ in processes)
    took = time.perf_counter() - begun
    for process in processes:
        process.join()
    if total != count:
        raise SystemExit(f"{total} of {count} jobs were ended")
    return count / took


@contextmanager
def addresses() -> Iterator[dict[str, list[str]]]:
    """An empty store for every run, by engine."""
    with folder_on_disk() as folder:
        found = {"SQLite": [f"sqlite:///{folder}/{workers}.db" for workers in WORKERS]}
        if postgres.missing():
            yield found
            return
        with (
            postgres.server("-c", "shared_buffers=64MB") as server,
            tempfile.TemporaryDirectory(prefix="far-") as far,
            far_away(Path(far), server.folder, AWAY),
        ):
            here = [server.fresh() for _ in WORKERS]
            away = [server.fresh().replace(str(server.folder), far) for _ in WORKERS]
            yield found | {"PostgreSQL": here, FAR: away}


def main() -> None:
    with addresses() as engines:
        rates = {
            (engine, workers): rate(url, workers, JOBS // 4 if engine == FAR else JOBS)
            for engine, urls in engines.items()
            for workers, url in zip(WORKERS, urls, strict=True)
        }
    rows = [
        (
            f"{engine}, {workers} at work",
            f"{found:.0f}",
            f"{found / rates['SQLite', 1]:.2f}",
            f"{found / rates[engine, 1]:.2f}",
        )
        for (engine, workers), found in rates.items()
    ]
    columns = ("", "per second", "to SQLite", "to one")
    show(f"Jobs claimed and ended, {os.cpu_count()} cores", columns, rows)
    if reason := postgres.missing():
        print(f"Without PostgreSQL: {reason}.")
