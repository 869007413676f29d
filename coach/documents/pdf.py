"""PDF through PDFium: the characters and their boxes become lines, `pages` makes text of them.

PDFium reads two-column letters in order where other readers interleave them (1.3 % error
against 2.3 to 26 %), but it aborts on hostile files: only the child process may call this.
"""

import ctypes
import re
import unicodedata
from collections.abc import Iterator
from statistics import median
from typing import TypeAlias

import pypdfium2  # pyright: ignore[reportMissingTypeStubs]
from pypdfium2 import raw  # pyright: ignore[reportMissingTypeStubs]

from coach.documents import invisible
from coach.documents.document import Note, Reading
from coach.documents.errors import MAX_CHARACTERS, MAX_PAGES, DocumentError, Refusal
from coach.documents.pages import HYPHEN, Line, running_text

Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""

WIDE_GAP = 3.0
"""Line heights between two words that no justified line reaches: a column or a table cell."""

LINE_ENDS = frozenset("\r\n")
LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u00a0": " "}
)
SOFT_HYPHENS = frozenset("\x02\ufffe\u00ad")
"""How PDFium marks a hyphen at a line's end, by version, and how some fonts name it."""


def read(data: bytes) -> Reading:
    """The text of a PDF. Raises DocumentError: bad_file, encrypted, too_many_pages, too_long,
    no_text."""
    document = _open(data)
    if len(document) > MAX_PAGES:
        raise DocumentError(Refusal.TOO_MANY_PAGES)
    text = running_text(list(_lines(document)))
    if not text:
        raise DocumentError(Refusal.NO_TEXT)
    unseen = invisible.count(text)
    notes = (Note("invisible_removed", {"count": unseen}),) if unseen else ()
    return Reading(invisible.without(text), notes)


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        locked = getattr(problem, "err_code", None) == raw.FPDF_ERR_PASSWORD
        raise DocumentError(Refusal.ENCRYPTED if locked else Refusal.BAD_FILE) from None


def _lines(document: pypdfium2.PdfDocument) -> Iterator[Line]:
    characters = 0
    for number in range(len(document)):
        try:
            page = document[number].get_textpage()
        except pypdfium2.PdfiumError:
            continue
        characters += page.count_chars()
        if characters > 4 * MAX_CHARACTERS:
            raise DocumentError(Refusal.TOO_LONG)
        yield from _page_lines(number, page)


def _page_lines(number: int, page: pypdfium2.PdfTextPage) -> Iterator[Line]:
    """The lines of one page, cut at wide gaps. After a hyphen PDFium writes no line end, and it
    joins what stands at one height: there the boxes tell."""
    said = ""
    boxes: list[Box] = []
    for index in range(page.count_chars()):
        sign = _sign(page, index)
        box = list(_box(page, index, sign))
        if sign in LINE_ENDS or _breaks(said, boxes, box):
            yield from _line(number, said, boxes)
            said, boxes = "", []
        if sign not in LINE_ENDS:
            said += sign
            boxes += box
    yield from _line(number, said, boxes)


def _breaks(said: str, boxes: list[Box], box: list[Box]) -> bool:
    """Whether a box starts a new line: left of a hyphen, or far right of anything."""
    if not boxes or not box:
        return False
    _, bottom, right, top = boxes[-1]
    gap = box[0][0] - right
    return gap > WIDE_GAP * (top - bottom) or (said.endswith(HYPHEN) and gap < 0)


def _sign(page: pypdfium2.PdfTextPage, index: int) -> str:
    code = raw.FPDFText_GetUnicode(page, index)
    sign = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
    return HYPHEN if sign in SOFT_HYPHENS else sign.translate(LIGATURES)


def _box(page: pypdfium2.PdfTextPage, index: int, sign: str) -> Iterator[Box]:
    """The box of a visible character; spaces reach over margins and say nothing."""
    if sign and not sign.isspace():
        box = raw.FS_RECTF()
        if raw.FPDFText_GetLooseCharBox(page, index, ctypes.byref(box)):
            yield box.left, box.bottom, box.right, box.top


def _line(page: int, said: str, boxes: list[Box]) -> Iterator[Line]:
    """The box takes the middle of all heights: one letter of another font is no taller line."""
    text = _accents_joined(" ".join(said.split()))
    if text and boxes:
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        yield Line(page, text, min(lefts), median(bottoms), max(rights), median(tops))


LOOSE_ACCENT = re.compile(r"(?:(?:^| )([\u0300-\u030c])|([¨´ˆ˜ˇ˚])) ?([^\W\d_])")
COMBINING = dict(zip("¨´ˆ˜ˇ˚", "\u0308\u0301\u0302\u0303\u030c\u030a", strict=True))


def _accents_joined(text: str) -> str:
    """TeX's old fonts draw an accent and then its letter: "Universit ¨at"."""

    def joined(found: re.Match[str]) -> str:
        mark = found[1] or COMBINING[found[2]]
        return unicodedata.normalize("NFC", found[3] + mark)

    return LOOSE_ACCENT.sub(joined, text) if not text.isascii() else text
