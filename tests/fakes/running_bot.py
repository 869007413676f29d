"""The whole bot in this process, over a local Telegram in the same, with handlers of a test."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiogram import F, Router
from aiogram.types import Message
from aiohttp import ClientSession

from bot.app import run
from bot.clock import Clock
from bot.handling import Handlers
from bot.settings import load_settings
from storage import Store, messages

PATIENCE = 60


def echo_router(gate: asyncio.Event | None = None, begun: list[int] | None = None) -> Router:
    """Says back what it hears; waits at the `gate`, when there is one."""
    router = Router()

    @router.message(F.text)
    async def echo(message: Message, store: Store, now: datetime, work: Any) -> None:
        if begun is not None:
            begun.append(message.chat.id)
        if gate:
            await gate.wait()
        await store.write(
            messages.add,
            key=f"answer:{message.chat.id}:{message.message_id}",
            chat_id=message.chat.id,
            method="sendMessage",
            params={"text": message.text},
            now=now,
        )
        work.nudge("send")

    return router


def newcomer(served: Any, name: str = "Anna") -> int:
    """Somebody who has pressed START."""
    someone = served.telegram.add_person(name)
    served.telegram.start(someone.id)
    return someone.id


def said(served: Any, chat: int) -> list[str]:
    """What the bot has written to a chat."""
    return [message.body["text"] for message in served.telegram.answers(chat)]


@dataclass
class Living:
    """A bot that runs, the clock it lives by, and the port that tells how it does."""

    task: asyncio.Task[None]
    clock: Clock
    port: int | None

    async def asked(self, path: str) -> tuple[int, str]:
        async with (
            ClientSession() as session,
            session.get(f"http://127.0.0.1:{self.port}{path}") as response,
        ):
            return response.status, (await response.text()).strip()

    async def readiness(self) -> str:
        """Why it isn't ready, or "ok"; whatever it is, the process is up."""
        try:
            assert await self.asked("/healthz") == (200, "ok")
        except OSError:
            await self.task  # why it isn't
            raise
        status, words = await self.asked("/readyz")
        assert (status == 200) == (words == "ok")
        return words

    async def until(self, words: str) -> None:
        """Lets time pass until it says so of itself."""
        async with asyncio.timeout(PATIENCE):
            while await self.readiness() != words:
                self.clock.move(timedelta(seconds=5))
                await asyncio.sleep(0.01)


@asynccontextmanager
async def living(
    served: Any,
    database: str,
    router: Router,
    *,
    clock: Clock | None = None,
    begun: bool = True,
    ask_of: Any = lambda _store: None,
    handlers: Handlers | None = None,
    **settings: Any,
) -> AsyncIterator[Living]:
    """A bot, until the block ends; `begun`: only once it listens."""
    stop, ready, clock = asyncio.Event(), asyncio.Event(), clock or Clock()
    given = {"bot_token": served.telegram.token, "telegram_api_url": served.address} | settings
    chosen = load_settings(_env_file=None, database_url=database, **given)
    task = asyncio.create_task(
        run(
            chosen,
            handlers or Handlers(router),
            clock=clock,
            stop=stop,
            ask_of=ask_of,
            ready=ready.set,
        )
    )
    alive = Living(task, clock, chosen.listens_on)
    if begun:
        waiting = asyncio.create_task(ready.wait())
        await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
    else:
        await _door_open(alive)
    if task.done():
        await task
    yield alive
    stop.set()
    await asyncio.wait_for(task, 60)


async def _door_open(alive: Living) -> None:
    async with asyncio.timeout(PATIENCE):
        while not alive.task.done():
            with suppress(OSError):
                await alive.asked("/healthz")
                return
            await asyncio.sleep(0.01)
