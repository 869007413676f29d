"""Pairs: who reads whose letter in a week, and who of them is still there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from storage.engine import Db, Row
from storage.instants import maybe_from_ms, to_ms


@dataclass(frozen=True, slots=True)
class Pair:
    """Two members, or three who read round, in the week of `monday`. It has ended once `ended_at`
    is set; `reported` when it did because somebody reported another."""

    id: int
    cohort_id: int
    monday: date
    members: tuple[int, ...]
    ended_at: datetime | None
    reported: bool


def add(db: Db, *, cohort_id: int, monday: date, members: Collection[int], now: datetime) -> Pair:
    """A new pair."""
    row = db.one(
        """INSERT INTO pairs (cohort_id, monday, created_at)
           VALUES (:cohort_id, :monday, :now) RETURNING *""",
        cohort_id=cohort_id,
        monday=monday.isoformat(),
        now=to_ms(now),
    )
    assert row
    for person_id in members:
        join(db, row["id"], person_id)
    return _pair(db, row)


def join(db: Db, id: int, person_id: int) -> None:
    """One more reads along."""
    db.run(
        """INSERT INTO pair_members (pair_id, person_id) VALUES (:id, :person_id)
           ON CONFLICT (pair_id, person_id) DO NOTHING""",
        id=id,
        person_id=person_id,
    )


def get(db: Db, id: int) -> Pair | None:
    row = db.one("SELECT * FROM pairs WHERE id = :id", id=id)
    return _pair(db, row) if row else None


def of_cohort(db: Db, cohort_id: int) -> list[Pair]:
    """Every pair that a cohort has had, the newest week first."""
    rows = db.query(
        "SELECT * FROM pairs WHERE cohort_id = :id ORDER BY monday DESC, id", id=cohort_id
    )
    return [_pair(db, row) for row in rows]


def of_week(db: Db, cohort_id: int, monday: date) -> list[Pair]:
    """The pairs of a week, also those that have ended."""
    rows = db.query(
        "SELECT * FROM pairs WHERE cohort_id = :id AND monday = :monday ORDER BY id",
        id=cohort_id,
        monday=monday.isoformat(),
    )
    return [_pair(db, row) for row in rows]


def of_person(db: Db, person_id: int) -> list[Pair]:
    """The pairs that somebody is in and that haven't ended."""
    rows = db.query(
        """SELECT pairs.* FROM pairs JOIN pair_members ON pair_members.pair_id = pairs.id
           WHERE pair_members.person_id = :id AND pairs.ended_at IS NULL ORDER BY pairs.id""",
        id=person_id,
    )
    return [_pair(db, row) for row in rows]


def ever_of_person(db: Db, person_id: int) -> list[Pair]:
    """The pairs that somebody is or was in."""
    rows = db.query(
        """SELECT pairs.* FROM pairs JOIN pair_members ON pair_members.pair_id = pairs.id
           WHERE pair_members.person_id = :id ORDER BY pairs.id""",
        id=person_id,
    )
    return [_pair(db, row) for row in rows]


def present(db: Db, pair: Pair) -> list[int]:
    """Who of a pair is still in the cohort, wants to read, and can be written to, in the order in
    which they read round: each one's text goes to the next."""
    rows = db.query(
        """SELECT pair_members.person_id FROM pair_members
           JOIN people ON people.id = pair_members.person_id
           JOIN members ON members.person_id = pair_members.person_id
               AND members.cohort_id = :cohort_id
           WHERE pair_id = :id AND members.state = 'active' AND members.swaps = 1
               AND people.inactive_reason IS NULL
           ORDER BY pair_members.person_id""",
        id=pair.id,
        cohort_id=pair.cohort_id,
    )
    return [row["person_id"] for row in rows]


def end(db: Db, id: int, now: datetime, *, reported: bool = False) -> bool:
    """Nobody gives anything to the other any more; False when it had ended before."""
    return bool(
        db.run(
            """UPDATE pairs SET ended_at = :now, reported = :reported
               WHERE id = :id AND ended_at IS NULL""",
            id=id,
            now=to_ms(now),
            reported=int(reported),
        )
    )


def end_before(db: Db, cohort_id: int, monday: date, now: datetime) -> None:
    """The pairs of earlier weeks are over."""
    db.run(
        """UPDATE pairs SET ended_at = :now
           WHERE cohort_id = :id AND monday < :monday AND ended_at IS NULL""",
        id=cohort_id,
        monday=monday.isoformat(),
        now=to_ms(now),
    )


def _pair(db: Db, row: Row) -> Pair:
    rows = db.query(
        "SELECT person_id FROM pair_members WHERE pair_id = :id ORDER BY person_id", id=row["id"]
    )
    return Pair(
        id=row["id"],
        cohort_id=row["cohort_id"],
        monday=date.fromisoformat(row["monday"]),
        members=tuple(one["person_id"] for one in rows),
        ended_at=maybe_from_ms(row["ended_at"]),
        reported=bool(row["reported"]),
    )
