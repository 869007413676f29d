"""Runs of a Word paragraph: cut where a change begins or ends, then marked or replaced in place.

Runs keep their properties (w:rPr). What can't be changed without touching a field, another
author's change or the border of a link is left alone. Elements as in ECMA-376, part 1, 17.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise

from coach.documents.archive import Element
from coach.documents.docx import SIGNS, SPACE, Place, W

AUTHOR = "Sogood"

INITIALS = "S"

HOMES = frozenset(
    W + name for name in ("p", "hyperlink", "sdtContent", "smartTag", "customXml", "dir", "bdo")
)
"""Where a run may stand to be changed."""

FOREIGN = frozenset({W + "ins", W + "moveTo", W + "fldSimple"})
"""A change within another author's insertion would vanish with it, one in a field with its next
update."""

BOUND = frozenset(
    {W + name for name in ("dataBinding", "date", "dropDownList", "comboBox", "lock")}
    | {"{http://schemas.microsoft.com/office/word/2012/wordml}dataBinding"}
    | {"{http://schemas.microsoft.com/office/word/2010/wordml}checkbox"}
)
"""Properties of a content control whose words come from elsewhere or may not be typed in."""

GOOGLE = "goog_rdk_"
"""What Google Docs calls the controls that it exports."""

MARKERS = frozenset(
    W + name
    for name in (
        *("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"),
        *("proofErr", "permStart", "permEnd", "del", "moveFrom"),
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
    )
)
"""What may stand between two runs of a change: it says nothing, or nothing any more."""

WORDS = frozenset({W + "t", W + "rPr", W + "lastRenderedPageBreak", W + "softHyphen", *SIGNS})
"""What a run may hold to be changed; a picture or a footnote is nobody's typo."""


MAX_ID = 2**30
"""Word keeps ids in 32 bits; a bigger one is no office program's."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Who changed and when, as attributes of w:ins and w:del; `numbers` are free ids, `date` is
    an xsd:dateTime."""

    numbers: Iterator[int]
    date: str

    def around(self, tag: str) -> Element:
        """A new element of the change, with an id of its own."""
        identity = str(next(self.numbers))
        return element(tag, {W + "id": identity, W + "author": AUTHOR, W + "date": self.date})


@dataclass(frozen=True, slots=True)
class Insertion:
    """New words beside a run: after it, or before it when `ahead`."""

    beside: Element
    ahead: bool
    right: str

    @property
    def turn(self) -> int:
        """Those after a run come first, the last of them first, so that they stand in order."""
        return 1 if self.ahead else 0

    def put_in(self, mark: Mark | None) -> None:
        """Puts the words in, as a tracked change if there is a mark."""
        new = _saying(self.beside, self.right, mark)
        if self.ahead:
            self.beside.addprevious(new)
        else:
            self.beside.addnext(new)


@dataclass(frozen=True, slots=True)
class Replacement:
    """New words, or none, in the place of some runs; formatted as the first of them."""

    runs: list[Element]
    right: str

    @property
    def turn(self) -> int:
        """After insertions, which stand beside runs that this takes away."""
        return 2

    def put_in(self, mark: Mark | None) -> None:
        """Takes the old words out and puts the new ones in, tracked if there is a mark."""
        new = _saying(self.runs[0], self.right, mark) if self.right else None
        last = self.runs[-1]
        if mark:
            last = _deleted(self.runs, mark)
        if new is not None:
            last.addnext(new)
        if not mark:
            for run in self.runs:
                _home(run).remove(run)


Step = Insertion | Replacement


def element(tag: str, attributes: dict[str, str] | None = None, text: str | None = None) -> Element:
    """A new element of WordprocessingML."""
    from lxml import etree

    made = etree.Element(W + tag, attributes or {}, nsmap={"w": W[1:-1]})
    made.text = text
    return made


def free_id(root: Element) -> int:
    """The first id above all that are taken; those of changes and bookmarks are unique."""
    known = [one.get(W + "id", "") for one in root.iter()]
    numbers = [int(said) for said in known if said.isdecimal() and len(said) < 10]
    return 1 + max((number for number in numbers if number < MAX_ID), default=0)


def run_of(said: Element) -> Element:
    """The run that holds a piece of text."""
    return _home(said)


def look(said: Element) -> tuple["Element | None", bytes]:
    """Where a piece of text stands and how it is formatted, to be compared. The home itself: lxml
    makes another object of the same element once the first is let go, so an id tells nothing."""
    from lxml import etree

    run = _home(said)
    properties = run.find(W + "rPr")
    shown = b"" if properties is None else etree.tostring(properties, method="c14n")
    return run.getparent(), shown


def cut(before: Iterable[Place]) -> None:
    """Cuts runs before these characters, so that every change and comment covers whole runs."""
    cuts: dict[Element, set[int]] = {}
    for said, offset in before:
        cuts.setdefault(said, set()).add(offset)
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


