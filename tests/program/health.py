"""What a program says of itself over HTTP."""

import asyncio
import socket
from contextlib import suppress

import aiohttp


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


async def asked(port: int, path: str) -> str:
    """The status and the words of an answer."""
    url = f"http://127.0.0.1:{port}{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return f"{response.status} {(await response.text()).strip()}"


async def until_ready_says(port: int, words: str) -> None:
    """Until it says so of itself; from its start on it is up."""
    begun = False
    async with asyncio.timeout(120):
        while True:
            there = False
            with suppress(aiohttp.ClientConnectorError):
                if await asked(port, "/readyz") == words:
                    return
                assert await asked(port, "/healthz") == "200 ok"
                begun, there = True, True
            assert there or not begun, "it was up, and isn't any more"
            await asyncio.sleep(0.05)
