"""/cohort in private: whose cohorts one is in, how one stands there, what is shared, leaving."""

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from coach.cohorts import Membership, Role, State, has_place
from coach.texts import say
from handlers.chat.formatting import Said, Style
from handlers.chat.presses import Told, reply, show
from handlers.chat.replies import Rows
from handlers.chat.work import Work
from handlers.cohorts import pairs
from handlers.cohorts.cohort_buttons import Choice, MemberButton, member_button
from handlers.cohorts.cohort_plans import drop_follow_up, plan_follow_up
from handlers.cohorts.cohort_weeks import reckoned, today_of
from handlers.cohorts.cohorts import show_card
from handlers.cohorts.organisers import lead_button
from handlers.cohorts.places import place
from handlers.cohorts.stewards import ask_if_leaderless
from storage import Db, Store, cohorts, members, messages, people
from storage.cohorts import Cohort
from storage.members import Member
from storage.people import Person

router = Router(name="memberships")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")


@router.message(Command("cohort"))
async def cohorts_asked(
    message: Message, bot: Bot, store: Store, person: Person, now: datetime, work: Work
) -> None:
    """The cohorts somebody is in; to whoever is in none, the way to one."""
    me = await bot.me()
    link = f"https://t.me/{me.username}?startgroup=cohort"
    await reply(message, store, now, work, lambda db: listed(db, person, link))


