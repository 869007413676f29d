"""When a cohort is spoken to: the plans of its group, and of each member in private."""

from datetime import datetime, time

from coach.cohorts import (
    DIGEST_AT,
    DIGEST_DAY,
    FOLLOW_UP_AT,
    FOLLOW_UP_DAY,
    PAIRING_AT,
    PAIRING_DAY,
    Calendar,
    quiz_day,
)
from coach.reminders import Kind
from storage import Db, cohorts, reminders
from storage.cohorts import Cohort
from storage.people import Person


def plan_group(db: Db, here: Cohort, now: datetime) -> None:
    """The week's question, the look back, the pairs and the quiz, by the cohort's clock. What
    falls outside of the round finds nothing to say."""
    for kind, (weekday, at) in _week(here.calendar).items():
        reminders.set_plan(
            db,
            person_id=None,
            chat_id=here.chat_id,
            thread_id=here.thread_id,
            kind=kind,
            zone=here.calendar.zone,
            weekdays={weekday},
            at=at,
            now=now,
        )


def drop_group(db: Db, here: Cohort) -> None:
    """The group hears nothing more of its own accord."""
    for kind in _week(here.calendar):
        reminders.drop_plan(db, here.chat_id, kind, thread_id=here.thread_id)


def plan_follow_up(db: Db, here: Cohort, person: Person, now: datetime) -> None:
    """One question in private on Saturday, by the member's own clock; one for all cohorts."""
    reminders.set_plan(
        db,
        person_id=person.id,
        chat_id=person.chat_id,
        kind=Kind.FOLLOW_UP,
        zone=person.timezone or here.calendar.zone,
        weekdays={FOLLOW_UP_DAY},
        at=FOLLOW_UP_AT,
        now=now,
    )


def drop_follow_up(db: Db, person: Person) -> None:
    """Who is in no cohort any more isn't asked; who is in another still is."""
    if not cohorts.of_person(db, person.id):
        reminders.drop_plan(db, person.chat_id, Kind.FOLLOW_UP)


def _week(calendar: Calendar) -> dict[Kind, tuple[int, time]]:
    return {
        Kind.COHORT: (calendar.weekday, calendar.at),
        Kind.DIGEST: (DIGEST_DAY, DIGEST_AT),
        Kind.PAIRING: (PAIRING_DAY, PAIRING_AT),
        Kind.QUIZ: (quiz_day(calendar.weekday), calendar.at),
    }
