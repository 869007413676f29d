"""Word documents (DOCX, DOCM): the words that stand on the page, in reading order.

Tracked insertions are in, deletions and hidden text are out, tables go cell by cell, a text box
is read once although Word stores it twice. Macros, headers, footers and comments are never
opened. Elements as in ECMA-376, part 1, 17.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from coach.documents import invisible, layout
from coach.documents.archive import Element, Package, parse
from coach.documents.document import Note, Reading
from coach.documents.errors import DocumentError, Refusal
from coach.documents.relations import main_part_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

OUT = frozenset({W + "del", W + "moveFrom", W + "rPr", W + "pPr", W + "sdtPr", MC + "Fallback"})
"""What is not on the page: deleted and moved-away words, properties, and the second copy that
old programs read. Field codes and deleted text have elements of their own (instrText, delText)
that are no w:t."""

SIGNS = {
    W + "tab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    W + "ptab": "\t",
}


Piece = tuple[Element, str]
"""An element of a run (a w:t, a tab, a line break) and the characters that it stands for."""

Place = tuple[Element, int]
"""Where a character comes from: an element of a run, and the offset in what it says."""


@dataclass(slots=True)
class Paragraph:
    """A paragraph's element, its text so far piece by piece with the elements that say it, and
    whether it is an item of a bulleted list."""

    element: Element
    pieces: list[Piece] = field(default_factory=list[Piece])
    bullet: bool = False

    @property
    def text(self) -> str:
        """All of it, with the white space around it."""
        return "".join(said for _, said in self.pieces)


def read(data: bytes) -> Reading:
    """The text of a DOCX. Raises DocumentError: bad_file, encrypted, no_text, too_big_unpacked."""
    package = Package(data)
    body = body_of(main_part(package))
    found = _listed(package, body)
    text = layout.join((item.text.strip(), item.bullet) for item in found)
    if not text:
        wrapped = body.find(f".//{W}altChunk") is not None
        raise DocumentError(Refusal.NO_TEXT, "chunk" if wrapped else "")
    return Reading(invisible.without(text), tuple(_notes(body, text)))


def trace(package: Package, body: Element) -> tuple[str, list[Place | None]]:
    """The text as `read` gives it, and for each character where it comes from; None for line
    ends and bullets that stand in our text only."""
    found = _listed(package, body)
    text, places = "", list[Place | None]()
    for number, lead, said in layout.placed((item.text.strip(), item.bullet) for item in found):
        origins = [
            (element, offset)
            for element, piece in found[number].pieces
            for offset in range(len(piece))
        ]
        end = len(found[number].text.rstrip())
        text += lead + said
        places += [None] * len(lead)
        places += origins[end - len(said) : end]
    kept = invisible.seen(text)
    return "".join(text[at] for at in kept), [places[at] for at in kept]


def body_of(document: Element) -> Element:
    """What the main part shows. Raises bad_file."""
    body = document.find(W + "body")
    if body is None:
        raise DocumentError(Refusal.BAD_FILE)
    return body


def _listed(package: Package, body: Element) -> list[Paragraph]:
    lists = Lists(package)
    found = list(paragraphs(body))
    for paragraph in found:
        paragraph.bullet = lists.bulleted(paragraph.element)
    return found


def main_part(package: Package) -> Element:
    """The main part, in the transitional dialect, with the white space that the page has."""
    root = transitional(package.tree(main_part_of(package)))
    for said in root.iter(W + "t"):
        text = said.text or ""
        if text != (trimmed := text.strip(" \t\r\n")) and not _kept(said):
            said.text = trimmed
    return root


def _kept(said: Element) -> bool:
    """White space around words counts only where xml:space says so."""
    marks = (one.get(SPACE) for one in (said, *said.iterancestors()))
    return next((mark for mark in marks if mark), "") == "preserve"


def is_strict(root: Element) -> bool:
    """Whether a part speaks the strict dialect, which differs in its namespaces only."""
    return STRICT.decode() in root.nsmap.values()


def transitional(root: Element) -> Element:
    """The same part in the dialect that all others are written in."""
    if not is_strict(root):
        return root
    from lxml import etree

    return parse(etree.tostring(root, encoding="UTF-8").replace(STRICT, TRANSITIONAL))


def paragraphs(body: Element) -> Iterator[Paragraph]:
    """The paragraphs of the page, a text box's right after the one that it hangs on."""
    merging: Paragraph | None = None
    for element in _visible(body, W + "p"):
        paragraph = merging or Paragraph(element)
        paragraph.pieces += _pieces(element)
        merging = paragraph if _mark_deleted(element) else None
        if merging is None:
            yield paragraph
    if merging is not None:
        yield merging


