"""Books in EPUB: the pages of the spine in order, each read as the web page that it is.

Names as in EPUB 3.3: META-INF/container.xml leads to the package document, whose manifest says
what there is and whose spine in which order. The table of contents and what stands outside the
order of reading are left out.
"""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from coach.documents import html, invisible, layout
from coach.documents.archive import Element, Package
from coach.documents.document import Note, Reading
from coach.documents.errors import MAX_CHARACTERS, DocumentError, Refusal

CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
OPF = "{http://www.idpf.org/2007/opf}"
WEB_PAGES = frozenset({"application/xhtml+xml", "text/html"})


def read(data: bytes) -> Reading:
    """The text of an EPUB. Raises DocumentError: bad_file, encrypted, no_text, too_long,
    too_big_unpacked."""
    package = Package(data)
    notes: dict[str, Note] = {}
    text = layout.join(_blocks(package, notes))
    if not text:
        raise DocumentError(Refusal.NO_TEXT)
    return Reading(invisible.without(text), (*invisible.notes(text), *notes.values()))


def _blocks(package: Package, notes: dict[str, Note]) -> Iterator[tuple[str, bool]]:
    """The blocks of one page after the other, until it is too much; gathers each page's notes."""
    length = 0
    for content in pages(package):
        page = html.page_of(content)
        notes |= {note.name: note for note in html.notes(page)}
        for said, item in html.blocks(page):
            length += len(said)
            if length > MAX_CHARACTERS:
                raise DocumentError(Refusal.TOO_LONG)
            yield said, item


def pages(package: Package) -> Iterator[bytes]:
    """The web pages in order of reading. Raises DocumentError as `read`."""
    return map(package.part, _spine(package))


def _spine(package: Package) -> Iterator[str]:
    """The names of the web pages in order of reading."""
    path = _package_document(package)
    book = package.tree(path)
    items = {item.get("id"): item for item in book.iterfind(f"{OPF}manifest/{OPF}item")}
    locked = _encrypted(package)
    for place in book.iterfind(f"{OPF}spine/{OPF}itemref"):
        item = items.get(place.get("idref"))
        if item is None or place.get("linear") == "no" or not _read_through(item):
            continue
        name = _named(posixpath.dirname(path), item.get("href", ""))
        if name in locked:
            raise DocumentError(Refusal.ENCRYPTED)
        yield name


def _package_document(package: Package) -> str:
    for element in package.tree(CONTAINER).iter("{*}rootfile"):
        return element.get("full-path", "")
    raise DocumentError(Refusal.BAD_FILE)


def _read_through(item: Element) -> bool:
    """A page of the book, not its table of contents."""
    contents = "nav" in item.get("properties", "").split()
    return item.get("media-type") in WEB_PAGES and not contents


def _named(folder: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))


def _encrypted(package: Package) -> set[str]:
    """What a shop's lock covers; fonts are often locked where the words are not."""
    if ENCRYPTION not in package:
        return set()
    locks = package.tree(ENCRYPTION).iter("{*}CipherReference")
    return {unquote(lock.get("URI", "")) for lock in locks}
