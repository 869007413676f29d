"""The notes that people learn from, each with its cards. The same note is never kept twice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from coach.notes import NoteKind, guid_of, ordinals
from storage.engine import Db, Row
from storage.instants import to_ms


@dataclass(frozen=True, slots=True)
class NewNote:
    """A note to keep. `guid` is its name in the deck it comes from; without one it is named by
    its words. `source` says how it came: added, starter, review, anki, table."""

    kind: NoteKind
    front: str
    back: str
    tags: tuple[str, ...] = ()
    deck: str = ""
    guid: str | None = None
    source: str = "added"

    @property
    def name(self) -> str:
        return self.guid or guid_of(self.kind, self.front, self.back)


@dataclass(frozen=True, slots=True)
class Note:
    """A note that somebody has; `deck` is "" for their own cards."""

    id: int
    person_id: int
    deck: str
    kind: NoteKind
    front: str
    back: str
    tags: tuple[str, ...]
    guid: str
    source: str


@dataclass(frozen=True, slots=True)
class Added:
    """What became of notes that were to be kept: new ones, known ones with other words (their
    progress stays), and known ones. `ids` are the notes' numbers in the order given."""

    added: int = 0
    changed: int = 0
    known: int = 0
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Deck:
    """A deck by its name: its notes and cards, the cards due by a day, and the new ones."""

    name: str
    notes: int
    cards: int
    due: int
    new: int


def add(db: Db, *, person_id: int, notes: Iterable[NewNote], now: datetime) -> Added:
    """Keeps notes with their cards, in order: new cards come in the order in which they came."""
    counts, ids = {"added": 0, "changed": 0, "known": 0}, list[int]()
    for note in notes:
        kept = by_guid(db, person_id, note.name)
        if kept is None:
            ids.append(_insert(db, person_id, note, now))
            counts["added"] += 1
            continue
        ids.append(kept.id)
        same = (kept.kind, kept.front, kept.back) == (note.kind, note.front, note.back)
        if not same:
            _rewrite(db, kept.id, person_id, note, now)
        counts["known" if same else "changed"] += 1
    return Added(**counts, ids=tuple(ids))


def get(db: Db, id: int, person_id: int) -> Note | None:
    """None when there is none, or it is somebody else's."""
    row = db.one(
        "SELECT * FROM notes WHERE id = :id AND person_id = :person_id", id=id, person_id=person_id
    )
    return _note(row) if row else None


def by_guid(db: Db, person_id: int, guid: str) -> Note | None:
    row = db.one(
        "SELECT * FROM notes WHERE person_id = :person_id AND guid = :guid",
        person_id=person_id,
        guid=guid,
    )
    return _note(row) if row else None


def of_person(db: Db, person_id: int, deck: str | None = None) -> list[Note]:
    """Every note, or those of a deck, the oldest first."""
    rows = db.query(
        """SELECT * FROM notes WHERE person_id = :person_id AND deck = coalesce(:deck, deck)
           ORDER BY id""",
        person_id=person_id,
        deck=deck,
    )
    return [_note(row) for row in rows]


def any_of(db: Db, person_id: int) -> bool:
    """Whether a person has a note at all."""
    return db.one("SELECT 1 FROM notes WHERE person_id = :id LIMIT 1", id=person_id) is not None


def began(db: Db, person_id: int, now: datetime) -> bool:
    """Whether a person's first notes are those of this very moment."""
    row = db.one("SELECT min(created_at) AS at FROM notes WHERE person_id = :id", id=person_id)
    return row is not None and row["at"] == to_ms(now)


def of_deck(db: Db, person_id: int, deck: str, *, limit: int, offset: int) -> list[Note]:
    """A page of a deck, the oldest first."""
    rows = db.query(
        """SELECT * FROM notes WHERE person_id = :person_id AND deck = :deck
           ORDER BY id LIMIT :limit OFFSET :offset""",
        person_id=person_id,
        deck=deck,
        limit=limit,
        offset=offset,
    )
    return [_note(row) for row in rows]


