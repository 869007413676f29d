"""What a reminder tick costs when 100 of a thousand and of a million people are due, and the same
with an APScheduler job per person in SQLAlchemy.

Ours is the bot's own tick: it looks back, gives each slot its row, decides, writes the messages and
puts each plan off by a week. The last line is what a start costs, which trusts no stored instant.
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
from coach.reminders import Kind
from handlers.chat.formatting import Said
from handlers.reminders import reminders
from handlers.reminders.reminders import Speech
from storage import Db, Store
from storage.instants import to_ms

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
START = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
"""A Monday."""
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
TICK = timedelta(seconds=30)
WEEK = timedelta(days=7)
DUE = 100
TICKS = 9
ROWS = (1_000, 1_000_000)
THEIR_ROWS = (1_000, 10_000)


def fill(db: Db, rows: int) -> None:
    """A person and a weekly plan each, in the same 1,000 clocks; 100 fall due with every tick."""
    numbers = "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n"
    db.run(
        f"""{numbers} < :rows)
            INSERT INTO people (id, chat_id, language, timezone, created_at, seen_at)
            SELECT n, n, 'en', 'UTC', 0, 0 FROM numbers""",
        rows=rows,
    )
    db.run(
        f"""{numbers} < :rows)
            INSERT INTO plans (person_id, chat_id, thread_id, kind, zone, weekdays, at_time,
                rhythm, in_quiet, served_at, due_at)
            SELECT n, n, 0, 'nudge', 'UTC', 1 + minute / 1440 % 7,
                printf('%02d:%02d', minute / 60 % 24, minute % 60), 'weekly', 1, :start,
                :start + 60000 * minute
            FROM (SELECT n, 540 + (n - 1) / :due % 1000 AS minute FROM numbers)""",
        rows=rows,
        due=DUE,
        start=to_ms(START),
    )
    # Of a million, a thousand are due in each of these minutes: let it be 100 there, too.
    db.run(
        """UPDATE plans SET due_at = due_at + 60000 * 10080 * (id / (:due * 1000))
           WHERE id > :due * 1000""",
        due=DUE,
    )


class Workless:
    """Nobody sends: only what the tick does counts."""

    def nudge(self, *kinds: str) -> None:
        """Heard."""


def speak(_db: Db, _person: object, _slot: object, _now: datetime) -> Speech:
    return Speech(Said("Read one paper and say in a sentence what you would try."))


async def ticked(store: Store, now: datetime) -> float:
    """Seconds of one tick, until all of it is on the disk."""
    begun = time.perf_counter()
    await reminders.tick(now, store=store, work=Workless(), speakers={Kind.NUDGE: speak})
    return time.perf_counter() - begun


def written(db: Db) -> int:
    row = db.one("SELECT count(*) AS n FROM jobs")
    return row["n"] if row else 0


async def ours(folder: Path) -> tuple[dict[int, float], float]:
    """Milliseconds of a tick for every size, and of a start at the largest. The sizes take turns,
    so that a slow moment of the machine is everybody's."""
    stores = {rows: await _filled(folder, rows) for rows in ROWS}
    took: dict[int, list[float]] = {rows: [] for rows in ROWS}
    for number in range(1, TICKS + 1):
        for rows, store in stores.items():
            took[rows].append(await ticked(store, START + 9 * HOUR + (number - 1) * MINUTE))
            assert await store.read(written) == number * DUE
    begun = time.perf_counter()
    await reminders.recompute(START, store=stores[max(ROWS)])
    start = time.perf_counter() - begun
    for store in stores.values():
        await store.close()
    return {rows: statistics.median(times) * 1000 for rows, times in took.items()}, start * 1000


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
        ticks, start = asyncio.run(ours(folder))
    found = [("the bot's tick", rows, ms) for rows, ms in ticks.items()]
    if importlib.util.find_spec("sqlalchemy"):
        for rows in THEIR_ROWS:
            with folder_on_disk() as folder:
                found.append(("APScheduler, a job per person", rows, theirs(folder, rows)))
    fastest = found[0][2]
    table = [(name, f"{rows:,}", f"{ms:.1f}", f"{ms / fastest:.2f}") for name, rows, ms in found]
    show(f"A tick with {DUE} due (median of {TICKS})", ("", "rows", "ms", "ratio"), table)
    print(f"A start with {max(ROWS):,} plans compares every clock in {start:.0f} ms.")
    if len(found) == len(ROWS):
        print("Not compared with a job per person: SQLAlchemy is not installed.")
