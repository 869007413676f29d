"""The log of grades: every answer that was ever given. It outlives its cards and is the truth."""

from datetime import date, datetime

from coach.cards import Grade
from coach.memory import Rating
from storage.engine import Db, Row
from storage.instants import from_ms, to_ms


def add(
    db: Db,
    *,
    person_id: int,
    grade: Grade,
    session_id: str | None = None,
    position: int | None = None,
) -> bool:
    """Writes a grade down; False when that place of the session has one already."""
    row = db.one(
        """INSERT INTO grades (card_id, person_id, rating, at, day, seconds, interval, scheduler,
               session_id, position)
           VALUES (:card_id, :person_id, :rating, :at, :day, :seconds, :interval, :scheduler,
               :session_id, :position)
           ON CONFLICT DO NOTHING RETURNING id""",
        card_id=int(grade.card),
        person_id=person_id,
        rating=int(grade.rating),
        at=to_ms(grade.at),
        day=grade.day.toordinal(),
        seconds=grade.seconds,
        interval=grade.interval,
        scheduler=grade.scheduler,
        session_id=session_id,
        position=position,
    )
    return row is not None


def take_back(db: Db, person_id: int, session_id: str, position: int) -> bool:
    """Takes a grade of a session out of the log; False when there is none."""
    return bool(
        db.run(
            """DELETE FROM grades WHERE person_id = :person_id AND session_id = :session_id
               AND position = :position""",
            person_id=person_id,
            session_id=session_id,
            position=position,
        )
    )


def of_card(db: Db, person_id: int, card: str) -> list[Grade]:
    """A card's grades, the oldest first."""
    rows = db.query(
        """SELECT * FROM grades WHERE card_id = :card_id AND person_id = :person_id
           ORDER BY at, id""",
        card_id=int(card),
        person_id=person_id,
    )
    return [_grade(row) for row in rows]


def of_day(db: Db, person_id: int, day: date) -> list[Grade]:
    """The grades of a study day, the oldest first."""
    rows = db.query(
        "SELECT * FROM grades WHERE person_id = :person_id AND day = :day ORDER BY at, id",
        person_id=person_id,
        day=day.toordinal(),
    )
    return [_grade(row) for row in rows]


def all_of(db: Db, person_id: int) -> dict[str, list[Grade]]:
    """Every grade of a person by card, the oldest first."""
    found: dict[str, list[Grade]] = {}
    rows = db.query("SELECT * FROM grades WHERE person_id = :id ORDER BY at, id", id=person_id)
    for row in rows:
        found.setdefault(str(row["card_id"]), []).append(_grade(row))
    return found


def instants(db: Db, person_id: int) -> dict[str, list[datetime]]:
    """When each card of a person was graded, in order: a fraction of the work of `all_of`."""
    found: dict[str, list[datetime]] = {}
    rows = db.query(
        "SELECT card_id, at FROM grades WHERE person_id = :id ORDER BY at, id", id=person_id
    )
    for row in rows:
        found.setdefault(str(row["card_id"]), []).append(from_ms(row["at"]))
    return found


def per_day(db: Db, person_id: int, since: date) -> dict[date, int]:
    """How many grades each study day has, from a day on."""
    rows = db.query(
        """SELECT day, count(*) AS grades FROM grades
           WHERE person_id = :person_id AND day >= :since GROUP BY day""",
        person_id=person_id,
        since=since.toordinal(),
    )
    return {date.fromordinal(row["day"]): row["grades"] for row in rows}


def last_day(db: Db, person_id: int, before: date = date.max) -> date | None:
    """The last study day before one that has a grade; None when there is none."""
    row = db.one(
        "SELECT max(day) AS day FROM grades WHERE person_id = :id AND day < :before",
        id=person_id,
        before=before.toordinal(),
    )
    return date.fromordinal(row["day"]) if row and row["day"] is not None else None


def last_seconds(db: Db, person_id: int, limit: int = 100) -> list[float]:
    """How long the last answers took, in seconds."""
    rows = db.query(
        """SELECT seconds FROM grades WHERE person_id = :id AND seconds IS NOT NULL
           ORDER BY day DESC, id DESC LIMIT :limit""",
        id=person_id,
        limit=limit,
    )
    return [row["seconds"] for row in rows]


def _grade(row: Row) -> Grade:
    return Grade(
        card=str(row["card_id"]),
        rating=Rating(row["rating"]),
        at=from_ms(row["at"]),
        day=date.fromordinal(row["day"]),
        seconds=row["seconds"],
        interval=row["interval"],
        scheduler=row["scheduler"],
    )
