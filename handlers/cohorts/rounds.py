"""Rounds of a cohort: how one ends, with everybody's own summary in private, and how a new one
begins with the same people."""

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery
from babel.dates import format_date

from coach import walls
from coach.cohorts import Calendar, Mark, Role, Sharing, State, next_start
from coach.proofs import Proof
from coach.texts import say
from handlers.chat import replies
from handlers.chat.formatting import Said, Style
from handlers.chat.presses import Told, show
from handlers.chat.work import Work
from handlers.cohorts.cohort_buttons import Choice, MemberButton, member_button
from handlers.cohorts.cohort_plans import drop_group, plan_group
from handlers.cohorts.cohort_weeks import today_of
from handlers.cohorts.cohorts import card, card_key, show_card
from storage import Db, Store, cohorts, members, messages, people, proofs
from storage.cohorts import Cohort
from storage.members import Member
from storage.people import Person

router = Router(name="rounds")
router.callback_query.filter(F.message.chat.type == "private")


def end_if_over(db: Db, here: Cohort, now: datetime) -> bool:
    """Ends a round whose last week has closed; False when it goes on or has ended before."""
    if not here.calendar.over(now) or here.state not in (State.RUNNING, State.FORMING):
        return False
    return end(db, here, now)


def end(db: Db, here: Cohort, now: datetime) -> bool:
    """Ends a round; False when somebody was faster."""
    if not cohorts.set_state(db, here.id, State.DONE, before=here.state):
        return False
    drop_group(db, here)
    for member in members.of_cohort(db, here.id):
        _sum_up(db, here, member, now)
    ended = cohorts.get(db, here.id) or here
    show_card(db, ended, now, "end")
    return True


def _sum_up(db: Db, here: Cohort, member: Member, now: datetime) -> None:
    """What somebody showed in the round, in their own chat, as lines for a CV; what others
    shared; and to an organiser, the way on."""
    person = people.get(db, member.person_id)
    if person is None:
        return
    rows = []
    if member.role is Role.ORGANISER:
        rows = [[member_button(person.language, "new_round", here.id, Choice.NEW_ROUND)]]
    replies.send(
        db,
        key=f"cohort:{here.id}:{here.round}:summary:{person.id}",
        chat_id=person.chat_id,
        said=_summary(db, here, member, person),
        now=now,
        rows=rows,
    )


def _summary(db: Db, here: Cohort, member: Member, person: Person) -> Said:
    language = person.language
    weeks = say(language, "cohorts.weeks", count=here.calendar.weeks)
    said = Said(ours=True).line(
        say(language, "digests.round.over", title=here.title, weeks=weeks), Style.BOLD
    )
    done = 0 if member.role is Role.MENTOR else len(_shown(db, here, member))
    if done:
        said.line(say(language, "digests.round.shown", count=done, weeks=here.calendar.weeks))
    if mine := _made(db, here, person):
        said.line().line(say(language, "digests.round.own"))
        said.line(walls.cv_lines(language, mine).rstrip())
    if links := _shared(db, here, person):
        said.line().line(say(language, "digests.round.others"))
        for line in links:
            said.line(line)
    if member.role is Role.ORGANISER:
        said.line().line(say(language, "digests.round.again"))
    return said


def _shown(db: Db, here: Cohort, member: Member) -> list[members.Marked]:
    """The weeks of the round in which a member showed something."""
    first, last = here.calendar.starts_on, here.calendar.ends_on
    said = members.marks_of(db, here.id, member.person_id)
    return [one for one in said if one.mark is Mark.DONE and first <= one.monday <= last]


def _made(db: Db, here: Cohort, person: Person) -> list[Proof]:
    """What somebody put on their wall while the round ran."""
    first, last = here.calendar.starts_on, here.calendar.ends_on
    return [one for one in proofs.wall(db, person.id) if first <= one.made_on <= last]


def _shared(db: Db, here: Cohort, person: Person) -> list[str]:
    """The links of others who share theirs, a line each."""
    lines = list[str]()
    for other in members.learners(db, here.id):
        if other.person_id == person.id or other.profile.sharing is not Sharing.LINK:
            continue
        lines += [
            f"• {other.profile.name}: {one.link}" for one in _shown(db, here, other) if one.link
        ]
    return lines


@router.callback_query(MemberButton.filter(F.choice == Choice.NEW_ROUND))
async def new_round(
    callback: CallbackQuery,
    callback_data: MemberButton,
    bot: Bot,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """The same people once more, from next Monday on; for organisers only."""

    def begin(db: Db) -> Told:
        here = cohorts.get(db, callback_data.cohort)
        member = members.get(db, callback_data.cohort, person.id)
        if here is None or member is None or member.role is not Role.ORGANISER:
            return say(person.language, "cohorts.join.not_yours"), ()
        day = next_start(today_of(here, now))
        old = here.calendar
        calendar = Calendar(day, old.weeks, old.zone, old.weekday, old.at)
        if cohorts.begin_round(db, here.id, calendar):
            members.begin_round(db, here.id)
            again = cohorts.get(db, here.id)
            assert again
            plan_group(db, again, now)
            _show_new_card(db, again, now)
        named = format_date(day, "d MMMM", locale=person.language)
        return say(person.language, "digests.round.begun", title=here.title, day=named), ()

    await show(callback, store, now, work, begin)


def _show_new_card(db: Db, here: Cohort, now: datetime) -> None:
    """A card of the new round in the group, pinned where the bot may."""
    said, rows = card(db, here, now)
    key = card_key(here)
    replies.send(
        db,
        key=key,
        chat_id=here.chat_id,
        thread_id=here.thread_id or None,
        said=said,
        now=now,
        rows=rows,
    )
    messages.add(
        db,
        key=f"{key}:pin",
        chat_id=here.chat_id,
        method="pinChatMessage",
        params={
            "chat_id": here.chat_id,
            "message_id": {"of": key},
            "disable_notification": True,
        },
        now=now,
    )
