"""How long a writer waits for the first useful answer to a 600-word letter, without a model.

Useful is the answer that says what to fix first and lists the slips. The bot runs in a process of
its own against the local Telegram in this one, over HTTP; times are those at which its calls came
in. The parts are measured in this process with the same letters.
"""

import asyncio
import os
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from benchmarks import folder_on_disk, show
from benchmarks._bot import FILES, RunningBot, running_bot
from benchmarks._letters import letter
from coach import documents, kinds, language, plans, postings, proofread, rules
from coach.critique import house_critique
from coach.letters import Review
from coach.review import review
from handlers.reviews.answers import critique_answer, first_answer
from storage import Store, letters, people, reviews

ROUNDS = 3
LETTERS = 5
"""Of each form in each round; the bot is started anew for a round."""

GOAL = timedelta(seconds=1)
FORMS = {
    "txt": ("txt", 600),
    "docx": ("docx", 600),
    "pdf": ("pdf", 600),
    "pasted": ("pasted", 600),
    "pasted, over 3,500 signs": ("pasted", 680),
}
"""How a letter is sent, and how many words it has. After a message of more than 3,500 signs the
bot waits whether an app has cut the paste and sends the rest."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Seconds from the upload until each answer came."""

    receipt: float
    useful: float
    critique: float


async def waited(bot: RunningBot, form: str, who: int) -> Wait:
    """Sends one letter and waits for the three answers: receipt, what to fix, critique."""
    sent_as, words = FORMS[form]
    text = letter(who, words=words)  # everybody writes another one
    begun = bot.telegram.now
    bot.send(sent_as, who, text)
    _, receipt, useful, critique = (await bot.answered(who, 4))[:4]
    assert useful.method == "editMessageText"
    came = [(call.at - begun).total_seconds() for call in (receipt, useful, critique)]
    return Wait(*came)


async def in_a_round(found: dict[str, list[Wait]]) -> Wait:
    """All forms in turn, so that a slow minute is everybody's; the first letter is apart."""
    turns = ["txt", *list(FORMS) * LETTERS]
    async with running_bot() as bot:
        writers = await bot.newcomers(len(turns))
        waits = [await waited(bot, form, who) for form, who in zip(turns, writers, strict=True)]
    for form, wait in zip(turns[1:], waits[1:], strict=True):
        found[form].append(wait)
    return waits[0]


def told(name: str, waits: list[Wait]) -> tuple[str, ...]:
    """Medians with maxima behind them, in seconds, and the goal's ratio."""
    columns = [
        [wait.receipt for wait in waits],
        [wait.useful - wait.receipt for wait in waits],
        [wait.useful for wait in waits],
        [wait.critique for wait in waits],
    ]
    figures = [f"{statistics.median(column):.2f} ({max(column):.2f})" for column in columns]
    ratio = statistics.median(columns[2]) / GOAL.total_seconds()
    return name, str(len(waits)), *figures, f"{ratio:.2f}"


@contextmanager
def timed(part: str, took: dict[str, list[float]]) -> Iterator[None]:
    """Adds the milliseconds that the block takes."""
    begun = time.perf_counter()
    yield
    took[part].append(1000 * (time.perf_counter() - begun))


async def read(text: str, took: dict[str, list[float]]) -> None:
    for ending, write in FILES.items():
        data = write(text)
        with timed(f"read {ending}", took):
            await documents.read_in_child(data, f"letter.{ending}")


def reviewed(text: str, took: dict[str, list[float]]) -> Review:
    """The pieces of coach.review one by one, then all of it."""
    with timed("language and kind", took):
        kind = kinds.guess(text)
        written_in = language.detect(text)
    with timed("proofread", took):
        edits = tuple(proofread.proofread(text, language=written_in))
    with timed("rules", took):
        findings = rules.check(text, kind=kind, language="en")
    with timed("requirements", took):
        postings.own_requirements(text)
    with timed("critique", took):
        house_critique(text, kind=kind, findings=findings, edits=edits, language="en")
    with timed("plan", took):
        plans.plan(text, edits=edits, findings=findings, coverage=None, language="en")
    with timed("whole review", took):
        return review(text)


async def kept(
    store: Store, number: int, text: str, result: Review, took: dict[str, list[float]]
) -> None:
    """The letter and its review on the disk, and what is said about them."""
    now = datetime.now(UTC)
    with timed("store letter", took):
        version = await store.write(
            letters.add,
            person_id=1,
            chat_id=1,
            source_key=str(number),
            name="letter.txt",
            media_type="text/plain",
            kind=result.kind,
            language=result.language,
            text=text,
            now=now,
        )
    with timed("store review", took):
        stored = await store.write(reviews.save, version_id=version.id, review=result, now=now)
    edits = await store.read(reviews.edits, stored.id)
    with timed("say it", took):
        first_answer("en", text, result, edits, waiting=False).pieces()
        critique_answer("en", result.critique).pieces()


async def parts() -> dict[str, list[float]]:
    """Milliseconds of every part for every letter; the first letter only warms up."""
    took: defaultdict[str, list[float]] = defaultdict(list)
    with folder_on_disk() as folder:
        store = await Store.open(f"sqlite:///{folder}/bench.db", now=datetime.now(UTC))
        await store.write(people.seen, id=1, language="en", now=datetime.now(UTC))
        for number in range(ROUNDS * LETTERS + 1):
            text = letter(number)
            await read(text, took)
            await kept(store, number, text, reviewed(text, took), took)
        await store.close()
    return {part: times[1:] for part, times in took.items()}


def main() -> None:
    found: defaultdict[str, list[Wait]] = defaultdict(list)
    firsts = [asyncio.run(in_a_round(found)) for _ in range(ROUNDS)]
    rows = [told("first after start", firsts), *(told(form, found[form]) for form in FORMS)]
    columns = ("", "letters", "receipt", "then useful", "useful", "critique", "ratio")
    show(f"Seconds since the upload: median (longest), goal {GOAL.seconds}", columns, rows)
    figures = [
        (part, f"{statistics.median(times):.1f}", f"{max(times):.1f}")
        for part, times in asyncio.run(parts()).items()
    ]
    show("Parts, milliseconds", ("", "median", "longest"), figures)
    print(f"Load in the last minute: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.")
