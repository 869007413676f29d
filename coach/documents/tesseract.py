"""The program that reads letters in pictures, when it is installed: where it is, which languages
it knows, and the words that it sees with their boxes.

A picture goes in on stdin and a table comes out on stdout, so that no file is written. It runs
inside the child process of a document, under the same limits and in the same process group.
"""

import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

OURS = ("eng", "rus", "deu")
"""The languages that we proofread, by Tesseract's names."""

SECONDS = 28
"""Wall clock of one run on a busy machine; of processor time it has what the child process has."""

DPI = 300
"""What the pictures are said to have; it only tells Tesseract how large letters may be."""

COLUMNS_OF_TSV = 12
WORD_ROW = "5"


@dataclass(frozen=True, slots=True)
class Word:
    """A word that was seen: its place in pixels from the upper left corner, how sure the program
    is (0..100), and the line and paragraph that it stands in."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    sure: float
    line: tuple[int, ...]

    @property
    def paragraph(self) -> tuple[int, ...]:
        return self.line[:-1]


def installed() -> str | None:
    """Where the program is, or None when it isn't installed."""
    return shutil.which("tesseract")


def languages(program: str) -> tuple[str, ...]:
    """Which of our languages it has been given; all that it has, when it is none of ours."""
    said = subprocess.run(  # noqa: S603
        [program, "--list-langs"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment(),
        timeout=SECONDS,
        check=False,
    ).stdout
    rows = said.decode(errors="replace").split("\n")[1:]
    known = [name for row in rows if (name := row.strip()) and name not in {"osd", "equ"}]
    return tuple(name for name in OURS if name in known) or tuple(known[:3])


def seen(program: str, picture: bytes, languages: Sequence[str], psm: int) -> list[Word]:
    """The words of a picture; none when the program failed. `psm` is Tesseract's page
    segmentation mode: 3 finds columns, 6 takes the page as one block. Raises
    subprocess.TimeoutExpired."""
    command = (program, "stdin", "stdout", "--psm", str(psm), "--dpi", str(DPI))
    tongues = ("-l", "+".join(languages)) if languages else ()
    run = subprocess.run(  # noqa: S603
        [*command, *tongues, "tsv"],
        input=picture,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**environment(), "OMP_THREAD_LIMIT": "1"},
        timeout=SECONDS,
        check=False,
    )
    if run.returncode in {-signal.SIGXCPU, -signal.SIGKILL}:
        raise subprocess.TimeoutExpired(program, SECONDS)
    return words(run.stdout.decode("utf-8", errors="replace"))


def words(table: str) -> list[Word]:
    """The words of Tesseract's TSV: level, page, block, paragraph, line, word, left, top, width,
    height, confidence, text."""
    rows = (row.split("\t") for row in table.splitlines())
    return [
        word
        for row in rows
        if len(row) == COLUMNS_OF_TSV and row[0] == WORD_ROW and (word := _word(row)).text
    ]


def _word(row: list[str]) -> Word:
    left, top, width, height = (int(number) for number in row[6:10])
    line = tuple(int(number) for number in row[2:5])
    return Word(row[11].strip(), left, top, left + width, top + height, float(row[10]), line)


def spent() -> float:
    """Seconds of processor time that its runs have taken so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def environment() -> dict[str, str]:
    """All that the child process has to know of ours: where an operator keeps the languages, when
    that is not where they usually are."""
    folder = os.environ.get("TESSDATA_PREFIX", "")
    return {"TESSDATA_PREFIX": folder} if folder and Path(folder).is_dir() else {}
