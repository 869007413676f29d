"""PDF through PDFium: the characters and their boxes become lines, `pages` makes text of them.

PDFium reads two-column letters in order where other readers interleave them (1.3 % error
against 2.3 to 26 %), but it aborts on hostile files: only the child process may call this.
"""

import ctypes
import re
from collections.abc import Iterator
from statistics import median
from typing import Any, cast

import pypdfium2  # pyright: ignore[reportMissingTypeStubs]
from pypdfium2 import raw  # pyright: ignore[reportMissingTypeStubs]

from coach.documents import invisible
from coach.documents.accents import Sign, put_on
from coach.documents.document import Reading
from coach.documents.errors import MAX_CHARACTERS, MAX_PAGES, DocumentError, Refusal
from coach.documents.hyphens import HYPHEN
from coach.documents.pages import Line, running_text
from coach.documents.traced import Box, Place, Traced

WIDE_GAP = 3.0
"""Line heights between two words that no justified line reaches: a column or a table cell."""

STAMP = 80
"""Characters a page that a scanner's own text has at most: its name, a date, a page number."""

MOSTLY = 0.5
"""Share of a page that the picture of a sheet covers."""

LINE_ENDS = frozenset("\r\n")
NAMELESS = "\uf0b7"
"""Word's bullet; `layout` makes the usual one of it where it opens a line."""

LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u00a0": " "}
)
LETTER_SIZE = (0.0, 0.0, 612.0, 792.0)
"""Of a page that doesn't say how large it is, as PDFium takes it."""

BROWSER = "Skia/PDF"
"""Chromium, which breaks words with U+2010 where the font has it; all usual fonts do."""

SOFT_HYPHENS = frozenset("\x02\ufffe\u00ad")
"""How PDFium marks a hyphen at a line's end, by version, and how some fonts name it."""


READER_ONLY = re.compile(
    r"Please wait\.{3}\s+If this message is not eventually replaced by the proper contents"
    r"|For the best experience, open this PDF portfolio in"
)
"""How Adobe's dynamic forms and portfolios begin in other programs: it is all that they show."""


def read(data: bytes) -> Reading:
    """The text of a PDF. Raises DocumentError: bad_file, encrypted, too_many_pages, too_long,
    no_text, unsupported."""
    text = _running(data).text
    if READER_ONLY.match(text):
        raise DocumentError(Refusal.UNSUPPORTED, "reader_only")
    return Reading(invisible.without(text), tuple(invisible.notes(text)))


def trace(data: bytes) -> Traced:
    """The text as `read` gives it, and where each of its characters stands: page, PDFium's
    number of the character there, its box. None for line ends and bullets that are ours.
    Raises as `read`."""
    said = _running(data)
    return said.chosen(invisible.seen(said.text))


def _running(data: bytes) -> Traced:
    document = opened(data)
    if len(document) > MAX_PAGES:
        raise DocumentError(Refusal.TOO_MANY_PAGES)
    pages = [(sheet, lines) for sheet, lines in _pages(document) if lines]
    sheets = {lines[0].page: sheet for sheet, lines in pages}
    made_by: str = document.get_metadata_value("Producer")  # pyright: ignore[reportUnknownMemberType]
    said = running_text(
        [line for _, lines in pages for line in lines],
        sheets,
        told_apart=made_by.startswith(BROWSER),
    )
    if not said.text or (len(said.text) < STAMP * len(document) and _is_scan(document)):
        raise DocumentError(Refusal.NO_TEXT)
    return said


def _is_scan(document: pypdfium2.PdfDocument) -> bool:
    """Whether a picture covers most of every page: then a line of text is a scanner's stamp."""
    return all(_covered(document[number]) > MOSTLY for number in range(len(document)))


def _covered(page: pypdfium2.PdfPage) -> float:
    """The share of a page that its largest picture covers."""
    pictures = cast(Any, page).get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])
    bounds: list[Box] = [picture.get_bounds() for picture in pictures]
    areas = [(right - left) * (top - bottom) for left, bottom, right, top in bounds]
    return max(areas, default=0.0) / max(1.0, page.get_width() * page.get_height())


def opened(data: bytes) -> pypdfium2.PdfDocument:
    """The pages, nothing read yet. Raises DocumentError: bad_file, encrypted."""
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        locked = getattr(problem, "err_code", None) == raw.FPDF_ERR_PASSWORD
        raise DocumentError(Refusal.ENCRYPTED if locked else Refusal.BAD_FILE) from None


def _pages(document: pypdfium2.PdfDocument) -> Iterator[tuple[Box, list[Line]]]:
    """Each page's own box and its lines."""
    characters = 0
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            continue
        characters += text.count_chars()
        if characters > 4 * MAX_CHARACTERS:
            raise DocumentError(Refusal.TOO_LONG)
        yield page.get_cropbox() or LETTER_SIZE, list(_page_lines(number, text))


def _page_lines(number: int, page: pypdfium2.PdfTextPage) -> Iterator[Line]:
    """The lines of one page, cut at wide gaps. After a hyphen PDFium writes no line end, and it
    joins what stands at one height: there the boxes tell."""
    line, boxes = list[Sign](), list[Box]()
    for sign in put_on(_signs(number, page)):
        box = sign.place.box
        if sign.said in LINE_ENDS or (box and boxes and _breaks(line[-1].said, boxes[-1], box)):
            yield from _line(number, line, boxes)
            line, boxes = [], []
        if sign.said not in LINE_ENDS:
            line.append(sign)
        if box:
            boxes.append(box)
    yield from _line(number, line, boxes)


def _signs(number: int, page: pypdfium2.PdfTextPage) -> list[Sign]:
    found: list[Sign] = []
    for index in range(page.count_chars()):
        if said := _said(page, index):
            found.append(Sign(said, Place(number, index, _box(page, index, said))))
    return found


def _breaks(last: str, before: Box, box: Box) -> bool:
    """Whether a box starts a new line: left of a hyphen, or far right of anything."""
    _, bottom, right, top = before
    gap = box[0] - right
    return gap > WIDE_GAP * (top - bottom) or (last == HYPHEN and gap < 0)


def _said(page: pypdfium2.PdfTextPage, index: int) -> str:
    """What a character says; nothing for a control character that no font could show. PDFium
    gives a glyph that it can't name one of the second set, and that is mostly a bullet."""
    code = raw.FPDFText_GetUnicode(page, index)
    sign = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
    if sign in SOFT_HYPHENS:
        return HYPHEN
    if "\x7f" < sign < "\xa0":
        return NAMELESS
    shown = sign >= " " or sign in LINE_ENDS or sign == "\t"
    return sign.translate(LIGATURES) if shown else ""


def _box(page: pypdfium2.PdfTextPage, index: int, sign: str) -> Box | None:
    """The box of a visible character; spaces reach over margins and say nothing."""
    if not sign or sign.isspace():
        return None
    box = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(page, index, ctypes.byref(box)):
        return None
    return box.left, box.bottom, box.right, box.top


def _line(page: int, signs: list[Sign], boxes: list[Box]) -> Iterator[Line]:
    """The box takes the middle of all heights: one letter of another font is no taller line."""
    text = "".join([said for said, _ in signs])
    said = Traced(text, tuple([place for said, place in signs for _ in said])).folded()
    if said.text and boxes:
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        yield Line(
            page,
            said.text,
            *(min(lefts), median(bottoms), max(rights), median(tops)),
            places=said.places,
        )
