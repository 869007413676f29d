"""Comments in a Word document: a part that is added or extended, and the marks in the text."""

from coach.documents.archive import Element, Package, parse
from coach.documents.docx import STRICT, TRANSITIONAL, W
from coach.documents.runs import AUTHOR, element

RELATIONS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


class Comments:
    """The comments of one document, others' first."""

    def __init__(self, package: Package) -> None:
        """Raises DocumentError: bad_file, too_big_unpacked, encrypted."""
        self._package = package
        self._relations = (
            package.tree(RELATIONS) if RELATIONS in package else _empty("Relationships", PACKAGE)
        )
        self._name = self._named()
        self._is_new = self._name is None
        if self._name is None:
            self._name = "word/sogood-comments.xml"
            self._root = element("comments")
        else:
            self._root = parse(package.part(self._name).replace(STRICT, TRANSITIONAL))
        known = [one.get(W + "id", "") for one in self._root]
        self._next = 1 + max((int(number) for number in known if number.isdecimal()), default=-1)

    def add(self, first: Element, last: Element, said: str, date: str) -> None:
        """A comment on everything from the run `first` to the run `last`."""
        number = {W + "id": str(self._next)}
        self._next += 1
        opening, closing = _below_paragraph(first), _below_paragraph(last)
        opening.addprevious(element("commentRangeStart", number))
        reference = element("r")
        reference.append(element("commentReference", number))
        end = element("commentRangeEnd", number)
        closing.addnext(end)
        end.addnext(reference)
        by = {W + "author": AUTHOR, W + "date": date, W + "initials": "S"}
        comment = element("comment", number | by)
        for line in said.split("\n"):
            paragraph, run = element("p"), element("r")
            run.append(element("t", {}, line))
            paragraph.append(run)
            comment.append(paragraph)
        self._root.append(comment)

    def parts(self) -> dict[str, Element]:
        """The parts to write, by name: the comments, and where they are announced."""
        assert self._name is not None
        if not self._is_new:
            return {self._name: self._root}
        types = self._package.tree(TYPES)
        _add(types, "Override", PartName=f"/{self._name}", ContentType=KIND)
        strict = STRICT in self._package.part("word/document.xml")
        office = STRICT_OFFICE if strict else OFFICE
        target = self._name.removeprefix("word/")
        _add(self._relations, "Relationship", Id="sogood", Type=f"{office}/comments", Target=target)
        return {self._name: self._root, RELATIONS: self._relations, TYPES: types}

    def _named(self) -> str | None:
        """The part that holds the comments now."""
        for relation in self._relations:
            if relation.get("Type", "").endswith("/relationships/comments"):
                target = relation.get("Target", "")
                name = target[1:] if target.startswith("/") else f"word/{target}"
                if name in self._package:
                    return name
        return None


def _below_paragraph(run: Element) -> Element:
    """The part of the paragraph that holds the run: a comment ends outside links and changes."""
    above = run.getparent()
    while above is not None and above.tag != W + "p":
        run, above = above, above.getparent()
    return run


def _empty(tag: str, namespace: str) -> Element:
    return parse(f'<{tag} xmlns="{namespace}"/>'.encode())


def _add(root: Element, tag: str, **attributes: str) -> None:
    from lxml import etree

    namespace = etree.QName(root).namespace
    etree.SubElement(root, f"{{{namespace}}}{tag}" if namespace else tag, attributes)
