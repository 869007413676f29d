"""A disk that stops taking what a real process writes, and takes it again: nothing that was said
meanwhile is lost, and nobody has to start anything."""

import asyncio
import json
import resource
import socket
from contextlib import suppress

import aiohttp
import pytest

from tests.program.processes import running

pytestmark = pytest.mark.timeout(180)

TINY = 8192
"""Bytes. No file may grow beyond it; a write of the database needs more."""

limit = pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="needs Linux's prlimit")


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


async def asked(port: int, path: str) -> str:
    url = f"http://127.0.0.1:{port}{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return f"{response.status} {(await response.text()).strip()}"


async def until(port: int, words: str) -> None:
    """Until it says so of itself; it is up all the while."""
    async with asyncio.timeout(60):
        while await asked(port, "/readyz") != words:
            assert await asked(port, "/healthz") == "200 ok"
            await asyncio.sleep(0.05)


@limit
async def test_a_disk_that_takes_nothing_for_a_while(tmp_path):
    port = free_port()
    settings = {"WEB_PORT": str(port), "LOG_FORMAT": "json", "BACKUPS_KEPT": "0"}
    async with running(tmp_path, **settings) as program:
        mila = program.newcomer()
        program.telegram.start(mila)
        await program.says(mila, "a coach for the letter")
        pid, whole = (
            program.process.pid,
            resource.prlimit(program.process.pid, resource.RLIMIT_FSIZE),
        )

        resource.prlimit(pid, resource.RLIMIT_FSIZE, (TINY, whole[1]))
        program.telegram.send_text(mila, "/help")
        await until(port, "503 database: broken")

        resource.prlimit(pid, resource.RLIMIT_FSIZE, whole)
        await until(port, "200 ok")
        await program.says(mila, "Nothing needs a command")
        assert await program.end() == 0
    lines = []
    for line in program.printed().splitlines():
        with suppress(ValueError):
            lines.append(json.loads(line))
    grave = [line["message"] for line in lines if line["level"] in ("WARNING", "ERROR")]
    assert len(grave) == 1
    assert grave[0].startswith("The database file cannot be read or written.")
    assert "The database takes everything again." in [line["message"] for line in lines]
