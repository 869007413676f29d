"""Which lines of a file are headings, where the file itself names them. For the child process."""

from collections.abc import Callable

from coach.documents.archive import Package
from coach.documents.document import MediaType
from coach.documents.errors import DocumentError

TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")

Headings = dict[str, int]
"""The text of each heading with its level from 1."""


def headings(data: bytes, media_type: str) -> Headings:
    """None where the file can't be read or has another form."""
    find = FINDERS.get(media_type)
    try:
        return find(data) if find else {}
    except DocumentError:
        return {}


def _page(data: bytes) -> Headings:
    from coach.documents import html

    found = html.page_of(data).iter(*TAGS)
    return {said: int(str(one.tag)[1]) for one in found for said, _ in html.blocks(one) if said}


def _open_document(data: bytes) -> Headings:
    from coach.documents.odt import TEXT

    found = Package(data).tree("content.xml").iter(TEXT + "h")
    return {
        " ".join("".join(map(str, one.itertext())).split()): int(
            one.get(TEXT + "outline-level", "1")
        )
        for one in found
    }


def _book(data: bytes) -> Headings:
    from coach.documents import epub

    found = Headings()
    for page in epub.pages(Package(data)):
        found |= _page(page)
    return found


FINDERS: dict[str, Callable[[bytes], Headings]] = {
    MediaType.HTML: _page,
    MediaType.ODT: _open_document,
    MediaType.EPUB: _book,
}
"""By media type."""
