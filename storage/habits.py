"""The weekly habits of a person: what they have set up, and what became of each week."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from coach.habits import Goal
from coach.weeks import State, Week
from storage.engine import Db, Row
from storage.instants import from_ms, maybe_from_ms, to_ms


@dataclass(frozen=True, slots=True)
class HabitPlan:
    """What a person wants of their weeks. `moment` is their if–then plan in a sentence, "" while
    there is none; day and time of the nudge stand among the reminders."""

    person_id: int
    goal: Goal
    minutes: int
    moment: str
    started_at: datetime


@dataclass(frozen=True, slots=True)
class HabitWeek:
    """A week that was asked about or proved. `offered` are its proposals, the newest last;
    `claimed_at`, when Done was pressed, whether or not a proof followed."""

    monday: date
    habit_id: str | None
    offered: tuple[str, ...]
    state: State
    claimed_at: datetime | None

    @property
    def week(self) -> Week:
        """As the coach reckons with it."""
        return Week(self.monday, self.state)


def begin(db: Db, *, person_id: int, goal: Goal, minutes: int, now: datetime) -> None:
    """Sets up the habit of somebody who has none yet, or gives them another goal."""
    db.run(
        """INSERT INTO habit_plans (person_id, goal, minutes, moment, started_at)
           VALUES (:person_id, :goal, :minutes, '', :now)
           ON CONFLICT (person_id) DO UPDATE SET goal = excluded.goal""",
        person_id=person_id,
        goal=goal.value,
        minutes=minutes,
        now=to_ms(now),
    )


def set_minutes(db: Db, person_id: int, minutes: int) -> None:
    db.run(
        "UPDATE habit_plans SET minutes = :minutes WHERE person_id = :id",
        id=person_id,
        minutes=minutes,
    )


def set_moment(db: Db, person_id: int, moment: str) -> None:
    db.run(
        "UPDATE habit_plans SET moment = :moment WHERE person_id = :id",
        id=person_id,
        moment=moment,
    )


def plan(db: Db, person_id: int) -> HabitPlan | None:
    row = db.one("SELECT * FROM habit_plans WHERE person_id = :id", id=person_id)
    if row is None:
        return None
    return HabitPlan(
        person_id=row["person_id"],
        goal=Goal(row["goal"]),
        minutes=row["minutes"],
        moment=row["moment"],
        started_at=from_ms(row["started_at"]),
    )


def propose(db: Db, *, person_id: int, monday: date, habit_id: str, now: datetime) -> None:
    """The week's habit, instead of the one before; what the week's state is stays."""
    before = week(db, person_id, monday)
    offered = [*(before.offered if before else ()), habit_id]
    db.run(
        """INSERT INTO habit_weeks (person_id, monday, habit_id, offered, state, created_at)
           VALUES (:person_id, :monday, :habit_id, :offered, 'open', :now)
           ON CONFLICT (person_id, monday) DO UPDATE SET
               habit_id = excluded.habit_id, offered = excluded.offered""",
        person_id=person_id,
        monday=monday.isoformat(),
        habit_id=habit_id,
        offered=json.dumps(offered),
        now=to_ms(now),
    )


def settle(db: Db, *, person_id: int, monday: date, state: State, now: datetime) -> None:
    """What became of a week, whether or not it was asked about."""
    db.run(
        """INSERT INTO habit_weeks (person_id, monday, offered, state, created_at)
           VALUES (:person_id, :monday, '[]', :state, :now)
           ON CONFLICT (person_id, monday) DO UPDATE SET state = excluded.state""",
        person_id=person_id,
        monday=monday.isoformat(),
        state=state.value,
        now=to_ms(now),
    )


def claim(db: Db, person_id: int, monday: date, now: datetime) -> None:
    """Done was pressed; the proof is still to come."""
    db.run(
        """UPDATE habit_weeks SET claimed_at = :now
           WHERE person_id = :id AND monday = :monday AND claimed_at IS NULL""",
        id=person_id,
        monday=monday.isoformat(),
        now=to_ms(now),
    )


def week(db: Db, person_id: int, monday: date) -> HabitWeek | None:
    row = db.one(
        "SELECT * FROM habit_weeks WHERE person_id = :id AND monday = :monday",
        id=person_id,
        monday=monday.isoformat(),
    )
    return _week(row) if row else None


def weeks(db: Db, person_id: int) -> list[HabitWeek]:
    """Every week, the oldest first."""
    rows = db.query("SELECT * FROM habit_weeks WHERE person_id = :id ORDER BY monday", id=person_id)
    return [_week(row) for row in rows]


def _week(row: Row) -> HabitWeek:
    return HabitWeek(
        monday=date.fromisoformat(row["monday"]),
        habit_id=row["habit_id"],
        offered=tuple(json.loads(row["offered"])),
        state=State(row["state"]),
        claimed_at=maybe_from_ms(row["claimed_at"]),
    )