def _visible(root: Element, wanted: str) -> Iterator[Element]:
    """Every wanted element below `root` in document order that stands on the page."""
    waiting = list(reversed(root))
    while waiting:
        element = waiting.pop()
        if element.tag in OUT:
            continue
        if element.tag == wanted:
            yield element
        waiting.extend(reversed(element))


def _pieces(paragraph: Element) -> Iterator[Piece]:
    """The words of one paragraph, without those of text boxes that hang on it."""
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag in OUT or element.tag == W + "p" or _hidden(element):
            continue
        if element.tag == W + "t":
            yield element, element.text or ""
        elif element.tag in SIGNS:
            yield element, SIGNS[str(element.tag)]
        waiting.extend(reversed(element))


def _hidden(run: Element) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish") if run.tag == W + "r" else None
    return vanish is not None and _on(vanish)


def _on(switch: Element) -> bool:
    return switch.get(W + "val", "true") not in {"0", "false", "off"}


def _mark_deleted(paragraph: Element) -> bool:
    """A tracked deletion of the paragraph's end: it runs on into the next."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def _notes(body: Element, text: str) -> Iterator[Note]:
    yield from invisible.notes(text)
    if any(_hidden(run) and run.findtext(W + "t") for run in _visible(body, W + "r")):
        yield Note("hidden_text")
    if body.find(f".//{W}del") is not None or body.find(f".//{W}ins") is not None:
        yield Note("tracked")


class Lists:
    """Which paragraphs are bulleted: by their own numbering or by their style's."""

    def __init__(self, package: Package) -> None:
        self._bullets = _bulleted_numberings(package)
        self._styles = dict(_style_numberings(package))

    def bulleted(self, paragraph: Element) -> bool:
        """Whether a bullet stands before the paragraph."""
        properties = paragraph.find(W + "pPr")
        if properties is None:
            return False
        style = properties.find(W + "pStyle")
        by_style = None if style is None else self._styles.get(style.get(W + "val", ""))
        return (_numbering(properties) or by_style) in self._bullets


def _bulleted_numberings(package: Package) -> set[str]:
    if "word/numbering.xml" not in package:
        return set()
    root = transitional(package.tree("word/numbering.xml"))
    bulleted = {
        kind.get(W + "abstractNumId")
        for kind in root.findall(W + "abstractNum")
        if (form := kind.find(f"{W}lvl/{W}numFmt")) is not None and form.get(W + "val") == "bullet"
    }
    return {
        number.get(W + "numId", "")
        for number in root.findall(W + "num")
        if (kind := number.find(W + "abstractNumId")) is not None
        and kind.get(W + "val") in bulleted
    }


def _style_numberings(package: Package) -> Iterator[tuple[str, str]]:
    if "word/styles.xml" not in package:
        return
    for style in transitional(package.tree("word/styles.xml")).findall(W + "style"):
        properties = style.find(W + "pPr")
        number = None if properties is None else _numbering(properties)
        if number:
            yield style.get(W + "styleId", ""), number


def _numbering(properties: Element) -> str | None:
    number = properties.find(f"{W}numPr/{W}numId")
    return None if number is None else number.get(W + "val")
