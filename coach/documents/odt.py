"""OpenDocument text (ODT): the words on the page, tracked deletions and comments left out.

Elements as in OpenDocument 1.3, part 3. Tracked deletions are kept in one place, which is not
read; insertions stand in the text like any other words.
"""

from collections.abc import Iterator

from coach.documents import invisible, layout
from coach.documents.archive import Element, Package, parse
from coach.documents.document import Note, Reading
from coach.documents.errors import DocumentError, Refusal

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"

PARAGRAPHS = frozenset({TEXT + "p", TEXT + "h"})
OUT = frozenset(
    {TEXT + "tracked-changes", OFFICE + "annotation", TEXT + "note", TEXT + "sequence-decls"}
)
"""What is not on the page, or only at its foot."""


def read(data: bytes) -> Reading:
    """The text of an ODT. Raises DocumentError: bad_file, encrypted, no_text,
    too_big_unpacked, unsupported (a table or slides)."""
    roots = _trees(data)
    body = roots[0].find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        office = roots[0].find(f"{OFFICE}body") is not None
        raise DocumentError(Refusal.UNSUPPORTED if office else Refusal.BAD_FILE)
    bulleted = {name for root in roots for name in _bulleted_styles(root)}
    text = layout.join(_paragraphs(body, bulleted))
    if not text:
        raise DocumentError(Refusal.NO_TEXT)
    return Reading(invisible.without(text), tuple(_notes(body, text)))


def _trees(data: bytes) -> list[Element]:
    """The content and, where they lie apart, the styles; a flat file has all in one."""
    if not data.startswith(b"PK"):
        return [parse(data)]
    package = Package(data)
    if b"encryption-data" in package.part("META-INF/manifest.xml"):
        raise DocumentError(Refusal.ENCRYPTED)
    styles = [package.tree("styles.xml")] if "styles.xml" in package else []
    return [package.tree("content.xml"), *styles]


def _bulleted_styles(root: Element) -> set[str]:
    """The list styles whose first level has a bullet."""
    return {
        style.get(STYLE + "name", "")
        for style in root.iter(TEXT + "list-style")
        if len(style) and style[0].tag == TEXT + "list-level-style-bullet"
    }


def _paragraphs(body: Element, bulleted: set[str]) -> Iterator[tuple[str, bool]]:
    """Each paragraph in reading order, one in a frame after the one that it hangs on; the flag
    says that it opens an item of a bulleted list."""
    waiting: list[tuple[Element, bool, bool]] = [(body, False, False)]
    while waiting:
        element, bullets, opens = waiting.pop()
        if element.tag in OUT:
            continue
        if element.tag == TEXT + "list":
            bullets = bullets or element.get(TEXT + "style-name", "") in bulleted
        if element.tag in PARAGRAPHS:
            yield _said(element).strip(), opens
        item = element.tag == TEXT + "list-item"
        children = [
            (child, bullets, bullets and item and n == 0) for n, child in enumerate(element)
        ]
        waiting.extend(reversed(children))


def _said(paragraph: Element) -> str:
    """The words of one paragraph without those in frames: runs of white space are one blank,
    further blanks are elements and count once."""
    said: list[str] = [_folded(paragraph.text)]
    for child in paragraph:
        if child.tag == TEXT + "s":
            said.append(" ")
        elif child.tag == TEXT + "tab":
            said.append("\t")
        elif child.tag == TEXT + "line-break":
            said.append("\n")
        elif child.tag not in PARAGRAPHS | OUT:
            said.append(_said(child))
        said.append(_folded(child.tail))
    return "".join(said)


def _folded(text: str | None) -> str:
    folded = " ".join((text or "").split())
    before = " " if text and text[0].isspace() else ""
    return before + folded + (" " if folded and text and text[-1].isspace() else "")


def _notes(body: Element, text: str) -> Iterator[Note]:
    yield from invisible.notes(text)
    if body.find(TEXT + "tracked-changes") is not None:
        yield Note("tracked")