def replacement(
    said: "Sequence[Element | None]", right: str, fixed: set[Element]
) -> Replacement | None:
    """The step that makes these elements say `right`; None when they are `fixed` or can't be
    changed as they stand. An element is None where a paragraph ends."""
    known = [one for one in said if one is not None and one not in fixed]
    if len(known) < len(said):
        return None
    runs = list(dict.fromkeys(_home(one) for one in known))
    if not all(run.tag == W + "r" and _only_words(run) for run in runs):
        return None
    return Replacement(runs, right) if _together(runs) else None


def insertion(
    before: "Element | None", after: "Element | None", right: str, fixed: set[Element]
) -> Insertion | None:
    """The step that says `right` between two characters; None stands for a paragraph's border.
    Words join those before them, unless a link ends there."""
    sides = [(one, ahead) for one, ahead in ((before, False), (after, True)) if one is not None]
    if before is not None and after is not None and _link_ends(before, after) and not _joins(right):
        sides.reverse()
    for said, ahead in sides:
        run = _home(said)
        if run.tag == W + "r" and said not in fixed and _changeable_home(run):
            return Insertion(run, ahead, right)
    return None


def _link_ends(before: Element, after: Element) -> bool:
    link = _home(_home(before))
    return link.tag == W + "hyperlink" and _home(_home(after)) is not link


def _joins(right: str) -> bool:
    return right[0].isalnum()


def _home(one: Element) -> Element:
    home = one.getparent()
    assert home is not None
    return home


def _only_words(run: Element) -> bool:
    return all(child.tag in WORDS for child in run)


def _changeable_home(run: Element) -> bool:
    if _home(run).tag not in HOMES:
        return False
    return not any(above.tag in FOREIGN or _bound(above) for above in run.iterancestors())


def _bound(control: Element) -> bool:
    properties = control.find(W + "sdtPr") if control.tag == W + "sdt" else None
    return properties is not None and any(child.tag in BOUND for child in properties)


def _together(runs: Sequence[Element]) -> bool:
    """The runs stand side by side in one home, and in nobody else's change."""
    if not _changeable_home(runs[0]):
        return False
    for before, run in pairwise(runs):
        following = before.getnext()
        while following is not None and _silent(following):
            following = following.getnext()
        if following is not run:
            return False
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
    anew; a link is such a field too, but keeps its words."""
    open_fields, found = list[str](), set[Element]()
    for one in body.iter(W + "fldChar", W + "instrText", W + "t", *SIGNS):
        kind = one.get(W + "fldCharType")
        if kind == "begin":
            open_fields.append("")
        elif kind == "end" and open_fields:
            open_fields.pop()
        elif one.tag == W + "instrText" and open_fields:
            open_fields[-1] += one.text or ""
        elif any(not code.strip().startswith("HYPERLINK") for code in open_fields):
            found.add(one)
    return found


def block_control(one: Element) -> "Element | None":
    """The outermost content control around the whole paragraph that holds an element."""
    around = list(one.iterancestors(W + "p", W + "sdt"))
    while around and around[-1].tag != W + "sdt":
        around.pop()
    return around[-1] if around else None


def in_block_controls(body: Element) -> set[Element]:
    """The text elements in controls around whole paragraphs: LibreOffice 7.4 shows the old and
    the new words of a change there as plain text, one after the other."""
    controls = [
        one for one in body.iter(W + "sdt") if next(one.iterancestors(W + "p"), None) is None
    ]
    return {said for control in controls for said in control.iter(W + "t", *SIGNS)}


def without_leftovers(body: Element) -> None:
    """Takes away the empty controls that Google Docs leaves around paragraphs."""
    for control in list(body.iter(W + "sdt")):
        tag, content = control.find(f"{W}sdtPr/{W}tag"), control.find(W + "sdtContent")
        if tag is None or content is None or not tag.get(W + "val", "").startswith(GOOGLE):
            continue
        for child in list(content):
            control.addprevious(child)
        _home(control).remove(control)


def _deleted(runs: Sequence[Element], mark: Mark) -> Element:
    """Marks the runs as deleted, neighbours together; returns the last mark."""
    box: Element | None = None
    for run in runs:
        if box is None or run.getprevious() is not box:
            box = mark.around("del")
            run.addprevious(box)
        box.append(run)
        for said in run.findall(W + "t"):
            said.tag = W + "delText"
    assert box is not None
    return box


def _saying(model: Element, text: str, mark: Mark | None) -> Element:
    """A run formatted as `model`; another author's change of format isn't repeated."""
    run = _empty_like(model)
    for change in run.findall(f"{W}rPr/{W}rPrChange"):
        run[0].remove(change)
    run.extend(_words(text))
    if mark is None:
        return run
    box = mark.around("ins")
    box.append(run)
    return box


def _words(text: str) -> Iterator[Element]:
    for said in re.split(r"([\t\n])", text):
        if said == "\t":
            yield element("tab")
        elif said == "\n":
            yield element("br")
        elif said:
            yield element("t", {SPACE: "preserve"}, said)
