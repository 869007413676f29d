"""From the lines on pages to running text: margins dropped, columns in order, paragraphs
joined, hyphens at line ends decided. Pure: knows geometry and words, nothing of PDF.

Coordinates are points, y upwards, as PDF has them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from coach.documents.hyphens import HYPHEN, SUSPENDED, settled
from coach.documents.layout import BULLET, BULLET_SIGN
from coach.documents.traced import Box, Place, Traced


@dataclass(frozen=True, slots=True)
class Line:
    """One line on a page and the box it fills; `gap`: it has a wide gap, like a table's row;
    `places`: where its characters come from, when that is known."""

    page: int
    text: str
    left: float
    bottom: float
    right: float
    top: float
    gap: bool = False
    places: tuple[Place | None, ...] = ()

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def said(self) -> Traced:
        """The text with the places of its characters."""
        return Traced(self.text, self.places) if self.places else Traced.ours(self.text)


def running_text(
    lines: Sequence[Line], sheets: Mapping[int, Box] | None = None, *, told_apart: bool = False
) -> Traced:
    """The lines as a reader would read them aloud. `sheets`: the pages' own boxes, which tell
    more about what stands in the margins. `told_apart`: whoever made the pages never breaks
    a word with the sign that writers type."""
    body = _one_hyphen(without_margins(lines, sheets or {}), told_apart)
    ordered = [line for page in _by_page(body) for line in in_reading_order(page)]
    return settled(Traced.joined(_joined(ordered))).stripped()


def _by_page(lines: Iterable[Line]) -> list[list[Line]]:
    pages: dict[int, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    return list(pages.values())


# Margins: what repeats at the edge of every page, and page numbers.

PAGE_NUMBER = re.compile(
    r"(?:(?:page|seite|стр\.?|страница|p\.)\s*)?[-–—]?\s*\d{1,3}\s*[-–—]?"
    r"(?:\s*(?:/|of|von|из)\s*\d{1,3})?",
    re.IGNORECASE,
)
EDGE_LINES = 3
"""How many lines from the top or bottom of a page can belong to its header or footer."""

SAME_HEIGHT = 4.0
"""Points by which a header may wander between pages."""


def without_margins(lines: Sequence[Line], sheets: Mapping[int, Box]) -> list[Line]:
    """The lines without headers, footers and page numbers."""
    pages = _by_page(lines)
    edges = {line for page in pages for line in _edges(page)}
    gone = set(_repeated(edges, len(pages)))
    for page in pages:
        gone.update(line for line in page if _page_number(line, page))
        if sheet := sheets.get(page[0].page):
            gone.update(_framing(page, sheet))
    return [line for line in lines if line not in gone]


def _edges(page: Sequence[Line]) -> list[Line]:
    by_height = sorted(page, key=lambda line: line.bottom)
    return by_height[:EDGE_LINES] + by_height[-EDGE_LINES:]


def _repeated(edges: Iterable[Line], pages: int) -> Iterator[Line]:
    """Lines that say the same, but for digits, at the same height of most pages."""
    groups: dict[str, list[Line]] = {}
    for line in edges:
        groups.setdefault(re.sub(r"\d+", "#", line.text.strip().casefold()), []).append(line)
    for group in groups.values():
        for line in group:
            twins = {o.page for o in group if abs(o.bottom - line.bottom) <= SAME_HEIGHT}
            if len(twins) >= max(2, pages / 2):
                yield line


def _page_number(line: Line, page: Sequence[Line]) -> bool:
    """A bare number that stands alone as the lowest or highest line of its page."""
    if not PAGE_NUMBER.fullmatch(line.text.strip()):
        return False
    others = [other for other in page if other is not line]
    lowest = all(other.bottom > line.top for other in others)
    highest = all(other.top < line.bottom for other in others)
    return bool(others) and (lowest or highest)


MARGIN = 0.8
"""How much of the margin beside the text is surely margin above and below it too."""

MOST_ROWS = 2
"""Rows of a header or footer; a letterhead has more."""


def _framing(page: Sequence[Line], sheet: Box) -> list[Line]:
    """What stands alone in the margins both above and below the text: a header and a footer,
    where one may be a page number. At one end only it may be a letterhead or a signature."""
    left, bottom, _, top = sheet
    room = MARGIN * (sorted(line.left for line in page)[len(page) // 4] - left)
    above = [line for line in page if top - line.bottom < room]
    below = [line for line in page if line.top - bottom < room]
    text = [line for line in page if line not in above and line not in below]
    if not (above and below and text):
        return []
    height = median(line.height for line in text)
    gaps = (
        min(line.bottom for line in above) - max(line.top for line in text),
        min(line.bottom for line in text) - max(line.top for line in below),
    )
    few = max(_rows_of(above, height), _rows_of(below, height)) <= MOST_ROWS
    return [*above, *below] if few and min(gaps) > height / 2 else []


def _rows_of(lines: Sequence[Line], height: float) -> int:
    bottoms = sorted(line.bottom for line in lines)
    return 1 + sum(after - here > height / 2 for here, after in pairwise(bottoms))


# Columns: written one after the other they stay; written row by row they are sorted.

FEWEST_ROWS = 4
"""Fewer lines than this beside each other are a table row or a date, no columns."""


def in_reading_order(page: Sequence[Line]) -> list[Line]:
    """The lines of one page in reading order. PDF programs nearly always write them so; only
    lines that jump between two columns row by row are put right."""
    gutter = _gutter(page)
    if gutter is None or _switches(page, gutter) <= 3:
        return _rows(page)
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in page:
        if line.left < gutter < line.right:
            ordered += [*left, *right, line]
            left, right = [], []
        else:
            (left if line.right <= gutter else right).append(line)
    return [*ordered, *left, *right]


def _rows(page: Sequence[Line]) -> list[Line]:
    """Pieces at one height put together again, where a page has no columns."""
    rows: list[Line] = []
    for line in page:
        last = rows[-1] if rows else None
        if last and abs(last.bottom - line.bottom) < line.height / 3 and last.right < line.left:
            said = last.said + " " + line.said
            rows[-1] = replace(last, text=said.text, right=line.right, gap=True, places=said.places)
        else:
            rows.append(line)
    return rows


def _gutter(page: Sequence[Line]) -> float | None:
    """Where the right column starts, when both sides have rows enough and few lines cross."""
    if len(page) < 2 * FEWEST_ROWS:
        return None
    width_from, width_to = min(x.left for x in page), max(x.right for x in page)
    span = width_to - width_from
    middle = [line.left for line in page if 0.25 * span < line.left - width_from < 0.75 * span]
    if not middle:
        return None
    edge = Counter(round(left) for left in middle).most_common(1)[0][0] - 2.0
    crossing = sum(line.left < edge < line.right for line in page)
    sides = [sum(line.right <= edge for line in page), sum(line.left >= edge for line in page)]
    return edge if min(sides) >= FEWEST_ROWS and crossing * 3 <= len(page) else None


def _switches(page: Sequence[Line], gutter: float) -> int:
    """How often the order of writing jumps from one column to the other."""
    sides = [line.left >= gutter for line in page if not line.left < gutter < line.right]
    return sum(here != after for here, after in pairwise(sides))


# Paragraphs: a line goes on when the next line's first word would not have fitted on it.


def _joined(lines: Sequence[Line]) -> Iterator[Traced]:
    if not lines:
        return
    margins = _right_margins(lines)
    leading = _leading(lines)
    for here, after in pairwise(lines):
        between = _between(here, after, margins[_column(here)], leading)
        yield _bulleted(here.said)
        glued = _word_goes_on(here, after, between) or _address_goes_on(here, after, between)
        yield Traced.ours("" if glued else between)
    yield _bulleted(lines[-1].said)


TYPESETTERS = "\u2010"
"""The sign that some programs set where they break a word; the writer's own is then a "-"."""


