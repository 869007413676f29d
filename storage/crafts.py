"""The craftsman's plans: a person's answers, quarter by quarter."""

from datetime import datetime

from coach.crafts import Craft
from storage.engine import Db
from storage.instants import to_ms


def answer(
    db: Db, *, person_id: int, quarter: str, craft: Craft, answer: str, now: datetime
) -> None:
    """Keeps an answer; a later one to the same question takes its place."""
    db.run(
        """INSERT INTO craft_answers (person_id, quarter, craft, answer, answered_at)
           VALUES (:person_id, :quarter, :craft, :answer, :now)
           ON CONFLICT (person_id, quarter, craft) DO UPDATE SET
               answer = excluded.answer, answered_at = excluded.answered_at""",
        person_id=person_id,
        quarter=quarter,
        craft=craft.value,
        answer=answer,
        now=to_ms(now),
    )


def answers(db: Db, person_id: int, quarter: str) -> dict[Craft, str]:
    """What was answered for a quarter, in the order of the questions."""
    rows = db.query(
        "SELECT craft, answer FROM craft_answers WHERE person_id = :id AND quarter = :quarter",
        id=person_id,
        quarter=quarter,
    )
    given = {Craft(row["craft"]): row["answer"] for row in rows}
    return {craft: given[craft] for craft in Craft if craft in given}
