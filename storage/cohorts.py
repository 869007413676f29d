"""Cohorts: the groups that learn together, their calendar and where they stand.

A cohort has a number of its own, because a group's chat id changes when it becomes a supergroup.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from coach.cohorts import Calendar, State
from storage.engine import Db, Row
from storage.instants import to_ms


@dataclass(frozen=True, slots=True)
class Cohort:
    """A cohort, and the chat (and topic in it, 0 when there is none) in which it lives. `round`
    counts its rounds from 1: a new one keeps the members and the history of pairs."""

    id: int
    chat_id: int
    thread_id: int
    title: str
    language: str
    calendar: Calendar
    round: int
    state: State


def found(
    db: Db,
    *,
    chat_id: int,
    thread_id: int,
    title: str,
    language: str,
    calendar: Calendar,
    now: datetime,
) -> Cohort | None:
    """A cohort to be set up, still a draft; None when one lives at that place already."""
    row = db.one(
        """INSERT INTO cohorts (chat_id, thread_id, title, language, zone, weekday, at_time, weeks,
               starts_on, round, state, created_at)
           VALUES (:chat_id, :thread_id, :title, :language, :zone, :weekday, :at, :weeks,
               :starts_on, 1, 'draft', :now)
           ON CONFLICT DO NOTHING
           RETURNING *""",
        chat_id=chat_id,
        thread_id=thread_id,
        title=title,
        language=language,
        now=to_ms(now),
        **_columns(calendar),
    )
    return _cohort(row) if row else None


def get(db: Db, id: int) -> Cohort | None:
    row = db.one("SELECT * FROM cohorts WHERE id = :id", id=id)
    return _cohort(row) if row else None


def at(db: Db, chat_id: int, thread_id: int = 0) -> Cohort | None:
    """The cohort that lives at a place; one that has ended lives nowhere."""
    row = db.one(
        """SELECT * FROM cohorts
           WHERE chat_id = :chat_id AND thread_id = :thread_id AND state <> 'done'""",
        chat_id=chat_id,
        thread_id=thread_id,
    )
    return _cohort(row) if row else None


def in_chat(db: Db, chat_id: int) -> list[Cohort]:
    """All that live in a chat: several only in several topics."""
    rows = db.query(
        "SELECT * FROM cohorts WHERE chat_id = :chat_id AND state <> 'done' ORDER BY id",
        chat_id=chat_id,
    )
    return [_cohort(row) for row in rows]


def of_person(db: Db, person_id: int) -> list[Cohort]:
    """The cohorts that a person is in or waits for, those that have ended too, newest first."""
    rows = db.query(
        """SELECT cohorts.* FROM cohorts JOIN members ON members.cohort_id = cohorts.id
           WHERE members.person_id = :id AND members.state <> 'left' ORDER BY cohorts.id DESC""",
        id=person_id,
    )
    return [_cohort(row) for row in rows]


def drop_draft(db: Db, id: int) -> bool:
    """It was not meant; False when it isn't a draft any more."""
    return bool(db.run("DELETE FROM cohorts WHERE id = :id AND state = 'draft'", id=id))


def set_calendar(db: Db, id: int, calendar: Calendar) -> None:
    """Other days, another hour, another length; who sees to the reminders changes their plans."""
    db.run(
        """UPDATE cohorts SET zone = :zone, weekday = :weekday, at_time = :at, weeks = :weeks,
               starts_on = :starts_on WHERE id = :id""",
        id=id,
        **_columns(calendar),
    )


def set_language(db: Db, id: int, language: str) -> None:
    """What the group is spoken to in; each member is spoken to in their own."""
    db.run("UPDATE cohorts SET language = :language WHERE id = :id", id=id, language=language)


def set_state(db: Db, id: int, state: State, *, before: State) -> bool:
    """False when it didn't stand where it was thought to stand: somebody was faster."""
    return bool(
        db.run(
            "UPDATE cohorts SET state = :state WHERE id = :id AND state = :before",
            id=id,
            state=state.value,
            before=before.value,
        )
    )


def begin_round(db: Db, id: int, calendar: Calendar) -> bool:
    """The same people once more; False when the last round hasn't ended, or its place is taken."""
    return bool(
        db.run(
            """UPDATE cohorts SET round = round + 1, state = 'forming', zone = :zone,
                   weekday = :weekday, at_time = :at, weeks = :weeks, starts_on = :starts_on
               WHERE id = :id AND state = 'done' AND NOT EXISTS (
                   SELECT 1 FROM cohorts AS other WHERE other.chat_id = cohorts.chat_id
                   AND other.thread_id = cohorts.thread_id AND other.state <> 'done')""",
            id=id,
            **_columns(calendar),
        )
    )


def _columns(calendar: Calendar) -> dict[str, object]:
    return {
        "zone": calendar.zone,
        "weekday": calendar.weekday,
        "at": f"{calendar.at:%H:%M}",
        "weeks": calendar.weeks,
        "starts_on": calendar.starts_on.isoformat(),
    }


def _cohort(row: Row) -> Cohort:
    calendar = Calendar(
        starts_on=date.fromisoformat(row["starts_on"]),
        weeks=row["weeks"],
        zone=row["zone"],
        weekday=row["weekday"],
        at=time.fromisoformat(row["at_time"]),
    )
    return Cohort(
        id=row["id"],
        chat_id=row["chat_id"],
        thread_id=row["thread_id"],
        title=row["title"],
        language=row["language"],
        calendar=calendar,
        round=row["round"],
        state=State(row["state"]),
    )
