"""Jobs claimed and ended a second: the same queue on SQLite and PostgreSQL, 1, 2 and 4 workers.

A worker is a process of its own that claims jobs in batches of 50 and ends each; PostgreSQL comes
out of the wheel that the tests use, as durable as SQLite (fsync at every commit). The ratio is
against one worker on SQLite.
"""

import asyncio
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from benchmarks import folder_on_disk, show
from storage import Db, Store, jobs
from tests.fakes import postgres

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LEASE = timedelta(minutes=5)
JOBS, BATCH = 6000, 50
WORKERS = (1, 2, 4)


def fill(db: Db) -> None:
    for number in range(JOBS):
        key, lane = str(number), str(number % 1500 + 1)
        jobs.add(db, kind="update", key=key, payload={"text": "x" * 400}, due_at=NOW, lane=lane)


async def work(url: str, owner: str) -> int:
    """Claims and ends until nothing is free; how many."""
    store, ended = await Store.open(url, now=NOW), 0
    facts = {"kind": "update", "owner": owner, "now": NOW, "lease": LEASE, "limit": BATCH}
    while claimed := await store.write(jobs.claim, **facts):
        await asyncio.gather(*(store.write(jobs.done, job, NOW) for job in claimed))
        ended += len(claimed)
    await store.close()
    return ended


def worker(url: str, owner: str, begin: "multiprocessing.synchronize.Event", ended: object) -> None:
    begin.wait()
    ended.put(asyncio.run(work(url, owner)))  # pyright: ignore[reportAttributeAccessIssue]


async def filled(url: str) -> None:
    store = await Store.open(url, now=NOW)
    await store.write(fill)
    await store.close()


def rate(url: str, workers: int) -> float:
    """Jobs that were claimed and ended, a second; fails when one was ended twice or not at all."""
    asyncio.run(filled(url))
    context = multiprocessing.get_context("spawn")
    begin, ended = context.Event(), context.Queue()
    processes = [
        context.Process(target=worker, args=(url, f"worker-{number}", begin, ended))
        for number in range(workers)
    ]
    for process in processes:
        process.start()
    time.sleep(2.0 * workers)  # they import what they need
    begun = time.perf_counter()
    begin.set()
    total = sum(ended.get() for _ in processes)
    took = time.perf_counter() - begun
    for process in processes:
        process.join()
    if total != JOBS:
        raise SystemExit(f"{total} of {JOBS} jobs were ended")
    return JOBS / took


@contextmanager
def addresses() -> Iterator[dict[str, list[str]]]:
    """An empty store for every run, by engine."""
    with folder_on_disk() as folder:
        found = {"SQLite": [f"sqlite:///{folder}/{workers}.db" for workers in WORKERS]}
        if postgres.missing():
            yield found
            return
        with postgres.server("-c", "shared_buffers=64MB") as server:
            yield found | {"PostgreSQL": [server.fresh() for _ in WORKERS]}


def main() -> None:
    rows: list[tuple[str, str, str]] = []
    with addresses() as engines:
        rates = {
            (engine, workers): rate(url, workers)
            for engine, urls in engines.items()
            for workers, url in zip(WORKERS, urls, strict=True)
        }
    base = rates["SQLite", 1]
    for (engine, workers), found in rates.items():
        rows.append((f"{engine}, {workers} at work", f"{found:.0f}", f"{found / base:.2f}"))
    show("Jobs claimed and ended", ("", "per second", "ratio"), rows)
    if reason := postgres.missing():
        print(f"Without PostgreSQL: {reason}.")
