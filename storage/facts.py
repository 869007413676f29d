"""What people have confirmed about themselves, for every letter of theirs."""

from dataclasses import dataclass
from datetime import datetime

from coach.facts import MOST_FACTS, Fact, trimmed
from storage.engine import Db
from storage.instants import to_ms


@dataclass(frozen=True, slots=True)
class StoredFact:
    """A fact with its number."""

    id: int
    fact: Fact


def add(db: Db, *, person_id: int, key: str, fact: Fact, now: datetime) -> bool:
    """Keeps a fact; `key` names the message it came in, so that a message is one fact. False when
    there are MOST_FACTS already."""
    if not known(db, person_id, key) and len(listed(db, person_id)) >= MOST_FACTS:
        return False
    db.run(
        """INSERT INTO facts (person_id, key, question, answer, created_at)
           VALUES (:person_id, :key, :question, :answer, :now)
           ON CONFLICT (person_id, key) DO NOTHING""",
        person_id=person_id,
        key=key,
        question=trimmed(fact.question),
        answer=trimmed(fact.answer),
        now=to_ms(now),
    )
    return True


def known(db: Db, person_id: int, key: str) -> bool:
    """Whether a message was kept as a fact, and is still."""
    row = db.one(
        "SELECT id FROM facts WHERE person_id = :person_id AND key = :key",
        person_id=person_id,
        key=key,
    )
    return row is not None


def remove(db: Db, person_id: int, fact_id: int) -> bool:
    """The fact is gone; False when it wasn't theirs."""
    changed = db.run(
        "DELETE FROM facts WHERE person_id = :person_id AND id = :id",
        person_id=person_id,
        id=fact_id,
    )
    return bool(changed)


def listed(db: Db, person_id: int) -> list[StoredFact]:
    """A person's facts, the oldest first."""
    rows = db.query(
        "SELECT * FROM facts WHERE person_id = :person_id ORDER BY id", person_id=person_id
    )
    return [StoredFact(row["id"], Fact(row["answer"], row["question"])) for row in rows]


def of_person(db: Db, person_id: int) -> list[Fact]:
    """The same, as a letter is read with them."""
    return [stored.fact for stored in listed(db, person_id)]
