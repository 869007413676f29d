"""What reading gives: the document, its type, and what there is to tell about it."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath

from coach.texts import say

LONGEST_NAME = 80
"""Characters of a file name that are kept: enough to recognise one's own file."""


class MediaType(StrEnum):
    """What a document is, told by its content."""

    PLAIN = "text/plain"
    MARKDOWN = "text/markdown"
    HTML = "text/html"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ODT = "application/vnd.oasis.opendocument.text"
    RTF = "application/rtf"
    EPUB = "application/epub+zip"
    IMAGE = "image/*"
    SVG = "image/svg+xml"
    PAGES = "application/vnd.apple.pages"
    OLD_WORD = "application/msword"
    ZIP = "application/zip"
    MAIL = "message/rfc822"
    PICTURE = "image/x-other"
    """A picture of a kind that nothing here opens."""
    OTHER = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Note:
    """Something the person should know about the file: a text of `documents.note`."""

    name: str
    facts: dict[str, object] = field(default_factory=dict[str, object])

    def sentence(self, language: str) -> str:
        """The note as the person reads it."""
        return say(language, f"documents.note.{self.name}", **self.facts)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a parser read; `encoding` is known for plain text only."""

    text: str
    notes: tuple[Note, ...] = ()
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A letter as it was read. For plain text and Markdown `text` is the decoded content,
    unchanged; for other types it is the text on the pages. `encoding` is how a text file was
    stored (`plain.encode` takes it); `notes` are sentences in the reader's language.
    """

    name: str
    media_type: str
    text: str
    encoding: str | None = None
    notes: tuple[str, ...] = ()


def safe_name(name: str) -> str:
    """A name to show and to offer for download, never a path: the last part of what was sent,
    without control characters, shortened before its ending."""
    last = PurePosixPath(name.replace("\\", "/")).name
    shown = "".join(sign for sign in last if sign.isprintable()).strip(" .")
    if len(shown) <= LONGEST_NAME:
        return shown or "letter"
    ending = PurePosixPath(shown).suffix[:10]
    return shown[: LONGEST_NAME - len(ending)] + ending
