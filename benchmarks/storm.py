"""A storm of 5,000 reminders that fall due at once, while the process is killed 20 times: nobody
is told twice, and who is told nothing was on the way when a process died.

`python -m benchmarks.storm run` is the process that gets killed: the real bot, but for what its
reminders say and for its rates, so that the storm is over in a minute.
"""

import asyncio
import os
import random
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks import folder_on_disk, show
from bot.clock import Clock
from bot.importing import import_aiogram
from bot.tryout.server import Running, serve
from bot.tryout.telegram import LocalTelegram
from coach.reminders import EVERY_DAY, Kind
from coach.wallclock import local
from storage import Db, Store, people, reminders, slots
from storage.slots import State

ROOT = Path(__file__).parents[1]
SLOTS, KILLS = 5_000, 20
PATIENCE = 240
"""Seconds for the whole storm."""
A_SECOND = 200
"""Messages; Telegram would take 25."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many chats were told how often; `unsure` of those told nothing are marked as such."""

    told: dict[int, int]
    unsure: int
    kills: int
    seconds: float


async def storm(count: int, kills: int, seed: int = 7) -> Outcome:
    """So many chats are due at once and so many processes are killed over it."""
    server, chance = await serve(LocalTelegram(Clock())), random.Random(seed)
    chats = [server.telegram.add_person("Maya").id for _ in range(count)]
    for chat in chats:
        server.telegram.start(chat)
    server.telegram.state.queue.pending.clear()
    with folder_on_disk() as folder:
        url = f"sqlite:///{folder}/bot.db"
        await _planned(url, chats)
        begun = asyncio.get_running_loop().time()
        for _ in range(kills):
            await _killed(server, folder, chance.uniform(0, count / A_SECOND / kills))
        process = await _listening(server, folder)
        await _over(server.telegram)
        process.kill()
        await process.wait()
        seconds = asyncio.get_running_loop().time() - begun
        unsure = await _unsure(url, chats)
    told = Counter(call.chat_id for call in server.telegram.calls("sendMessage"))
    await server.close()
    times = Counter(told[chat] for chat in chats)
    return Outcome(dict(times), unsure, kills, seconds)


async def _planned(url: str, chats: Sequence[int]) -> None:
    """Everybody is due since a minute ago, at noon of their day: nobody's quiet hours."""
    now = Clock().now()
    zone = f"Etc/GMT{now.hour - 12:+d}"
    due_at = local(now - timedelta(minutes=1), zone)

    def plan(db: Db) -> None:
        for chat in chats:
            people.seen(db, id=chat, language="en", now=now)
            reminders.set_plan(
                db,
                person_id=chat,
                chat_id=chat,
                kind=Kind.SESSION,
                zone=zone,
                at=due_at.time().replace(second=0, microsecond=0),
                weekdays=EVERY_DAY,
                now=now - timedelta(minutes=5),
            )

    store = await Store.open(url, now=now)
    await store.write(plan)
    await store.close()


async def _killed(server: Running, folder: Path, after: float) -> None:
    """A process sends for a while and dies."""
    before = len(server.telegram.calls("sendMessage"))
    process = await _started(server, folder)
    with suppress(TimeoutError):
        await server.telegram.until(
            lambda: len(server.telegram.calls("sendMessage")) > before, PATIENCE / 4
        )
    await asyncio.sleep(after)
    process.kill()
    await process.wait()


async def _started(server: Running, folder: Path) -> asyncio.subprocess.Process:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "BOT_TOKEN": server.telegram.token,
        "TELEGRAM_API_URL": server.address,
        "DATABASE_URL": "sqlite:///bot.db",
    }
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.storm", "run"),
        cwd=folder,
        env=environment,
        stderr=asyncio.subprocess.DEVNULL,
    )


async def _listening(server: Running, folder: Path) -> asyncio.subprocess.Process:
    """A process that has got as far as asking for updates, however long a busy machine takes."""
    before = len(server.telegram.calls("getUpdates"))
    process = await _started(server, folder)
    await server.telegram.until(
        lambda: len(server.telegram.calls("getUpdates")) > before, PATIENCE / 4
    )
    return process


async def _over(telegram: LocalTelegram) -> None:
    """Until nothing has been sent for a while."""
    async with asyncio.timeout(PATIENCE):
        seen = -1
        while (now := len(telegram.calls("sendMessage"))) != seen or now == 0:
            seen = now
            await asyncio.sleep(8)


async def _unsure(url: str, chats: Sequence[int]) -> int:
    """How many are marked as perhaps told, once it is clear that no answer will come."""
    later = Clock().now() + 2 * slots.IN_DOUBT

    def count(db: Db) -> int:
        slots.settle(db, later)
        states = [slots.of_chat(db, chat)[-1].state for chat in chats]
        return states.count(State.UNCERTAIN)

    store = await Store.open(url, now=later)
    unsure = await store.write(count)
    await store.close()
    return unsure


def run_bot() -> None:
    """The process that gets killed."""
    import_aiogram()
    from aiogram import Router

    from bot.app import run
    from bot.budgets import Rate, Rates
    from bot.handling import Handlers
    from bot.settings import load_settings
    from handlers.chat.formatting import Said
    from handlers.reminders.reminders import Speech, recompute, tick

    def speak(_db: Db, _person: object, _slot: object, _now: datetime) -> Speech:
        return Speech(Said("Your cards are here."))

    often = Rate(1, timedelta(seconds=1) / A_SECOND)
    handlers = Handlers(
        Router(), first_tick=(recompute,), ticks=(tick,), speakers={Kind.SESSION: speak}
    )
    rates = Rates(overall=often, reminders=often)
    asyncio.run(run(load_settings(), handlers, clock=Clock(), stop=asyncio.Event(), rates=rates))


def main() -> None:
    outcome = asyncio.run(storm(SLOTS, KILLS))
    told = outcome.told
    row = (
        f"{SLOTS:,}",
        outcome.kills,
        told.get(1, 0),
        sum(n for times, n in told.items() if times > 1),
        told.get(0, 0),
        outcome.unsure,
        f"{outcome.seconds:.0f}",
    )
    names = ("slots", "kills", "told once", "twice", "never", "marked uncertain", "seconds")
    show("A storm of reminders under kill -9", names, [tuple(map(str, row))])


if __name__ == "__main__" and sys.argv[1:] == ["run"]:
    run_bot()
