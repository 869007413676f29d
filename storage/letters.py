"""Letters and their versions, the files they came in, and nothing that was said about them."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from coach.letters import Kind
from storage.engine import Db, Row
from storage.instants import from_ms, to_ms


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a letter. `number` counts from 1; `encoding` is what the bytes were read as;
    `notes` are what the reader of the file had to say."""

    id: int
    letter_id: int
    person_id: int
    chat_id: int
    number: int
    name: str
    media_type: str
    kind: Kind
    language: str
    encoding: str | None
    notes: tuple[str, ...]
    text: str
    text_sha256: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in a list: what it is called and where its latest version is."""

    id: int
    title: str
    kind: Kind
    versions: int
    latest_version_id: int
    created_at: datetime


_VERSION = """
    SELECT versions.id, letter_id, versions.person_id, chat_id, number, name, media_type, kind,
           language, encoding, notes, text, text_sha256, versions.created_at
    FROM versions JOIN letters ON letters.id = versions.letter_id"""


def add(
    db: Db,
    *,
    person_id: int,
    chat_id: int,
    source_key: str,
    name: str,
    media_type: str,
    kind: Kind,
    language: str,
    text: str,
    source: bytes | None = None,
    encoding: str | None = None,
    notes: Sequence[str] = (),
    letter_id: int | None = None,
    now: datetime,
) -> Version:
    """A new letter, or with `letter_id` the next version of one. The person must be known, and
    the text free of U+0000, which PostgreSQL cannot keep.

    The same `source_key` again gives back the version that it made and changes nothing.
    """
    if known := by_source(db, source_key):
        return known
    if letter_id is None:
        letter_id = _new_letter(db, person_id, chat_id, name, kind, now)
    row = db.one(
        """INSERT INTO versions (letter_id, person_id, number, source_key, name, media_type,
               language, encoding, notes, text, text_sha256, created_at)
           SELECT id, person_id,
               (SELECT count(*) + 1 FROM versions WHERE letter_id = :letter_id),
               :source_key, :name, :media_type, :language, :encoding, :notes, :text, :sha256, :now
           FROM letters WHERE id = :letter_id AND person_id = :person_id
           RETURNING id""",
        letter_id=letter_id,
        person_id=person_id,
        source_key=source_key,
        name=name,
        media_type=media_type,
        language=language,
        encoding=encoding,
        notes=json.dumps(list(notes), ensure_ascii=False),
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        now=to_ms(now),
    )
    if row is None:
        raise LookupError("a new version needs a letter of the same person")
    if source is not None:
        _keep_source(db, row["id"], person_id, source)
    added = version(db, row["id"])
    assert added
    return added


def version(db: Db, id: int) -> Version | None:
    row = db.one(f"{_VERSION} WHERE versions.id = :id", id=id)
    return _version(row) if row else None


def by_source(db: Db, source_key: str) -> Version | None:
    """The version that a message or a file became."""
    row = db.one(f"{_VERSION} WHERE source_key = :source_key", source_key=source_key)
    return _version(row) if row else None


def latest(db: Db, person_id: int) -> Version | None:
    """What the person sent last."""
    row = db.one(
        f"{_VERSION} WHERE versions.person_id = :person_id ORDER BY versions.id DESC LIMIT 1",
        person_id=person_id,
    )
    return _version(row) if row else None


def of_person(db: Db, person_id: int, limit: int = 20) -> list[Letter]:
    """The person's letters, the one touched last first."""
    rows = db.query(
        """SELECT letters.id, title, kind, count(versions.id) AS versions,
               max(versions.id) AS latest, letters.created_at
           FROM letters JOIN versions ON versions.letter_id = letters.id
           WHERE letters.person_id = :person_id
           GROUP BY letters.id, title, kind, letters.created_at
           ORDER BY latest DESC LIMIT :limit""",
        person_id=person_id,
        limit=limit,
    )
    return [_letter(row) for row in rows]


def sent_at(db: Db, person_id: int) -> list[datetime]:
    """When each of the person's letters came, the oldest first; later versions aside."""
    rows = db.query(
        "SELECT created_at FROM letters WHERE person_id = :id ORDER BY created_at", id=person_id
    )
    return [from_ms(row["created_at"]) for row in rows]


def set_kind(db: Db, letter_id: int, kind: Kind) -> None:
    """The person said what the letter is."""
    db.run("UPDATE letters SET kind = :kind WHERE id = :id", id=letter_id, kind=kind.value)


def source(db: Db, version_id: int) -> bytes | None:
    """The file a version came in, byte for byte; None for what was typed or pasted."""
    row = db.one("SELECT data FROM sources WHERE version_id = :id", id=version_id)
    return row["data"] if row else None


def _new_letter(db: Db, person_id: int, chat_id: int, title: str, kind: Kind, now: datetime) -> int:
    row = db.one(
        """INSERT INTO letters (person_id, chat_id, title, kind, created_at)
           VALUES (:person_id, :chat_id, :title, :kind, :now) RETURNING id""",
        person_id=person_id,
        chat_id=chat_id,
        title=title,
        kind=kind.value,
        now=to_ms(now),
    )
    assert row
    return row["id"]


def _keep_source(db: Db, version_id: int, person_id: int, data: bytes) -> None:
    db.run(
        "INSERT INTO sources (version_id, person_id, data) VALUES (:id, :person_id, :data)",
        id=version_id,
        person_id=person_id,
        data=data,
    )


def _version(row: Row) -> Version:
    read: Row = {
        "kind": Kind(row["kind"]),
        "notes": tuple(json.loads(row["notes"])),
        "created_at": from_ms(row["created_at"]),
    }
    return Version(**row | read)


def _letter(row: Row) -> Letter:
    return Letter(
        id=row["id"],
        title=row["title"],
        kind=Kind(row["kind"]),
        versions=row["versions"],
        latest_version_id=row["latest"],
        created_at=from_ms(row["created_at"]),
    )