def _one_hyphen(lines: Sequence[Line], told_apart: bool) -> list[Line]:
    """Lines that end in a hyphen of unknown origin, all in the same way."""
    told_apart = told_apart or any(line.text.endswith(TYPESETTERS) for line in lines)
    ends = {TYPESETTERS: HYPHEN, HYPHEN: "-"} if told_apart else {}
    return [
        replace(line, text=line.text[:-1] + ends[line.text[-1]]) if line.text[-1] in ends else line
        for line in lines
    ]


def _word_goes_on(here: Line, after: Line, between: str) -> bool:
    """A word broken after a hyphen of its own; in "first- and second-year" nothing is broken."""
    ends = between != "\n\n" and re.search(r"\w-$", here.text)
    return bool(ends) and after.text[:1].isalnum() and not SUSPENDED.match(after.text)


BROKEN_ADDRESS = re.compile(r"(?:https?:/|www)\S*[/.:?=&_]$|\w\.\w\S*[/?=&_]$|\w\.\w+/$")


def _address_goes_on(here: Line, after: Line, between: str) -> bool:
    """A link broken after one of its signs; a dot may also end the sentence."""
    if between == "\n\n" or not BROKEN_ADDRESS.search(here.text):
        return False
    surely = between == " " and here.text[-1] != "."
    return surely or after.text[:1].islower()


