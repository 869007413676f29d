"""How many slips are found and rightly mended, how often right words are flagged, and how fast:
ours beside codespell, typos, symspellpy, aspell and Harper, those of them that are installed
(`pip install codespell typos symspellpy harper-py`, `apt-get install aspell aspell-en`).

The time of codespell, typos and aspell includes the start of their process for each paragraph.
Needs rows `{"id", "text", "gold": [{"start", "end", "wrong", "right", "alts"?}]}` in
`data/proofreading/*.jsonl`; rows with an empty `gold` are clean prose and count false alarms.
"""

import importlib
import importlib.util
import json
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import show
from coach.proofread import proofread

FOLDER = Path("data/proofreading")

Slip = tuple[int, int, str]
"""Where a slip stands and what is proposed instead."""

Finder = Callable[[str], list[Slip]]
Row = dict[str, Any]


@dataclass(slots=True)
class Tally:
    """Edits and slips, counted: found, rightly mended, missed, false, false in clean prose."""

    hits: int = 0
    mended: int = 0
    missed: int = 0
    false: int = 0
    false_clean: int = 0

    @property
    def precision(self) -> float:
        return self.hits / max(1, self.hits + self.false)

    @property
    def recall(self) -> float:
        return self.hits / max(1, self.hits + self.missed)

    @property
    def fix(self) -> float:
        """F0.5 where an edit counts only when it gives exactly the right word."""
        precision = self.mended / max(1, self.hits + self.false)
        recall = self.mended / max(1, self.hits + self.missed)
        return 1.25 * precision * recall / max(1e-9, 0.25 * precision + recall)


def ours(text: str) -> list[Slip]:
    return [(edit.start, edit.end, edit.right) for edit in proofread(text)]


def words_at(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for word in text.split():
        at = text.index(word, at)
        yield at + len(word) - len(word.lstrip("\"'([*_`")), word.strip("\"'()[].,;:!?*_`")
        at += len(word)


def with_symspellpy() -> Finder:
    symspellpy = importlib.import_module("symspellpy")
    speller = symspellpy.SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
    folder = Path(str(importlib.import_module("importlib.resources").files("symspellpy")))
    speller.load_dictionary(str(folder / "frequency_dictionary_en_82_765.txt"), 0, 1)

    def find(text: str) -> list[Slip]:
        found: list[Slip] = []
        for start, word in words_at(text):
            best = speller.lookup(word.lower(), symspellpy.Verbosity.TOP, 2)
            if word.isalpha() and best and best[0].term != word.lower():
                found.append((start, start + len(word), best[0].term))
        return found

    return find


def with_command(*command: str, read: Callable[[str, str], list[Slip]]) -> Finder:
    def find(text: str) -> list[Slip]:
        done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
        return read(text, done.stdout)

    return find


def read_typos(text: str, answer: str) -> list[Slip]:
    rows = (json.loads(line) for line in answer.splitlines())
    slips = [row for row in rows if row.get("type") == "typo" and row.get("corrections")]
    starts = (len(text.encode()[: row["byte_offset"]].decode(errors="ignore")) for row in slips)
    return [
        (start, start + len(row["typo"]), row["corrections"][0])
        for start, row in zip(starts, slips, strict=True)
    ]


def read_aspell(text: str, answer: str) -> list[Slip]:
    found: list[Slip] = []
    upto = 0
    for line in answer.splitlines():
        if line[:1] in "&#" and line:
            word = line.split()[1]
            upto = text.index(word, upto)
            best = line.partition(": ")[2].split(", ")[0] if line[0] == "&" else word
            found.append((upto, upto + len(word), best))
            upto += len(word)
    return found


def read_codespell(text: str, answer: str) -> list[Slip]:
    found: list[Slip] = []
    for line in answer.splitlines():
        wrong, arrow, right = line.partition(" ==> ")
        word = wrong.split()[-1] if arrow else ""
        if word and word in text:
            at = text.index(word)
            found.append((at, at + len(word), right.split(",")[0].strip()))
    return found


def with_harper() -> Finder:
    linter = importlib.import_module("harper").Linter()

    def find(text: str) -> list[Slip]:
        return [
            (lint.span.start, lint.span.end, _first(lint.suggestions)) for lint in linter.lint(text)
        ]

    return find


def _first(suggestions: list[Any]) -> str:
    return str(suggestions[0].replacement_text) if suggestions else ""


def finders() -> Iterator[tuple[str, Finder | None]]:
    """Every engine by name; None for one that isn't installed here."""
    yield "ours", ours
    commands = {
        "codespell": (("codespell", "-"), read_codespell),
        "typos": (("typos", "--format", "json", "-"), read_typos),
        "aspell": (("aspell", "-a", "--lang=en_US"), read_aspell),
    }
    for name, (command, read) in commands.items():
        yield name, with_command(*command, read=read) if shutil.which(command[0]) else None
    for name, make in {"symspellpy": with_symspellpy, "harper": with_harper}.items():
        yield name, make() if importlib.util.find_spec(name) else None


def tally(rows: list[Row], find: Finder) -> tuple[Tally, float]:
    """The counts, and the seconds that the engine took."""
    find("Warm up teh engine.")
    total, seconds = Tally(), 0.0
    for row in rows:
        begin = time.perf_counter()
        slips = find(row["text"])
        seconds += time.perf_counter() - begin
        _count(row, slips, total)
    return total, seconds


def _count(row: Row, slips: list[Slip], total: Tally) -> None:
    false = [slip for slip in slips if not any(_touches(slip, gold) for gold in row["gold"])]
    total.false += len(false)
    total.false_clean += 0 if row["gold"] else len(false)
    for gold in row["gold"]:
        hits = [slip for slip in slips if _touches(slip, gold)]
        total.hits += bool(hits)
        total.missed += not hits
        total.mended += bool(hits) and _mends(row["text"], hits[0], gold)


def _touches(slip: Slip, gold: Row) -> bool:
    return bool(slip[0] < gold["end"] and gold["start"] < slip[1])


def _mends(text: str, slip: Slip, gold: Row) -> bool:
    low, high = min(slip[0], gold["start"]), max(slip[1], gold["end"])
    mended = text[low : slip[0]] + slip[2] + text[slip[1] : high]
    wanted = [gold["right"], *gold.get("alts", [])]
    return any(
        mended.replace("’", "'")
        == (text[low : gold["start"]] + right + text[gold["end"] : high]).replace("’", "'")
        for right in wanted
    )


def main() -> None:
    for file in sorted(FOLDER.glob("*.jsonl")):
        rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line]
        if all("gold" in row and "text" in row for row in rows):
            _show(file, rows)
    if not FOLDER.is_dir():
        print(f"proofreading: skipped, there is no {FOLDER} with annotated rows.")


def _show(file: Path, rows: list[Row]) -> None:
    words = sum(len(row["text"].split()) for row in rows)
    clean = sum(len(row["text"].split()) for row in rows if not row["gold"])
    lines: list[tuple[object, ...]] = []
    for name, find in finders():
        if find is None:
            lines.append((name, "not installed", "", "", "", ""))
            continue
        total, seconds = tally(rows, find)
        lines.append(
            (
                name,
                f"{total.precision:.3f}",
                f"{total.recall:.3f}",
                f"{total.fix:.3f}",
                f"{1000 * total.false_clean / max(1, clean):.2f}",
                f"{1e6 * seconds / words:.0f}",
            )
        )
    columns = ("engine", "precision", "recall", "fix F0.5", "false / 1,000 clean", "µs a word")
    show(f"{file.name}: {words:,} words", columns, lines)
