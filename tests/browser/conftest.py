"""A browser, a local Telegram to look at, and a bot that does what a test says."""

import asyncio
import itertools
import json
import os
import struct
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zlib import compress, crc32

import aiohttp
import pytest

from bot.clock import StandingClock
from bot.tryout.server import Running, serve
from bot.tryout.telegram import LocalTelegram, playground
from tests.browser.devtools import Chromium, Tab, chromium_on_path

ROOT = Path(__file__).parents[2]
SATURDAY = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    """One browser for all tests, which take turns."""
    program = chromium_on_path()
    if program is None:
        pytest.skip("no Chromium on this machine (looked for chromium, chrome on the PATH)")
    browser = Chromium(program, tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()


@pytest.fixture
async def running() -> AsyncIterator[Running]:
    """Anna, Борис and their group on a local Telegram whose clock stands on a Saturday noon."""
    server = await serve(playground(StandingClock(SATURDAY)))
    server.telegram.limits = None
    server.telegram.state.queue.pending.clear()
    yield server
    await server.close()


@pytest.fixture
def telegram(running: Running) -> LocalTelegram:
    """What the page shows."""
    return running.telegram


@dataclass
class ScriptedBot:
    """A bot that speaks the Bot API over HTTP and does only what a test says."""

    session: aiohttp.ClientSession
    root: str
    drafts: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    offset: int = 0

    async def call(self, method: str, **params: Any) -> Any:
        """One method of the Bot API."""
        async with self.session.post(f"{self.root}/{method}", json=params) as response:
            body = await response.json()
        assert body["ok"], body
        return body["result"]

    async def say(self, chat: int, text: str, **more: Any) -> dict[str, Any]:
        """Send a message."""
        return await self.call("sendMessage", chat_id=chat, text=text, **more)

    async def send_file(self, method: str, chat: int, name: str, data: bytes, **more: Any) -> Any:
        """Send a file under its own field: sendDocument has a document."""
        form = aiohttp.FormData({"chat_id": str(chat), **more})
        form.add_field(method.removeprefix("send").lower(), data, filename=name)
        async with self.session.post(f"{self.root}/{method}", data=form) as response:
            body = await response.json()
        assert body["ok"], body
        return body["result"]

    async def hears(self, kind: str) -> dict[str, Any]:
        """The next update of a kind."""
        while True:
            for update in await self.call("getUpdates", offset=self.offset, timeout=10):
                self.offset = update["update_id"] + 1
                if kind in update:
                    return update[kind]


@pytest.fixture
async def bot(running: Running) -> AsyncIterator[ScriptedBot]:
    """The bot of this Telegram."""
    async with aiohttp.ClientSession() as session:
        yield ScriptedBot(session, f"{running.address}/bot{running.telegram.token}")


@asynccontextmanager
async def opened(chromium: Chromium, address: str) -> AsyncIterator[Tab]:
    """The chat page as Anna sees it; at the end no foreign request, no complaint was made."""
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(chromium.address, max_msg_size=0) as socket,
    ):
        tab = Tab(socket)
        await tab.open()
        await tab.goto(address)
        await tab.until("document.querySelector('.chat-row') && document.querySelector('.person')")
        yield tab
        foreign = [one for one in tab.requests if not one.startswith((address, "blob:"))]
        assert json.dumps(foreign) == "[]"
        assert json.dumps(tab.complaints) == "[]"
        await tab.close()


@pytest.fixture
async def tab(chromium: Chromium, running: Running) -> AsyncIterator[Tab]:
    """The chat page of the local Telegram that tests look at."""
    async with opened(chromium, running.address) as tab:
        yield tab


@pytest.fixture
async def page(chromium: Chromium, tmp_path: Path) -> AsyncIterator[Tab]:
    """The whole bot with a playground of its own, as `try` starts it from an empty folder."""
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "try", "--no-browser", "--port", "0"),
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=PIPE,
    )
    assert program.stdout
    try:
        async with asyncio.timeout(90):
            address = (await program.stdout.readline()).decode().strip()
        async with opened(chromium, address) as tab:
            yield tab
    finally:
        program.terminate()
        await program.wait()


@pytest.fixture
def anna(telegram: LocalTelegram) -> int:
    """Anna's id."""
    return next(one.id for one in telegram.state.people.values() if one.first_name == "Anna")


@pytest.fixture
def boris(telegram: LocalTelegram) -> int:
    """Борис' id."""
    return next(one.id for one in telegram.state.people.values() if one.first_name == "Борис")


@pytest.fixture
def group(telegram: LocalTelegram) -> int:
    """Their group's id."""
    return next(chat.id for chat in telegram.state.chats.values() if not chat.private)


@pytest.fixture
def picture() -> bytes:
    """A PNG of 8 by 8 points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc32(kind + data))

    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    rows = compress(b"".join(b"\0" + bytes(range(0, 256, 32)) for _ in range(8)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
