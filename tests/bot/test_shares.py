"""Two processes share the work: one hears and answers, one only reads what people send."""

import asyncio
from datetime import timedelta

import pytest
from aiogram import F, Router
from aiogram.types import Message

from bot.clock import Clock
from bot.doctor import examine
from bot.handling import Handlers
from bot.settings import load_settings
from bot.tryout.server import serve
from bot.tryout.telegram import LocalTelegram
from handlers.chat.work import finish
from storage import Store, jobs, messages
from tests.fakes.running_bot import living, newcomer, said

READ = "read"
TICKS: list[str] = []
"""Who has ticked."""


@pytest.fixture
async def served():
    running = await serve(LocalTelegram(Clock()))
    yield running
    await running.close()


def handlers(who: str) -> Handlers:
    """Keeps a text to be read; whoever reads it says who it was."""
    router = Router()

    @router.message(F.text)
    async def heard(message: Message, store: Store, now, work) -> None:
        payload, key = {"chat": message.chat.id}, str(message.message_id)
        await store.write(jobs.add, kind=READ, key=key, payload=payload, due_at=now)
        work.nudge(READ)

    async def read(job, *, store, now, **_) -> None:
        def answer(db) -> None:
            chat, params = job.payload["chat"], {"text": f"{who} has read it"}
            messages.add(
                db, key=job.key, chat_id=chat, method="sendMessage", params=params, now=now
            )
            finish(db, job, now)

        await store.write(answer)

    async def ticked(now, **_) -> None:
        TICKS.append(who)

    return Handlers(router, jobs={READ: read}, reading=(READ,), ticks=(ticked,))


async def test_what_one_hears_the_other_reads_at_once(served, tmp_path):
    TICKS.clear()
    database = f"sqlite:///{tmp_path}/bot.db"
    chat, reader = handlers("chat"), handlers("reader")
    async with (
        living(served, database, chat.router, handlers=chat, worker_takes="chat"),
        living(served, database, reader.router, handlers=reader, worker_takes="read"),
    ):
        anna = newcomer(served)
        begun = asyncio.get_running_loop().time()
        await served.telegram.until(lambda: said(served, anna))
        took = asyncio.get_running_loop().time() - begun
    assert said(served, anna) == ["reader has read it"]
    assert took < 4, "nobody waits for the slow look, every five seconds"
    assert set(TICKS) == {"chat"}


async def test_a_reader_neither_listens_nor_misses_what_isn_t_its_own(served, tmp_path, free_port):
    reader = handlers("reader")
    database = f"sqlite:///{tmp_path}/bot.db"
    newcomer(served)
    async with living(
        served, database, reader.router, handlers=reader, worker_takes="read", web_port=free_port
    ) as alive:
        assert await alive.readiness() == "ok"
    assert served.telegram.calls("getUpdates") == []


async def test_what_nobody_takes_is_said_and_over_when_somebody_does(served, tmp_path, free_port):
    database, clock = f"sqlite:///{tmp_path}/bot.db", Clock()
    chat, reader = handlers("chat"), handlers("reader")
    anna = newcomer(served)
    async with living(
        served,
        database,
        chat.router,
        handlers=chat,
        clock=clock,
        worker_takes="chat",
        web_port=free_port,
    ) as alive:
        await served.telegram.until(lambda: served.telegram.calls("getUpdates")[1:])
        await alive.until("work: untaken read")
        async with living(
            served, database, reader.router, handlers=reader, clock=clock, worker_takes="read"
        ):
            await served.telegram.until(lambda: said(served, anna))
            await alive.until("ok")


async def test_the_doctor_says_what_waits_and_nobody_takes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = load_settings(_env_file=None, database_url=f"sqlite:///{tmp_path}/bot.db")
    now = Clock().now()
    store = await Store.open(settings.database_url, now=now)
    long_ago = now - timedelta(minutes=7)
    await store.write(jobs.add, kind=READ, key="1", payload={}, due_at=long_ago)
    await store.close()

    (work,) = [check for check in await examine(settings) if check.what == "Work"]
    assert not work.ok
    assert not work.needed
    assert work.problem == "nobody takes read: waiting for 7 min"
