"""A fresh interpreter for every document that needs a parser: it may hang, eat memory or abort,
and takes nobody with it.

0.2 s per upload, no state between people's files. The child gets no environment, so no secret;
bytes on stdin, JSON on stdout; its limits are set before anything is imported
(`reader.py`). At most two at a time.
"""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from coach.documents import tesseract
from coach.documents.document import Document, MediaType, Note, Reading
from coach.documents.errors import DocumentError, Pictured, Refusal
from coach.documents.pages import Line
from coach.documents.reading import IN_PROCESS, finished, parsed, recognised
from coach.documents.scans import SECONDS, pages_of, reading_of

READER = Path(__file__).with_name("reader.py")

MAX_SECONDS = 15.0
"""Wall clock from start to kill."""

MAX_ANSWER = 1024 * 1024
"""Bytes of a child's answer; 30,000 characters take 360 KB as escaped JSON at the very most."""

AT_ONCE = 2
"""Children at a time: a small server has two cores, and each may take 1 GB."""

_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


async def read_in_child(
    data: bytes, name: str, *, language: str = "en", pictures: bool = True
) -> Document:
    """Reads a document, in a child process unless it is plain text. Notes are said in
    `language`. Raises DocumentError, and Pictured for a photo or a scan that could be read but
    without `pictures` isn't; when the caller is cancelled the child is killed."""
    media_type = recognised(data, name)
    if media_type in IN_PROCESS:
        return finished(parsed(data, media_type), name, media_type, language)
    try:
        return finished(await _by_parser(data, media_type), name, media_type, language)
    except DocumentError as problem:
        if not (is_picture(media_type, problem) and tesseract.installed()):
            raise
        if not pictures:
            raise Pictured(problem.code, problem.hint) from None
        return seen(await _pictures(data, media_type, problem), name, language)


async def _pictures(data: bytes, media_type: MediaType, refused: DocumentError) -> list[list[Line]]:
    """What PDFium can neither read nor draw is refused as it was before."""
    try:
        return await read_pages(data, media_type)
    except DocumentError as problem:
        unseen = problem.code in {Refusal.BAD_FILE, Refusal.NO_TEXT}
        raise (refused if unseen and media_type is MediaType.PDF else problem) from None


def is_picture(media_type: MediaType, problem: DocumentError) -> bool:
    """Whether a document without text may be read as a picture: a photo, or a scanned PDF."""
    return media_type is MediaType.IMAGE or (
        media_type is MediaType.PDF and problem.code is Refusal.NO_TEXT
    )


def seen(pages: Sequence[Sequence[Line]], name: str, language: str) -> Document:
    """The document that was read from pictures of its pages. Raises DocumentError."""
    return finished(reading_of(pages), name, MediaType.IMAGE, language)


def reads_pictures() -> bool:
    """Whether photos and scans can be read on this machine."""
    return tesseract.installed() is not None


async def read_pictures(data: bytes) -> list[list[Line]]:
    """The lines of the pages of one photo or scanned PDF whose type nobody knows yet. Raises
    DocumentError."""
    media_type = recognised(data, "")
    if media_type not in {MediaType.IMAGE, MediaType.PDF}:
        raise DocumentError(Refusal.UNSUPPORTED)
    return await read_pages(data, media_type)


async def read_pages(data: bytes, media_type: MediaType) -> list[list[Line]]:
    """The lines of the pages of one photo or scanned PDF, read by Tesseract. Raises
    DocumentError."""
    if (program := tesseract.installed()) is None:
        raise DocumentError(Refusal.UNSUPPORTED, "image")

    async def ask(page: int) -> bytes:
        arguments = media_type.value, str(page), program
        return await ask_child(READER, *arguments, data=data, seconds=SECONDS)

    return await pages_of(ask)


async def _by_parser(data: bytes, media_type: MediaType) -> Reading:
    if media_type is MediaType.IMAGE:
        raise DocumentError(Refusal.UNSUPPORTED, "image")
    try:
        answer = await ask_child(READER, media_type.value, data=data)
    except TimeoutError:
        raise DocumentError(Refusal.TOO_SLOW) from None
    return _reading(answer, media_type)


async def ask_child(
    reader: Path, *arguments: str, data: bytes, seconds: float = MAX_SECONDS
) -> bytes:
    """What a child process says to some bytes; nothing when it died. Raises TimeoutError."""
    async with _turn():
        return await _answer(reader, arguments, data, seconds)


def _turn() -> asyncio.Semaphore:
    """One semaphore a loop; it must not outlive the loop that it waits in."""
    return _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE))


async def _answer(reader: Path, arguments: tuple[str, ...], data: bytes, seconds: float) -> bytes:
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-B", "-X", "utf8", str(reader), *arguments),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=tesseract.environment(),
        cwd="/",
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(seconds):
            answer, _ = await child.communicate(data)
    finally:
        await _end(child)
    if child.returncode in {-signal.SIGXCPU, -signal.SIGALRM}:
        raise TimeoutError
    return answer if child.returncode == 0 else b""


async def _end(child: asyncio.subprocess.Process) -> None:
    """Kills the child and whatever it started, and waits until it is gone."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    await child.wait()


def _reading(answer: bytes, media_type: MediaType) -> Reading:
    """The child's answer, trusted no further than its types. A PDF that made PDFium abort draws
    itself in circles and has no text to speak of; any other file is broken."""
    if not answer or len(answer) > MAX_ANSWER:
        raise DocumentError(Refusal.NO_TEXT if media_type is MediaType.PDF else Refusal.BAD_FILE)
    said: Mapping[str, Any] = json.loads(answer)
    if "error" in said:
        raise DocumentError(str(said["error"]), str(said.get("hint", "")))
    notes = tuple(Note(str(name), dict(facts)) for name, facts in said["notes"])
    return Reading(_storable(str(said["text"])), notes)


def _storable(text: str) -> str:
    """Halves of characters, as RTF and web pages may name them, fit into no file."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
