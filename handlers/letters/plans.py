"""A habit that a review names becomes the one of this week, by one press."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from coach.habits import Goal
from coach.habits import habits as catalogue
from coach.texts import say
from coach.weeks import meant_by_nudge
from handlers.chat.presses import Told, tell_below
from handlers.chat.work import Work
from handlers.habits.habits import USUAL_MINUTES, Step, ask_besides, begin_as_usual
from handlers.habits.nudges import nudge_rows, proposal, settled
from handlers.habits.weeks import weeks_of
from handlers.letters.coverages import StartButton
from storage import Db, Store, habits, reviews
from storage.people import Person

router = Router(name="plans")
router.callback_query.filter(F.message.chat.type == "private")


@router.callback_query(StartButton.filter())
async def start_habit(
    callback: CallbackQuery,
    callback_data: StartButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """Somebody without habits gets the usual day and time; a week that is settled stays so."""
    named = await store.read(_names, callback_data, person)
    refused = "letters.coverage.started" if named else "letters.answer.gone"

    def start(db: Db) -> Told | None:
        if not _names(db, callback_data, person):
            return None
        return _begin(db, person, callback_data.habit, now, default_zone)

    sentence = say(person.language, refused)
    await tell_below(callback, store, now, work, start, refused=sentence)


def _names(db: Db, pressed: StartButton, person: Person) -> bool:
    """Whether it is their review, and the habit one of ours."""
    review = reviews.get(db, pressed.review)
    return review is not None and review.person_id == person.id and pressed.habit in catalogue()


def _begin(db: Db, person: Person, habit: str, now: datetime, zone: str) -> Told | None:
    """None when it is the habit of this week already."""
    if habits.plan(db, person.id) is None:
        facts = {"goal": Goal.VISIBLE, "minutes": USUAL_MINUTES, "now": now}
        habits.begin(db, person_id=person.id, **facts)
        begin_as_usual(db, person, now, zone)
        ask_besides(db, person, Step.MOMENT, now, zone)
    plan = habits.plan(db, person.id)
    assert plan is not None
    mine = weeks_of(db, person, now, zone)
    monday = meant_by_nudge(mine.today)
    if told := settled(mine, monday):
        return told
    week = habits.week(db, person.id, monday)
    if week is not None and week.habit_id == habit:
        return None
    habits.propose(db, person_id=person.id, monday=monday, habit_id=habit, now=now)
    return proposal(mine, plan, monday), nudge_rows(person, monday, None, now)
