"""Which copies of a letter there are to take along, and the making of each.

Word documents come back as themselves, a PDF with highlights. What can't carry changes (a page,
an OpenDocument text, a photo; a PDF, when it is to be clean) comes as a Word document of its
text. Text files come back as text.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import PurePath

from coach.documents.corrections import corrected
from coach.documents.document import MediaType, Note
from coach.documents.errors import DocumentError
from coach.documents.giving import give_back, give_back_as_word, highlighted
from coach.documents.headings import FINDERS
from coach.documents.marks import correction, question, remark
from coach.documents.tracked import GivenBack
from coach.letters import Criterion, Edit, Finding, Severity


class Copy(StrEnum):
    """TRACKED shows every change for its writer to decide, CLEAN has what is accepted and no
    trace of it, TEXT is the clean text alone."""

    TRACKED = "tracked"
    CLEAN = "clean"
    TEXT = "text"


class Basis(StrEnum):
    """What a copy was made of."""

    FILE = "file"
    """The file that came."""
    TEXT = "text"
    """The letter's text, since that form of file can't carry the copy."""
    GONE = "gone"
    """The letter's text, since the file is no longer kept."""
    REFUSED = "refused"
    """The letter's text, since the file could be read but not be changed."""


@dataclass(frozen=True, slots=True)
class Original:
    """A letter as it came. `source` is its file, None when that isn't kept; `language` is what
    it is written in."""

    name: str
    media_type: str
    text: str
    language: str
    encoding: str | None = None
    source: bytes | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is to be in a copy, and what is said about it in the language `reader`: the edits
    that are accepted, those that are open, and the findings."""

    accepted: Sequence[Edit]
    open: Sequence[Edit]
    findings: Sequence[Finding]
    reader: str


@dataclass(frozen=True, slots=True)
class Made:
    """A copy, how many of its edits couldn't be put in, and what else there is to know of it."""

    filename: str
    data: bytes
    left_out: int = 0
    basis: Basis = Basis.FILE
    notes: tuple[Note, ...] = ()


PLAIN = frozenset({MediaType.PLAIN, MediaType.MARKDOWN})

WORD = {Copy.TRACKED: "tracked", Copy.CLEAN: "corrected"}
"""What a Word document is called, after the name of the letter."""


def copies_of(media_type: str) -> tuple[Copy, ...]:
    """The copies to choose from; one of a text file, since a text has no second way."""
    if media_type in PLAIN:
        return (Copy.TEXT,)
    if media_type == MediaType.DOCX:
        return (Copy.TRACKED, Copy.CLEAN)
    return (Copy.TRACKED, Copy.CLEAN, Copy.TEXT)


async def make_copy(original: Original, copy: Copy, wishes: Wishes, *, at: datetime) -> Made:
    """The copy, its changes and notes dated `at`. Raises DocumentError: too_slow."""
    if copy is Copy.TEXT:
        return text_copy(original, wishes.accepted)
    changed = await _in_the_file(original, copy, wishes, at)
    if isinstance(changed, Made):
        return changed
    given = await _as_word(original, copy, wishes, at)
    return _made(_named(original, WORD[copy], ".docx"), given, changed)


def text_copy(original: Original, accepted: Sequence[Edit]) -> Made:
    """A text file in its own encoding and with its own line ends; of all others the text."""
    ending = ".md" if original.media_type == MediaType.MARKDOWN else ".txt"
    data = corrected(original.text, accepted, original.encoding)
    basis = Basis.FILE if original.media_type in PLAIN else Basis.TEXT
    return Made(_named(original, "corrected", ending), data, basis=basis)


async def _in_the_file(
    original: Original, copy: Copy, wishes: Wishes, at: datetime
) -> Made | Basis:
    """The copy made of the file itself; else why it has to be made of the text."""
    word = original.media_type == MediaType.DOCX
    if not word and (original.media_type != MediaType.PDF or copy is not Copy.TRACKED):
        return Basis.TEXT
    if original.source is None:
        return Basis.GONE
    try:
        if word:
            given = await _in_word(original.source, copy, wishes, at)
            return _made(_named(original, WORD[copy], ".docx"), given)
        given = await _on_the_pages(original.source, original.text, wishes, at)
    except DocumentError:
        return Basis.REFUSED
    if given.left_out and given.left_out == len(_in_order(wishes)):
        return Basis.REFUSED
    return _made(_named(original, "highlighted", ".pdf"), given)


async def _in_word(data: bytes, copy: Copy, wishes: Wishes, at: datetime) -> GivenBack:
    edits, findings, date = _of_copy(copy, wishes, at)
    return await give_back(data, edits, findings, at=date)


async def _as_word(original: Original, copy: Copy, wishes: Wishes, at: datetime) -> GivenBack:
    """A Word document of the text. Headings are the file's, as long as it does no harm."""
    edits, findings, date = _of_copy(copy, wishes, at)
    make = partial(give_back_as_word, original.text, original.language, edits, findings, at=date)
    if original.source is not None and original.media_type in FINDERS:
        with suppress(DocumentError):
            return await make(named_by=(original.media_type, original.source))
    return await make()


def _of_copy(
    copy: Copy, wishes: Wishes, at: datetime
) -> tuple[Sequence[Edit], Sequence[Finding], datetime | None]:
    """The edits in a copy, what it says of them, and the date of both."""
    if copy is Copy.CLEAN:
        return wishes.accepted, (), None
    asked = [_asked(edit, wishes.reader) for edit in wishes.open if edit.ask]
    return _in_order(wishes), [*wishes.findings, *asked], at


async def _on_the_pages(data: bytes, text: str, wishes: Wishes, at: datetime) -> GivenBack:
    corrections = [correction(edit, text, wishes.reader) for edit in _in_order(wishes)]
    return await highlighted(data, [*corrections, *map(remark, wishes.findings)], at=at)


def _in_order(wishes: Wishes) -> list[Edit]:
    return sorted([*wishes.accepted, *wishes.open], key=lambda edit: (edit.start, edit.end))


def _asked(edit: Edit, reader: str) -> Finding:
    """A comment beside a change that only the writer can decide."""
    said, why = question(edit, reader), edit.reason
    where = (edit.start, edit.end, edit.wrong)
    return Finding("question", Severity.MINOR, Criterion.MECHANICS, *where, said, why)


def _named(original: Original, what: str, ending: str) -> str:
    stem = PurePath(original.name).stem or "letter"
    return f"{stem}-{what}{ending}"


def _made(name: str, given: GivenBack, basis: Basis = Basis.FILE) -> Made:
    return Made(name, given.data, given.left_out, basis, given.notes)
