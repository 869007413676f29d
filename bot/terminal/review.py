"""`review FILE`: one letter in the terminal: edits, findings, critique, corrected copies."""

import asyncio
import json
import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath

from bot.clock import Clock
from bot.settings import Settings, load_settings
from bot.terminal.files import read_bytes
from bot.terminal.stops import DONE, UNUSABLE_DOCUMENT, Stop
from coach import documents, reports
from coach.documents import Document, DocumentError, Made, Original, Wishes, media_type
from coach.language import detect
from coach.letters import Finding, Review, Severity
from coach.review import review as review_text
from coach.texts import say, speakable


def review(
    name: str, *, posting: str | None, as_json: bool, out: Path | None, offline: bool
) -> int:
    """Reads, reviews, prints; returns the exit status."""
    if name == posting == "-":
        raise Stop("Only one of the two can come from standard input; name a file for the other.")
    settings = load_settings()
    reader = speakable(settings.default_language)
    try:
        source = read_bytes(name)
        document, reviewed = asyncio.run(_review(name, source, posting, settings, reader, offline))
    except DocumentError as problem:
        if not as_json:
            raise Stop(problem.sentence(reader), UNUSABLE_DOCUMENT) from None
        error = {"code": problem.code, "message": problem.sentence(reader)}
        print(json.dumps({"error": error}, ensure_ascii=False))
        return UNUSABLE_DOCUMENT
    if out is not None:
        _write_copies(out, source, document, reviewed, reader)
    if as_json:
        print(
            json.dumps(
                reports.as_json(document, reviewed, media_type(source, document.media_type)),
                ensure_ascii=False,
                indent=2,
            )
        )
    else:
        _print(document, reviewed, reader)
    return DONE


async def _review(
    name: str,
    source: bytes,
    posting: str | None,
    settings: Settings,
    reader: str,
    offline: bool,
) -> tuple[Document, Review]:
    with progress("Reading the document"):
        document = await _read(source, name, reader)
        asked = await _asked(posting, reader) if posting else None
    with progress("Proofreading and checking the house rules"):
        reviewed = review_text(document.text, reader=reader, posting=asked, notes=document.notes)
    if offline or not settings.model_on:
        return document, reviewed
    from bot.terminal.model import read_with_model

    logging.getLogger().addHandler(logging.NullHandler())  # a note says what failed
    with progress("Asking the model"):
        read = await read_with_model(document.text, reviewed, settings, reader, asked or "")
        return document, read


async def _asked(posting: str, reader: str) -> str:
    """The posting's text. Raises DocumentError that says which of the two can't be used."""
    try:
        return (await _read(read_bytes(posting), posting, reader)).text
    except DocumentError as problem:
        problem.of_posting = True
        raise


async def _read(data: bytes, name: str, reader: str) -> Document:
    shown = "" if name == "-" else PurePath(name).name
    return await documents.read_in_child(data, shown, language=reader)


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
    blockers = [one for one in reviewed.findings if one.severity is Severity.BLOCKER]
    if blockers:
        print(say(reader, "letters.fix.title"))
        for message, lines in _by_message(document.text, blockers).items():
            print(f"  {lines:>4}  {message}")
        print()
    print(reports.critique_markdown(document.name, reviewed, reader))


def _by_message(text: str, findings: Sequence[Finding]) -> dict[str, str]:
    """Each message once, with the lines that it speaks of: a placeholder may stand in twenty."""
    lines: dict[str, list[str]] = {}
    for finding in findings:
        lines.setdefault(finding.message, []).append(str(_line(text, finding.start)))
    return {message: ", ".join(dict.fromkeys(found)) for message, found in lines.items()}


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _write_copies(
    out: Path, source: bytes, document: Document, reviewed: Review, reader: str
) -> None:
    """The copies that there are of such a file, and the critique."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with progress("Writing the copies"):
            made = asyncio.run(_copies(source, document, reviewed, reader))
        for copy in made:
            (out / copy.filename).write_bytes(copy.data)
        critique = reports.critique_markdown(document.name, reviewed, reader)
        (out / "critique.md").write_text(critique, encoding="utf-8")
    except OSError as problem:
        raise Stop(
            f"{out} can't be written to ({problem.strerror}); name another folder with --out."
        ) from None
    except DocumentError as problem:
        raise Stop(problem.sentence(reader), UNUSABLE_DOCUMENT) from None
    for note in dict.fromkeys(note.sentence(reader) for copy in made for note in copy.notes):
        print(note, file=sys.stderr)
    if left_out := max((copy.left_out for copy in made), default=0):
        print(f"{left_out} of {len(reviewed.edits)} {LEFT_OUT}", file=sys.stderr)


LEFT_OUT = (
    "fixes have no place in the file (a field, a link or another author's change is in the way) "
    "and are not in every copy; the list of slips names them all."
)


async def _copies(source: bytes, document: Document, reviewed: Review, reader: str) -> list[Made]:
    """What is sure counts as accepted; questions stay open, so only a tracked copy has them."""
    original = Original(
        name=document.name,
        media_type=document.media_type,
        text=document.text,
        language=detect(document.text),
        encoding=document.encoding,
        source=source,
    )
    wishes = Wishes(
        accepted=[edit for edit in reviewed.edits if not edit.ask],
        open=[edit for edit in reviewed.edits if edit.ask],
        findings=reviewed.findings,
        reader=reader,
    )
    now = Clock().now()
    return [
        await documents.make_copy(original, copy, wishes, at=now)
        for copy in documents.copies_of(document.media_type)
    ]
