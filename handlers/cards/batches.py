"""A person's cards of a study day, gathered from the tables."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from coach.batches import Batch, done_today, gather, spoken, usual_seconds
from coach.cards import Card, is_due
from coach.interviews import LAST_DAYS, Interview, ahead
from coach.studydays import study_day
from handlers.cards.comebacks import pace_of
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
    looks = _last_looks(db, person_id, day, interview) if interview else []
    first = cards.due if interview else cards.most_savable
    batch = gather(
        [
            *first(db, person_id, day, LOOKED_AT),
            *looks,
            *cards.new(db, person_id, LOOKED_AT),
        ],
        today=day,
        limits=study.limits,
        wishes=study.wishes,
        done=done_today(met, graded),
        interview=interview,
        comeback=pace_of(db, person_id, study, due),
        waiting=cards.count_new(db, person_id),
    )
    batch = replace(batch, due=due + len(looks))
    return Today(day, study, batch, usual_seconds(grades.last_seconds(db, person_id)))


def _last_looks(db: Db, person_id: int, day: date, interview: Interview) -> list[Card]:
    """The cards that the interview draws forward to this day or one before it; of many, the first
    that would come after it."""
    since = interview.on - timedelta(LAST_DAYS)
    if day < since:
        return []
    last = interview.on - timedelta(1)
    later = cards.beyond(db, person_id, last, since, LOOKED_AT * LAST_DAYS)
    return [card for card in later if is_due(card, day, interview)]
