"""A Word document given back with corrections: as tracked changes, or in place.

The main part is rewritten and comments are added, everything else stays as it came
(`repacked.py`). Each edit has a minute of its own in w:date: LibreOffice merges neighbours that
share one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from coach.documents import difference, runs
from coach.documents.archive import Element, Package
from coach.documents.comments import Comments
from coach.documents.document import Note
from coach.documents.docx import Place, body_of, main_part, trace
from coach.documents.relations import main_part_of
from coach.documents.repacked import Parcel

MAX_SHOWN = 80
"""Characters of each side of a change that is told in a comment; the comment hangs on the
passage itself."""


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
    """A document with its corrections, how many of them couldn't be put in, and what else the
    person should know."""

    data: bytes
    left_out: int
    notes: tuple[Note, ...] = ()


Places = Sequence[Place | None]
"""Where each character of a text comes from; None for line ends and bullets of our own."""


def with_tracked_changes(
    data: bytes, changes: Sequence[Change], remarks: Sequence[Remark], at: datetime
) -> GivenBack:
    """Insertions and deletions by Sogood, the last dated `at` and each earlier one a minute
    before; remarks as comments, and so is a change that can't be put in. Raises DocumentError."""
    return _given_back(data, changes, remarks, at)


def clean_copy(data: bytes, changes: Sequence[Change]) -> GivenBack:
    """The same changes in place, without a mark. Raises DocumentError."""
    return _given_back(data, changes, (), None)


def _given_back(
    data: bytes, changes: Sequence[Change], remarks: Sequence[Remark], at: datetime | None
) -> GivenBack:
    package = Package(data)
    parcel = Parcel(package)
    main, document = main_part_of(package), main_part(package)
    body = body_of(document)
    runs.without_leftovers(body)
    text, places = trace(package, body)
    fitting = _fitting(changes, text)
    pieces = {change: _pieces(change, places) for change in fitting}
    spans = [(one.start, one.end) for found in pieces.values() for one in found]
    runs.cut(_cuts(places, [*spans, *(_span(remark, text) for remark in remarks)]))
    _, places = trace(package, body)
    fixed = runs.in_fields(body)
    if at:
        fixed |= runs.in_block_controls(body)
    steps = _possible(pieces, places, fixed)
    if at:
        left = _told(change for change in fitting if change not in steps)
        comments = Comments(parcel, main, body)
        _comment(comments, [*remarks, *left], text, places, at)
        parcel.put(comments.parts())
    _put_in(steps, body, at)
    if steps or at:
        parcel.put({main: document})
    return GivenBack(parcel.closed(), len(changes) - len(steps), parcel.notes)


def _fitting(changes: Iterable[Change], text: str) -> list[Change]:
    """The changes that this text is meant by and that change it, without overlaps."""
    found: list[Change] = []
    behind = 0
    for change in sorted(set(changes), key=lambda change: (change.start, change.end)):
        meant = text[change.start : change.end] == change.wrong != change.right
        if meant and behind <= change.start <= len(text):
            found.append(change)
            behind = change.end
    return found


def _pieces(change: Change, places: Places) -> list[difference.Piece]:
    """The parts of the passage that change, with offsets in the text."""
    looks = [place and runs.look(place[0]) for place in places[change.start : change.end]]
    return [
        difference.Piece(change.start + one.start, change.start + one.end, one.right)
        for one in difference.pieces(change.wrong, change.right, looks)
    ]


def _span(remark: Remark, text: str) -> tuple[int, int]:
    """A remark on the whole letter hangs on its first line."""
    if remark.start < remark.end:
        return remark.start, remark.end
    return 0, len(text.split("\n", 1)[0])


def _cuts(places: Places, spans: Iterable[tuple[int, int]]) -> Iterator[Place]:
    """The characters before which a run has to begin."""
    for border in {border for span in spans for border in span}:
        if border < len(places) and (after := places[border]):
            yield after
        if border and (before := places[border - 1]):
            yield before[0], before[1] + 1


Steps = Mapping[Change, list[runs.Step]]
"""What each change does to the runs."""


def _possible(
    pieces: Mapping[Change, list[difference.Piece]], places: Places, fixed: set[Element]
) -> Steps:
    """The changes of which every piece can be put in without touching what is `fixed`."""
    steps = {
        change: [_step(piece, places, fixed) for piece in found] for change, found in pieces.items()
    }
    return {
        change: [step for step in found if step] for change, found in steps.items() if all(found)
    }


def _step(piece: difference.Piece, places: Places, fixed: set[Element]) -> "runs.Step | None":
    if piece.start < piece.end:
        here = [place and place[0] for place in places[piece.start : piece.end]]
        return runs.replacement(here, piece.right, fixed)
    before = places[piece.start - 1] if piece.start else None
    after = places[piece.start] if piece.start < len(places) else None
    return runs.insertion(before and before[0], after and after[0], piece.right, fixed)


def _told(changes: Iterable[Change]) -> Iterator[Remark]:
    """What couldn't be put in, for its writer to do by hand."""
    for change in changes:
        wrong, right = _shortened(change.wrong), _shortened(change.right)
        said = f"{wrong} → {right or '∅'}" if wrong else f"+ {right}"
        yield Remark(change.start, max(change.end, change.start + 1), said)


def _shortened(said: str) -> str:
    line = " ".join(said.split())
    return line if len(line) <= MAX_SHOWN else f"{line[: MAX_SHOWN - 1]}…"


def _comment(
    comments: Comments, remarks: Iterable[Remark], text: str, places: Places, at: datetime
) -> None:
    for remark in remarks:
        start, end = _span(remark, text)
        known = [place[0] for place in places[start:end] if place is not None]
        if known:
            comments.add(runs.run_of(known[0]), runs.run_of(known[-1]), remark.said, _minute(at))


def _put_in(steps: Steps, body: Element, at: datetime | None) -> None:
    numbers = count(runs.free_id(body))
    dated: list[tuple[runs.Step, runs.Mark | None]] = []
    for order, change in enumerate(steps, start=1):
        mark = None
        if at:
            mark = runs.Mark(numbers, _minute(at - timedelta(minutes=len(steps) - order)))
        dated += [(step, mark) for step in steps[change]]
    after = [one for one in dated if one[0].turn == 0]
    others = sorted((one for one in dated if one[0].turn), key=lambda one: one[0].turn)
    for step, mark in [*reversed(after), *others]:
        step.put_in(mark)


def _minute(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:00Z")
