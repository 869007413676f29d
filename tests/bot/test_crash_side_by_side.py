"""Two workers on PostgreSQL: whichever is killed, and when the server itself restarts, every letter
is answered, Telegram's limits hold, and somebody always polls."""

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from contextlib import suppress

import pytest

from bot.clock import Clock
from bot.tryout.server import serve
from bot.tryout.telegram import LocalTelegram
from tests.bot.test_crash import IN_FLIGHT, ROOT, answered, answers, send_letter, until
from tests.fakes import postgres

LETTERS_EACH = 8
TAKEN_OVER = 10
"""Seconds within which another process polls."""

pytestmark = [
    pytest.mark.crash,
    pytest.mark.timeout(400),
    pytest.mark.skipif(bool(postgres.missing()), reason=postgres.missing() or ""),
]


@pytest.fixture
async def served():
    running = await serve(LocalTelegram(Clock()))
    yield running
    await running.close()


@pytest.fixture
def server():
    """Durable, as in life."""
    with postgres.server("-c", "shared_buffers=16MB") as server:
        yield server


@pytest.fixture
async def start(served, server, tmp_path):
    """Starts a worker and waits until it polls or stands by."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "BOT_TOKEN": served.telegram.token,
        "TELEGRAM_API_URL": served.address,
        "DATABASE_URL": server.fresh(),
    }
    started = []

    async def begin():
        log = tmp_path / f"log-{len(started)}"
        polls = len(served.telegram.calls("getUpdates"))
        with log.open("wb") as file:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run"), cwd=tmp_path, env=environment, stderr=file
            )
        started.append(process)
        async with asyncio.timeout(90):
            while not (polling(served, polls) or b"stands by" in log.read_bytes()):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        return process

    yield begin
    for process in started:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def polling(served, before):
    """Whether Telegram was asked for updates since."""
    return len(served.telegram.calls("getUpdates")) > before


@pytest.fixture
def size(request):
    """How many workers and kills: few in every run, many with --postgres=all."""
    return (4, 5) if request.config.getoption("--postgres") == "all" else (2, 1)


async def test_whoever_is_killed_no_letter_is_lost_and_no_limit_broken(served, server, start, size):
    (many, kills), chance, people = size, random.Random(11), []
    alone = await start()
    person = send_letter(served, 0)
    await until(served, lambda: len(answers(served, person)) >= 3)
    whole = answers(served, person)

    workers = [alone, *[await start() for _ in range(1, many)]]
    for victim in [0, *[chance.randrange(many) for _ in range(1, kills)]]:  # the first one polls
        before = len(served.telegram.calls("sendMessage"))
        people += [send_letter(served, len(people) + 1) for _ in range(LETTERS_EACH)]
        await until(served, lambda n=before: len(served.telegram.calls("sendMessage")) > n)
        await asyncio.sleep(chance.uniform(0, 1))
        polls = len(served.telegram.calls("getUpdates"))
        workers[victim].kill()
        await workers.pop(victim).wait()
        if len(people) == LETTERS_EACH:
            async with asyncio.timeout(TAKEN_OVER):
                await until(served, lambda n=polls: polling(served, n))
        workers.append(await start())

    people += [send_letter(served, len(people) + 1) for _ in range(LETTERS_EACH)]
    await asyncio.sleep(chance.uniform(0, 1))
    await asyncio.to_thread(server.stop)
    people += [send_letter(served, len(people) + 1) for _ in range(LETTERS_EACH)]
    await asyncio.to_thread(server.start)

    await answered(served, people, whole)
    twice = [answers(served, person) - whole for person in people]
    assert sum(map(Counter.total, twice)) <= (kills + many) * IN_FLIGHT
    assert busiest_second(served) <= 31  # thirty leave, and the way may squeeze one more in
    for worker in workers:
        worker.send_signal(signal.SIGTERM)
    assert [await worker.wait() for worker in workers] == [0] * many
    print(f"{len(people)} letters, {kills} kills, {sum(map(Counter.total, twice))} doubled")


def busiest_second(served):
    """How many messages came within a second at most."""
    sent = ("sendMessage", "editMessageText", "sendDocument")
    at = sorted(call.at.timestamp() for call in served.telegram.calls() if call.method in sent)
    return max(sum(1 for other in at if one <= other < one + 1) for one in at)
