"""A Word document packed up again: what was changed in the place of what came, programs and
signatures left out, every other member byte for byte."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

from coach.documents import macros
from coach.documents.archive import Element, Package, parse
from coach.documents.document import Note
from coach.documents.docx import STRICT, TRANSITIONAL, is_strict
from coach.documents.errors import DocumentError, Refusal
from coach.documents.relations import main_part_of

MAX_UNPACKED = 100 * 1024 * 1024
"""Bytes of all members together; pictures hardly pack, so 20 MB of file seldom hold more."""


class Parcel:
    """The members of a document on their way back."""

    def __init__(self, package: Package) -> None:
        """Raises DocumentError: bad_file, encrypted, too_big_unpacked."""
        self.strict = is_strict(package.tree(main_part_of(package)))
        self.notes = (Note("signature_dropped"),) if macros.is_signed(package) else ()
        self._members: dict[str, tuple[zipfile.ZipInfo, bytes]] = {}
        size = 0
        for info, content in macros.left_out(package, MAX_UNPACKED):
            size += len(content)
            if size > MAX_UNPACKED:
                raise DocumentError(Refusal.TOO_BIG_UNPACKED)
            if _is_part(info.filename):
                self._members[info.filename] = info, content

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def tree(self, name: str) -> Element:
        """One part as XML. Raises bad_file."""
        return parse(self._members[name][1])

    def put(self, parts: Mapping[str, Element]) -> None:
        """Puts parts in, in the dialect of the document."""
        from lxml import etree

        for name, root in parts.items():
            content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            if self.strict:
                content = content.replace(TRANSITIONAL, STRICT)
            fresh = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            fresh.compress_type = zipfile.ZIP_DEFLATED
            self._members[name] = self._members.get(name, (fresh,))[0], content

    def closed(self) -> bytes:
        """The whole document."""
        box = BytesIO()
        with zipfile.ZipFile(box, "w") as archive:
            for info, content in self._members.values():
                archive.writestr(info, content)
        return box.getvalue()


def _is_part(name: str) -> bool:
    """A name that leads out of the document is no part's (ECMA-376, part 2, 6.2.2)."""
    return not name.startswith("/") and "\\" not in name and ".." not in name.split("/")
