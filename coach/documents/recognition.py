"""The lines of one page of a photo or a scan, as Tesseract sees them in two or three readings.

One reading in all languages tells the page's script, one in its own language gives the text:
with all at once an English "company" may come out in Cyrillic letters, with one alone a Russian
name in an English letter is lost. Mode 6 sees what mode 3 leaves out of a photo and mixes columns,
so it counts only when it sees far more. Runs in the child process.
"""

import subprocess
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median
from typing import Any, cast

from PIL import Image

from coach import language
from coach.documents import photos, tesseract
from coach.documents.errors import DocumentError, Refusal
from coach.documents.misread import put_right
from coach.documents.pages import HYPHEN, Line
from coach.documents.tesseract import DPI, Word

POINTS = 72 / DPI

SURE = 50
"""Confidence from which a word is taken for one."""

FAR_MORE = 1.15
"""How many times the words of mode 3 mode 6 must see to be believed."""

PATIENCE = 6.0
"""Seconds of processor time after which no other reading is begun."""

WORST = 30
"""Under this confidence, and without a neighbour, what is seen is no word but dirt."""


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of one page; whether anything is on it; of how many pages it is one."""

    lines: tuple[Line, ...]
    ink: bool
    pages: int = 1


def page_of_photo(data: bytes, program: str) -> Page:
    """Raises DocumentError: too_big_image, bad_file, no_text, too_slow."""
    return _page(photos.opened(data), program)


def page_of_pdf(data: bytes, number: int, program: str) -> Page:
    """A page of a scanned PDF, drawn by PDFium. Raises DocumentError: as `page_of_photo`,
    encrypted, too_many_pages."""
    from coach.documents import pdf

    document = pdf.opened(data)
    sheet = document[number]
    side = min(DPI / 72, photos.LONGEST_SIDE / max(1.0, sheet.get_width(), sheet.get_height()))
    bitmap = cast(Any, sheet).render(scale=side, grayscale=True)
    drawn: Image.Image = bitmap.to_pil().convert("L")
    return _page(drawn, program, len(document))


def _page(picture: Image.Image, program: str, pages: int = 1) -> Page:
    if photos.is_blank(picture):
        return Page((), ink=False, pages=pages)
    try:
        sheet, words = _read_upright(photos.prepared(picture), program)
    except subprocess.TimeoutExpired:
        raise DocumentError(Refusal.TOO_SLOW, "slow_photo") from None
    return Page(lines_of(words, sheet.height), ink=True, pages=pages)


def _read_upright(sheet: Image.Image, program: str) -> tuple[Image.Image, list[Word]]:
    """The page as it is read best, and its words: it may lie on its side or its head."""
    known = tesseract.languages(program)
    first = tesseract.seen(program, photos.as_pgm(sheet), known, psm=3)
    turned = sheet if how_sure(first) > UPRIGHT else upright(sheet, program, known)
    if turned is sheet:
        return sheet, read(photos.as_pgm(sheet), program, known, first)
    return turned, read(photos.as_pgm(turned), program, known)


UPRIGHT = 75
"""How sure Tesseract is of the words of an upright page at least: 85 to 97; of one that lies on
its side or its head 50 to 65."""

TURNS = (Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270)


def how_sure(words: Sequence[Word]) -> float:
    """The mean confidence of the words, weighted with their length; 0 for none."""
    letters = [(len(word.text), word.sure) for word in words]
    return sum(n * sure for n, sure in letters) / max(1, sum(n for n, _ in letters))


def upright(sheet: Image.Image, program: str, known: Sequence[str]) -> Image.Image:
    """The page turned until a part of it reads like words; as it is, when no turn helps. Raises
    subprocess.TimeoutExpired."""
    for turn in TURNS:
        if tesseract.spent() > MOST_TRIED:
            break
        turned = photos.levelled(sheet.transpose(turn))
        sample = photos.fullest_part(turned)
        words = tesseract.seen(program, photos.as_pgm(sample), known, psm=6)
        if _good(words) > FEW and how_sure(words) > UPRIGHT:
            return turned
    return sheet


MOST_TRIED = 7.0
"""Seconds of processor time after which no other turn is tried: with one more and the work on the
picture itself a page ends within 15 on an idle machine."""

FEW = 3
"""Words that chance may read into anything."""


def read(
    picture: bytes, program: str, known: Sequence[str], first: Sequence[Word] | None = None
) -> list[Word]:
    """The words of a page, in its own language; `first` is what was read in all of them. Raises
    subprocess.TimeoutExpired."""
    begun = tesseract.spent() if first is None else 0.0
    first = tesseract.seen(program, picture, known, psm=3) if first is None else first
    own = own_languages(first, known)

    def patient() -> bool:
        return tesseract.spent() - begun < PATIENCE

    if not _good(first) and patient():
        return tesseract.seen(program, picture, known, psm=6)
    words = list(first)
    if own != tuple(known) and patient():
        words = tesseract.seen(program, picture, own, psm=3)
    if _looks_torn(words) and patient():
        block = tesseract.seen(program, picture, own, psm=6)
        words = block if _good(block) > FAR_MORE * _good(words) else words
    return with_islands(words, first)


def own_languages(words: Sequence[Word], known: Sequence[str]) -> tuple[str, ...]:
    """The languages that a page is read in: its main one, and English beside another."""
    spoken = {"ru": ("rus", "eng"), "de": ("deu", "eng"), "en": ("eng",)}
    told = spoken.get(language.detect(" ".join(word.text for word in words)), ())
    return tuple(name for name in told if name in known) or tuple(known)


def _good(words: Sequence[Word]) -> int:
    """How many words were surely seen."""
    return sum(word.sure >= SURE and len(word.text) > 1 for word in words)


def _looks_torn(words: Sequence[Word]) -> bool:
    """Whether part of the page may be missing: many doubtful words, or lines that end early."""
    doubtful = sum(word.sure < SURE for word in words)
    return doubtful * 12 > len(words)


# Islands: a few words of another script or with umlauts, seen in the first reading only.


def with_islands(words: Sequence[Word], first: Sequence[Word]) -> list[Word]:
    """The words, with those of the first reading in their place that only it could see."""
    if words is first or not any(_is_island(word.text) for word in first):
        return list(words)
    islands = [word for word in first if _is_island(word.text)]
    return [next((i for i in islands if _same_place(i, word)), word) for word in words]


def _same_place(island: Word, word: Word) -> bool:
    if _is_cyrillic(word.text) or not _overlap(island, word):
        return False
    bare = _bare(island.text)
    if bare != island.text and not _is_cyrillic(island.text):
        return bare == _bare(word.text) and word.text != island.text
    return _only_cyrillic(island.text) and island.sure >= SURE and word.sure < island.sure + 10


def _overlap(one: Word, other: Word) -> bool:
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    widest = max(one.right - one.left, other.right - other.left)
    return high > 0 and wide > 0.7 * widest


def _is_island(text: str) -> bool:
    return _only_cyrillic(text) or (_bare(text) != text and not _is_cyrillic(text))


def _is_cyrillic(text: str) -> bool:
    return any("а" <= sign <= "ё" for sign in text.casefold())


LOOKALIKES = frozenset("авекмнорстухгпийьіг")
"""Cyrillic letters that a Latin word may be taken for, among them the slanted ones."""


def _only_cyrillic(text: str) -> bool:
    """A word that no Latin word looks like."""
    letters = [sign for sign in text.casefold() if sign.isalpha()]
    return (
        len(letters) > 1
        and all("а" <= sign <= "ё" for sign in letters)
        and not LOOKALIKES.issuperset(letters)
    )


def _bare(text: str) -> str:
    """Without the dots on its umlauts."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in apart if sign != "\u0308")


