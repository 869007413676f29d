"""What a stranger's collection holds. Only ever run in the child process (storage/anki/reader.py).

The file may be made to harm: its tables are read by an authorizer that allows plain SELECTs of
real tables, no view, trigger or virtual table is followed, and every value is checked.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from coach.anki.contents import Answer, Contents, PackedCard, PackedNote
from coach.anki.decks import deck_of
from coach.anki.errors import MAX_ANSWERS, MAX_NOTES, MAX_OF_CARD, PackageError, Trouble
from coach.anki.fields import tag_of
from coach.anki.sizes import fit
from coach.anki.templates import NoteType, faces
from coach.memory import Rating
from coach.notes import NoteKind
from storage.anki import notetypes
from storage.anki.unpacking import OLDEST, collection_in

LONGEST_FIELDS = 100_000
"""Characters of a note's fields with their markup; whoever exceeds that keeps a page there."""

LAST_MS = 4_102_444_800_000
"""The year 2100; a grade outside 1970–2100 was never given."""

MAX_DAYS = 36_500
NEW, SUSPENDED = 0, -1
MANUAL, RESCHEDULED, CRAMMED = 4, 5, 3
"""Kinds of rows in Anki's log that may tell of no answer at all."""

CARDS = "SELECT id, nid, did, ord, type, queue, due, ivl, odue, odid FROM cards ORDER BY nid, ord"
LOG = "SELECT cid, id, ease, ivl, time, type, factor FROM revlog ORDER BY cid, id"
NOTES = "SELECT id, guid, mid, tags, flds FROM notes ORDER BY id"

BROKEN = (
    *(sqlite3.Error, ValueError, TypeError, LookupError, AttributeError, ArithmeticError),
    *(OSError, RecursionError, MemoryError),
)
"""What reading a file that isn't what it says can end in; all of it is the file's fault."""


@dataclass(frozen=True, slots=True)
class Collection:
    """What the notes of a collection lean on."""

    first_day: date
    types: Mapping[int, NoteType]
    decks: Mapping[int, str]
    cards: Mapping[int, list[sqlite3.Row]]
    answers: Mapping[int, list[Answer]]


def read(data: bytes, zone: ZoneInfo) -> Contents:
    """The notes of a package with their progress. `zone` is the person's: by it the days of a
    collection without a zone of its own are counted. Raises PackageError."""
    stub = OLDEST.encode() in data and data.startswith(b"PK")
    try:
        with closing(_opened(collection_in(data))) as db:
            contents = _contents(db, zone)
    except BROKEN:
        raise PackageError(Trouble.BROKEN) from None
    if stub and _is_stub(contents):
        raise PackageError(Trouble.OLD_STUB)
    if not contents.notes and not contents.left_out:
        raise PackageError(Trouble.NO_CARDS)
    return contents


def _is_stub(contents: Contents) -> bool:
    """The note that old programs find in a new package."""
    only = contents.notes[0].front if len(contents.notes) == 1 else ""
    return "update to the latest Anki version" in only


