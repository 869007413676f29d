"""Comments in a Word document: a part that is added or extended, and the marks in the text."""

import posixpath

from coach.documents import relations
from coach.documents.archive import Element, parse
from coach.documents.docx import W, transitional
from coach.documents.repacked import Parcel
from coach.documents.runs import AUTHOR, INITIALS, block_control, element, free_id

TYPES = "[Content_Types].xml"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


class Comments:
    """The comments of one document, others' first."""

    def __init__(self, parcel: Parcel, main: str, body: Element) -> None:
        """`main` is the name of the part with the `body`. Raises DocumentError: bad_file."""
        self._parcel = parcel
        self._main = main
        self._relations = _tree_or_empty(parcel, relations.of(main), "Relationships")
        self._known = self._named()
        self._root = transitional(parcel.tree(self._known)) if self._known else element("comments")
        self._next = max(free_id(self._root), free_id(body))
        self._added = False

    def add(self, first: Element, last: Element, said: str, date: str) -> None:
        """A comment on everything from the run `first` to the run `last`."""
        number = {W + "id": str(self._next)}
        self._next += 1
        self._added = True
        opening, closing = _in_order(_anchor(first), _anchor(last))
        opening.addprevious(element("commentRangeStart", number))
        end = element("commentRangeEnd", number)
        closing.addnext(end)
        reference = element("r")
        reference.append(element("commentReference", number))
        _refer(end, reference)
        by = {W + "author": AUTHOR, W + "date": date, W + "initials": INITIALS}
        comment = element("comment", number | by)
        for line in said.split("\n"):
            paragraph, run = element("p"), element("r")
            run.append(element("t", {}, line))
            paragraph.append(run)
            comment.append(paragraph)
        self._root.append(comment)

    def parts(self) -> dict[str, Element]:
        """The parts to write, by name: the comments, and where they are announced."""
        if not self._added:
            return {}
        if self._known:
            return {self._known: self._root}
        name = self._free_name()
        types = _tree_or_empty(self._parcel, TYPES, "Types")
        _append(types, "Override", PartName=f"/{name}", ContentType=KIND)
        office = STRICT_OFFICE if self._parcel.strict else OFFICE
        _append(
            self._relations,
            "Relationship",
            Id=self._free_relation(),
            Type=f"{office}/comments",
            Target=posixpath.basename(name),
        )
        return {name: self._root, relations.of(self._main): self._relations, TYPES: types}

    def _named(self) -> str | None:
        """The part that holds the comments now."""
        for entry in self._relations:
            name = relations.target(self._main, entry)
            if relations.kind(entry) == "comments" and name in self._parcel:
                return name
        return None

    def _free_name(self) -> str:
        """comments.xml where it is free: some programs look for it by its name."""
        folder = posixpath.dirname(self._main)
        names = (posixpath.join(folder, f"{stem}.xml") for stem in ("comments", "sogood-comments"))
        return next(name for name in names if name not in self._parcel)

    def _free_relation(self) -> str:
        taken = {entry.get("Id") for entry in self._relations}
        return next(f"sogood{n}" for n in range(len(taken) + 1) if f"sogood{n}" not in taken)


def _anchor(run: Element) -> Element:
    """What a comment on the run goes around. LibreOffice 7.4 loses words before a comment in
    a control around whole paragraphs, so there it is the control."""
    control = block_control(run)
    return _below_paragraph(run) if control is None or not _neighbours(control) else control


def _neighbours(control: Element) -> list[Element]:
    """The paragraphs beside a control, the next one first."""
    around = (control.itersiblings(W + "p"), control.itersiblings(W + "p", preceding=True))
    return [one for side in around if (one := next(side, None)) is not None]


def _refer(end: Element, reference: Element) -> None:
    """Puts the run that holds the comment behind its end, in a paragraph."""
    home = end.getparent()
    if home is None or home.tag not in {W + "body", W + "tc", W + "sdtContent"}:
        end.addnext(reference)
        return
    paragraph = _neighbours(end)[0]
    properties = paragraph.find(W + "pPr")
    if properties is None:
        paragraph.insert(0, reference)
    else:
        properties.addnext(reference)


def _below_paragraph(run: Element) -> Element:
    """The part of the paragraph that holds the run: a comment ends outside links and changes,
    and Word allows none within a text box, so it hangs on the box."""
    found, here = run, run
    for above in run.iterancestors():
        if above.tag == W + "p":
            found = here
        here = above
    return found


def _in_order(first: Element, last: Element) -> tuple[Element, Element]:
    """A text box is read after the words of its paragraph, but may stand before them."""
    turned = last is not first and last in list(first.itersiblings(preceding=True))
    return (last, first) if turned else (first, last)


def _tree_or_empty(parcel: Parcel, name: str, tag: str) -> Element:
    if name in parcel:
        return parcel.tree(name)
    space = "content-types" if tag == "Types" else "relationships"
    return parse(f'<{tag} xmlns="{PACKAGE}/{space}"/>'.encode())


def _append(root: Element, tag: str, **attributes: str) -> None:
    from lxml import etree

    namespace = etree.QName(root).namespace
    etree.SubElement(root, f"{{{namespace}}}{tag}" if namespace else tag, attributes)
