"""The walls of proofs: what people have made, with its date, each thing once."""

from datetime import date, datetime

from coach.proofs import Evidence, Proof, key
from storage.engine import Db, Row
from storage.instants import to_ms


def add(
    db: Db,
    *,
    person_id: int,
    evidence: Evidence,
    made_on: date,
    monday: date,
    habit_id: str | None,
    now: datetime,
) -> Proof | None:
    """Puts a proof on the wall, counted for the week of `monday`. None when the same thing is on
    it already, however it was written; `double` says which. `made_on` is a local date."""
    row = db.one(
        """INSERT INTO proofs (person_id, made_on, monday, habit_id, link, sentence, place,
               created_at)
           VALUES (:person_id, :made_on, :monday, :habit_id, :link, :sentence, :place, :now)
           ON CONFLICT (person_id, place) DO NOTHING
           RETURNING *""",
        person_id=person_id,
        made_on=made_on.isoformat(),
        monday=monday.isoformat(),
        habit_id=habit_id,
        link=evidence.link,
        sentence=evidence.sentence,
        place=key(evidence),
        now=to_ms(now),
    )
    return _proof(row) if row else None


def double(db: Db, person_id: int, evidence: Evidence) -> Proof | None:
    """The proof on the wall that is the same thing."""
    row = db.one(
        "SELECT * FROM proofs WHERE person_id = :id AND place = :place",
        id=person_id,
        place=key(evidence),
    )
    return _proof(row) if row else None


def take_back(db: Db, person_id: int, id: int) -> date | None:
    """Takes a proof from the wall. The Monday of the week that has no proof left by this; None
    when nothing was taken or the week has another."""
    row = db.one(
        """DELETE FROM proofs WHERE person_id = :person_id AND id = :id RETURNING monday""",
        person_id=person_id,
        id=id,
    )
    if row is None:
        return None
    monday = date.fromisoformat(row["monday"])
    return None if of_week(db, person_id, monday) else monday


def get(db: Db, person_id: int, id: int) -> Proof | None:
    row = db.one(
        "SELECT * FROM proofs WHERE person_id = :person_id AND id = :id",
        person_id=person_id,
        id=id,
    )
    return _proof(row) if row else None


def of_week(db: Db, person_id: int, monday: date) -> int:
    """How many proofs count for a week."""
    row = db.one(
        "SELECT count(*) AS n FROM proofs WHERE person_id = :id AND monday = :monday",
        id=person_id,
        monday=monday.isoformat(),
    )
    return row["n"] if row else 0


def wall(db: Db, person_id: int) -> list[Proof]:
    """Every proof of a person, the newest first."""
    rows = db.query(
        "SELECT * FROM proofs WHERE person_id = :id ORDER BY made_on DESC, id DESC", id=person_id
    )
    return [_proof(row) for row in rows]


def _proof(row: Row) -> Proof:
    return Proof(
        id=row["id"],
        made_on=date.fromisoformat(row["made_on"]),
        link=row["link"],
        sentence=row["sentence"],
        habit_id=row["habit_id"],
    )