def find(db: Db, person_id: int, text: str, limit: int = 50) -> list[Note]:
    """The notes with a text in any of their words, in any case, the newest first."""
    wanted = text.casefold()
    rows = db.query(
        "SELECT * FROM notes WHERE person_id = :person_id ORDER BY id DESC", person_id=person_id
    )
    found = (row for row in rows if wanted in f"{row['front']}\n{row['back']}".casefold())
    return [_note(row) for row in islice(found, limit)]


def change(
    db: Db,
    id: int,
    person_id: int,
    front: str,
    back: str,
    now: datetime,
    kind: NoteKind | None = None,
) -> bool:
    """Other words on a note, and another kind of it where one is given; the progress of the
    cards that stay stays. False when it isn't theirs."""
    note = get(db, id, person_id)
    if note is None:
        return False
    _rewrite(db, id, person_id, NewNote(kind or note.kind, front, back, note.tags, note.deck), now)
    return True


def delete(db: Db, id: int, person_id: int) -> bool:
    """The note and its cards go; the log of grades stays. False when it isn't theirs."""
    gone = "DELETE FROM notes WHERE id = :id AND person_id = :person_id"
    return bool(db.run(gone, id=id, person_id=person_id))


def decks(db: Db, person_id: int, day: date) -> list[Deck]:
    """Every deck with what is in it; `day` is the study day by which a card is due."""
    rows = db.query(
        """SELECT notes.deck AS name, count(DISTINCT notes.id) AS notes, count(cards.id) AS cards,
               count(cards.id) FILTER (WHERE cards.due_day <= :day AND cards.suspended = 0) AS due,
               count(cards.id) FILTER (WHERE cards.due_day IS NULL AND cards.suspended = 0) AS new
           FROM notes LEFT JOIN cards ON cards.note_id = notes.id
           WHERE notes.person_id = :person_id GROUP BY notes.deck ORDER BY notes.deck""",
        person_id=person_id,
        day=day.toordinal(),
    )
    return [Deck(**row) for row in rows]


def _insert(db: Db, person_id: int, note: NewNote, now: datetime) -> int:
    row = db.one(
        """INSERT INTO notes (person_id, deck, kind, front, back, tags, guid, source, created_at,
               changed_at)
           VALUES (:person_id, :deck, :kind, :front, :back, :tags, :guid, :source, :now, :now)
           RETURNING id""",
        person_id=person_id,
        deck=note.deck,
        kind=note.kind.value,
        front=note.front,
        back=note.back,
        tags=" ".join(note.tags),
        guid=note.name,
        source=note.source,
        now=to_ms(now),
    )
    assert row
    _make_cards(db, row["id"], person_id, note)
    return row["id"]


def _rewrite(db: Db, id: int, person_id: int, note: NewNote, now: datetime) -> None:
    """New words; a gap that is gone takes its card along, a new one brings a new card."""
    db.run(
        """UPDATE notes SET kind = :kind, front = :front, back = :back, changed_at = :now
           WHERE id = :id""",
        id=id,
        kind=note.kind.value,
        front=note.front,
        back=note.back,
        now=to_ms(now),
    )
    kept = ordinals(note.kind, note.front)
    for row in db.query("SELECT id, ordinal FROM cards WHERE note_id = :id", id=id):
        if row["ordinal"] not in kept:
            db.run("DELETE FROM cards WHERE id = :id", id=row["id"])
    _make_cards(db, id, person_id, note)


def _make_cards(db: Db, note_id: int, person_id: int, note: NewNote) -> None:
    for ordinal in ordinals(note.kind, note.front):
        db.run(
            """INSERT INTO cards (note_id, person_id, ordinal) VALUES (:note_id, :person_id, :n)
               ON CONFLICT (note_id, ordinal) DO NOTHING""",
            note_id=note_id,
            person_id=person_id,
            n=ordinal,
        )


def _note(row: Row) -> Note:
    return Note(
        id=row["id"],
        person_id=row["person_id"],
        deck=row["deck"],
        kind=NoteKind(row["kind"]),
        front=row["front"],
        back=row["back"],
        tags=tuple(row["tags"].split()),
        guid=row["guid"],
        source=row["source"],
    )
