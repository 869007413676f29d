"""What a reminder tick costs: claiming 100 due jobs out of a thousand and out of a million, and the
same with an APScheduler job per person in SQLAlchemy.

A tick claims what is due and puts each job off by a week, as a weekly reminder does.
"""

import asyncio
import importlib.util
import pickle
import statistics
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks import folder_on_disk, show
from storage import Db, Store, jobs

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TICK = timedelta(seconds=30)
WEEK = timedelta(days=7)
DUE = 100
TICKS = 9
ROWS = (1_000, 1_000_000)
THEIR_ROWS = (1_000, 10_000)


def fill(db: Db, rows: int) -> None:
    """One job per person; 100 fall due with every tick."""
    db.run(
        """WITH RECURSIVE numbers (n) AS (
               SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :rows)
           INSERT INTO jobs (kind, key, lane, person_id, state, due_at, ready_at, payload,
               created_at)
           SELECT 'reminder', 'r' || n, CAST(n AS TEXT), n, 'waiting', :first + n * :step,
               :first + n * :step, '{"habit": "read one paper"}', :first FROM numbers""",
        rows=rows,
        first=int(NOW.timestamp() * 1000),
        step=int(TICK.total_seconds() * 1000) // DUE,
    )


def tick(db: Db, now: datetime) -> int:
    lease = timedelta(seconds=15)
    due = jobs.claim(db, kind="reminder", owner="bench", now=now, lease=lease, limit=DUE)
    for job in due:
        jobs.postpone(db, job, due_at=job.due_at + WEEK)
    return len(due)


async def ours(folder: Path) -> dict[int, float]:
    """Milliseconds of a tick for every size, from asking until it is on the disk. The sizes take
    turns, so that a slow moment of the machine is everybody's."""
    stores = {rows: await _filled(folder, rows) for rows in ROWS}
    took: dict[int, list[float]] = {rows: [] for rows in ROWS}
    for number in range(1, TICKS + 1):
        for rows, store in stores.items():
            begun = time.perf_counter()
            assert await store.write(tick, NOW + number * TICK) == DUE
            took[rows].append(time.perf_counter() - begun)
    for store in stores.values():
        await store.close()
    return {rows: statistics.median(times) * 1000 for rows, times in took.items()}


async def _filled(folder: Path, rows: int) -> Store:
    store = await Store.open(f"sqlite:///{folder}/{rows}.db", now=NOW)
    await store.write(fill, rows)
    await store.checkpoint()
    return store


def theirs(folder: Path, rows: int) -> float:
    """Milliseconds of what BaseScheduler does with its store when 100 jobs are due: fetch them and
    update each. It does so on the event loop."""
    from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
    from apscheduler.schedulers.background import BackgroundScheduler

    kept = SQLAlchemyJobStore(url=f"sqlite:///{folder}/apscheduler.db")
    scheduler = BackgroundScheduler(timezone=UTC)
    kept.start(scheduler, "default")  # the store alone: a running scheduler would look at the clock
    _fill_theirs(scheduler, kept, rows)
    took = [_their_tick(kept, NOW + number * TICK) for number in range(1, TICKS + 1)]
    kept.shutdown()
    return statistics.median(took) * 1000


def _fill_theirs(scheduler: Any, kept: Any, rows: int) -> None:
    """One real job, then its row as often as needed: adding them one by one takes minutes."""
    first = scheduler.add_job(
        print,
        "interval",
        weeks=1,
        args=["read one paper"],
        misfire_grace_time=None,
        coalesce=True,
        max_instances=1,
        next_run_time=NOW,
    )
    many = [_row(kept, first, number) for number in range(1, rows + 1)]
    with kept.engine.begin() as connection:
        connection.execute(kept.jobs_t.insert(), many)


def _row(kept: Any, job: Any, number: int) -> dict[str, object]:
    due_at = NOW + number * TICK / DUE
    state = job.__getstate__() | {"id": str(number), "next_run_time": due_at}
    return {
        "id": str(number),
        "next_run_time": due_at.timestamp(),
        "job_state": pickle.dumps(state, kept.pickle_protocol),
    }


def _their_tick(kept: Any, now: datetime) -> float:
    begun = time.perf_counter()
    due = kept.get_due_jobs(now)
    for job in due:
        job._modify(next_run_time=job.next_run_time + WEEK)
        kept.update_job(job)
    assert len(due) == DUE
    return time.perf_counter() - begun


def main() -> None:
    with folder_on_disk() as folder:
        found = [("jobs table", rows, ms) for rows, ms in asyncio.run(ours(folder)).items()]
    if importlib.util.find_spec("sqlalchemy"):
        for rows in THEIR_ROWS:
            with folder_on_disk() as folder:
                found.append(("APScheduler, a job per person", rows, theirs(folder, rows)))
    fastest = found[0][2]
    table = [(name, f"{rows:,}", f"{ms:.1f}", f"{ms / fastest:.2f}") for name, rows, ms in found]
    show(f"A tick with {DUE} due (median of {TICKS})", ("", "rows", "ms", "ratio"), table)
    if len(found) == len(ROWS):
        print("Not compared with a job per person: SQLAlchemy is not installed.")
