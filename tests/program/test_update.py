"""An update of the program: the old one drains, the new one brings the tables up to date and goes
on, and the old one never works with tables that it doesn't know."""

import asyncio
import os
import signal

import pytest

from coach.texts import say
from tests.program.health import free_port, until_ready_says
from tests.program.processes import RUN, begin, kill, running

pytestmark = pytest.mark.timeout(240)

NEWER = """
import storage.files, storage.upgrade
from bot.__main__ import main

def m9999_of_the_future(d):
    yield f"CREATE TABLE future (id {d.id}) {d.strict}"

steps = (*storage.upgrade.STEPS, m9999_of_the_future)
for function in (
    storage.upgrade.upgrade, storage.upgrade.lacks_steps, storage.files.Sqlite.upgrade
):
    function.__defaults__ = (steps,)
raise SystemExit(main(["run"]))
"""
"""The program after next: it knows one step more."""


async def test_the_old_one_drains_and_the_new_one_migrates(tmp_path):
    later = tmp_path / "later"
    later.mkdir()
    async with running(tmp_path, BACKUPS_KEPT="0") as old:
        mila, port = old.newcomer(), free_port()
        settings = {
            "BOT_TOKEN": old.telegram.token,
            "TELEGRAM_API_URL": old.served.address,
            "DATABASE_URL": f"sqlite:///{tmp_path}/bot.db",
            "BACKUPS_KEPT": "0",
        }
        new = await begin(later, ("-c", NEWER), WEB_PORT=str(port), **settings)
        try:
            await until_ready_says(port, "503 database: older_at_work")
            old.telegram.start(mila)
            await old.says(mila, "a coach for the letter")
            assert await old.end() == 0

            await until_ready_says(port, "200 ok")
            old.process = new
            old.telegram.send_text(mila, "/help")
            await old.says(mila, "Nothing needs a command")
            assert (later / "stderr").read_text("utf-8").count(
                say("en", "bot.store.older_at_work")
            ) == 1

            again = await begin(tmp_path, RUN, **settings)
            async with asyncio.timeout(120):
                assert await again.wait() == 2
            assert "written by a newer Sogood (m9999_of_the_future)" in old.printed()
            os.kill(new.pid, signal.SIGTERM)
            assert await new.wait() == 0
        finally:
            await kill(new)
