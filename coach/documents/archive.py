"""Zipped XML documents, opened with limits: a part is read by a bounded stream and parsed
without DTD, entities or network."""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, TypeAlias

from coach.documents.errors import DocumentError, Refusal

if TYPE_CHECKING:
    from lxml import etree

Element: TypeAlias = "etree._Element"  # pyright: ignore[reportPrivateUsage]
"""lxml gives the type of its elements no public name."""

MAX_PART = 10 * 1024 * 1024
"""Bytes of one unpacked part; the text of a 30,000-character letter takes about one megabyte.
The directory of a zip can lie, so the stream is cut off there too."""

MAX_MEMBERS = 2_000

DTD = tuple("<!DOCTYPE".encode(codec) for codec in ("utf-8", "utf-16-le", "utf-16-be"))
"""No office program writes a DTD; entity bombs do (billion laughs)."""


END = b"PK\x05\x06"
"""Opens the record at a zip's end; the directory's size is at byte 12 of it (APPNOTE 4.3.16)."""

MAX_DIRECTORY = 512 * 1024
"""Bytes of a directory; 2,000 members with ordinary names take half of it."""


BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError),
    *(ValueError, OverflowError, RuntimeError),
)
"""What zipfile raises over a damaged file; a way of packing that it doesn't know is a
RuntimeError too."""


def opened(data: bytes) -> zipfile.ZipFile:
    """A zip with its directory read; a huge directory isn't, because reading one takes seconds
    and memory. Raises DocumentError: bad_file, too_big_unpacked."""
    end = data.rfind(END, max(0, len(data) - 66_000))
    if end >= 0 and int.from_bytes(data[end + 12 : end + 16], "little") > MAX_DIRECTORY:
        raise DocumentError(Refusal.TOO_BIG_UNPACKED)
    try:
        return zipfile.ZipFile(BytesIO(data))
    except BROKEN:
        raise DocumentError(Refusal.BAD_FILE) from None


class Package:
    """The parts of a zipped document, by name."""

    def __init__(self, data: bytes) -> None:
        """Raises DocumentError: bad_file, too_big_unpacked, encrypted."""
        self._zip = opened(data)
        if len(self._zip.infolist()) > MAX_MEMBERS:
            raise DocumentError(Refusal.TOO_BIG_UNPACKED)

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    def names(self) -> list[str]:
        """What its parts are called."""
        return list(self._zip.NameToInfo)

    def part(self, name: str) -> bytes:
        """One part, unpacked. Raises DocumentError: bad_file, too_big_unpacked, encrypted."""
        info = self._zip.NameToInfo.get(name)
        if info is None:
            raise DocumentError(Refusal.BAD_FILE)
        return self._content(info, MAX_PART)

    def members(self, most: int) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
        """Every member with its content, none longer than `most` bytes. Raises as `part`."""
        for info in self._zip.NameToInfo.values():
            yield info, self._content(info, most)

    def _content(self, info: zipfile.ZipInfo, most: int) -> bytes:
        if info.flag_bits & 1:
            raise DocumentError(Refusal.ENCRYPTED)
        try:
            with self._zip.open(info) as stream:
                content = stream.read(most + 1)
        except BROKEN:
            raise DocumentError(Refusal.BAD_FILE) from None
        if len(content) > most:
            raise DocumentError(Refusal.TOO_BIG_UNPACKED)
        return content

    def tree(self, name: str) -> Element:
        """One part as XML. Raises DocumentError: bad_file, too_big_unpacked, encrypted."""
        return parse(self.part(name))


def parse(content: bytes) -> Element:
    """XML without a DTD. lxml itself refuses what nests deeper than 256. Raises bad_file.

    Imported here only: 4 MB that a process doesn't need which looks into zips but parses none.
    """
    from lxml import etree

    if any(mark in content for mark in DTD):
        raise DocumentError(Refusal.BAD_FILE)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise DocumentError(Refusal.BAD_FILE) from None
