"""`review FILE`: one letter in the terminal: edits, findings, critique, corrected copies."""

import asyncio
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath

from bot.clock import Clock
from bot.settings import Settings, load_settings
from bot.terminal.files import read_bytes
from bot.terminal.stops import DONE, UNUSABLE_DOCUMENT, Stop
from coach import documents, reports
from coach.documents import Document, DocumentError, MediaType
from coach.letters import Edit, Finding, Review, Severity
from coach.review import review as review_text
from coach.texts import say, speakable


def review(
    name: str, *, posting: str | None, as_json: bool, out: Path | None, offline: bool
) -> int:
    """Reads, reviews, prints; returns the exit status."""
    settings = load_settings()
    reader = speakable(settings.default_language)
    try:
        document, reviewed = asyncio.run(_review(name, posting, settings, reader, offline))
    except DocumentError as problem:
        if not as_json:
            raise Stop(problem.sentence(reader), UNUSABLE_DOCUMENT) from None
        error = {"code": problem.code, "message": problem.sentence(reader)}
        print(json.dumps({"error": error}, ensure_ascii=False))
        return UNUSABLE_DOCUMENT
    if out is not None:
        _write_copies(out, name, document, reviewed, reader)
    if as_json:
        print(json.dumps(reports.as_json(document, reviewed), ensure_ascii=False, indent=2))
    else:
        _print(document, reviewed, reader)
    return DONE


async def _review(
    name: str, posting: str | None, settings: Settings, reader: str, offline: bool
) -> tuple[Document, Review]:
    with progress("Reading the document"):
        document = await _read(name, reader)
        asked = (await _read(posting, reader)).text if posting else None
    with progress("Proofreading and checking the house rules"):
        reviewed = review_text(document.text, reader=reader, posting=asked, notes=document.notes)
    if offline or not settings.model_on:
        return document, reviewed
    from bot.terminal.model import read_with_model

    with progress("Asking the model"):
        return document, await read_with_model(document.text, reviewed, settings, reader)


async def _read(name: str, reader: str) -> Document:
    return await documents.read_in_child(read_bytes(name), PurePath(name).name, language=reader)


@contextmanager
def progress(doing: str) -> Iterator[None]:
    """Says on stderr what is being done, when a person is looking."""
    if not sys.stderr.isatty():
        yield
        return
    print(f"{doing}… ", end="", file=sys.stderr, flush=True)
    yield
    print("done", file=sys.stderr)


def _print(document: Document, reviewed: Review, reader: str) -> None:
    for note in reviewed.notes:
        print(say(reader, "letters.note", note=note))
    sure = [edit for edit in reviewed.edits if not edit.ask]
    questions = [edit for edit in reviewed.edits if edit.ask]
    print(say(reader, "letters.fix.slips", count=len(sure)))
    for edit in sure:
        print(f"  {_line(document.text, edit.start):>4}  {edit.wrong!r} → {edit.right!r}")
    if questions:
        print(say(reader, "letters.fix.questions", count=len(questions)))
        for edit in questions:
            print(f"  {_line(document.text, edit.start):>4}  {edit.wrong!r} → {edit.right!r}?")
    print()
    print(say(reader, "letters.fix.title"))
    for finding in reviewed.findings:
        if finding.severity is Severity.BLOCKER:
            print(f"  {_line(document.text, finding.start):>4}  {finding.message}")
    print()
    print(reports.critique_markdown(document.name, reviewed, reader))


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _write_copies(out: Path, name: str, document: Document, reviewed: Review, reader: str) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        for filename, data in _copies(name, document, reviewed).items():
            (out / filename).write_bytes(data)
        critique = reports.critique_markdown(document.name, reviewed, reader)
        (out / "critique.md").write_text(critique, encoding="utf-8")
    except OSError as problem:
        raise Stop(f"{out} can't be written: {problem.strerror}.") from None
    except DocumentError as problem:
        raise Stop(problem.sentence(reader), UNUSABLE_DOCUMENT) from None


def _copies(name: str, document: Document, reviewed: Review) -> dict[str, bytes]:
    """The corrected copies by file name: Word documents twice, of all others the text."""
    sure = [edit for edit in reviewed.edits if not edit.ask]
    stem = PurePath(document.name).stem or "letter"
    if document.media_type == MediaType.DOCX and name != "-":
        return asyncio.run(_word_copies(read_bytes(name), stem, sure, reviewed.findings))
    ending = ".md" if document.media_type == "text/markdown" else ".txt"
    data = documents.corrected(document.text, sure, document.encoding)
    return {f"{stem}-corrected{ending}": data}


async def _word_copies(
    source: bytes, stem: str, sure: Sequence[Edit], findings: Sequence[Finding]
) -> dict[str, bytes]:
    tracked = await documents.give_back(source, sure, findings, at=Clock().now())
    clean = await documents.give_back(source, sure, at=None)
    if tracked.left_out:
        print(
            f"{tracked.left_out} of {len(sure)} fixes cross a field, a link or another author's "
            "change and are not in the copies; the list of slips names them all.",
            file=sys.stderr,
        )
    return {f"{stem}-tracked.docx": tracked.data, f"{stem}-corrected.docx": clean.data}
