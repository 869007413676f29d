"""Relationships of a zipped office document: which part leads where (ECMA-376, part 2, 9)."""

import posixpath

from coach.documents.archive import Element, Package

ROOT = "_rels/.rels"
"""The relationships of the package itself."""

USUAL_MAIN = "word/document.xml"
"""Where most programs keep the main part; Word on the web calls it document2.xml at times."""


def of(part: str) -> str:
    """The part that holds a part's relationships."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def owner(relations: str) -> str:
    """The part whose relationships these are; "" for those of the package."""
    folder, name = posixpath.split(relations)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def target(part: str, entry: Element) -> str:
    """The part that one of a part's relationships leads to."""
    folder = posixpath.dirname(part)
    return posixpath.normpath(posixpath.join("/", folder, entry.get("Target", ""))).lstrip("/")


def kind(entry: Element) -> str:
    """What a relationship says of its target: the end of its type, alike in both dialects."""
    return entry.get("Type", "").rpartition("/")[2]


def main_part_of(package: Package) -> str:
    """The name of the part that a Word document begins with. Raises as `Package.part`."""
    if ROOT in package:
        for entry in package.tree(ROOT):
            name = target("", entry)
            if kind(entry) == "officeDocument" and name in package:
                return name
    return USUAL_MAIN
