"""A PDF given back with its corrections: highlights that carry them as notes.

The file stays byte for byte as it came; annotations are appended to it as an update. One that
can't be updated so (encrypted, damaged) is written anew by PDFium first. Only the child process
may call this. Annotations as in ISO 32000-1, 12.5.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import cast

import pypdfium2  # pyright: ignore[reportMissingTypeStubs]
from pypdf import PageObject
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)
from pypdfium2 import raw  # pyright: ignore[reportMissingTypeStubs]

from coach.documents import pdf
from coach.documents.document import Note
from coach.documents.errors import DocumentError, Refusal
from coach.documents.marks import Highlight
from coach.documents.quads import Quad, around, quads
from coach.documents.runs import AUTHOR
from coach.documents.tracked import GivenBack
from coach.documents.updates import Update

COLOURS = {True: (1.0, 0.85, 0.35), False: (0.66, 0.84, 1.0)}
"""Amber for corrections, blue for what is said about a passage."""

PRINTED = 4
"""The flag of an annotation that is printed too (table 165)."""

ICON = 20.0
"""Points: the side of the sign for what is said about the whole letter."""

TROUBLE = (
    *(PyPdfError, DependencyError, NotImplementedError, RecursionError),
    *(ValueError, TypeError, KeyError, IndexError, AttributeError),
)
"""What pypdf raises over files that other programs open; it has no one exception for them."""


Annotation = tuple[int, DictionaryObject]
"""The number of a page, and what is added to it."""


def with_highlights(data: bytes, wanted: Sequence[Highlight], at: datetime) -> GivenBack:
    """The same pages with the highlights, by Sogood, dated `at`; how many corrections have no
    place on them. Raises DocumentError."""
    traced = pdf.trace(data)
    placed: list[tuple[Highlight, list[Quad]]] = []
    for one in sorted(wanted, key=lambda one: (one.correction, one.start)):
        fits = traced.text[one.start : one.end] == one.quote
        placed.append((one, quads(traced.places[one.start : one.end]) if fits else []))
    left_out = sum(one.correction and not found for one, found in placed)
    annotations = [
        (page, _highlight(one, on_page, at, f"sogood-{number}"))
        for number, (one, found) in enumerate(placed)
        for page, on_page in _by_page(found)
    ]
    whole = [one.said for one, _ in placed if one.start == one.end and not one.correction]
    written, notes = _annotated(data, annotations, whole, at)
    return GivenBack(written, left_out, notes)


def _by_page(found: list[Quad]) -> Iterator[tuple[int, list[Quad]]]:
    for page in dict.fromkeys(quad.page for quad in found):
        yield page, [quad for quad in found if quad.page == page]


def _highlight(one: Highlight, found: list[Quad], at: datetime, name: str) -> DictionaryObject:
    colour = COLOURS[one.correction]
    rect = _numbers(around(found))
    corners = [number for quad in found for number in quad.corners]
    made = _annotation("Highlight", rect, colour, one.said, at, name)
    made[NameObject("/QuadPoints")] = _numbers(corners)
    made[NameObject("/AP")] = DictionaryObject({NameObject("/N"): _appearance(found, rect, colour)})
    return made


def _annotation(
    kind: str,
    rect: ArrayObject,
    colour: tuple[float, ...],
    said: str,
    at: datetime,
    name: str,
) -> DictionaryObject:
    date = TextStringObject(at.strftime("D:%Y%m%d%H%M%SZ"))
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject(f"/{kind}"),
            NameObject("/Rect"): rect,
            NameObject("/C"): _numbers(colour),
            NameObject("/F"): NumberObject(PRINTED),
            NameObject("/T"): TextStringObject(AUTHOR),
            NameObject("/Contents"): TextStringObject(said),
            NameObject("/M"): date,
            NameObject("/CreationDate"): date,
            NameObject("/NM"): TextStringObject(name),
        }
    )


def _appearance(
    found: list[Quad], rect: ArrayObject, colour: tuple[float, ...]
) -> DecodedStreamObject:
    """What viewers paint that don't paint highlights by themselves: the colour multiplied with
    the page, so that the words stay black."""
    red, green, blue = colour
    painted = [
        f"{quad.left:.2f} {quad.bottom:.2f} {quad.width:.2f} {quad.height:.2f} re" for quad in found
    ]
    stream = DecodedStreamObject()
    stream.set_data("\n".join(["/multiply gs", f"{red} {green} {blue} rg", *painted, "f"]).encode())
    blending = DictionaryObject(
        {NameObject("/Type"): NameObject("/ExtGState"), NameObject("/BM"): NameObject("/Multiply")}
    )
    states = DictionaryObject({NameObject("/multiply"): blending})
    stream.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): rect,
            NameObject("/Resources"): DictionaryObject({NameObject("/ExtGState"): states}),
        }
    )
    return stream


def _numbers(values: Sequence[float]) -> ArrayObject:
    return ArrayObject([FloatObject(f"{value:.2f}") for value in values])


def _annotated(
    data: bytes, annotations: Sequence[Annotation], whole: Sequence[str], at: datetime
) -> tuple[bytes, tuple[Note, ...]]:
    """The file as it came with an update behind it; else what PDFium makes of the file."""
    if not annotations and not whole:
        return data, ()
    for file in (lambda: data, lambda: _written_anew(data)):
        try:
            written = _updated(source := file(), annotations, whole, at)
        except TROUBLE:
            continue
        if _opens(written):
            open_now = source is not data and _protected(data)
            return written, (Note("unprotected"),) if open_now else ()
    raise DocumentError(Refusal.BAD_FILE)


def _protected(data: bytes) -> bool:
    """Encrypted, so that everybody can read it and nobody is to change it."""
    document = pypdfium2.PdfDocument(data)
    revision = cast(Callable[[object], int], raw.FPDF_GetSecurityHandlerRevision)
    return revision(document) != -1


def _updated(
    data: bytes, annotations: Sequence[Annotation], whole: Sequence[str], at: datetime
) -> bytes:
    update = Update(data)
    for page, annotation in annotations:
        update.annotate(page, annotation)
    if whole:
        update.annotate(0, _sticker(update.page(0), whole, at))
    return update.written()


def _sticker(page: PageObject, whole: Sequence[str], at: datetime) -> DictionaryObject:
    """What is said about the letter as a whole, in the corner of its first page that a reader
    sees at the upper left, whichever way the page is turned."""
    shown, turned = page.cropbox, page.rotation % 360
    left, top = float(shown.left) + ICON, float(shown.top) - ICON
    if turned in (180, 270):
        left = float(shown.right) - 2 * ICON
    if turned in (90, 180):
        top = float(shown.bottom) + 2 * ICON
    rect = _numbers((left, top - ICON, left + ICON, top))
    said = "\n\n".join(whole)
    sticker = _annotation("Text", rect, COLOURS[False], said, at, "sogood-letter")
    sticker[NameObject("/Name")] = NameObject("/Comment")
    return sticker


def _written_anew(data: bytes) -> bytes:
    """Without its encryption, which lets everybody read it and only forbids notes, and with
    its damage mended."""
    box = BytesIO()
    document = pypdfium2.PdfDocument(data)
    document.save(box, flags=raw.FPDF_REMOVE_SECURITY)  # pyright: ignore[reportUnknownMemberType]
    return box.getvalue()


def _opens(written: bytes) -> bool:
    try:
        return len(pypdfium2.PdfDocument(written)) > 0
    except pypdfium2.PdfiumError:
        return False
