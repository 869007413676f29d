"""Anki packages made by code: the new format as Anki packs it, the old one, and whatever else."""

import json
import sqlite3
import zipfile
from contextlib import closing
from io import BytesIO

import zstandard

CREATED = 1_795_233_600  # 2026-11-21 04:00 UTC
DAY = 86_400_000
BASIC, CLOZE, BOTH = 11, 12, 13

SHARED = """
CREATE TABLE notes (id integer PRIMARY KEY, guid text, mid integer, mod integer, usn integer,
    tags text, flds text, sfld integer, csum integer, flags integer, data text);
CREATE TABLE cards (id integer PRIMARY KEY, nid integer, did integer, ord integer, mod integer,
    usn integer, type integer, queue integer, due integer, ivl integer, factor integer,
    reps integer, lapses integer, left integer, odue integer, odid integer, flags integer,
    data text);
CREATE TABLE revlog (id integer PRIMARY KEY, cid integer, usn integer, ease integer, ivl integer,
    lastIvl integer, factor integer, time integer, type integer);
CREATE TABLE col (id integer PRIMARY KEY, crt integer, conf text, models text, decks text);
"""
NEW = """
CREATE TABLE config (KEY text PRIMARY KEY, usn integer, mtime_secs integer, val blob)
    WITHOUT ROWID;
CREATE TABLE notetypes (id integer PRIMARY KEY, name text COLLATE unicase, config blob);
CREATE TABLE fields (ntid integer, ord integer, name text COLLATE unicase, config blob,
    PRIMARY KEY (ntid, ord)) WITHOUT ROWID;
CREATE TABLE templates (ntid integer, ord integer, name text COLLATE unicase, config blob,
    PRIMARY KEY (ntid, ord)) WITHOUT ROWID;
CREATE TABLE decks (id integer PRIMARY KEY, name text COLLATE unicase);
CREATE UNIQUE INDEX idx_decks_name ON decks (name);
"""

ANSWER = "{{FrontSide}}\n\n<hr id=answer>\n\n"
TYPES = {
    BASIC: ("Basic", 0, ["Front", "Back"], [("{{Front}}", f"{ANSWER}{{{{Back}}}}")]),
    CLOZE: ("Cloze", 1, ["Text", "Extra"], [("{{cloze:Text}}", "{{cloze:Text}}<br>{{Extra}}")]),
    BOTH: (
        "Basic (and reversed card)",
        0,
        ["Front", "Back"],
        [("{{Front}}", f"{ANSWER}{{{{Back}}}}"), ("{{Back}}", f"{ANSWER}{{{{Front}}}}")],
    ),
}
DECKS = {1: "Default", 2: "ML\x1fMetrics"}


class Notes:
    """A collection in the making: notes with cards, and the log behind them."""

    def __init__(self):
        self.notes, self.cards, self.log = [], [], []

    def note(self, of, *fields, guid=None, tags="", deck=1, ords=(0,)):
        number = len(self.notes) + 1
        guid = f"g{number}" if guid is None else guid
        self.notes.append((number, guid, of, 0, -1, tags, "\x1f".join(fields), 0, 0, 0, ""))
        for ord_ in ords:
            card = number * 10 + ord_
            self.cards.append(
                [card, number, deck, ord_, 0, -1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, ""]
            )
        return self

    def learnt(self, card, *, due, ivl, answers, queue=2):
        """`answers` are (days before the collection's day, ease, interval in days, type)."""
        row = next(row for row in self.cards if row[0] == card)
        row[6:10] = 2, queue, due, ivl
        for ago, ease, days, kind in answers:
            at = CREATED * 1000 + 6 * 3_600_000 - ago * DAY + len(self.log)
            self.log.append((at, card, -1, ease, days, 0, 2500, 5200, kind))
        return self


def collection(notes, new=True, also=""):
    """The bytes of a collection; `also` is SQL that makes it odd."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.create_collation("unicase", lambda a, b: (a > b) - (a < b))
        db.executescript(SHARED + (NEW if new else ""))
        db.execute("INSERT INTO col VALUES (1, ?, ?, ?, ?)", (CREATED, *_told(new)))
        if new:
            _tables(db)
        for table, rows in (("notes", notes.notes), ("cards", notes.cards), ("revlog", notes.log)):
            for row in rows:
                db.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
        db.executescript(also)
        content = db.serialize()
    mode = b"\x02\x02" if new else b"\x01\x01"  # Anki's own are in WAL mode
    return content[:18] + mode + content[20:]


def package(notes, new=True, also=""):
    """A package as Anki makes it; the new one has the stub for old programs beside it."""
    content = collection(notes, new, also)
    if not new:
        return zipped({"collection.anki2": content, "media": b"{}"})
    stub = Notes().note(BASIC, "Please update to the latest Anki version, then import again.", "x")
    packed = zstandard.ZstdCompressor().compress(content)
    members = {"meta": b"\x08\x03", "collection.anki21b": packed}
    return zipped(members | {"collection.anki2": collection(stub, new=False), "media": b""})


def zipped(members):
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target.getvalue()


def _told(new):
    if new:
        return "", "", ""
    models = {
        str(id): {
            "name": name,
            "type": kind,
            "flds": [{"name": field} for field in fields],
            "tmpls": [{"qfmt": front, "afmt": back} for front, back in templates],
        }
        for id, (name, kind, fields, templates) in TYPES.items()
    }
    decks = {str(id): {"name": name.replace("\x1f", "::")} for id, name in DECKS.items()}
    return json.dumps({"creationOffset": 0}), json.dumps(models), json.dumps(decks)


def _tables(db):
    db.execute("INSERT INTO config VALUES ('creationOffset', 0, 0, ?)", (b"0",))
    for id, name in DECKS.items():
        db.execute("INSERT INTO decks VALUES (?, ?)", (id, name))
    for id, (name, kind, fields, templates) in TYPES.items():
        db.execute("INSERT INTO notetypes VALUES (?, ?, ?)", (id, name, bytes([8, kind])))
        for ord_, field in enumerate(fields):
            db.execute("INSERT INTO fields VALUES (?, ?, ?, x'')", (id, ord_, field))
        for ord_, sides in enumerate(templates):
            said = [b"\x2a\x00", *(_bytes(n, side) for n, side in enumerate(sides, start=1))]
            db.execute("INSERT INTO templates VALUES (?, ?, '', ?)", (id, ord_, b"".join(said)))


def _bytes(number, text):
    return bytes([number << 3 | 2, len(text)]) + text.encode()
