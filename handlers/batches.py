"""A person's cards of a study day, gathered from the tables."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from coach.batches import Batch, done_today, gather, spoken, usual_seconds
from coach.cards import Card
from coach.interviews import Interview, ahead
from coach.studydays import study_day
from handlers.comebacks import pace_of
from storage import Db, cards, grades, studies
from storage.people import Person
from storage.studies import Study

LOOKED_AT = 500
"""Due cards that a day is chosen from, and new ones: far more than any day's limit."""


@dataclass(frozen=True, slots=True)
class Today:
    """A study day: how the person studies, and what is left of it to learn."""

    day: date
    study: Study
    batch: Batch
    seconds: float

    def spoken(self, language: str) -> str:
        """What is left, in a sentence."""
        return spoken(self.batch, language, self.seconds)


def day_of(person: Person, now: datetime, default_zone: str) -> date:
    """The study day that a person is in."""
    return study_day(now, ZoneInfo(person.timezone or default_zone))


def of_day(db: Db, person_id: int, day: date) -> Today:
    """What there is to learn on a study day, without what was graded on it already. A plan to
    catch up that has done its work ends here."""
    study, due = studies.get(db, person_id), cards.count_due(db, person_id, day)
    interview, graded = ahead(study.interview, day), grades.of_day(db, person_id, day)
    met = cards.load(db, person_id, list({grade.card for grade in graded}))
    batch = gather(
        _candidates(db, person_id, day, interview),
        today=day,
        limits=study.limits,
        wishes=study.wishes,
        done=done_today(met, graded),
        interview=interview,
        comeback=pace_of(db, person_id, study, due),
    )
    if interview is None:
        batch = replace(batch, due=due)
    return Today(day, study, batch, usual_seconds(grades.last_seconds(db, person_id)))


def _candidates(db: Db, person_id: int, day: date, interview: Interview | None) -> list[Card]:
    """Before an interview every card counts; else those that a day can hold, the best first."""
    if interview:
        return cards.of_person(db, person_id)
    due = cards.most_savable(db, person_id, day, LOOKED_AT)
    return due + cards.new(db, person_id, LOOKED_AT)
