"""How well and how fast documents are read: our readers beside pypdf, pdfplumber, python-docx and
markitdown, those of them that are installed.

Needs a folder of files with their expected texts: `manifest.json` in `data/documents`, or in the
folder that the environment's `DOCUMENTS` names: a list of {"file", "expected", "kind"}, paths
relative to it. The error is the edit distance over the length
of the expected text, after quotes, dashes, ligatures, bullets and white space are normalised.
"""

import asyncio
import importlib
import importlib.util
import io
import json
import os
import re
import statistics
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from benchmarks import show
from coach.documents import docx, epub, html, odt, pdf, plain, read_in_child, rtf
from coach.review import review

FOLDER = Path(os.environ.get("DOCUMENTS", "data/documents"))
ROUNDS = 3

Reader = Callable[[bytes], str]


def theirs(module: str, read: Callable[[Any, bytes], str]) -> Reader:
    """A reader of another library; the library is imported when it first reads."""
    return lambda data: read(importlib.import_module(module), data)


def with_pypdf(pypdf: Any, data: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def with_pdfplumber(pdfplumber: Any, data: bytes) -> str:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return "\n".join(page.extract_text() or "" for page in document.pages)


def with_python_docx(python_docx: Any, data: bytes) -> str:
    return "\n".join(each.text for each in python_docx.Document(io.BytesIO(data)).paragraphs)


def with_markitdown(markitdown: Any, data: bytes) -> str:
    return markitdown.MarkItDown().convert_stream(io.BytesIO(data)).text_content


READERS: dict[str, list[tuple[str, str, Reader]]] = {
    "pdf": [
        ("ours", "pypdfium2", lambda data: pdf.read(data).text),
        ("pypdf", "pypdf", theirs("pypdf", with_pypdf)),
        ("pdfplumber", "pdfplumber", theirs("pdfplumber", with_pdfplumber)),
        ("markitdown", "markitdown", theirs("markitdown", with_markitdown)),
    ],
    "docx": [
        ("ours", "lxml", lambda data: docx.read(data).text),
        ("python-docx", "docx", theirs("docx", with_python_docx)),
        ("markitdown", "markitdown", theirs("markitdown", with_markitdown)),
    ],
    "odt": [("ours", "lxml", lambda data: odt.read(data).text)],
    "rtf": [("ours", "striprtf", lambda data: rtf.read(data).text)],
    "html": [
        ("ours", "lxml", lambda data: html.read(data).text),
        ("markitdown", "markitdown", theirs("markitdown", with_markitdown)),
    ],
    "epub": [
        ("ours", "lxml", lambda data: epub.read(data).text),
        ("markitdown", "markitdown", theirs("markitdown", with_markitdown)),
    ],
    "txt": [("ours", "coach", lambda data: plain.decode(data).text)],
    "md": [("ours", "coach", lambda data: plain.decode(data).text)],
}
"""For each kind of file: who reads it, the module that must be there, and how."""

SAME = str.maketrans({"“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "–": "-", "—": "-"})
MARKS = re.compile(r"(?m)^\s*(?:[•●▪◦·]|[-*#]+(?=\s))\s*|[•●\uf0b7]")


def normalised(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).translate(SAME)
    lines = "\n".join(folded.splitlines())
    return " ".join(MARKS.sub("", lines).split())


def error(said: str, expected: str) -> float:
    """Share of wrong characters, in percent."""
    right = normalised(expected)
    return 100 * Levenshtein.distance(normalised(said), right) / max(1, len(right))


def measured(read: Reader, data: bytes, expected: str) -> tuple[float, float]:
    """The error in percent and the best time in milliseconds; 100 % for a reader that failed."""
    took: list[float] = []
    said = ""
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        try:
            said = read(data)
        except Exception as problem:
            print(f"  failed: {type(problem).__name__}")
            return 100.0, 0.0
        took.append(1000 * (time.perf_counter() - begun))
    return error(said, expected), min(took)


def rows() -> Iterator[tuple[object, ...]]:
    manifest = json.loads((FOLDER / "manifest.json").read_text("utf-8"))
    for kind, readers in READERS.items():
        files = [entry for entry in manifest if entry["kind"] == kind]
        samples = [
            ((FOLDER / each["file"]).read_bytes(), (FOLDER / each["expected"]).read_text("utf-8"))
            for each in files
        ]
        for name, module, read in readers if samples else ():
            if importlib.util.find_spec(module) is None:
                continue
            read(samples[0][0])
            wrong, took = zip(*(measured(read, *sample) for sample in samples), strict=True)
            mean, worst = f"{statistics.mean(wrong):.2f} %", f"{max(wrong):.2f} %"
            yield kind, name, len(samples), mean, worst, f"{statistics.median(took):.1f} ms"


async def through_the_child() -> Iterator[tuple[object, ...]]:
    """What a person waits for: a fresh process for every PDF and DOCX, then the house rules."""
    took: dict[str, list[tuple[float, float]]] = {"pdf": [], "docx": []}
    for entry in json.loads((FOLDER / "manifest.json").read_text("utf-8")):
        if entry["kind"] in took:
            data, begun = (FOLDER / entry["file"]).read_bytes(), time.perf_counter()
            text = (await read_in_child(data, entry["file"])).text
            read = time.perf_counter()
            review(text)
            took[entry["kind"]].append((read - begun, time.perf_counter() - begun))
    return (
        (kind, *(f"{1000 * statistics.median(each):.0f} ms" for each in zip(*times, strict=True)))
        for kind, times in took.items()
        if times
    )


def main() -> None:
    if not (FOLDER / "manifest.json").exists():
        print(f"documents: skipped, no {FOLDER}/manifest.json with files and expected texts")
        return
    columns = ("kind", "reader", "files", "mean error", "worst", "median time")
    show("Reading documents in this process", columns, list(rows()))
    columns = ("kind", "read", "and answered")
    show("In a child process, median", columns, list(asyncio.run(through_the_child())))
