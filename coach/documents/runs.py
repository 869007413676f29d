"""Runs of a Word paragraph: cut where a change begins or ends, then marked or replaced in place.

Runs keep their properties (w:rPr). What can't be changed without touching a field, another
author's change or the border of a link is left alone. Elements as in ECMA-376, part 1, 17.
"""

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass

from coach.documents.archive import Element
from coach.documents.docx import SIGNS, Place, W

SPACE = "{http://www.w3.org/XML/1998/namespace}space"

AUTHOR = "Sogood"

HOMES = frozenset({W + "p", W + "hyperlink", W + "sdtContent", W + "smartTag"})
"""Where a run may stand to be changed."""

FOREIGN = frozenset({W + "ins", W + "moveTo", W + "fldSimple"})
"""A change within another author's insertion would vanish with it, one in a field with its next
update."""

MARKERS = frozenset(
    W + name
    for name in (
        *("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"),
        *("proofErr", "permStart", "permEnd"),
    )
)
"""What may stand between two runs of a change: it says nothing."""

WORDS = frozenset({W + "t", W + "rPr", W + "lastRenderedPageBreak", *SIGNS})
"""What a run may hold to be changed; a picture or a footnote is nobody's typo."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Who changed and when, as attributes of w:ins and w:del; `date` is an xsd:dateTime."""

    number: int
    date: str

    def attributes(self, further: int = 0) -> dict[str, str]:
        """An id of its own for each element of the change."""
        identity = str(self.number + further)
        return {W + "id": identity, W + "author": AUTHOR, W + "date": self.date}


def element(tag: str, attributes: dict[str, str] | None = None, text: str | None = None) -> Element:
    """A new element of WordprocessingML."""
    from lxml import etree

    made = etree.Element(W + tag, attributes or {}, nsmap={"w": W[1:-1]})
    made.text = text
    return made


def cut(places: Iterable[tuple[Place, Place]]) -> None:
    """Cuts runs before each first and after each last character, so that every change and
    comment covers whole runs."""
    cuts: dict[Element, set[int]] = {}
    for (first, start), (last, end) in places:
        cuts.setdefault(first, set()).add(start)
        cuts.setdefault(last, set()).add(end + 1)
    for said, offsets in cuts.items():
        for offset in sorted(offsets, reverse=True):
            _cut_at(said, offset)


def _cut_at(said: Element, offset: int) -> None:
    following = said if offset == 0 else _rest(said, offset)
    run = said.getparent()
    if following is None or run is None or run.tag != W + "r":
        return
    moving = [following, *following.itersiblings()]
    if all(child.tag == W + "rPr" or child in moving for child in run):
        return
    second = _empty_like(run)
    second.extend(moving)
    run.addnext(second)


def _rest(said: Element, offset: int) -> "Element | None":
    """The element that opens with the character at `offset`, split off when it has to be."""
    text = said.text or ""
    if said.tag != W + "t" or offset >= len(text):
        return said.getnext()
    said.text = text[:offset]
    said.set(SPACE, "preserve")
    rest = element("t", {SPACE: "preserve"}, text[offset:])
    said.addnext(rest)
    return rest


def _empty_like(run: Element) -> Element:
    made = element("r")
    for name, value in run.attrib.items():
        made.set(name, value)
    properties = run.find(W + "rPr")
    if properties is not None:
        made.append(deepcopy(properties))
    return made


def changeable(said: list[Element], fields: set[Element]) -> list[Element] | None:
    """The runs that say these elements when they can be changed as they stand, else None."""
    if any(one in fields for one in said):
        return None
    runs = list(dict.fromkeys(one.getparent() for one in said))
    whole = [run for run in runs if run is not None and run.tag == W + "r" and _only_words(run)]
    if len(whole) < len(runs) or not _together(whole):
        return None
    return whole


def _only_words(run: Element) -> bool:
    return all(child.tag in WORDS for child in run)


def _together(runs: list[Element]) -> bool:
    """The runs stand side by side in one home, and in nobody else's change."""
    home = runs[0].getparent()
    if home is None or home.tag not in HOMES:
        return False
    if any(above.tag in FOREIGN for above in runs[0].iterancestors()):
        return False
    between = runs[0]
    for run in runs[1:]:
        following = between.getnext()
        while following is not None and _silent(following):
            following = following.getnext()
        if following is not run:
            return False
        between = run
    return True


def _silent(between: Element) -> bool:
    """Markers, and the run that only shows where a comment hangs."""
    if between.tag in MARKERS:
        return True
    return between.tag == W + "r" and all(
        child.tag in {W + "rPr", W + "commentReference"} for child in between
    )


def in_fields(body: Element) -> set[Element]:
    """The text elements within complex fields (w:fldChar begin … end), whose words Word writes
    anew."""
    depth, found = 0, set[Element]()
    for one in body.iter(W + "fldChar", W + "t", *SIGNS):
        if one.tag == W + "fldChar":
            kind = one.get(W + "fldCharType")
            depth = max(0, depth + (kind == "begin") - (kind == "end"))
        elif depth:
            found.add(one)
    return found


def track(runs: list[Element], right: str, mark: Mark) -> int:
    """Marks the runs as deleted and `right` as inserted after them; returns the ids taken."""
    new = _saying(runs[0], right)
    last = runs[0]
    for number, run in enumerate(runs):
        last = element("del", mark.attributes(number))
        run.addprevious(last)
        last.append(run)
        for said in run.findall(W + "t"):
            said.tag = W + "delText"
    if right:
        inserted = element("ins", mark.attributes(len(runs)))
        inserted.append(new)
        last.addnext(inserted)
    return len(runs) + 1


def replace(runs: list[Element], right: str) -> None:
    """Puts `right` in the place of the runs, formatted as the first of them."""
    if right:
        runs[0].addprevious(_saying(runs[0], right))
    for run in runs:
        home = run.getparent()
        assert home is not None
        home.remove(run)


def _saying(model: Element, text: str) -> Element:
    """A run formatted as `model`; another author's change of format isn't repeated."""
    run = _empty_like(model)
    for change in run.findall(f"{W}rPr/{W}rPrChange"):
        run[0].remove(change)
    run.extend(_words(text))
    return run


def _words(text: str) -> Iterator[Element]:
    for said in re.split(r"([\t\n])", text):
        if said == "\t":
            yield element("tab")
        elif said == "\n":
            yield element("br")
        elif said:
            yield element("t", {SPACE: "preserve"}, said)
