"""Crashes: whatever moment a real process dies at, every letter is answered."""

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.tryout.server import serve
from bot.tryout.telegram import LocalTelegram

ROOT = Path(__file__).parents[2]
KILLS, LETTERS_EACH = 5, 20
IN_FLIGHT = 10
"""How many messages may be on their way at once, 35 ms apart, on a machine that is very busy: all
of them may come twice. On an idle one it is one or two."""

LETTER = """Dear team,

in my last year as a controller at a hospital I wrote a small model that predicts how many beds
each ward needs. It cut the number of calls between wards from 40 to 12 a day, and it made me want
to do this work all day. I have read how you plan ambulances, and I would like to help with that.

Kind regards
"""

pytestmark = [pytest.mark.crash, pytest.mark.timeout(400)]


@pytest.fixture
async def served():
    running = await serve(LocalTelegram(Clock()))
    yield running
    await running.close()


@pytest.fixture
async def start(served, tmp_path):
    """Starts `python -m bot run` and waits until it asks for updates."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "BOT_TOKEN": served.telegram.token,
        "TELEGRAM_API_URL": served.address,
        "DATABASE_URL": f"sqlite:///{tmp_path}/bot.db",
    }
    started = []

    async def begin():
        before = len(served.telegram.calls("getUpdates"))
        with (tmp_path / "log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run"),
                cwd=tmp_path,
                env=environment,
                stderr=log,
            )
        started.append(process)
        await until(served, lambda: len(served.telegram.calls("getUpdates")) > before)
        return process

    yield begin
    for process in started:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def until(served, holds):
    await served.telegram.until(holds, 90)


def send_letter(served, number):
    person = served.telegram.add_person(f"P{number}").id
    served.telegram.start(person)
    served.telegram.send_text(person, LETTER)
    return person


def answers(served, person):
    """What a chat shows, the way a person would compare: texts, and the names of files."""
    shown = (message.body for message in served.telegram.answers(person))
    return Counter(one.get("text") or one.get("document", {}).get("file_name") for one in shown)


async def answered(served, people, whole):
    """Until everybody has all of it; when that never comes, says what is missing."""
    try:
        await until(served, lambda: all(not whole - answers(served, one) for one in people))
    except TimeoutError:
        missing = [whole - answers(served, one) for one in people]
        assert sum(missing, Counter()) == Counter()


@pytest.fixture
async def whole(served, start):
    """All that a letter brings when nothing goes wrong, learnt from one that nobody disturbs."""
    process = await start()
    person = send_letter(served, 0)
    await until(served, lambda: len(answers(served, person)) >= 3)
    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0
    return answers(served, person)


async def test_kills_at_any_moment_lose_no_letter(served, start, whole, tmp_path):
    chance, people = random.Random(7), []
    for _ in range(KILLS):
        process = await start()
        before = len(served.telegram.calls("sendMessage"))
        people += [send_letter(served, len(people) + 1) for _ in range(LETTERS_EACH)]
        await until(served, lambda n=before: len(served.telegram.calls("sendMessage")) > n)
        await asyncio.sleep(chance.uniform(0, 1.5))
        process.kill()
        await process.wait()
    await start()
    await answered(served, people, whole)
    twice = [answers(served, person) - whole for person in people]
    assert sum(extra.total() for extra in twice) <= KILLS * IN_FLIGHT
    assert max(max(extra.values(), default=0) for extra in twice) <= KILLS
    print(f"{len(people)} letters, {KILLS} kills, {sum(map(Counter.total, twice))} doubled")
    assert "beds" not in (tmp_path / "log").read_text("utf-8")


async def test_being_told_to_stop_loses_nothing_and_doubles_nothing(served, start, whole):
    process = await start()
    people = [send_letter(served, number) for number in range(1, 41)]
    before = len(served.telegram.calls("sendMessage"))
    await until(served, lambda: len(served.telegram.calls("sendMessage")) > before)
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(60):
        assert await process.wait() == 0
    await start()
    await answered(served, people, whole)
    assert all(answers(served, person) == whole for person in people)
