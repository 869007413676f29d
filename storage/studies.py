"""How a person wants to study: limits, wishes, an interview, a comeback; and what of today is said.

Days are study days. Who has set nothing has no row and studies as most people do.
"""

import json
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from coach.batches import Limits
from coach.interviews import Interview
from coach.memory import RETENTION, WEIGHTS
from coach.scheduling import Wishes
from storage.engine import Db, Row


@dataclass(frozen=True, slots=True)
class Study:
    """What a person has chosen. `comeback` is the pace of a comeback plan in cards a day;
    `gathers_few` waits until a small session is worth it; `skipped` and `announced` are the last
    days that were skipped and announced."""

    limits: Limits = field(default_factory=Limits)
    wishes: Wishes = field(default_factory=Wishes)
    gathers_few: bool = False
    interview: Interview | None = None
    comeback: int | None = None
    skipped: date | None = None
    announced: date | None = None


def get(db: Db, person_id: int) -> Study:
    row = db.one("SELECT * FROM studies WHERE person_id = :id", id=person_id)
    return _study(row) if row else Study()


def change(db: Db, person_id: int, **changes: Any) -> Study:
    """Sets some of the fields of a Study; returns the whole."""
    study = replace(get(db, person_id), **changes)
    columns = _columns(study)
    names = ", ".join(columns)
    values = ", ".join(f":{name}" for name in columns)
    updates = ", ".join(f"{name} = excluded.{name}" for name in columns)
    db.run(
        f"""INSERT INTO studies (person_id, {names}) VALUES (:person_id, {values})
            ON CONFLICT (person_id) DO UPDATE SET {updates}""",  # noqa: S608 - our own names
        person_id=person_id,
        **columns,
    )
    return study


def _columns(study: Study) -> dict[str, object]:
    wishes, interview = study.wishes, study.interview
    return {
        "reviews": study.limits.reviews,
        "new": study.limits.new,
        "retention": wishes.retention,
        "longest": wishes.longest,
        "light": json.dumps({str(day): share for day, share in wishes.light.items()}),
        "weights": None if wishes.weights == WEIGHTS else json.dumps(wishes.weights),
        "gathers_few": int(study.gathers_few),
        "interview_on": interview and interview.on.toordinal(),
        "interview_since": interview and interview.since.toordinal(),
        "comeback": study.comeback,
        "skipped_day": study.skipped and study.skipped.toordinal(),
        "announced_day": study.announced and study.announced.toordinal(),
    }


def _study(row: Row) -> Study:
    return Study(
        limits=Limits(row["reviews"], row["new"]),
        wishes=Wishes(
            retention=row["retention"] or RETENTION,
            longest=row["longest"],
            light={int(day): share for day, share in json.loads(row["light"]).items()},
            weights=tuple(json.loads(row["weights"])) if row["weights"] else WEIGHTS,
        ),
        gathers_few=bool(row["gathers_few"]),
        interview=_interview(row),
        comeback=row["comeback"],
        skipped=_day(row["skipped_day"]),
        announced=_day(row["announced_day"]),
    )


def _interview(row: Row) -> Interview | None:
    on, since = _day(row["interview_on"]), _day(row["interview_since"])
    return Interview(on, since) if on and since else None


def _day(ordinal: int | None) -> date | None:
    return None if ordinal is None else date.fromordinal(ordinal)
