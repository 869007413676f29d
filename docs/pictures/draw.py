"""Draws the pictures of README.md from the program itself, where Chromium, LibreOffice and pdftoppm
are installed: `PYTHONPATH=. python docs/pictures/draw.py` in the repository's root."""

import asyncio
import os
import subprocess
import sys
import tempfile
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from html import escape
from pathlib import Path

from bot.drawing import draw
from coach import letter_pictures
from coach.letter_pictures import LetterFacts, version_facts
from coach.review import review
from tests.browser.conftest import opened
from tests.browser.devtools import Chromium, Tab, chromium_on_path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LETTER = HERE / "letter.txt"
PHONE = 430, 932
DOTS = 110
"""Dots an inch at which a page of Word becomes a picture."""

WITHOUT_NOTES = 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"false"}}'


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        word = as_word(Path(folder))
        draw_tracked_changes(word, Path(folder))
        asyncio.run(draw_progress())
        asyncio.run(draw_chat(word, Path(folder)))


def as_word(folder: Path) -> Path:
    """The sample letter as a Word document."""
    parts = LETTER.read_text("utf-8").strip().split("\n\n")
    text = "".join(f"<p>{escape(part).replace(chr(10), ' ')}</p>" for part in parts)
    page = folder / "letter.html"
    page.write_text(f"<meta charset='utf-8'><body style='font-family:Carlito'>{text}", "utf-8")
    office("docx:MS Word 2007 XML", page, folder)
    return folder / "letter.docx"


def office(form: str, source: Path, folder: Path) -> None:
    profile = f"-env:UserInstallation=file://{folder}/office"
    command = ["soffice", "--headless", profile, "--convert-to", form, "--outdir", folder, source]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def draw_tracked_changes(word: Path, folder: Path) -> None:
    """What Word and LibreOffice show of the letter that comes back."""
    corrected = folder / "corrected"
    review = [sys.executable, "-m", "bot", "review", word, "--out", corrected]
    subprocess.run(review, check=True, stdout=subprocess.DEVNULL, env=environment())
    office(WITHOUT_NOTES, next(corrected.glob("*.docx")), folder)
    page = ["pdftoppm", "-png", "-singlefile", "-r", str(DOTS), "-H", str(DOTS * 4)]
    pdf = next(folder.glob("*.pdf"))
    subprocess.run([*page, pdf, HERE / "tracked-changes"], check=True)


async def draw_progress() -> None:
    """What `/progress` shows of the letter and its next version."""
    versions = []
    for number, name in enumerate(("letter.txt", "letter-2.txt"), start=1):
        text = (HERE / name).read_text("utf-8")
        day = date(2026, 11, 2) + number * timedelta(days=9)
        versions.append(version_facts(number, day, text, review(text)))
    facts = LetterFacts("Research engineer, forecasting", versions)
    (HERE / "progress.png").write_bytes(await draw(letter_pictures.letter(facts, "en")))


def environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT)}


async def draw_chat(word: Path, folder: Path) -> None:
    """A letter, its slips and what a hiring reader will think, on a phone."""
    browser = Chromium(chromium_on_path() or "chromium", folder / "profile")
    async with playground(folder) as address, opened(browser, address) as tab:
        await tab.size(*PHONE, phone=True)
        await tab.choose("input[type=file]", word)
        await tab.sees("What a hiring reader will think", ".theirs .words")
        await at_the_letter(tab)
        await tab.picture(HERE / "chat.png")
    browser.close()


async def at_the_letter(tab: Tab) -> None:
    """From the letter on, once the page stands still."""
    await tab.value("document.querySelector('.own').scrollIntoView({block: 'start'})")
    await asyncio.sleep(1)


@asynccontextmanager
async def playground(folder: Path) -> AsyncIterator[str]:
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "try", "--no-browser", "--port", "0"),
        cwd=folder,
        env=environment(),
        stdout=PIPE,
    )
    assert program.stdout
    yield (await program.stdout.readline()).decode().strip()
    program.terminate()
    await program.wait()


if __name__ == "__main__":
    main()
