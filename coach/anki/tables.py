"""Cards as a table: Anki's plain text with its headers, CSV and TSV of any program; and ours.

Headers: https://docs.ankiweb.net/importing/text-files.html#file-headers
"""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice

from coach.anki.contents import Contents, PackedNote
from coach.anki.decks import deck_of
from coach.anki.errors import MAX_NOTES, PackageError, Trouble
from coach.anki.fields import plain, tag_of, text_of
from coach.anki.sizes import fit
from coach.documents import DocumentError
from coach.documents import plain as plain_text
from coach.notes import GAP, NoteKind
from coach.texts import speakable

SEPARATORS = {
    "comma": ",",
    "semicolon": ";",
    "tab": "\t",
    "space": " ",
    "pipe": "|",
    "colon": ":",
}
HEADERS = ("separator", "html", "tags", "columns", "notetype", "deck", "guid", "if matches")
GUESSES = ("\t", ";", ",", "|")
HEAD = 20_000
"""Bytes that are looked at to tell a table from a letter; decoding more would hold everybody up."""

SAMPLE = 50
"""Rows by which a table without headers is told from a letter."""

ALIKE = 0.8
"""The share of rows that must have as many columns as most have; a letter's lines don't."""

NAMES = {
    "front": ("front", "question", "q", "term", "word", "text", "вопрос", "лицо", "слово"),
    "back": ("back", "answer", "a", "definition", "translation", "ответ", "оборот", "перевод"),
    "tags": ("tags", "tag", "теги", "метки"),
    "deck": ("deck", "колода"),
    "guid": ("guid",),
    "notetype": ("notetype", "note type", "kind", "type"),
}
"""How people call the columns of a table that has no headers of Anki."""

KINDS = {
    "en": {
        NoteKind.BASIC: "Basic",
        NoteKind.BOTH: "Basic (and reversed card)",
        NoteKind.CLOZE: "Cloze",
    },
    "ru": {
        NoteKind.BASIC: "Простая",
        NoteKind.BOTH: "Простая (с обратной карточкой)",
        NoteKind.CLOZE: "Задание с пропусками",
    },
}
"""Anki's own note types. A collection has them in the language it was made in, and Anki passes over
a row whose type it lacks."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is read: what parts it, and which column (from 0) holds what."""

    separator: str
    html: bool = False
    columns: Mapping[str, int] = field(default_factory=dict[str, int])
    tags: tuple[str, ...] = ()
    deck: str = ""
    notetype: str = ""
    named: bool = False
    """Whether the first row holds the columns' names."""


def is_table(data: bytes, name: str) -> bool:
    """Whether a file is meant as a table of cards: it says so in its first line, or is called a
    table and looks like one. A letter does neither; tabs alone say nothing, since CVs have them."""
    head = _head(data)
    if head.startswith((b"PK", b"%PDF", b"{\\rtf")):
        return False
    try:
        text = plain_text.decode(head).text
    except DocumentError:
        return False
    return _headed(text) or (name.lower().endswith((".csv", ".tsv")) and _guessed(text) is not None)


def _head(data: bytes) -> bytes:
    """Enough to tell a table by: whole lines, where a line's end is one byte."""
    head = data[:HEAD]
    return head if len(data) <= HEAD or b"\x00" in head else head[: head.rfind(b"\n") + 1] or head


def read(data: bytes) -> Contents:
    """The notes of a table. Raises PackageError: broken, no_table, no_cards, too_many."""
    try:
        text = plain_text.decode(data).text.removeprefix("\ufeff").replace("\x00", "")
    except DocumentError:
        raise PackageError(Trouble.BROKEN) from None
    layout = _by_headers(text) if _headed(text) else _guessed(text)
    if layout is None:
        raise PackageError(Trouble.NO_TABLE)
    rows = _rows(_body(text), layout.separator, MAX_NOTES + 1)
    rows = rows[1:] if layout.named else rows
    if len(rows) > MAX_NOTES:
        raise PackageError(Trouble.TOO_MANY)
    left_out = Counter[str]()
    made = [_note(row, layout) for row in rows]
    contents = Contents(tuple(fit(made, left_out)), left_out, "table")
    if not contents.notes and not left_out:
        raise PackageError(Trouble.NO_CARDS)
    return contents