@router.callback_query(MemberButton.filter(F.choice == Choice.SHOW))
async def cohort_shown(
    callback: CallbackQuery,
    callback_data: MemberButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """One of them: the week, one's own row, and what can be done."""
    await show(callback, store, now, work, lambda db: shown(db, person, callback_data.cohort, now))


@router.callback_query(MemberButton.filter(F.choice == Choice.CHANGE))
async def change_shown(
    callback: CallbackQuery,
    callback_data: MemberButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """What is shared, each line with its button."""

    def look(db: Db) -> Told:
        found = mine(db, person, callback_data.cohort)
        if found is None:
            return say(person.language, "cohorts.join.not_yours"), ()
        said, rows = place(db, found[0], person, found[1].profile)
        back = member_button(person.language, "back", found[0].id, Choice.SHOW)
        return said, [*rows, [back]]

    await show(callback, store, now, work, look)


@router.callback_query(MemberButton.filter(F.choice == Choice.LEAVE))
async def leave_asked(
    callback: CallbackQuery,
    callback_data: MemberButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """Surely? What stays and what goes is said before."""

    def ask(db: Db) -> Told:
        found = mine(db, person, callback_data.cohort)
        if found is None:
            return say(person.language, "cohorts.join.not_yours"), ()
        here = found[0]
        surely = member_button(person.language, "leave_surely", here.id, Choice.LEAVE_SURELY)
        back = member_button(person.language, "back", here.id, Choice.SHOW)
        return say(person.language, "cohorts.mine.leave_ask", title=here.title), [[surely, back]]

    await show(callback, store, now, work, ask)


@router.callback_query(MemberButton.filter(F.choice == Choice.LEAVE_SURELY))
async def left(
    callback: CallbackQuery,
    callback_data: MemberButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """They are out; who waits longest gets the place."""

    def leave(db: Db) -> Told:
        found = mine(db, person, callback_data.cohort)
        if found is None:
            return say(person.language, "cohorts.join.not_yours"), ()
        go(db, found[0], person, now, callback.id)
        return say(person.language, "cohorts.mine.left", title=found[0].title), ()

    await show(callback, store, now, work, leave)


def mine(db: Db, person: Person, cohort_id: int) -> tuple[Cohort, Member] | None:
    """Somebody's cohort and place in it; None for whoever is in it no more, or never was."""
    here, member = cohorts.get(db, cohort_id), members.get(db, cohort_id, person.id)
    if here is None or member is None or member.state is Membership.LEFT:
        return None
    return here, member


def listed(db: Db, person: Person, link: str) -> Told:
    """Every cohort with a button."""
    found = [one for one in cohorts.of_person(db, person.id) if one.state is not State.DRAFT]
    if not found:
        return say(person.language, "cohorts.mine.none", link=link), ()
    rows: Rows = [
        [(one.title[:40] or "·", MemberButton(cohort=one.id, choice=Choice.SHOW).pack())]
        for one in found
    ]
    return say(person.language, "cohorts.mine.title"), rows


def shown(db: Db, person: Person, cohort_id: int, now: datetime) -> Told:
    """The week, one's own row of weeks, and the buttons."""
    found = mine(db, person, cohort_id)
    if found is None:
        return say(person.language, "cohorts.join.not_yours"), ()
    here, member = found
    language = person.language
    said = Said().line(here.title, Style.BOLD).line(_standing(here, member, language, now))
    if member.state is Membership.ACTIVE and member.role is not Role.MENTOR:
        row = reckoned(db, here, member, today_of(here, now))
        streak = say(language, "progress.weeks", count=row.streak)
        reserves = say(language, "progress.reserves", count=row.reserves)
        said.line(say(language, "weeks.standing", streak=streak, reserves=reserves))
    if member.profile.goal:
        said.line(say(language, "cohorts.mine.goal", goal=member.profile.goal))
    rows = [
        [member_button(language, "change", here.id, Choice.CHANGE)],
        [member_button(language, "leave", here.id, Choice.LEAVE)],
    ]
    if member.role is Role.ORGANISER:
        rows.insert(0, [lead_button(language, here.id)])
    if member.role is Role.MENTOR:
        _shared_with_mentors(db, here, said, language)
    return said, rows


def _shared_with_mentors(db: Db, here: Cohort, said: Said, language: str) -> None:
    """Goals and links of those who let mentors see them, and of nobody else."""
    for one in members.learners(db, here.id):
        if not one.profile.mentored:
            continue
        goal = one.profile.goal or say(language, "cohorts.mine.no_goal")
        said.line().line(one.profile.name, Style.BOLD).line(goal)
        for marked in members.marks_of(db, here.id, one.person_id):
            if marked.link and marked.monday >= here.calendar.starts_on:
                said.line(f"• {marked.link}")


def _standing(here: Cohort, member: Member, language: str, now: datetime) -> str:
    if member.state is Membership.WAITING:
        return say(language, "cohorts.mine.waiting")
    if here.state in (State.PAUSED, State.DONE):
        return say(language, f"cohorts.mine.{here.state}")
    week = here.calendar.week_at(now)
    if week is None:
        return say(language, "cohorts.mine.begins")
    return say(language, "weeks.title", week=week, weeks=here.calendar.weeks)


def go(db: Db, here: Cohort, person: Person, now: datetime, cause: str) -> None:
    """Somebody leaves: the card shows it, and who waits longest gets the place and hears of it."""
    members.leave(db, here.id, person.id, now)
    pairs.depart(db, person.id, now, cohort_id=here.id)
    drop_follow_up(db, person)
    week = (here.calendar.week_at(now) or 0) + 1
    room = has_place(len(members.learners(db, here.id)))  # who waited or mentored frees none
    admitted = room and members.admit_next(db, here.id, min(week, here.calendar.weeks))
    newcomer = people.get(db, admitted.person_id) if admitted else None
    if admitted and newcomer:
        plan_follow_up(db, here, newcomer, now)
        messages.add(
            db,
            key=f"cohort:{here.id}:admitted:{newcomer.id}:{cause}",
            chat_id=newcomer.chat_id,
            method="sendMessage",
            params={
                "text": say(newcomer.language, "cohorts.mine.admitted", title=here.title),
                "entities": [],
            },
            now=now,
        )
    show_card(db, here, now, f"leave:{cause}")
    ask_if_leaderless(db, here, now)
