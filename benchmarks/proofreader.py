"""How many slips are found and rightly mended, how often right words are flagged, and how fast:
ours beside codespell, typos, symspellpy, aspell and Harper, those of them that are installed
(in an environment of its own: `pip install -e . codespell typos symspellpy harper-py`,
`apt-get install aspell aspell-en`).

`PROOFREADING=FOLDER` names a folder of annotated rows, `*.jsonl` of `{"id", "text", "gold":
[{"start", "end", "wrong", "right", "kind"?, "alts"?}]}`; rows with an empty `gold` are clean prose
and count false alarms. Without it `data/proofreading` is read, and where that is absent our own
small sample, `benchmarks/slips.txt`.
"""

import json
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import show
from benchmarks._peers import Finder, Slip, peers
from coach.proofread import proofread

SAMPLE = Path(__file__).parent / "slips.txt"
LETTER_WORDS = 600
LONGEST = 300_000

Row = dict[str, Any]


@dataclass(slots=True)
class Tally:
    """Edits and slips, counted: found, rightly mended, missed, false, false in clean prose."""

    hits: int = 0
    mended: int = 0
    missed: int = 0
    false: int = 0
    false_clean: int = 0
    kinds: dict[str, Counter[str]] = field(default_factory=dict[str, Counter[str]])

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


def sure(text: str) -> list[Slip]:
    """What `Apply all` applies: no questions."""
    return [(edit.start, edit.end, edit.right) for edit in proofread(text) if not edit.ask]


def engines() -> Iterator[tuple[str, Finder | None]]:
    yield "ours", ours
    yield "ours, without questions", sure
    yield from peers()


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
        mended = bool(hits) and _mends(row["text"], hits[0], gold)
        total.hits += bool(hits)
        total.missed += not hits
        total.mended += mended
        kind = total.kinds.setdefault(gold.get("kind", "any"), Counter())
        kind.update(all=1, hits=bool(hits), mended=mended)


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
    for name, rows in _sets():
        _show_engines(name, rows)
        _show_kinds(name, rows)
    _show_start()
    _show_lengths()


def _sets() -> Iterator[tuple[str, list[Row]]]:
    """The annotated rows by the name of their file."""
    folder = Path(os.environ.get("PROOFREADING", "data/proofreading"))
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        print(f"No annotated rows in {folder}: our own sample is read.")
        yield SAMPLE.name, sample()
    for file in files:
        rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line]
        if all("gold" in row and "text" in row for row in rows):
            yield file.name, rows


_SLIP = re.compile(r"\{(?P<wrong>[^{}|]+)\|(?P<right>[^{}|]+)\|(?P<kind>[^{}|]+)\}")


def sample() -> list[Row]:
    """Our own paragraphs, in which a slip is written `{wrong|right|kind}`."""
    return [_row(block) for block in SAMPLE.read_text("utf-8").strip().split("\n\n")]


def _row(block: str) -> Row:
    text, gold, upto = "", list[Row](), 0
    for slip in _SLIP.finditer(block):
        text += block[upto : slip.start()]
        span = {"start": len(text), "end": len(text) + len(slip["wrong"])}
        gold.append({**span, **slip.groupdict()})
        text += slip["wrong"]
        upto = slip.end()
    return {"text": text + block[upto:], "gold": gold}


def _show_engines(name: str, rows: list[Row]) -> None:
    words = sum(len(row["text"].split()) for row in rows)
    clean = sum(len(row["text"].split()) for row in rows if not row["gold"])
    whole = "\n\n".join(row["text"] for row in rows)
    lines: list[tuple[object, ...]] = []
    for engine, find in engines():
        if find is None:
            lines.append((engine, "not installed", "", "", "", ""))
            continue
        total, _ = tally(rows, find)
        lines.append(
            (
                engine,
                f"{total.precision:.3f}",
                f"{total.recall:.3f}",
                f"{total.fix:.3f}",
                f"{1000 * total.false_clean / max(1, clean):.2f}",
                f"{1e6 * _seconds(find, whole) / words:.0f}",
            )
        )
    columns = ("engine", "precision", "recall", "fix F0.5", "false / 1,000 clean", "µs a word")
    show(f"{name}: {words:,} words, read at once for the time", columns, lines)


def _fastest(find: Finder, text: str) -> float:
    """Seconds of the best of three runs."""
    return min(_seconds(find, text) for _ in range(3))


def _seconds(find: Finder, text: str) -> float:
    """Seconds of one run, because some engines keep what they have read; of a command with its
    start."""
    begin = time.perf_counter()
    find(text)
    return time.perf_counter() - begin


def _show_kinds(name: str, rows: list[Row]) -> None:
    found = tally(rows, ours)[0].kinds
    lines = [
        (kind, n["all"], f"{n['hits'] / n['all']:.2f}", f"{n['mended'] / n['all']:.2f}")
        for kind, n in sorted(found.items())
    ]
    show(f"{name}: ours by kind", ("kind", "slips", "found", "mended"), lines)


# Where /proc is absent the memory stays unknown.
_FIRST = """
import time
from pathlib import Path
def resident():
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.is_file() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line[:6] == "VmRSS:"), 0.0)
text = open(0, encoding="utf-8").read()
before, begin = resident(), time.perf_counter()
from coach.proofread import proofread
proofread(text)
first = time.perf_counter() - begin
print(first, resident() - before)
"""


def _show_start() -> None:
    """In a process of its own: the first letter with the imports and the reading of the data."""
    letter = _letter()
    done = subprocess.run(
        [sys.executable, "-c", _FIRST], input=letter, capture_output=True, text=True, check=True
    )
    first, memory = map(float, done.stdout.split())
    warm = _fastest(ours, letter)
    cells = (f"{first:.2f} s", f"{1000 * warm:.0f} ms", f"{memory:.0f} MB")
    columns = ("ours", "first after a start", "warm", "memory added")
    show(f"a letter of {LETTER_WORDS} words", columns, [("proofread", *cells)])


def _letter() -> str:
    """Our own clean paragraphs and a few with slips, about as many as in a careless letter."""
    rows = sorted(sample(), key=lambda row: len(row["gold"]))
    words = " ".join(row["text"] for row in rows[: len(rows) // 2 + 1]).split()
    return " ".join((words * (1 + LETTER_WORDS // len(words)))[:LETTER_WORDS])


LONG = {
    "letters": "",
    "one word": "a",
    "unknown words": "zqxv ",
    "words with no end": "antidisestablishmentarianismabcdefgh",
    "spaces": " ",
    "marks": ".,;:!?",
    "brackets": "[(",
    "quotes and dashes": "“’–",
    "line breaks": "\n",
    "a capital each": "Abc",
    "the same word": "the ",
    "foreign letters": "žš ",
    "backslashes and braces": "\\{$",
    "addresses": "a@b.",
}


def _show_lengths() -> None:
    """Time must grow with the length, whatever the text is made of."""
    lines: list[tuple[object, ...]] = []
    for name, piece in LONG.items():
        piece = piece or _letter() + "\n\n"
        sizes = (LONGEST // 9, LONGEST // 3, LONGEST)
        took = [_seconds(ours, (piece * (size // len(piece) + 1))[:size]) for size in sizes]
        lines.append((name, *(f"{seconds:.2f}" for seconds in took)))
    show(
        "seconds for so many characters",
        ("made of", *(f"{LONGEST // part:,}" for part in (9, 3, 1))),
        lines,
    )
