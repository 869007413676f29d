"""A Word document given back with corrections: as tracked changes, or in place.

The main part is rewritten, comments are added, every other member stays byte for byte as it
came. Each edit has a minute of its own in w:date: LibreOffice merges neighbours that share one.
"""

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from io import BytesIO

from coach.documents import runs
from coach.documents.archive import Element, Package
from coach.documents.comments import Comments
from coach.documents.docx import STRICT, TRANSITIONAL, Place, W, body_of, main_part, trace
from coach.documents.errors import DocumentError, Refusal

MAIN = "word/document.xml"

MAX_UNPACKED = 100 * 1024 * 1024
"""Bytes of all members together; pictures hardly pack, so 20 MB of file seldom hold more."""


@dataclass(frozen=True, slots=True)
class Change:
    """`text[start:end]`, which says `wrong`, is to say `right`; offsets in the clean text."""

    start: int
    end: int
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said about `text[start:end]`; an empty span speaks of the whole letter."""

    start: int
    end: int
    said: str


@dataclass(frozen=True, slots=True)
class GivenBack:
    """A document with its corrections, and how many of them couldn't be put in."""

    data: bytes
    left_out: int


Spot = tuple[Place, Place]
"""Where the first and the last character of a passage come from."""


def with_tracked_changes(
    data: bytes, changes: Sequence[Change], remarks: Sequence[Remark], at: datetime
) -> GivenBack:
    """Insertions and deletions by Sogood, the last dated `at` and each earlier one a minute
    before; remarks as comments. Raises DocumentError."""
    return _given_back(data, changes, remarks, at)


def clean_copy(data: bytes, changes: Sequence[Change]) -> GivenBack:
    """The same changes in place, without a mark. Raises DocumentError."""
    return _given_back(data, changes, (), None)


def _given_back(
    data: bytes, changes: Sequence[Change], remarks: Sequence[Remark], at: datetime | None
) -> GivenBack:
    package = Package(data)
    document = main_part(package)
    body = body_of(document)
    text, places = trace(package, body)
    fitting = _fitting(changes, text)
    spans = [(one.start, one.end) for one in fitting]
    spans += [_span(remark, text) for remark in remarks]
    runs.cut(spot for span in spans if (spot := _spot(places, *span)))
    _, places = trace(package, body)
    parts = {MAIN: document}
    if remarks:
        parts |= _commented(package, remarks, text, places, at)
    put_in = _put_in(body, fitting, places, at)
    return GivenBack(_rewritten(package, parts), len(changes) - put_in)


def _fitting(changes: Iterable[Change], text: str) -> list[Change]:
    """The changes that this text is meant by, without overlaps, each on at least one character."""
    found: list[Change] = []
    behind = 0
    for change in sorted(changes, key=lambda change: (change.start, change.end)):
        whole = _widened(change, text)
        said = text[whole.start : whole.end]
        if whole.start >= behind and said and said == whole.wrong:
            found.append(whole)
            behind = whole.end
    return found


def _widened(change: Change, text: str) -> Change:
    """A pure insertion takes the character before it along, else the one after it."""
    if change.start < change.end:
        return change
    here = change.start
    before = text[here - 1 : here] if here else ""
    if before and before != "\n":
        return replace(change, start=here - 1, wrong=before, right=before + change.right)
    after = text[here : here + 1]
    return replace(change, end=here + len(after), wrong=after, right=change.right + after)


def _span(remark: Remark, text: str) -> tuple[int, int]:
    """A remark on the whole letter hangs on its first line."""
    if remark.start < remark.end:
        return remark.start, remark.end
    return 0, len(text.split("\n", 1)[0])


def _spot(places: Sequence[Place | None], start: int, end: int) -> Spot | None:
    known = [place for place in places[start:end] if place is not None]
    return (known[0], known[-1]) if known else None


def _commented(
    package: Package,
    remarks: Iterable[Remark],
    text: str,
    places: Sequence[Place | None],
    at: datetime | None,
) -> dict[str, Element]:
    comments = Comments(package)
    for remark in remarks:
        spot = _spot(places, *_span(remark, text))
        if spot and at:
            (first, _), (last, _) = spot
            comments.add(_run_of(first), _run_of(last), remark.said, _minute(at))
    return comments.parts()


def _run_of(said: Element) -> Element:
    run = said.getparent()
    assert run is not None
    return run


def _put_in(
    body: Element, changes: Sequence[Change], places: Sequence[Place | None], at: datetime | None
) -> int:
    """Puts in what can be; returns how many changes that were."""
    fields, number, done = runs.in_fields(body), _free_id(body), 0
    for order, change in enumerate(changes, start=1):
        here = places[change.start : change.end]
        said = [place[0] for place in here if place is not None]
        target = runs.changeable(said, fields) if len(said) == len(here) else None
        if target is None:
            continue
        done += 1
        if at is None:
            runs.replace(target, change.right)
        else:
            date = _minute(at - timedelta(minutes=len(changes) - order))
            number += runs.track(target, change.right, runs.Mark(number, date))
    return done


def _free_id(body: Element) -> int:
    """Ids of changes and bookmarks are unique in a document."""
    known = [one.get(W + "id", "") for one in body.iter()]
    return 1 + max((int(number) for number in known if number.isdecimal()), default=0)


def _minute(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:00Z")


def _rewritten(package: Package, parts: dict[str, Element]) -> bytes:
    """The package with these parts put in the place of the old ones, new ones at the end."""
    from lxml import etree

    strict = STRICT in package.part(MAIN)
    written: dict[str, bytes] = {}
    for name, root in parts.items():
        content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        written[name] = content.replace(TRANSITIONAL, STRICT) if strict else content
    box, size = BytesIO(), 0
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, content in package.members(MAX_UNPACKED):
            size += len(content)
            if size > MAX_UNPACKED:
                raise DocumentError(Refusal.TOO_BIG_UNPACKED)
            archive.writestr(info, written.pop(info.filename, content))
        for name, content in written.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return box.getvalue()
