"""Web pages: the text of the blocks that a browser shows, by lxml's parser."""

import re
from collections.abc import Iterator

from lxml import etree

from coach.documents import invisible, layout, plain
from coach.documents.archive import Element
from coach.documents.document import Note, Reading
from coach.documents.errors import DocumentError, Refusal

UNSEEN = frozenset(
    {"script", "style", "head", "template", "noscript", "iframe", "object", "embed", "svg"}
    | {"canvas", "audio", "video", "select", "button", "textarea", "input"}
)
BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "dd", "div", "dl", "dt"}
    | {"figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"}
    | {"hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td"}
    | {"tfoot", "th", "thead", "tr", "ul"}
)
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0", re.I)
CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
XHTML = re.compile(r"xmlns\s*=\s*[\"']http://www\.w3\.org/1999/xhtml")
SELF_CLOSED = re.compile(
    r"<(a|div|i|iframe|p|script|section|span|style|td|textarea|title)\b([^<>]{0,500})/>", re.I
)
"""XHTML may close these where they open; to an HTML parser they stay open to the page's end."""

XML_PROLOG = re.compile(r"^\s*<\?xml[^>]*\?>")


def read(data: bytes) -> Reading:
    """The text of a page. Raises DocumentError: empty, not_text, bad_file, no_text."""
    page = page_of(data)
    text = layout.join(blocks(page))
    if not text:
        raise DocumentError(Refusal.NO_TEXT)
    return Reading(invisible.without(text), (*invisible.notes(text), *notes(page)))


def page_of(data: bytes) -> Element:
    """The parsed page. Raises DocumentError: empty, not_text, bad_file."""
    source = XML_PROLOG.sub("", _decoded(data))
    if XHTML.search(source[:4096]):
        source = SELF_CLOSED.sub(r"<\1\2></\1>", source)
    try:
        return etree.fromstring(source, etree.HTMLParser(remove_comments=True, remove_pis=True))
    except (etree.XMLSyntaxError, ValueError):
        raise DocumentError(Refusal.BAD_FILE) from None


def _decoded(data: bytes) -> str:
    """As the page declares it, when that fits; else as any text."""
    declared = CHARSET.search(data[:2048])
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return plain.decode(data).text


def blocks(page: Element) -> Iterator[tuple[str, bool]]:
    """The page's blocks as (text, is a list item)."""
    said, item = "", False
    for piece in _pieces(page):
        if piece in {BREAK, ITEM}:
            if said.strip():
                yield _folded(said), item
                item = False
            said, item = "", item or piece is ITEM
        else:
            said += piece
    if said.strip():
        yield _folded(said), item


BREAK = "\x1d"
ITEM = "\x1e"
LINE = "\x1f"
"""Stand between pieces; an HTML parser never gives control characters."""


def _pieces(element: Element) -> Iterator[str]:
    """What an element shows, a sign where a block begins and ends."""
    name = element.tag
    if name in UNSEEN or _hidden(element):
        return
    block = name in BLOCKS
    if block:
        yield ITEM if name == "li" else BREAK
    if name == "br":
        yield LINE
    yield _spaced(element.text)
    for child in element:
        yield from _pieces(child)
        yield _spaced(child.tail)
    if block:
        yield BREAK


def _spaced(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _folded(said: str) -> str:
    return "\n".join(" ".join(line.split()) for line in said.strip(" " + LINE).split(LINE))


def _hidden(element: Element) -> bool:
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    return hidden or bool(HIDDEN_STYLE.search(element.get("style") or ""))


def notes(page: Element) -> Iterator[Note]:
    """What to tell about a page."""
    if any(_hidden(element) and _shows(element) for element in page.iter()):
        yield Note("hidden_text")


def _shows(element: Element) -> bool:
    """Whether an element would show words if it were not hidden."""
    return element.tag not in UNSEEN and any(str(said).strip() for said in element.itertext())
