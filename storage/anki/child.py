"""Reads other people's files of cards in a child process with limits, as documents are read."""

import asyncio
import zlib
from pathlib import Path

from coach.anki.contents import Contents, unpacked
from coach.anki.errors import PackageError, Trouble
from coach.anki.tables import is_table
from coach.documents.child import ask_child
from storage.anki.reader import REFUSED
from storage.anki.unpacking import is_package

READER = Path(__file__).with_name("reader.py")

MAX_ANSWER = 64 * 1024 * 1024
"""Bytes of packed notes; 20,000 long ones take some 10 MB."""

ENDINGS = (".apkg", ".colpkg", ".anki2", ".anki21", ".anki21b")


def format_of(data: bytes, name: str) -> str | None:
    """`package`, `table`, or None for what is no file of cards, told by its content. Only what is
    called a package and is broken is known by its name."""
    if is_package(data) or name.lower().endswith(ENDINGS):
        return "package"
    return "table" if is_table(data, name) else None


async def read_in_child(data: bytes, kind: str, zone: str) -> Contents:
    """The notes of a file of a kind that `format_of` names. Raises PackageError; when the caller
    is cancelled the child is killed."""
    try:
        answer = await ask_child(READER, kind, zone, data=data)
    except TimeoutError:
        raise PackageError(Trouble.TOO_SLOW) from None
    if not answer or len(answer) > MAX_ANSWER:
        raise PackageError(Trouble.BROKEN)
    if answer.startswith(REFUSED):
        raise PackageError(answer[len(REFUSED) :].decode())
    try:
        return await asyncio.to_thread(unpacked, answer)
    except (ValueError, KeyError, TypeError, zlib.error):
        raise PackageError(Trouble.BROKEN) from None
