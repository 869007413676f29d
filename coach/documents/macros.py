"""Word's macros and templates on the way back: programs, their keys and bars are left out and so
are signatures, which no longer hold; what remains is a plain DOCX.

A part is a macro by its content type, by the relationship that leads to it or by its name; all
three can lie alone. Types as in [MS-OFFMACRO2] and [MS-CUSTOMUI].
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from coach.documents import relations
from coach.documents.archive import Element, Package, parse

if TYPE_CHECKING:
    from zipfile import ZipInfo

TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
CONTENT_TYPES = "[Content_Types].xml"
PLAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OTHER_MAIN = frozenset(
    {
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    }
)
"""What a DOCM, a DOTM and a DOTX say of their main part; Word opens none of them as .docx."""

MACRO_TYPE = re.compile(
    r"application/vnd\.(ms-(office\.vba|word\.(vba|keyMapCustomizations|attachedToolbars))"
    r"|openxmlformats-package\.digital-signature)",
    re.IGNORECASE,
)
MACRO_RELATION = re.compile(
    r"/(vbaProject\w*|wordVbaData|ui/(user)?extensibility|keyMapCustomizations|attachedToolbars"
    r"|digital-signature/\w+)$",
    re.IGNORECASE,
)
MACRO_NAME = re.compile(
    r"(^|/)(vba(project\w*|data)\.\w+(\.rels)?$|customui/|_xmlsignatures/)", re.IGNORECASE
)


def left_out(package: Package, most: int) -> "Iterator[tuple[ZipInfo, bytes]]":
    """The members of a package as `Package.members` gives them, without macros: their parts,
    what leads to them and what announces them. A package without any, whose main part is
    a document, comes through byte for byte. Raises as `Package.part`."""
    gone = _macros(package)
    for info, content in package.members(most):
        name = info.filename
        if name in gone:
            continue
        if name == CONTENT_TYPES:
            yield info, _announced(content, gone)
        elif name.endswith(".rels") and gone:
            yield info, _led(name, content, gone)
        else:
            yield info, content


def is_signed(package: Package) -> bool:
    """Whether somebody has signed the document, which holds for it as it came only."""
    return any(name.lower().startswith("_xmlsignatures/") for name in package.names())


def _macros(package: Package) -> frozenset[str]:
    """The names of all parts that are programs or call them."""
    names = package.names()
    by_name = {name for name in names if MACRO_NAME.search(name)}
    types = package.tree(CONTENT_TYPES) if CONTENT_TYPES in package else ()
    by_type = set(_of_macro_type(types, names))
    leading = [name for name in names if name.endswith(".rels")]
    by_relation = {
        target
        for name in leading
        for each in package.tree(name)
        if _calls(each) and (target := relations.target(relations.owner(name), each)) in names
    }
    found = by_name | by_type | by_relation
    return frozenset(found | {name for name in leading if relations.owner(name) in found})


def _of_macro_type(types: Iterable[Element], names: Iterable[str]) -> Iterator[str]:
    entries = list(types)
    of_name = {each.get("PartName", "").lstrip("/"): _type(each) for each in entries}
    of_ending = {each.get("Extension", "").lower(): _type(each) for each in entries}
    for name in names:
        kind = of_name.get(name) or of_ending.get(name.rpartition(".")[2].lower(), "")
        if MACRO_TYPE.match(kind):
            yield name


def _type(entry: Element) -> str:
    return entry.get("ContentType", "")


def _announced(content: bytes, gone: frozenset[str]) -> bytes:
    """The content types, with the main part a plain document's."""
    types = parse(content)
    changed = False
    for entry in list(types):
        if _type(entry) in OTHER_MAIN:
            entry.set("ContentType", PLAIN)
        elif MACRO_TYPE.match(_type(entry)) or entry.get("PartName", "").lstrip("/") in gone:
            types.remove(entry)
        else:
            continue
        changed = True
    return _written(types) if changed else content


def _led(name: str, content: bytes, gone: frozenset[str]) -> bytes:
    """The relationships without those that lead to a part that is gone."""
    entries, part = parse(content), relations.owner(name)
    lost = [each for each in entries if relations.target(part, each) in gone or _calls(each)]
    for each in lost:
        entries.remove(each)
    return _written(entries) if lost else content


def _calls(entry: Element) -> bool:
    return MACRO_RELATION.search(entry.get("Type", "")) is not None


def _written(root: Element) -> bytes:
    from lxml import etree

    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
