"""Somebody's cards as a package that Anki imports: notes, where each card stands, and the log.

Written by hand and not with genanki, which can't write progress. A package of schema 11
(collection.anki2) is read by every Anki since 2012. Anki works out what is remembered from the
log, so the log is written as it is and nothing is made up.
"""

import json
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date, datetime, timedelta
from hashlib import blake2s, sha1
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from coach.anki.fields import html_of
from coach.cards import Grade
from coach.notes import NoteKind
from coach.studydays import ROLL_OVER
from storage import grades
from storage.anki.own import FIRST_DECK, IDS, OPTIONS, deck, notetypes
from storage.engine import Db, Row

ROOT = "Sogood"
"""Our own decks lie below it; decks that came from Anki keep their place."""

NOTE_IDS = 1_600_000_000_000
CARD_IDS = 1_700_000_000_000
"""Anki's numbers are milliseconds since 1970; ours are stable and look like some of those."""

EASE = 2500
"""Anki's ease factor of a new card, in thousandths; the log needs one, and FSRS ignores it."""

LONGEST_ANSWER = 60_000
"""Milliseconds; Anki itself counts no answer longer."""

LEARN, REVIEW = 0, 1
NEW, KNOWN, SET_ASIDE = 0, 2, -1

Line = tuple[int | str, ...]
"""A row in the order of Anki's columns."""

TABLES = """
CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL,
    scm integer NOT NULL, ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL,
    ls integer NOT NULL, conf text NOT NULL, models text NOT NULL, decks text NOT NULL,
    dconf text NOT NULL, tags text NOT NULL);
CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL,
    mod integer NOT NULL, usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL,
    sfld integer NOT NULL, csum integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL,
    ord integer NOT NULL, mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL,
    queue integer NOT NULL, due integer NOT NULL, ivl integer NOT NULL, factor integer NOT NULL,
    reps integer NOT NULL, lapses integer NOT NULL, left integer NOT NULL, odue integer NOT NULL,
    odid integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL,
    ease integer NOT NULL, ivl integer NOT NULL, lastIvl integer NOT NULL,
    factor integer NOT NULL, time integer NOT NULL, type integer NOT NULL);
CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
CREATE INDEX ix_notes_usn ON notes (usn);
CREATE INDEX ix_cards_usn ON cards (usn);
CREATE INDEX ix_revlog_usn ON revlog (usn);
CREATE INDEX ix_cards_nid ON cards (nid);
CREATE INDEX ix_cards_sched ON cards (did, queue, due);
CREATE INDEX ix_revlog_cid ON revlog (cid);
CREATE INDEX ix_notes_csum ON notes (csum);
"""
"""What Anki calls schema 11; the columns are named and ordered by it."""


def package(db: Db, person_id: int, *, zone: ZoneInfo, now: datetime) -> bytes | None:
    """Everything that somebody learns, as an .apkg; None when there is nothing."""
    notes = db.query("SELECT * FROM notes WHERE person_id = :id ORDER BY id", id=person_id)
    cards = db.query("SELECT * FROM cards WHERE person_id = :id ORDER BY id", id=person_id)
    if not notes:
        return None
    log = grades.all_of(db, person_id)
    kept = {str(card["id"]) for card in cards}
    log = {card: answers for card, answers in log.items() if card in kept}
    return _zipped(_collection(notes, cards, log, zone, now))


def deck_name(deck: str, source: str) -> str:
    """What a deck of ours is called in Anki."""
    if source == "anki" and deck:
        return deck
    return f"{ROOT}::{deck}" if deck else ROOT