def written(notes: Iterable[PackedNote], language: str) -> bytes:
    """The notes as a table that every spreadsheet reads, and an Anki in that language."""
    kinds = KINDS[speakable(language)]
    out = StringIO()
    out.write("#separator:Comma\n#html:false\n#columns:Guid,Notetype,Deck,Front,Back,Tags\n")
    out.write("#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\n")
    table = csv.writer(out, lineterminator="\n")
    for note in notes:
        cells = (note.guid, kinds[note.kind], note.deck, note.front, note.back, " ".join(note.tags))
        table.writerow(cells)
    return out.getvalue().encode()


def _headed(text: str) -> bool:
    first = text.removeprefix("\ufeff").split("\n", 1)[0].lower()
    return any(first.startswith((f"#{name}:", f"#{name} column:")) for name in HEADERS)


def _header_lines(text: str) -> list[str]:
    lines = list[str]()
    for line in islice(text.split("\n"), 40):
        if not line.startswith("#"):
            break
        lines.append(line[1:].rstrip("\r"))
    return lines


def _body(text: str) -> str:
    return text.split("\n", len(lines))[-1] if (lines := _header_lines(text)) else text


def _by_headers(text: str) -> Layout:
    said = {
        name.strip().lower(): value.strip(" ")
        for name, _, value in (line.partition(":") for line in _header_lines(text))
    }
    separator = said.get("separator", "tab")
    columns = {
        kind: int(said[f"{kind} column"]) - 1
        for kind in ("guid", "notetype", "deck", "tags")
        if said.get(f"{kind} column", "").isdecimal() and len(said[f"{kind} column"]) < 4
    }
    return Layout(
        separator=SEPARATORS.get(separator.lower(), separator[:1] or "\t"),
        html=said.get("html", "false").lower() == "true",
        columns=columns,
        tags=tuple(said.get("tags", "").split()),
        deck=said.get("deck", ""),
        notetype=said.get("notetype", ""),
    )


def _guessed(text: str) -> Layout | None:
    """The sign that parts most rows alike into two columns or more; None when none does."""
    best_share, best, first = 0.0, "", list[str]()
    for separator in GUESSES:
        try:
            rows = _rows(text, separator, SAMPLE)
        except PackageError:
            continue
        widths = Counter(len(row) for row in rows)
        if not widths:
            return None
        width, alike = widths.most_common(1)[0]
        share = alike / len(rows)
        if width > 1 and share >= ALIKE and share > best_share:
            best_share, best, first = share, separator, rows[0]
    names = _named(first)
    return Layout(best, columns=names, named=bool(names)) if best else None


def _named(row: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        for kind, names in NAMES.items():
            if cell.strip().lower() in names:
                found.setdefault(kind, at)
    return found if "front" in found and "back" in found else {}


def _rows(text: str, separator: str, limit: int) -> list[list[str]]:
    """The rows that hold anything. Raises PackageError: broken."""
    try:
        table = csv.reader(StringIO(text, newline=""), delimiter=separator)
        return list(islice((row for row in table if any(cell.strip() for cell in row)), limit))
    except (csv.Error, TypeError, ValueError):
        raise PackageError(Trouble.BROKEN) from None


def _note(row: Sequence[str], layout: Layout) -> PackedNote:
    """A row as a note; the columns that nothing else is in are its fields."""
    special = {kind: _cell(row, at) for kind, at in layout.columns.items()}
    taken = {at for kind, at in layout.columns.items() if kind not in {"front", "back"}}
    fields = [cell for at, cell in enumerate(row) if at not in taken]
    if layout.named:
        fields = [special["front"], special["back"]]
    texts = [text_of(cell) if layout.html else plain(cell) for cell in fields] + ["", ""]
    notetype = special.get("notetype") or layout.notetype
    return PackedNote(
        kind=_kind(notetype, texts),
        front=texts[0],
        back=texts[1],
        tags=tuple(map(tag_of, (*special.get("tags", "").split(), *layout.tags))),
        deck=deck_of(special.get("deck") or layout.deck),
        guid=special.get("guid") or None,
    )


def _cell(row: Sequence[str], at: int) -> str:
    return row[at].strip() if 0 <= at < len(row) else ""


def _kind(notetype: str, texts: Sequence[str]) -> NoteKind:
    """By the name of the note type where there is one, else by its gaps."""
    if GAP.search(texts[0]):
        return NoteKind.CLOZE
    name = notetype.lower()
    reverse = "revers" in name or "обрат" in name or "обращ" in name
    optional = "optional" in name and not texts[2]
    return NoteKind.BOTH if reverse and not optional else NoteKind.BASIC
