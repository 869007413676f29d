"""A disk that stops taking what a real process writes, and takes it again: nothing that was said
meanwhile is lost, and nobody has to start anything."""

import json
import resource
from contextlib import suppress

import pytest

from tests.program.health import free_port, until_ready_says
from tests.program.processes import running

pytestmark = pytest.mark.timeout(300)

TINY = 8192
"""Bytes. No file may grow beyond it; a write of the database needs more."""

limit = pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="needs Linux's prlimit")


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
        await until_ready_says(port, "503 database: broken")

        resource.prlimit(pid, resource.RLIMIT_FSIZE, whole)
        await until_ready_says(port, "200 ok")
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
