"""Whole letters a second with 1, 2 and 4 worker processes, on SQLite and PostgreSQL.

A letter is whole when it was posted to the webhook, stored, reviewed by the house rules and told in
all its messages to the local Telegram, which runs in this process together with the proxy that
deals updates out in turn. `python -m benchmarks.workers run` is a worker: the real bot, but for its
rates, since Telegram's 30 messages a second would be all that is measured. The CPU of a letter is
that of the workers alone, and says more than the rate on a machine that others use (from /proc, so
it needs Linux).
"""

import asyncio
import os
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from benchmarks import folder_on_disk, show
from benchmarks._letters import letter
from bot.clock import Clock
from bot.tryout.server import Running, serve
from bot.tryout.telegram import LocalTelegram
from tests.fakes import postgres
from tests.fakes.proxy import Proxy, round_robin
from tests.program.health import free_port, until_ready_says

ROOT = Path(__file__).parents[1]
WORKERS = (1, 2, 4)
LETTERS, WARMING = 40, 4
"""Letters that are timed, and for each worker those before, with which it reads its word lists."""
ANSWERS = 3
"""Receipt, what to fix, critique."""
PATIENCE = 240
SAID = ("sendMessage", "editMessageText")


@asynccontextmanager
async def worker(served: Running, proxy: Proxy, url: str, folder: Path) -> AsyncIterator[int]:
    """The number of a process that is ready and that the proxy knows."""
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "BOT_TOKEN": served.telegram.token,
        "TELEGRAM_API_URL": served.address,
        "DATABASE_URL": url,
        "WEBHOOK_URL": proxy.url,
        "WEB_PORT": str(port),
        "LOG_LEVEL": "WARNING",
        "BACKUPS_KEPT": "0",
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.workers", "run"), cwd=folder, env=environment
    )
    try:
        await until_ready_says(port, "200 ok")
        proxy.ports.append(port)
        yield process.pid
    finally:
        process.kill()
        await process.wait()


async def newcomers(telegram: LocalTelegram, count: int) -> list[int]:
    """People who have been greeted."""
    people = [telegram.add_person("Maya").id for _ in range(count)]
    for person in people:
        telegram.start(person)
    await telegram.until(lambda: answered(telegram, people, 1), PATIENCE)
    return people


async def all_write(telegram: LocalTelegram, people: list[int]) -> None:
    """Each sends a letter of their own; returns when all have all the answers."""
    for person in people:
        telegram.send_file(person, "letter.txt", letter(person).encode())
    await telegram.until(lambda: answered(telegram, people, 1 + ANSWERS), PATIENCE)


def answered(telegram: LocalTelegram, people: list[int], count: int) -> bool:
    said = Counter(call.chat_id for call in telegram.calls() if call.method in SAID)
    return all(said[person] >= count for person in people)


@dataclass(frozen=True, slots=True)
class Measured:
    """Letters a second, and CPU seconds of the workers for each."""

    rate: float
    cpu: float


def cpu_time(pids: list[int]) -> float:
    """User and system time of processes and the children that they have waited for (proc(5))."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


async def measured(url: str, workers: int) -> Measured:
    async with AsyncExitStack() as stack:
        served = await serve(LocalTelegram(Clock()))
        stack.push_async_callback(served.close)
        proxy = await stack.enter_async_context(round_robin())
        folder = stack.enter_context(folder_on_disk())
        begun = [worker(served, proxy, url, folder) for _ in range(workers)]
        pids = [await stack.enter_async_context(one) for one in begun]
        await all_write(served.telegram, await newcomers(served.telegram, WARMING * workers))
        people = await newcomers(served.telegram, LETTERS)
        at, spent = time.perf_counter(), cpu_time(pids)
        await all_write(served.telegram, people)
        took, spent = time.perf_counter() - at, cpu_time(pids) - spent
        return Measured(LETTERS / took, spent / LETTERS)


@contextmanager
def addresses() -> Iterator[dict[str, list[str]]]:
    """An empty store for every run, by engine."""
    with folder_on_disk() as folder:
        where = folder.absolute()
        found = {"SQLite": [f"sqlite:///{where}/{workers}.db" for workers in WORKERS]}
        if postgres.missing():
            yield found
            return
        with postgres.server("-c", "shared_buffers=64MB") as server:
            yield found | {"PostgreSQL": [server.fresh() for _ in WORKERS]}


def run_worker() -> None:
    """The real bot, that may say as much as it likes."""
    from bot.app import run
    from bot.budgets import Rate, Rates
    from bot.settings import load_settings
    from bot.terminal.running import handlers

    often = Rate(1000, timedelta(seconds=1))
    rates = Rates(chat=often, group=often, overall=often, reminders=often)
    settings, stop = load_settings(), asyncio.Event()
    asyncio.run(run(settings, handlers(), clock=Clock(), stop=stop, rates=rates))


def main() -> None:
    with addresses() as engines:
        runs = {
            (engine, workers): asyncio.run(measured(url, workers))
            for engine, urls in engines.items()
            for workers, url in zip(WORKERS, urls, strict=True)
        }
    rows = [
        (
            f"{engine}, {workers} at work",
            f"{found.rate:.1f}",
            f"{found.rate / runs['SQLite', 1].rate:.2f}",
            f"{found.rate / runs[engine, 1].rate:.2f}",
            f"{found.cpu * 1000:.0f}",
        )
        for (engine, workers), found in runs.items()
    ]
    columns = ("", "per second", "to SQLite", "to one", "CPU ms each")
    show(f"Whole letters, {os.cpu_count()} cores", columns, rows)
    if reason := postgres.missing():
        print(f"Without PostgreSQL: {reason}.")


if __name__ == "__main__" and sys.argv[1:] == ["run"]:
    run_worker()
