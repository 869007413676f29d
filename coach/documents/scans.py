"""Photos and scans page by page: what is asked of the child processes, and one text of it all.

Each page has a child of its own, so that a turn is free for others' documents between two pages
and no page takes more than its own time. Pure but for `ask`.
"""

import json
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from coach.documents import invisible
from coach.documents.document import Note, Reading
from coach.documents.errors import DocumentError, Refusal
from coach.documents.pages import Line, running_text

SECONDS = 30.0
"""Wall clock for one page, on a busy machine; it takes 2 to 5 on an idle one. Of processor time it
has `reader.PICTURE_WORK`, so that a hostile picture ends on an idle machine within 15."""

SECONDS_A_PAGE = 5
"""What a person is told to wait for each page."""

MAX_SCANNED = 12
"""Pages that are read from pictures: as many as a letter of the greatest length has."""

MAX_ANSWER = 1024 * 1024

WORD = re.compile(r"\w{2,}")
FEWEST_WORDS = 3
"""Words that a letter has at least; one or two are seen in any drawing."""

STAMP = re.compile(
    r"(?:Scanned|Created|Отсканировано|Сканировано|Gescannt|Erstellt)\s+"
    r"(?:by|with|using|с помощью|в|mit)\s+(?:\W{0,3}\w*Scan\w*|\w+\s+(?:Scan\w*|Lens))\W*",
    re.IGNORECASE,
)
"""What scanning programs write at the foot of a page."""

Ask = Callable[[int], Awaitable[bytes]]
"""What a child says about a page, by its number from 0. Raises TimeoutError."""


async def pages_of(ask: Ask) -> list[list[Line]]:
    """The lines of every page. Raises DocumentError: no_text as soon as there is something on the
    first pages but no word, too_many_pages, too_slow, and what the child says."""
    seen: list[list[Line]] = []
    pages = 1
    while len(seen) < pages:
        said = await _answer(ask, len(seen))
        pages = int(said["pages"])
        if pages > MAX_SCANNED:
            raise DocumentError(Refusal.TOO_MANY_PAGES, "scan")
        seen.append([_line(len(seen), row) for row in said["lines"]])
        if said["ink"] and not any(seen):
            raise DocumentError(Refusal.NO_TEXT, "photo")
    return seen


def reading_of(pages: Sequence[Sequence[Line]]) -> Reading:
    """One text of all pages, in the order given. Raises DocumentError: no_text."""
    lines = [
        replace(line, page=number)
        for number, page in enumerate(pages)
        for line in page
        if line.text and not STAMP.fullmatch(line.text.strip())
    ]
    text = running_text(lines).text if lines else ""
    if len(WORD.findall(text)) < FEWEST_WORDS:
        raise DocumentError(Refusal.NO_TEXT, "photo")
    return Reading(invisible.without(text), (Note("from_a_photo"),))


async def _answer(ask: Ask, page: int) -> Mapping[str, Any]:
    """The child's answer, trusted no further than its types."""
    try:
        answer = await ask(page)
    except TimeoutError:
        raise DocumentError(Refusal.TOO_SLOW, "slow_photo") from None
    if not answer or len(answer) > MAX_ANSWER:
        raise DocumentError(Refusal.BAD_FILE)
    said: Mapping[str, Any] = json.loads(answer)
    if "error" in said:
        raise DocumentError(str(said["error"]), str(said.get("hint", "")))
    return said


def _line(page: int, row: Sequence[Any]) -> Line:
    text, left, bottom, right, top = row
    return Line(page, str(text), float(left), float(bottom), float(right), float(top))
