"""Two workers behind a proxy on one PostgreSQL: one is killed, one is replaced as an update of the
program replaces it, and everybody is answered in their order."""

import asyncio
import signal
from contextlib import AsyncExitStack

import pytest

from bot.clock import Clock
from bot.tryout.server import serve
from bot.tryout.telegram import LocalTelegram
from tests.fakes import postgres
from tests.fakes.proxy import round_robin
from tests.program.health import free_port, until_ready_says
from tests.program.processes import RUN, begin, kill

pytestmark = [
    pytest.mark.crash,
    pytest.mark.timeout(240),
    pytest.mark.skipif(bool(postgres.missing()), reason=postgres.missing() or ""),
]

ASKED = {
    "/help": "Nothing needs a command",
    "/letters": "No letters yet",
    "/cards": "No cards yet",
    "/privacy": "What I keep",
}
"""What people send, one after the other, and words that no other answer has."""

PEOPLE = 3
IN_FLIGHT = 3
"""How many answers may be on their way to three people when a worker dies."""


class Deployment:
    """Workers behind a proxy, and the Telegram that posts to it."""

    def __init__(self, served, proxy, folder, database):
        self.telegram = served.telegram
        self.proxy = proxy
        self.folder = folder
        self.settings = {
            "BOT_TOKEN": served.telegram.token,
            "TELEGRAM_API_URL": served.address,
            "DATABASE_URL": database,
            "WEBHOOK_URL": proxy.url,
            "WEBHOOK_SECRET": "hush-4711",
        }

    async def worker(self):
        """A process that is ready, and the port where it listens."""
        port = free_port()
        process = await begin(self.folder, RUN, WEB_PORT=str(port), **self.settings)
        return process, port

    async def ready(self, port):
        await until_ready_says(port, "200 ok")
        self.proxy.ports.append(port)

    async def ask(self, person, command):
        """Returns when a worker has stored it: who has two hands sends no second before."""
        self.telegram.send_text(person, command)
        await self.telegram.until(lambda: not self.on_the_way(person), 60)

    def on_the_way(self, person):
        pending = self.telegram.state.queue.pending
        return any(one["message"]["from"]["id"] == person for one in pending)

    def heard(self, person):
        """The commands whose answers came, in the order in which they came."""
        texts = [message.text for message in self.telegram.answers(person)]
        return [command for text in texts for command, words in ASKED.items() if words in text]

    async def answered(self, people):
        everything = set(ASKED)
        await self.telegram.until(
            lambda: all(set(self.heard(person)) == everything for person in people), 90
        )


@pytest.fixture
async def deployment(tmp_path):
    async with AsyncExitStack() as stack:
        server = stack.enter_context(postgres.server("-c", "shared_buffers=16MB"))
        served = await serve(LocalTelegram(Clock()))
        stack.push_async_callback(served.close)
        proxy = await stack.enter_async_context(round_robin())
        yield Deployment(served, proxy, tmp_path, server.fresh())


async def test_a_kill_and_a_rolling_update_lose_nothing_and_keep_the_order(deployment):
    telegram, proxy = deployment.telegram, deployment.proxy
    (killed, first), (rolled, second) = [await deployment.worker() for _ in range(2)]
    started = [killed, rolled]
    try:
        await asyncio.gather(deployment.ready(first), deployment.ready(second))
        people = [telegram.add_person(f"P{number}").id for number in range(PEOPLE)]
        for person in people:
            telegram.start(person)
        await telegram.until(lambda: all(map(telegram.answers, people)), 60)

        commands = list(ASKED)
        for command in commands[:2]:
            await asyncio.gather(*(deployment.ask(person, command) for person in people))
        assert min(proxy.taken[first], proxy.taken[second]) > 0
        killed.kill()
        newer, third = await deployment.worker()
        started.append(newer)
        await asyncio.gather(*(deployment.ask(person, commands[2]) for person in people))
        await deployment.ready(third)
        rolled.send_signal(signal.SIGTERM)
        await asyncio.gather(*(deployment.ask(person, commands[3]) for person in people))
        async with asyncio.timeout(60):
            assert await rolled.wait() == 0
        await deployment.answered(people)
    finally:
        for process in started:
            await kill(process)

    heard = [deployment.heard(person) for person in people]
    assert [list(dict.fromkeys(one)) for one in heard] == [commands] * PEOPLE
    assert sum(map(len, heard)) <= PEOPLE * len(commands) + IN_FLIGHT
    assert proxy.taken[third] > 0
