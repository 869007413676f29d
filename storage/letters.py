"""Letters and their versions, the files they came in, and nothing that was said about them.

Versions of a letter are counted from 1 without holes, in the order in which they came.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from coach.letters import Kind
from storage import postings
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
    """A letter in a list: what it is called, where its latest version is, and when that came."""

    id: int
    title: str
    kind: Kind
    versions: int
    latest_version_id: int
    created_at: datetime
    touched_at: datetime


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
    title: str | None = None,
    now: datetime,
) -> Version:
    """A new letter called `title` (else `name`), or with `letter_id` the next version of one. The
    person must be known, and the text free of U+0000, which PostgreSQL cannot keep.

    The same `source_key` again gives back the version that it made and changes nothing.
    """
    if known := by_source(db, source_key):
        return known
    if letter_id is None:
        letter_id = _new_letter(db, person_id, chat_id, title or name, kind, now)
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
        sha256=_sha256(text),
        now=to_ms(now),
    )
    if row is None:
        raise LookupError("a new version needs a letter of the same person")
    if source is not None:
        _keep_source(db, row["id"], person_id, source)
    return _existing(db, row["id"])


def _existing(db: Db, id: int) -> Version:
    there = version(db, id)
    assert there
    return there


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


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


def before(db: Db, version: Version) -> Version | None:
    """The version that came before one of the same letter."""
    row = db.one(
        f"{_VERSION} WHERE letter_id = :letter_id AND number = :number",
        letter_id=version.letter_id,
        number=version.number - 1,
    )
    return _version(row) if row else None


def of_letter(db: Db, letter_id: int) -> list[Version]:
    """Every version of a letter, the newest first."""
    rows = db.query(f"{_VERSION} WHERE letter_id = :id ORDER BY number DESC", id=letter_id)
    return [_version(row) for row in rows]


def with_text(db: Db, person_id: int, text: str) -> Version | None:
    """The latest version that says exactly this."""
    row = db.one(
        f"""{_VERSION} WHERE versions.person_id = :person_id AND text_sha256 = :sha256
            ORDER BY versions.id DESC LIMIT 1""",
        person_id=person_id,
        sha256=_sha256(text),
    )
    return _version(row) if row else None


def newest_of_each(db: Db, person_id: int, limit: int = 50) -> list[Version]:
    """The latest version of each of the person's letters, the one touched last first."""
    rows = db.query(
        f"""{_VERSION} WHERE versions.id IN (
                SELECT max(id) FROM versions WHERE person_id = :person_id GROUP BY letter_id)
            ORDER BY versions.id DESC LIMIT :limit""",  # noqa: S608
        person_id=person_id,
        limit=limit,
    )
    return [_version(row) for row in rows]


_LETTERS = """
    SELECT letters.id, title, kind, letters.created_at, count(versions.id) AS versions,
           max(versions.id) AS latest, max(versions.created_at) AS touched_at
    FROM letters JOIN versions ON versions.letter_id = letters.id
    WHERE letters.person_id = :person_id"""
_GROUPED = "GROUP BY letters.id, title, kind, letters.created_at"


def get(db: Db, id: int, person_id: int) -> Letter | None:
    """None when there is none, or it is somebody else's."""
    row = db.one(f"{_LETTERS} AND letters.id = :id {_GROUPED}", id=id, person_id=person_id)
    return _letter(row) if row else None


def of_person(db: Db, person_id: int, limit: int = 20, skip: int = 0) -> list[Letter]:
    """The person's letters, the one touched last first."""
    rows = db.query(
        f"{_LETTERS} {_GROUPED} ORDER BY latest DESC LIMIT :limit OFFSET :skip",
        person_id=person_id,
        limit=limit,
        skip=skip,
    )
    return [_letter(row) for row in rows]


def count(db: Db, person_id: int) -> int:
    """How many letters the person has."""
    row = db.one("SELECT count(*) AS n FROM letters WHERE person_id = :id", id=person_id)
    return row["n"] if row else 0


def sent_at(db: Db, person_id: int) -> list[datetime]:
    """When each of the person's letters came, the oldest first; later versions aside."""
    rows = db.query(
        "SELECT created_at FROM letters WHERE person_id = :id ORDER BY created_at", id=person_id
    )
    return [from_ms(row["created_at"]) for row in rows]


def set_kind(db: Db, letter_id: int, kind: Kind) -> None:
    """The person said what the letter is."""
    db.run("UPDATE letters SET kind = :kind WHERE id = :id", id=letter_id, kind=kind.value)


def rename(db: Db, letter_id: int, title: str) -> None:
    """The person calls it something else."""
    db.run("UPDATE letters SET title = :title WHERE id = :id", id=letter_id, title=title)


def move(
    db: Db, version: Version, *, letter_id: int | None, title: str, kind: Kind, now: datetime
) -> Version:
    """Makes a version one of another letter, or with None the first of a new one of that title and
    kind. What was said about it stays with it; a letter without versions vanishes."""
    if letter_id == version.letter_id:
        return version
    if letter_id is None:
        letter_id = _new_letter(db, version.person_id, version.chat_id, title, kind, now)
    moved = db.run(
        """UPDATE versions SET letter_id = :letter_id, number = 0 WHERE id = :id AND EXISTS (
               SELECT 1 FROM letters
               WHERE letters.id = :letter_id AND letters.person_id = versions.person_id)""",
        id=version.id,
        letter_id=letter_id,
    )
    if not moved:
        raise LookupError("a version needs a letter of the same person")
    postings.follow(db, version.letter_id, letter_id)
    db.run(
        """DELETE FROM letters WHERE id = :id
           AND NOT EXISTS (SELECT 1 FROM versions WHERE letter_id = :id)""",
        id=version.letter_id,
    )
    for id in (version.letter_id, letter_id):
        _count_anew(db, id)
    return _existing(db, version.id)


def _count_anew(db: Db, letter_id: int) -> None:
    """Numbers the versions as they came; by way of negative ones, so that none is there twice."""
    db.run(
        """UPDATE versions SET number = -(
               SELECT count(*) FROM versions AS earlier
               WHERE earlier.letter_id = versions.letter_id AND earlier.id <= versions.id)
           WHERE letter_id = :id""",
        id=letter_id,
    )
    db.run("UPDATE versions SET number = -number WHERE letter_id = :id", id=letter_id)
    db.run(
        """UPDATE letters SET created_at = (
               SELECT min(created_at) FROM versions WHERE letter_id = letters.id)
           WHERE id = :id""",
        id=letter_id,
    )


def keep_file(
    db: Db, version: Version, *, name: str, media_type: str, encoding: str | None, source: bytes
) -> None:
    """The same text came in another file, which takes the place of the one before."""
    db.run(
        """UPDATE versions SET name = :name, media_type = :media_type, encoding = :encoding
           WHERE id = :id""",
        id=version.id,
        name=name,
        media_type=media_type,
        encoding=encoding,
    )
    db.run("DELETE FROM sources WHERE version_id = :id", id=version.id)
    _keep_source(db, version.id, version.person_id, source)


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
        touched_at=from_ms(row["touched_at"]),
    )
