"""Other engines that find slips, those that are installed here; the project needs none of them."""

import importlib
import importlib.util
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Slip = tuple[int, int, str]
"""Where a slip stands and what is proposed instead."""

Finder = Callable[[str], list[Slip]]
Reader = Callable[[str, str], list[Slip]]


def peers() -> Iterator[tuple[str, Finder | None]]:
    """Every peer by name; None for one that isn't installed here."""
    commands: dict[str, tuple[tuple[str, ...], Reader]] = {
        "codespell": (("codespell", "-"), _read_codespell),
        "typos": (("typos", "--format", "json", "-"), _read_typos),
        "aspell": (("aspell", "-a", "--lang=en_US"), _read_aspell),
    }
    for name, (command, read) in commands.items():
        yield name, _with_command(command, read) if shutil.which(command[0]) else None
    for name, make in {"symspellpy": _with_symspellpy, "harper": _with_harper}.items():
        yield name, make() if importlib.util.find_spec(name) else None


def _with_command(command: tuple[str, ...], read: Reader) -> Finder:
    def find(text: str) -> list[Slip]:
        # Aspell takes lines that open with some marks as orders; ^ tells it that they are text.
        told = "".join(f"^{line}\n" for line in text.split("\n")) if "-a" in command else text
        done = subprocess.run(command, input=told, capture_output=True, text=True, check=False)
        return read(text, done.stdout)

    return find


def _read_typos(text: str, answer: str) -> list[Slip]:
    lines, starts = text.split("\n"), [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    found: list[Slip] = []
    for row in map(json.loads, answer.splitlines()):
        if row.get("type") == "typo" and row.get("corrections"):
            line = row.get("line_num", 1) - 1
            ahead = lines[line].encode()[: row["byte_offset"]].decode(errors="ignore")
            start = starts[line] + len(ahead)
            found.append((start, start + len(row["typo"]), row["corrections"][0]))
    return found


def _read_aspell(text: str, answer: str) -> list[Slip]:
    found: list[Slip] = []
    upto = 0
    for line in answer.splitlines():
        if line[:1] in ("&", "#"):
            word = line.split()[1]
            upto = text.index(word, upto)
            best = line.partition(": ")[2].split(", ")[0] if line[0] == "&" else word
            found.append((upto, upto + len(word), best))
            upto += len(word)
    return found


def _read_codespell(text: str, answer: str) -> list[Slip]:
    found: list[Slip] = []
    upto = 0
    for line in answer.splitlines():
        wrong, arrow, right = line.partition(" ==> ")
        word = wrong.split()[-1] if arrow else ""
        at = text.find(word, upto) if word else -1
        if at >= 0:
            upto = at + len(word)
            found.append((at, upto, right.split(",")[0].strip()))
    return found


def _with_symspellpy() -> Finder:
    symspellpy = importlib.import_module("symspellpy")
    speller = symspellpy.SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
    folder = Path(str(importlib.import_module("importlib.resources").files("symspellpy")))
    speller.load_dictionary(str(folder / "frequency_dictionary_en_82_765.txt"), 0, 1)

    def find(text: str) -> list[Slip]:
        found: list[Slip] = []
        for start, word in _words_at(text):
            best = speller.lookup(word.lower(), symspellpy.Verbosity.TOP, 2)
            if word.isalpha() and best and best[0].term != word.lower():
                found.append((start, start + len(word), best[0].term))
        return found

    return find


def _words_at(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for word in text.split():
        at = text.index(word, at)
        yield at + len(word) - len(word.lstrip("\"'([*_`")), word.strip("\"'()[].,;:!?*_`")
        at += len(word)


def _with_harper() -> Finder:
    linter = importlib.import_module("harper").Linter()

    def find(text: str) -> list[Slip]:
        return [
            (lint.span.start, lint.span.end, _first(lint.suggestions)) for lint in linter.lint(text)
        ]

    return find


def _first(suggestions: list[Any]) -> str:
    return str(suggestions[0].replacement_text) if suggestions else ""
