"""CPU per update: our bot, which stores every update and every answer, beside a bare aiogram echo.

`echo` is our machinery with the same one handler; `whole` is the bot that people get, with all its
routers, asked with a text that is too short for a letter, which it answers with a button. All talk
to the same local Telegram over HTTP, in processes of their own, and answer the same updates. Reads
CPU times from /proc, so it needs Linux; on a busy machine only many rounds tell anything.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks import show
from bot.clock import Clock
from bot.tryout.server import Running, serve
from bot.tryout.telegram import LocalTelegram

if TYPE_CHECKING:
    from bot.app import Handlers

UPDATES, PEOPLE, ROUNDS = 1000, 200, 5
WARM_UP = 50
UNBOUND = 1_000_000
TICKS = os.sysconf("SC_CLK_TCK")
BOTS = ("aiogram", "echo", "whole")


def main() -> None:
    """Prints the CPU of each and the median ratio of the rounds."""
    rounds = [asyncio.run(one_round()) for _ in range(ROUNDS)]
    rows = [(name, *(f"{figures[name]:.2f}" for figures in rounds)) for name in BOTS]
    show("CPU per update, ms", ("bot", *(f"round {n + 1}" for n in range(ROUNDS))), rows)
    echo, whole = (
        median(figures[name] / figures["aiogram"] for figures in rounds)
        for name in ("echo", "whole")
    )
    print(f"ratio {echo:.2f} (goal: at most 1.25), the whole bot {whole:.2f}")
    print(f"{UPDATES} updates of {PEOPLE} people")


async def one_round() -> dict[str, float]:
    return {name: await measured(name) for name in BOTS}


async def measured(name: str) -> float:
    """Milliseconds of CPU that a bot takes for one update, once it is warm."""
    server = await serve(LocalTelegram(Clock()))
    people = [server.telegram.add_person(f"P{n}").id for n in range(PEOPLE)]
    for person in people:
        server.telegram.start(person)
    with tempfile.TemporaryDirectory() as folder:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "benchmarks.updates", name, server.address, folder)
        )
        try:
            await answered(server, PEOPLE)
            await asyncio.sleep(0.5)
            before = cpu_seconds(process.pid)
            for number in range(UPDATES):
                server.telegram.send_text(people[number % PEOPLE], f"Hello {number}")
            await answered(server, PEOPLE + UPDATES)
            await asyncio.sleep(0.5)
            return (cpu_seconds(process.pid) - before) * 1000 / UPDATES
        finally:
            process.kill()
            await process.wait()
            await server.close()


async def answered(server: Running, count: int) -> None:
    async with asyncio.timeout(120):
        while len(server.telegram.calls("sendMessage")) < count:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


def cpu_seconds(pid: int) -> float:
    """User and system time of a process with all its threads (proc(5), stat)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def aiogram_echo(address: str, token: str) -> None:
    """The bare bot that most people start from."""
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import Message

    dispatcher = Dispatcher()

    @dispatcher.message()
    async def echo(message: Message) -> None:
        await message.answer(message.text or "")

    session = AiohttpSession(api=TelegramAPIServer.from_base(address))
    asyncio.run(dispatcher.start_polling(Bot(token, session=session)))


def sogood_echo(address: str, token: str, folder: str) -> None:
    """The same answer, through the inbox, the queue and delivery."""
    from aiogram import Router
    from aiogram.types import Message

    from bot.app import Handlers
    from handlers.chat.work import Work
    from storage import Store, messages

    router = Router()

    @router.message()
    async def echo(message: Message, store: Store, now: datetime, work: Work) -> None:
        await store.write(
            messages.add,
            key=f"answer:{message.chat.id}:{message.message_id}",
            chat_id=message.chat.id,
            method="sendMessage",
            params={"text": message.text},
            now=now,
        )
        work.nudge("send")

    unhindered(Handlers(router), address, token, folder)


def sogood_whole(address: str, token: str, folder: str) -> None:
    """The bot as `run` starts it."""
    from bot.terminal.running import handlers

    unhindered(handlers(), address, token, folder)


def unhindered(handlers: "Handlers", address: str, token: str, folder: str) -> None:
    """Runs our bot without flood limits."""
    from bot.app import run
    from bot.budgets import Rate, Rates
    from bot.settings import load_settings

    settings = load_settings(
        bot_token=token, telegram_api_url=address, database_url=f"sqlite:///{folder}/bot.db"
    )
    free = Rate(UNBOUND, timedelta(seconds=1))
    rates = Rates(chat=free, group=free, overall=free)
    asyncio.run(run(settings, handlers, clock=Clock(), stop=asyncio.Event(), rates=rates))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("bot", choices=BOTS)
    parser.add_argument("address")
    parser.add_argument("folder")
    given = parser.parse_args()
    from bot.tryout.telegram import TOKEN

    match given.bot:
        case "aiogram":
            aiogram_echo(given.address, TOKEN)
        case "echo":
            sogood_echo(given.address, TOKEN, given.folder)
        case "whole":
            sogood_whole(given.address, TOKEN, given.folder)
