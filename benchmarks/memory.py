"""Memory of the running bot, idle and after 20 letters, beside a process that only imported
aiogram; and what each of our packages adds to it.

RSS counts every page that a process has in memory, PSS shares those that others have too. Reads
both from /proc, so it needs Linux.
"""

import asyncio
import statistics
import subprocess
import sys
from itertools import cycle
from pathlib import Path

from benchmarks import show
from benchmarks._bot import ROOT, RunningBot, running_bot
from benchmarks._letters import letter

ROUNDS = 3
LETTERS = 20
SETTLED = 3
"""Seconds after which nothing is in hand any more."""
GOAL = 1.3

AIOGRAM = "import aiogram"

REVIEW = "from coach.review import review; [review(text) for text in {}]"

RUN = {
    "storage": "import storage",
    "coach.documents": "import coach.documents",
    "coach.proofread": "import coach.proofread",
    "coach.rules": "import coach.rules",
    "all of coach": "import coach.review",
    "all of handlers": "import handlers.routers",
    "all that `run` imports": "import bot.terminal.running",
    "coach after 1 letter": REVIEW.format([letter(0)]),
    "coach after 5 letters": REVIEW.format([letter(number) for number in range(5)]),
}
"""What a fresh interpreter runs once it has imported aiogram."""


def memory(pid: int | str) -> tuple[float, float]:
    """RSS and PSS of a process in MB (proc(5), smaps_rollup)."""
    lines = map(str.split, Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines())
    kilobytes = {line[0]: int(line[1]) for line in lines if line[-1] == "kB"}
    return kilobytes["Rss:"] / 1024, kilobytes["Pss:"] / 1024


def after(code: str) -> tuple[float, float]:
    """The same for a fresh interpreter that has run some code."""
    with subprocess.Popen(
        [sys.executable, "-c", f"{code}\nprint(flush=True)\ninput()"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdout.readline()
        found = memory(process.pid)
        process.stdin.write("\n")
    return found


async def running() -> dict[str, tuple[float, float]]:
    """The bot idle, and after it has read letters of every form."""
    async with running_bot() as bot:
        found = {"the bot, idle": memory(bot.pid)}
        writers = await bot.newcomers(LETTERS)
        found[f"after {LETTERS} people's /start"] = memory(bot.pid)
        for who, form in zip(writers, cycle(("txt", "pasted", "docx", "pdf")), strict=False):
            await review_by(bot, who, form)
        await asyncio.sleep(SETTLED)
        found[f"after {LETTERS} letters"] = memory(bot.pid)
    return found


async def review_by(bot: RunningBot, who: int, form: str) -> None:
    """Sends a letter and waits for receipt, slips and critique, which follow the welcome."""
    bot.send(form, who, letter(who))
    await bot.answered(who, 4)


def in_a_round() -> dict[str, tuple[float, float]]:
    return {AIOGRAM: after(AIOGRAM)} | asyncio.run(running())


def main() -> None:
    rounds = [in_a_round() for _ in range(ROUNDS)]
    rows = [(name, *_against(rounds, name)) for name in rounds[0]]
    columns = ("", "RSS", "ratio", "PSS", "ratio")
    show(f"Memory in MB (median of {ROUNDS}), goal at most {GOAL} ×", columns, rows)
    alone = after(AIOGRAM)
    added = [(name, *_more(after(f"{AIOGRAM}\n{code}"), alone)) for name, code in RUN.items()]
    show("Beyond aiogram, each in a fresh interpreter, MB", ("", "RSS", "PSS"), added)


def _against(rounds: list[dict[str, tuple[float, float]]], name: str) -> list[str]:
    """The median of RSS and PSS, each with its ratio to aiogram alone."""
    cells: list[str] = []
    for kind in (0, 1):
        mine = statistics.median(found[name][kind] for found in rounds)
        ratio = statistics.median(found[name][kind] / found[AIOGRAM][kind] for found in rounds)
        cells += [f"{mine:.0f}", f"{ratio:.2f}"]
    return cells


def _more(mine: tuple[float, float], alone: tuple[float, float]) -> list[str]:
    return [f"{one - other:+.1f}" for one, other in zip(mine, alone, strict=True)]
