"""What a file is, told by its content: names lie, first bytes seldom do."""

import re

from coach.documents.archive import opened
from coach.documents.document import MediaType
from coach.documents.errors import DocumentError, Refusal

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Microsoft's old container: Word before 2007, and the wrapping of a password-protected DOCX."""

FIRST_BYTES = (
    (b"{\\rtf", MediaType.RTF),
    (b"\x89PNG\r\n", MediaType.IMAGE),
    (b"\xff\xd8\xff", MediaType.IMAGE),
    (b"GIF8", MediaType.IMAGE),
    (b"BM", MediaType.IMAGE),
    (b"II*\x00", MediaType.IMAGE),
    (b"MM\x00*", MediaType.IMAGE),
    (b"\x1f\x8b", MediaType.OTHER),
    (b"Rar!", MediaType.OTHER),
    (b"7z\xbc\xaf", MediaType.OTHER),
    (b"\x7fELF", MediaType.OTHER),
)

ENDINGS = {
    MediaType.PLAIN: ("txt", "text", "log", ""),
    MediaType.MARKDOWN: ("md", "markdown"),
    MediaType.HTML: ("html", "htm", "xhtml"),
    MediaType.PDF: ("pdf",),
    MediaType.DOCX: ("docx", "docm", "dotx"),
    MediaType.ODT: ("odt", "ott"),
    MediaType.RTF: ("rtf",),
}
"""The endings that tell the truth about a type."""

WHAT = {
    MediaType.PLAIN: "txt",
    MediaType.MARKDOWN: "txt",
    MediaType.HTML: "HTML",
    MediaType.PDF: "PDF",
    MediaType.DOCX: "Word (DOCX)",
    MediaType.ODT: "OpenDocument (ODT)",
    MediaType.RTF: "RTF",
}
"""How a person calls a type."""


def sniff(data: bytes, name: str = "") -> MediaType:
    """The type of a document. Only between txt and Markdown the name decides, since nothing in
    the content does. Raises DocumentError: empty, bad_file, encrypted,
    too_big_unpacked."""
    if not data:
        raise DocumentError(Refusal.EMPTY)
    if b"%PDF-" in data[:1024]:
        return MediaType.PDF
    if data.startswith(b"PK"):
        return _inside_zip(data)
    if data.startswith(OLE2):
        return _inside_ole2(data)
    if data[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"}:
        return MediaType.IMAGE
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return MediaType.IMAGE
    for first, media_type in FIRST_BYTES:
        if data.startswith(first):
            return media_type
    return _markup(data) or _text_by_name(name)


def lying_ending(name: str, media_type: MediaType) -> str | None:
    """The ending of a name that says something else than the content, else None."""
    ending = _ending(name)
    claims = {ending in endings for endings in ENDINGS.values()} | {ending in OTHER_ENDINGS}
    honest = ending in ENDINGS.get(media_type, ()) or True not in claims
    return None if honest else ending


OTHER_ENDINGS = frozenset({"doc", "pages", "png", "jpg", "jpeg", "webp", "epub", "zip"})


def _ending(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem else ""


def _text_by_name(name: str) -> MediaType:
    markdown = _ending(name) in ENDINGS[MediaType.MARKDOWN]
    return MediaType.MARKDOWN if markdown else MediaType.PLAIN


def _inside_zip(data: bytes) -> MediaType:
    names = set(opened(data).namelist())
    if "word/document.xml" in names:
        return MediaType.DOCX
    if "META-INF/container.xml" in names:
        return MediaType.EPUB
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        return MediaType.ODT
    if names & {"Index/Document.iwa", "index.apxl", "Index.zip", "index.xml"}:
        return MediaType.PAGES
    return MediaType.ZIP


def _inside_ole2(data: bytes) -> MediaType:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise DocumentError(Refusal.ENCRYPTED)
    word = "WordDocument".encode("utf-16-le") in data
    return MediaType.OLD_WORD if word else MediaType.OTHER


def _markup(data: bytes) -> MediaType | None:
    """HTML and SVG announce themselves in their first element."""
    head = data[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    head = re.sub(rb"^(<\?xml[^>]*>\s*|<!--.*?-->\s*)+", b"", head, flags=re.DOTALL)
    if re.match(rb"<!doctype html|<html[\s>]|<(head|body)[\s>]", head):
        return MediaType.HTML
    return MediaType.SVG if head.startswith((b"<svg", b"<!doctype svg")) else None
