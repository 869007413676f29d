"""One document from its bytes: what it is, whether it is fit to be read, and its text.

`read` does all of it in this process and is what the child runs; `bot`, handlers and terminal
call `read_in_child`, because parsers of other people's formats can hang, eat memory and abort.
"""

from collections.abc import Callable

from coach.documents import content, docx, invisible, links, odt, plain
from coach.documents.document import Document, MediaType, Note, Reading, safe_name
from coach.documents.errors import MAX_BYTES, MAX_CHARACTERS, DocumentError, Refusal

IN_PROCESS = frozenset({MediaType.PLAIN, MediaType.MARKDOWN})
"""Types that need no parser: decoding is ours and bounded by the size."""

HINTS = {
    MediaType.IMAGE: "image",
    MediaType.PAGES: "pages",
    MediaType.ZIP: "zip",
    MediaType.SVG: "svg",
    MediaType.MAIL: "mail",
    MediaType.PICTURE: "picture",
}
"""Types that we can't read yet, by the sentence that says how to export them."""


def read(data: bytes, name: str, *, language: str = "en") -> Document:
    """Reads a document in this process; notes are said in `language`. Raises DocumentError."""
    media_type = recognised(data, name)
    return finished(parsed(data, media_type), name, media_type, language)


def pasted(text: str, *, language: str = "en") -> Document:
    """A letter that came as a message. Raises DocumentError: empty, too_long, and unsupported
    for a link in a letter's place."""
    return finished(Reading(text), "", MediaType.PLAIN, language)


def recognised(data: bytes, name: str) -> MediaType:
    """The type of a document that we can read. Raises DocumentError for all others."""
    if len(data) > MAX_BYTES:
        raise DocumentError(Refusal.TOO_BIG)
    media_type = content.sniff(data, name)
    if media_type is MediaType.OLD_WORD:
        raise DocumentError(Refusal.OLD_WORD)
    if media_type not in PARSERS and media_type is not MediaType.IMAGE:
        drawn = media_type is MediaType.SVG and content.lying_ending(safe_name(name), media_type)
        code = Refusal.WRONG_EXTENSION if drawn else Refusal.UNSUPPORTED
        raise DocumentError(code, HINTS.get(media_type, ""))
    return media_type


def parsed(data: bytes, media_type: MediaType) -> Reading:
    """The text of a recognised document, within the limit of length. Raises DocumentError."""
    if media_type not in PARSERS:
        raise DocumentError(Refusal.UNSUPPORTED, HINTS.get(media_type, ""))
    return _bounded(PARSERS[media_type](data))


def finished(reading: Reading, name: str, media_type: MediaType, language: str) -> Document:
    """The document as everybody else sees it. Raises DocumentError: empty, too_long, and
    unsupported for a link in a letter's place."""
    _bounded(reading)
    if media_type in IN_PROCESS and (hint := links.instead_of_a_letter(reading.text)):
        raise DocumentError(Refusal.UNSUPPORTED, hint)
    notes = [*_about_the_name(name, media_type), *reading.notes]
    if media_type in IN_PROCESS and (unseen := invisible.count(reading.text)):
        notes.append(Note("invisible_kept", {"count": unseen}))
    return Document(
        name=safe_name(name),
        media_type=media_type.value,
        text=reading.text,
        encoding=reading.encoding,
        notes=tuple(note.sentence(language) for note in notes),
    )


def _bounded(reading: Reading) -> Reading:
    if len(reading.text) > MAX_CHARACTERS:
        raise DocumentError(Refusal.TOO_LONG)
    if not invisible.without(reading.text).strip():
        raise DocumentError(Refusal.EMPTY)
    return reading


def _about_the_name(name: str, media_type: MediaType) -> list[Note]:
    ending = content.lying_ending(safe_name(name), media_type) if name else None
    what = content.WHAT.get(media_type, "")
    return [Note("wrong_ending", {"ending": ending, "what": what})] if ending else []


def _pdf(data: bytes) -> Reading:
    """Imported here only: PDFium stays out of every process but the child, and so do the
    parsers below."""
    from coach.documents import pdf

    return pdf.read(data)


def _rtf(data: bytes) -> Reading:
    from coach.documents import rtf

    return rtf.read(data)


def _html(data: bytes) -> Reading:
    from coach.documents import html

    return html.read(data)


def _epub(data: bytes) -> Reading:
    from coach.documents import epub

    return epub.read(data)


PARSERS: dict[MediaType, Callable[[bytes], Reading]] = {
    MediaType.PLAIN: plain.read,
    MediaType.MARKDOWN: plain.read,
    MediaType.DOCX: docx.read,
    MediaType.ODT: odt.read,
    MediaType.RTF: _rtf,
    MediaType.HTML: _html,
    MediaType.EPUB: _epub,
    MediaType.PDF: _pdf,
}
"""How each type is read."""
