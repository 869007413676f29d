"""How much there is, for whoever runs the bot: numbers only, nobody's name and nobody's words."""

from dataclasses import dataclass
from datetime import datetime

from storage.engine import Db
from storage.instants import to_ms

COUNTED = {
    "people": "people",
    "letters": "versions",
    "reviews": "reviews",
    "cards": "notes",
    "cohorts": "cohorts",
}
"""What is counted, and the table whose rows it is. A letter that is sent again counts again."""


@dataclass(frozen=True, slots=True)
class Figure:
    """How many there are, and how many of them came today and in the last seven days."""

    total: int
    today: int
    week: int


def figures(db: Db, *, today: datetime, week: datetime) -> dict[str, Figure]:
    """Everything that is counted; `today` and `week` are the instants at which those began."""
    return {name: _figure(db, table, today, week) for name, table in COUNTED.items()}


def _figure(db: Db, table: str, today: datetime, week: datetime) -> Figure:
    row = db.one(
        f"""SELECT count(*) AS total,
                coalesce(sum(CASE WHEN created_at >= :today THEN 1 ELSE 0 END), 0) AS today,
                coalesce(sum(CASE WHEN created_at >= :week THEN 1 ELSE 0 END), 0) AS week
            FROM {table}""",  # noqa: S608 - one of COUNTED
        today=to_ms(today),
        week=to_ms(week),
    )
    assert row
    return Figure(row["total"], int(row["today"]), int(row["week"]))
