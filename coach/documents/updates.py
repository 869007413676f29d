"""Annotations appended to a PDF as an incremental update: not a byte of the file changes.

pypdf reads the pages and writes the objects; the cross-reference section is ours, because
pypdf's own doesn't pass `qpdf --check`. Sections as in ISO 32000-1, 7.5.4, 7.5.6 and 7.5.8.
"""

from io import BytesIO
from itertools import groupby
from typing import cast

from pypdf import PageObject, PdfReader
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

KEPT = ("/Root", "/Info", "/ID")
"""What a new trailer takes over from the one before."""


class Update:
    """New and changed objects of one file."""

    def __init__(self, data: bytes) -> None:
        """Raises NotImplementedError for an encrypted file, and what pypdf raises."""
        self._data = data if data.endswith((b"\n", b"\r")) else data + b"\n"
        self._reader = PdfReader(BytesIO(self._data))
        if self._reader.is_encrypted:
            raise NotImplementedError
        self._trailer = self._reader.trailer
        self._next = int(cast(int, self._trailer["/Size"]))
        self._objects: dict[tuple[int, int], PdfObject] = {}

    def page(self, number: int) -> PageObject:
        """A page, counted from 0."""
        return self._reader.pages[number]

    def annotate(self, number: int, annotation: DictionaryObject) -> None:
        """Puts an annotation on a page, above those that it has."""
        page = self.page(number)
        place = page.indirect_reference
        if place is None:
            raise NotImplementedError
        if "/AP" in annotation:  # a stream has to be an object of its own
            appearance = cast(DictionaryObject, annotation["/AP"])
            appearance[NameObject("/N")] = self._added(appearance["/N"])
        annotation[NameObject("/P")] = place
        there = cast(ArrayObject, page["/Annots"]) if "/Annots" in page else ()
        page[NameObject("/Annots")] = ArrayObject([*there, self._added(annotation)])
        self._objects[place.idnum, place.generation] = page

    def _added(self, new: PdfObject) -> IndirectObject:
        number = self._next
        self._next += 1
        self._objects[number, 0] = new
        return IndirectObject(number, 0, self._reader)

    def written(self) -> bytes:
        """The file as it came, then the update."""
        box = BytesIO()
        box.write(self._data)
        places: dict[tuple[int, int], int] = {}
        for (number, generation), content in sorted(self._objects.items()):
            places[number, generation] = box.tell()
            box.write(f"{number} {generation} obj\n".encode())
            content.write_to_stream(box)
            box.write(b"\nendobj\n")
        start = box.tell()
        section = self._table if self._has_table() else self._stream
        section(box, places)
        box.write(f"startxref\n{start}\n%%EOF\n".encode())
        return box.getvalue()

    def _before(self) -> int:
        """Where the last section of the file stands, by the word of its last line."""
        at = self._data.rindex(b"startxref") + len(b"startxref")
        return int(self._data[at : at + 40].split()[0])

    def _has_table(self) -> bool:
        """A table or a stream: an update stays with what there is."""
        return self._data[self._before() :].lstrip().startswith(b"xref")

    def _facts(self, size: int) -> DictionaryObject:
        facts = DictionaryObject(
            {
                NameObject(name): self._trailer.raw_get(name)
                for name in KEPT
                if name in self._trailer
            }
        )
        facts[NameObject("/Size")] = NumberObject(size)
        facts[NameObject("/Prev")] = NumberObject(self._before())
        return facts

    def _table(self, box: BytesIO, places: dict[tuple[int, int], int]) -> None:
        box.write(b"xref\n")
        for run in _runs(sorted(places)):
            box.write(f"{run[0][0]} {len(run)}\n".encode())
            for number, generation in run:
                place = places[number, generation]
                box.write(f"{place:010} {generation:05} n \n".encode())
        box.write(b"trailer\n")
        self._facts(self._next).write_to_stream(box)
        box.write(b"\n")

    def _stream(self, box: BytesIO, places: dict[tuple[int, int], int]) -> None:
        """The section is an object itself and names its own place."""
        own = self._next
        places = places | {(own, 0): box.tell()}
        runs = _runs(sorted(places))
        stream = StreamObject()
        stream.update(self._facts(own + 1))
        stream[NameObject("/Type")] = NameObject("/XRef")
        stream[NameObject("/W")] = ArrayObject(map(NumberObject, (1, 4, 2)))
        index = [number for run in runs for number in (run[0][0], len(run))]
        stream[NameObject("/Index")] = ArrayObject(map(NumberObject, index))
        stream.set_data(
            b"".join(
                b"\x01" + places[one].to_bytes(4, "big") + one[1].to_bytes(2, "big")
                for run in runs
                for one in run
            )
        )
        box.write(f"{own} 0 obj\n".encode())
        stream.write_to_stream(box)
        box.write(b"\nendobj\n")


def _runs(numbers: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Consecutive object numbers together."""
    grouped = groupby(enumerate(numbers), lambda pair: pair[1][0] - pair[0])
    return [[one for _, one in group] for _, group in grouped]
