"""The program as a whole: a real process, the local Telegram that it talks to, what it writes."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.clock import Clock
from bot.tryout.messages import Message
from bot.tryout.server import Running, serve
from bot.tryout.telegram import LocalTelegram
from coach.texts import say

ROOT = Path(__file__).parents[2]
RUN = ("-m", "bot", "run")
APOLOGIES = (say("en", "bot.sorry"), say("en", "letters.gave_up"))
"""What people hear when something of ours broke."""

PATIENCE = 60.0
"""Seconds for anything to happen on a machine that is very busy."""


@dataclass
class Program:
    """A bot that runs, and the Telegram that it talks to."""

    served: Running
    folder: Path
    process: asyncio.subprocess.Process

    @property
    def telegram(self) -> LocalTelegram:
        return self.served.telegram

    def newcomer(self, name: str = "Mila", username: str | None = None) -> int:
        """Somebody who has not written yet."""
        return self.telegram.add_person(name, "en", username).id

    def said(self, person: int) -> list[str]:
        """What the bot has said to a person, as the chat shows it now."""
        return [message.text for message in self.telegram.answers(person)]

    async def until(self, holds: Callable[[], Any]) -> Any:
        """Waits until something holds, and gives it; not for a process that is dead."""
        waiting = asyncio.create_task(self.telegram.until(holds, PATIENCE))
        dying = asyncio.create_task(self.process.wait())
        await asyncio.wait({waiting, dying}, return_when=asyncio.FIRST_COMPLETED)
        dying.cancel()
        if not waiting.done():
            waiting.cancel()
            raise AssertionError(f"The process is dead: {self.printed()[-2000:]}")
        return await waiting

    async def says(self, person: int, words: str, *, times: int = 1) -> Message:
        """The newest message with these words, once so many of them are there."""

        def found() -> Message | None:
            these = [one for one in self.telegram.answers(person) if words in one.text]
            assert not any(sorry in text for sorry in APOLOGIES for text in self.said(person))
            return these[-1] if len(these) >= times else None

        try:
            return await self.until(found)
        except TimeoutError:
            raise AssertionError(f"{words!r} isn't among {self.said(person)}") from None

    async def answers_press(self, person: int, label: str) -> str:
        """Presses the newest button with a label; what the app shows for it."""
        pressed = self.telegram.press_label(person, label)
        await self.until(lambda: pressed.answer is not None)
        return pressed.answer or ""

    async def still_listens(self, person: int) -> None:
        """Whatever was before, the next thing is heard and answered."""
        before = sum("Nothing needs a command" in text for text in self.said(person))
        self.telegram.send_text(person, "/help")
        await self.says(person, "Nothing needs a command", times=before + 1)

    def refused_calls(self, since: int = 0) -> list[tuple[str, str | None]]:
        """The calls that Telegram took for wrong."""
        calls = self.telegram.calls(since=since)
        return [(call.method, call.error) for call in calls if 400 <= call.status < 500]

    def printed(self, since: int = 0) -> str:
        """All that the process wrote on stdout and stderr, but for so many characters."""
        written = ((self.folder / name).read_text("utf-8") for name in ("stdout", "stderr"))
        return "".join(written)[since:]

    async def end(self) -> int:
        """Asks the process to stop; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE):
            return await self.process.wait()


@asynccontextmanager
async def running(
    folder: Path, *, command: Sequence[str] = RUN, first_call: str = "getUpdates", **settings: str
) -> AsyncIterator[Program]:
    """A bot that has made its `first_call` and so listens; killed at the end if it still runs."""
    served = await serve(LocalTelegram(Clock()))
    own = {
        "BOT_TOKEN": served.telegram.token,
        "TELEGRAM_API_URL": served.address,
        "DATABASE_URL": f"sqlite:///{folder}/bot.db",
    }
    process = await begin(folder, command, **own | settings)
    program = Program(served, folder, process)
    try:
        await program.until(lambda: any(one.status for one in served.telegram.calls(first_call)))
        yield program
    finally:
        await kill(process)
        await served.close()


async def begin(
    folder: Path, command: Sequence[str], **settings: str
) -> asyncio.subprocess.Process:
    """Starts Python in a folder of its own, with no settings but these."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings}
    with (folder / "stdout").open("ab") as out, (folder / "stderr").open("ab") as errors:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, *command), cwd=folder, env=environment, stdout=out, stderr=errors
        )


async def kill(process: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()
    await process.wait()