def _zipped(collection: bytes) -> bytes:
    """No media, which Anki wants to be told too."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("collection.anki2", collection)
        archive.writestr("media", "{}")
    return target.getvalue()


def _collection(
    notes: Sequence[Row],
    cards: Sequence[Row],
    log: Mapping[str, Sequence[Grade]],
    zone: ZoneInfo,
    now: datetime,
) -> bytes:
    first = min([*(answers[0].day for answers in log.values()), now.astimezone(zone).date()])
    names = {note["id"]: deck_name(note["deck"], note["source"]) for note in notes}
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as collection:
        collection.executescript(TABLES)
        collection.execute("BEGIN")
        _insert(collection, "col", [_col(first, set(names.values()), zone, now)])
        _insert(collection, "notes", (_note(note) for note in notes))
        rows = (
            _card(card, names[card["note_id"]], first, log.get(str(card["id"]), ()))
            for card in cards
        )
        _insert(collection, "cards", rows)
        _insert(collection, "revlog", _revlog(log))
        collection.execute("COMMIT")
        return collection.serialize()


def _insert(collection: sqlite3.Connection, table: str, rows: Iterable[Line]) -> None:
    for row in rows:
        marks = ", ".join("?" * len(row))
        collection.execute(f"INSERT INTO {table} VALUES ({marks})", row)  # noqa: S608 - our names


def _col(first: date, decks: set[str], zone: ZoneInfo, now: datetime) -> Line:
    """Days are counted from the roll-over of the first day, on the person's clock."""
    created = datetime.combine(first, ROLL_OVER, zone)
    seconds, ms = int(now.timestamp()), int(now.timestamp() * 1000)
    offset = created.utcoffset() or timedelta()
    conf: dict[str, Any] = {
        "schedVer": 2,
        "rollover": ROLL_OVER.hour,
        "creationOffset": -int(offset.total_seconds() // 60),
        "curDeck": FIRST_DECK,
        "activeDecks": [FIRST_DECK],
        "nextPos": 1,
        "sortType": "noteFld",
        "sortBackwards": False,
        "addToCur": True,
        "estTimes": True,
        "dueCounts": True,
        "newSpread": 0,
        "timeLim": 0,
        "collapseTime": 1200,
        "curModel": str(IDS[NoteKind.BASIC]),
    }
    named = {FIRST_DECK: "Default"} | {_deck_id(name): name for name in decks}
    all_decks = {str(id): deck(id, name, seconds) for id, name in named.items()}
    told = (json.dumps(part) for part in (conf, notetypes(seconds), all_decks, OPTIONS, {}))
    return (1, int(created.timestamp()), ms, ms, 11, 0, 0, 0, *told)


def _deck_id(name: str) -> int:
    """The same deck has the same number in every package."""
    return NOTE_IDS + int.from_bytes(blake2s(name.encode(), digest_size=4).digest())


def _note(note: Row) -> Line:
    kind = NoteKind(note["kind"])
    sides = [html_of(note[side].replace("\x1f", " ")) for side in ("front", "back")]
    checksum = int(sha1(note["front"].encode(), usedforsecurity=False).hexdigest()[:8], 16)
    tags = f" {note['tags']} " if note["tags"] else ""
    number, changed = NOTE_IDS + note["id"], note["changed_at"] // 1000
    head = (number, note["guid"], IDS[kind], changed, -1, tags)
    return (*head, "\x1f".join(sides), note["front"], checksum, 0, "")


def _card(card: Row, deck: str, first: date, answers: Sequence[Grade]) -> Line:
    known = card["due_day"] is not None
    kind = KNOWN if known else NEW
    queue = SET_ASIDE if card["suspended"] else kind
    due = card["due_day"] - first.toordinal() if known else card["id"]
    head = (CARD_IDS + card["id"], NOTE_IDS + card["note_id"], _deck_id(deck), card["ordinal"])
    counts = (card["interval"], EASE if known else 0, card["reps"], card["lapses"])
    last = int(answers[-1].at.timestamp()) if answers else 0
    memory = json.dumps(_memory(card, last)) if known else ""
    return (*head, last, -1, kind, queue, due, *counts, 0, 0, 0, 0, memory)


def _memory(card: Row, last: int) -> dict[str, float]:
    """Stability, difficulty, and the second of the last answer, by Anki's names for them."""
    stability, difficulty = round(card["stability"], 4), round(card["difficulty"], 3)
    return {"s": stability, "d": difficulty, "lrt": last}


def _revlog(log: Mapping[str, Sequence[Grade]]) -> Iterator[Line]:
    """Every grade at its instant. Anki names a grade by its millisecond, so no two share one."""
    taken: set[int] = set()
    for card, answers in log.items():
        before = 0
        for at, answer in enumerate(answers):
            number = int(answer.at.timestamp() * 1000)
            while number in taken:
                number += 1
            taken.add(number)
            days = _days(answers, at)
            time = min(round((answer.seconds or 0) * 1000), LONGEST_ANSWER)
            kind = REVIEW if at else LEARN
            told = (int(answer.rating), days, before, EASE, time, kind)
            yield (number, CARD_IDS + int(card), -1, *told)
            before = days


def _days(answers: Sequence[Grade], at: int) -> int:
    """The interval that was given; where the log has none, the days that passed, or one."""
    given = answers[at].interval
    if given is not None:
        return given
    passed = (answers[at + 1].day - answers[at].day).days if at + 1 < len(answers) else 1
    return max(passed, 1)
