"""Files of cards that were read and wait for a word, until they are kept or not wanted."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.engine import Db, Row
from storage.instants import to_ms


class Stage(StrEnum):
    """Waiting for a word, being kept, or over: kept or not wanted, and emptied."""

    WAITING = "waiting"
    TAKEN = "taken"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Import:
    """A file of cards. `content` is what coach.anki.contents packed; `counts` is what has become
    of its notes so far."""

    id: int
    person_id: int
    name: str
    content: bytes
    stage: Stage
    counts: Mapping[str, int]


def add(db: Db, *, person_id: int, key: str, name: str, content: bytes, now: datetime) -> Import:
    """Remembers what was read; under a key that is known, the import as it stands by now."""
    db.run(
        """INSERT INTO imports (person_id, key, name, content, state, counts, created_at)
           VALUES (:person_id, :key, :name, :content, 'waiting', '{}', :now)
           ON CONFLICT (person_id, key) DO NOTHING""",
        person_id=person_id,
        key=key,
        name=name,
        content=content,
        now=to_ms(now),
    )
    row = db.one(
        "SELECT * FROM imports WHERE person_id = :person_id AND key = :key",
        person_id=person_id,
        key=key,
    )
    assert row is not None
    return _import(row)


def get(db: Db, id: int, person_id: int) -> Import | None:
    """None when there is none, or it is somebody else's."""
    row = db.one(
        "SELECT * FROM imports WHERE id = :id AND person_id = :person_id",
        id=id,
        person_id=person_id,
    )
    return _import(row) if row else None


def take(db: Db, id: int, person_id: int) -> bool:
    """Begins to keep what waits; False when that was decided before."""
    taken = db.run(
        """UPDATE imports SET state = 'taken'
           WHERE id = :id AND person_id = :person_id AND state = 'waiting'""",
        id=id,
        person_id=person_id,
    )
    return taken == 1


def count(db: Db, id: int, counts: Mapping[str, int]) -> None:
    """What has become of the notes so far."""
    db.run("UPDATE imports SET counts = :counts WHERE id = :id", id=id, counts=json.dumps(counts))


def end(db: Db, id: int, person_id: int) -> None:
    """Nothing is needed of it any more: its content goes, its key stays."""
    db.run(
        """UPDATE imports SET state = 'over', content = :nothing
           WHERE id = :id AND person_id = :person_id""",
        id=id,
        person_id=person_id,
        nothing=b"",
    )


def purge(db: Db, before: datetime) -> int:
    """Forgets what nobody has said a word about."""
    return db.run("DELETE FROM imports WHERE created_at < :before", before=to_ms(before))


def _import(row: Row) -> Import:
    return Import(
        row["id"],
        row["person_id"],
        row["name"],
        bytes(row["content"]),
        Stage(row["state"]),
        json.loads(row["counts"]),
    )
