"""The whole bot in a process of its own, against a local Telegram in this one."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks import folder_on_disk
from benchmarks._letters import as_docx, as_pdf
from bot.clock import Clock
from bot.tryout.calls import Call
from bot.tryout.server import serve
from bot.tryout.telegram import LocalTelegram

ROOT = Path(__file__).parents[1]
PATIENCE = 60
"""Seconds for anything that the bot is expected to do."""
QUIET = 1.2
"""Seconds after which a chat bears the next message."""
FILES: dict[str, Callable[[str], bytes]] = {"txt": str.encode, "docx": as_docx, "pdf": as_pdf}


@dataclass(frozen=True, slots=True)
class RunningBot:
    """A bot that answers, and the Telegram it answers in."""

    telegram: LocalTelegram
    pid: int

    async def newcomers(self, count: int) -> list[int]:
        """People who have pressed START a while ago. With one for every letter no answer waits
        because its chat has just got another: a chat gets one new message a second."""
        people = [self.telegram.add_person("Maya").id for _ in range(count)]
        for person in people:
            self.telegram.start(person)
        for person in people:
            await self.answered(person, 1)
        await asyncio.sleep(QUIET)
        return people

    def send(self, form: str, person: int, text: str) -> None:
        """A letter arrives at Telegram: "pasted", or as a "txt", "docx" or "pdf" file."""
        if form == "pasted":
            self.telegram.send_text(person, text)
        else:
            self.telegram.send_file(person, f"letter.{form}", FILES[form](text))

    async def answered(self, chat: int, count: int) -> list[Call]:
        """The messages and edits that the bot has sent to a chat, once there are so many."""
        return await self.telegram.until(
            lambda: calls if len(calls := self._said(chat)) >= count else None, PATIENCE
        )

    def _said(self, chat: int) -> list[Call]:
        said = {"sendMessage", "editMessageText"}
        calls = self.telegram.calls()
        return [call for call in calls if call.method in said and call.chat_id == chat]


@asynccontextmanager
async def running_bot() -> AsyncIterator[RunningBot]:
    """`python -m bot run` with a database of its own and no model, from its first answer until
    it is killed."""
    server = await serve(LocalTelegram(Clock()))
    with folder_on_disk() as folder:
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "BOT_TOKEN": server.telegram.token,
            "TELEGRAM_API_URL": server.address,
            "DATABASE_URL": "sqlite:///bot.db",
            "LOG_LEVEL": "WARNING",
        }
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"), cwd=folder, env=environment
        )
        try:
            bot = RunningBot(server.telegram, process.pid)
            await bot.newcomers(1)
            yield bot
        finally:
            with suppress(ProcessLookupError):  # it may have ended by itself
                process.kill()
            await process.wait()
            await server.close()