def _bulleted(said: Traced) -> Traced:
    """List signs of symbol fonts as the one that everybody's font has."""
    if said.text[:1] in "-–—*":
        return said
    return said.replaced(BULLET_SIGN, lambda _: Traced.at(BULLET[0], said.places[0]) + BULLET[1:])


def _between(here: Line, after: Line, margin: float, leading: float) -> str:
    """What stands between two lines: nothing, a space, a line end or a blank line."""
    if here.text.endswith(HYPHEN):
        return ""
    step = here.bottom - after.bottom
    follows = here.page == after.page and step > 0
    if _goes_on(here, after, margin) and not (follows and step > 1.35 * leading):
        return " "
    if follows and step <= 1.35 * leading and _same_size(here, after):
        return "\n"
    return "\n\n"


def _goes_on(here: Line, after: Line, margin: float) -> bool:
    if here.gap and here.text[-1] not in {HYPHEN, "-"}:
        return False
    if _starts_item(here, after) or not _same_size(here, after):
        return False
    turns = here.page != after.page or after.bottom > here.bottom
    if turns and here.text.rstrip()[-1:] in ".!?:":
        return False
    first_word = after.text.split(" ", 1)[0]
    letter = (after.right - after.left) / max(1, len(after.text))
    return here.right + letter * (len(first_word) + 1.2) > margin


def _starts_item(here: Line, after: Line) -> bool:
    """A list sign; a dash before a small letter may be the sentence's own, wrapped."""
    sign = BULLET_SIGN.match(after.text)
    wrapped = here.text[-1:].isalnum() and after.text[2:3].islower() and here.left <= after.left
    return sign is not None and not (after.text[0] in "-–—" and wrapped)


def _same_size(here: Line, after: Line) -> bool:
    return 0.8 < here.height / max(after.height, 0.1) < 1.25


def _column(line: Line) -> tuple[int, int]:
    return line.page, round(line.left / 150)


def _right_margins(lines: Sequence[Line]) -> dict[tuple[int, int], float]:
    """How far the lines of each column reach."""
    margins: dict[tuple[int, int], float] = {}
    for line in lines:
        column = _column(line)
        margins[column] = max(margins.get(column, 0.0), line.right)
    return margins


def _leading(lines: Sequence[Line]) -> float:
    """The usual distance between two lines of a paragraph."""
    steps = [
        here.bottom - after.bottom
        for here, after in pairwise(lines)
        if here.page == after.page and 0 < here.bottom - after.bottom < 3 * here.height
    ]
    return median(steps) if steps else 14.0