# Lines: words of one line together, in points from the lower left corner as a PDF has them.


def lines_of(words: Sequence[Word], height: int) -> tuple[Line, ...]:
    """The lines in Tesseract's order, which is the order of reading."""
    seen = [list(same) for _, same in groupby(words, key=lambda word: word.line)]
    latin = not _mostly_cyrillic(words)
    found = list[Line]()
    for _, paragraph in groupby(seen, key=lambda line: line[0].paragraph):
        lines = [line for line in paragraph if not _is_dirt(line)]
        tall = median(_full_height(line) for line in lines) if lines else 0.0
        found += [_line(line, tall, height, latin=latin) for line in lines]
    return tuple(found)


def _mostly_cyrillic(words: Sequence[Word]) -> bool:
    return sum(_is_cyrillic(word.text) for word in words) * 2 > len(words)


def _is_dirt(line: Sequence[Word]) -> bool:
    """Specks and edges of the paper."""
    return not any(sign.isalnum() for word in line for sign in word.text) or (
        max(word.sure for word in line) < WORST
    )


DESCENDING = frozenset("gjpqyQ,;()[]{}|/цщруфд")
RISING = frozenset("bdfhiklt|/()[]{}!?;:\"'йёбф")
X_HEIGHT, RISE, FALL = 0.52, 0.21, 0.21
"""Shares of a font's height (Liberation, DejaVu, Latin Modern, within a tenth)."""


def _full_height(line: Sequence[Word]) -> float:
    """How high a line's font is, by the letters that stand in it."""
    text = "".join(word.text for word in line)
    rises = any(sign in RISING or sign.isupper() or sign.isdigit() for sign in text)
    share = X_HEIGHT + RISE * rises + FALL * _falls(text)
    return (_bottom(line) - min(word.top for word in line)) / share


def _falls(text: str) -> bool:
    return not DESCENDING.isdisjoint(text)


def _bottom(line: Sequence[Word]) -> int:
    return max(word.bottom for word in line)


def _line(line: Sequence[Word], tall: float, height: int, *, latin: bool) -> Line:
    text = " ".join(put_right([word.text for word in line], latin=latin))
    falls = 0.0 if _falls(text) else FALL * tall
    bottom = height - _bottom(line) - falls
    return Line(
        0,
        text[:-1] + HYPHEN if text[-1] in "-‐¬" and text[-2:-1].isalpha() else text,
        line[0].left * POINTS,
        bottom * POINTS,
        line[-1].right * POINTS,
        (bottom + tall) * POINTS,
    )


def answer(data: bytes, media_type: str, page: int, program: str) -> dict[str, object]:
    """What the child process says about one page of a document. Raises DocumentError."""
    is_pdf = media_type == "application/pdf"
    seen = page_of_pdf(data, page, program) if is_pdf else page_of_photo(data, program)
    lines = [(x.text, x.left, x.bottom, x.right, x.top) for x in seen.lines]
    return {"pages": seen.pages, "ink": seen.ink, "lines": lines}