def _opened(content: bytes) -> sqlite3.Connection:
    """A collection in memory. Its header says that it is in WAL mode, which memory has not
    (bytes 18 and 19, https://sqlite.org/fileformat.html)."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.deserialize(content[:18] + b"\x01\x01" + content[20:])
    db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 20_000_000)
    for setting in ("trusted_schema = OFF", "cell_size_check = ON", "temp_store = MEMORY"):
        db.execute(f"PRAGMA {setting}")
    db.create_collation("unicase", _unicase)
    db.text_factory = _text
    db.row_factory = sqlite3.Row
    _refuse_disguises(db)
    db.set_authorizer(_only_reads)
    return db


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace")


def _unicase(one: str, other: str) -> int:
    one, other = one.casefold(), other.casefold()
    return (one > other) - (one < other)


def _refuse_disguises(db: sqlite3.Connection) -> None:
    """A view or a virtual table by the name of a table could run forever, or run anything."""
    for kind, sql in db.execute("SELECT type, sql FROM sqlite_master"):
        if kind in {"view", "trigger"} or str(sql).lstrip()[:14].upper() == "CREATE VIRTUAL":
            raise PackageError(Trouble.BROKEN)


def _only_reads(action: int, *_: object) -> int:
    allowed = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}
    return sqlite3.SQLITE_OK if action in allowed else sqlite3.SQLITE_DENY


def _tables(db: sqlite3.Connection) -> set[str]:
    rows = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {row["name"] for row in rows}


def _contents(db: sqlite3.Connection, zone: ZoneInfo) -> Contents:
    collection, left_out = _collection(db, zone), Counter[str]()
    notes = list(fit(_notes(db, collection, left_out), left_out))
    return Contents(tuple(notes), left_out)


def _collection(db: sqlite3.Connection, zone: ZoneInfo) -> Collection:
    row = db.execute("SELECT * FROM col").fetchone()
    if "notetypes" in _tables(db):
        types, decks = notetypes.in_tables(db), notetypes.decks_in_tables(db)
        offset = _setting(db)
    else:
        types, decks = notetypes.in_json(row["models"]), notetypes.decks_in_json(row["decks"])
        offset = json.loads(row["conf"] or "{}").get("creationOffset")
    return Collection(_first_day(row["crt"], offset, zone), types, decks, _cards(db), _log(db))


def _setting(db: sqlite3.Connection) -> Any:
    row = db.execute("SELECT val FROM config WHERE KEY = 'creationOffset'").fetchone()
    return json.loads(row[0]) if row else None


def _first_day(created: int, offset: Any, zone: ZoneInfo) -> date:
    """The local day from which due days are counted; `offset` is minutes west of UTC."""
    instant = datetime.fromtimestamp(created, UTC)
    if isinstance(offset, int) and abs(offset) < 24 * 60:
        return (instant - timedelta(minutes=offset)).date()
    return instant.astimezone(zone).date()


def _cards(db: sqlite3.Connection) -> dict[int, list[sqlite3.Row]]:
    """The cards by note, in order."""
    found: dict[int, list[sqlite3.Row]] = {}
    for number, row in enumerate(db.execute(CARDS)):
        if number > 10 * MAX_NOTES:
            raise PackageError(Trouble.TOO_MANY)
        found.setdefault(row["nid"], []).append(row)
    return found


def _log(db: sqlite3.Connection) -> dict[int, list[Answer]]:
    """The answers by card since it was last reset, the oldest first."""
    found: dict[int, list[Answer]] = {}
    for number, row in enumerate(db.execute(LOG)):
        if number > MAX_ANSWERS:
            raise PackageError(Trouble.TOO_MANY)
        card, at, ease, interval, took, kind, factor = (int(value or 0) for value in row)
        if kind == MANUAL and factor == 0:
            found.pop(card, None)  # "Forget" was pressed
        if not (1 <= ease <= 4 and 0 <= at < LAST_MS) or kind in {MANUAL, RESCHEDULED}:
            continue
        if kind == CRAMMED and factor == 0:
            continue
        days = min(interval, MAX_DAYS) if interval > 0 else None
        seconds = min(max(took, 0), 3_600_000) / 1000
        answers = found.setdefault(card, [])
        answers.append(Answer(Rating(ease), at, seconds, days))
        if len(answers) > MAX_OF_CARD:
            raise PackageError(Trouble.TOO_MANY)
    return found


def _notes(
    db: sqlite3.Connection, collection: Collection, left_out: Counter[str]
) -> Iterator[PackedNote]:
    for number, row in enumerate(db.execute(NOTES)):
        if number >= MAX_NOTES:
            raise PackageError(Trouble.TOO_MANY)
        of, fields = collection.types.get(row["mid"]), row["flds"]
        if of is None or not isinstance(fields, str):
            left_out["empty"] += 1
        elif len(fields) > LONGEST_FIELDS:
            left_out["long"] += 1
        else:
            yield from _made(row, of, fields.split("\x1f"), collection, left_out)


def _made(
    row: sqlite3.Row,
    of: NoteType,
    fields: list[str],
    collection: Collection,
    left_out: Counter[str],
) -> Iterator[PackedNote]:
    """One note, or one for each card of a note whose cards have little in common; those are
    told apart by the card's number behind the note's name."""
    cards = {card["ord"]: card for card in collection.cards.get(row["id"], ())}
    numbers = sorted(cards) or list(range(1 if of.is_cloze else len(of.templates)))
    made = faces(of, fields, numbers)
    if not made:
        left_out["empty"] += 1
    guid = row["guid"] if isinstance(row["guid"], str) and row["guid"] else None
    for face in made:
        shift = 0 if len(made) == 1 or not face.ordinals else face.ordinals[0]
        mine = [cards[number] for number in face.ordinals if number in cards]
        gaps = face.kind is NoteKind.CLOZE
        yield PackedNote(
            kind=face.kind,
            front=face.front,
            back=face.back,
            tags=tuple(map(tag_of, str(row["tags"] or "").split()[:50])),
            deck=_deck(mine, collection),
            guid=f"{guid}#{shift}" if guid and shift else guid,
            cards=tuple(
                _card(card, collection, card["ord"] if gaps else number)
                for number, card in enumerate(mine)
            ),
        )


def _deck(cards: list[sqlite3.Row], collection: Collection) -> str:
    """Where the first card lives; a filtered deck only borrows it."""
    if not cards:
        return ""
    card = cards[0]
    return deck_of(collection.decks.get(card["odid"] or card["did"], ""))


def _card(card: sqlite3.Row, collection: Collection, number: int) -> PackedCard:
    answers = tuple(collection.answers.get(card["id"], ()))
    suspended = card["queue"] == SUSPENDED
    if card["type"] == NEW:
        return PackedCard(number, suspended)
    interval = min(max(int(card["ivl"]), 1), MAX_DAYS)
    due = _due(card, collection.first_day)
    return PackedCard(number, suspended, due, interval, answers)


def _due(card: sqlite3.Row, first_day: date) -> date:
    """The day by Anki's count; in a learning step, which is a matter of minutes, an instant."""
    due = int(card["odue"] or card["due"])
    if due > 1_000_000_000:
        return datetime.fromtimestamp(min(due, LAST_MS // 1000), UTC).date()
    return first_day + timedelta(days=min(max(due, -MAX_DAYS), 2 * MAX_DAYS))
