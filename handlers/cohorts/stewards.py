"""A cohort whose last organiser is gone: who has been in it longest is asked, and when nobody takes
it on within a week, it rests."""

from datetime import datetime, timedelta
from typing import Any

from aiogram import F, Router
from aiogram.types import CallbackQuery

from coach.cohorts import Role, State
from coach.texts import say
from handlers.chat import replies
from handlers.chat.presses import Told, show
from handlers.chat.work import Work, finish
from handlers.cohorts.cohort_buttons import Choice, MemberButton, member_button
from handlers.cohorts.cohort_plans import drop_group, plan_group
from handlers.cohorts.places import OPEN
from storage import Db, Store, cohorts, jobs, members, people
from storage.cohorts import Cohort
from storage.jobs import Job
from storage.people import Person

router = Router(name="stewards")
router.callback_query.filter(F.message.chat.type == "private")

LEADERLESS = "leaderless"
"""The kind of job that looks after a week whether somebody has taken a cohort on."""

PATIENCE = timedelta(days=7)


def is_led(db: Db, cohort_id: int) -> bool:
    """Whether anybody looks after a cohort."""
    return any(one.role is Role.ORGANISER for one in members.of_cohort(db, cohort_id))


def ask_if_leaderless(db: Db, here: Cohort, now: datetime) -> None:
    """Asks who has been in a cohort longest, once its last organiser has left."""
    if here.state not in OPEN or is_led(db, here.id):
        return
    oldest = next(iter(members.learners(db, here.id)), None)
    person = people.get(db, oldest.person_id) if oldest else None
    if person:
        replies.send(
            db,
            key=f"cohort:{here.id}:asked:{person.id}:{now.timestamp()}",
            chat_id=person.chat_id,
            said=say(person.language, "cohorts.lead.asked", title=here.title),
            now=now,
            rows=[[member_button(person.language, "look_after", here.id, Choice.LOOK_AFTER)]],
        )
    jobs.add(
        db,
        kind=LEADERLESS,
        key=f"{here.id}:{now.timestamp()}",
        payload={"cohort": here.id},
        due_at=now + PATIENCE,
    )


@router.callback_query(MemberButton.filter(F.choice == Choice.LOOK_AFTER))
async def taken(
    callback: CallbackQuery,
    callback_data: MemberButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """A member takes the cohort on; one that rested for want of anybody goes on."""

    def take(db: Db) -> Told:
        here = cohorts.get(db, callback_data.cohort)
        inside = person.id in {one.person_id for one in members.learners(db, callback_data.cohort)}
        if here is None or not inside:
            return say(person.language, "cohorts.join.not_yours"), ()
        if is_led(db, here.id):
            return say(person.language, "cohorts.lead.not_needed"), ()
        members.set_role(db, here.id, person.id, Role.ORGANISER)
        begun = here.calendar.week_at(now) is not None
        after = State.RUNNING if begun else State.FORMING
        if cohorts.set_state(db, here.id, after, before=State.PAUSED):
            plan_group(db, here, now)
        return say(person.language, "cohorts.lead.taken", title=here.title), ()

    await show(callback, store, now, work, take)


async def rest(job: Job, *, store: Store, now: datetime, work: Work, **_: Any) -> None:
    """A week has passed: a cohort that nobody looks after rests, and its members hear why."""

    def act(db: Db) -> None:
        finish(db, job, now)
        here = cohorts.get(db, job.payload["cohort"])
        if here is None or here.state not in (State.FORMING, State.RUNNING):
            return
        if is_led(db, here.id) or not cohorts.set_state(
            db, here.id, State.PAUSED, before=here.state
        ):
            return
        drop_group(db, here)
        for member in members.learners(db, here.id):
            if person := people.get(db, member.person_id):
                _tell(db, here, person, job, now)

    await store.write(act)
    work.nudge("send")


def _tell(db: Db, here: Cohort, person: Person, job: Job, now: datetime) -> None:
    replies.send(
        db,
        key=f"cohort:{here.id}:rests:{person.id}:{job.id}",
        chat_id=person.chat_id,
        said=say(person.language, "cohorts.lead.rests", title=here.title),
        now=now,
        rows=[[member_button(person.language, "look_after", here.id, Choice.LOOK_AFTER)]],
    )
