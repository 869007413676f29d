"""The organiser's view of a cohort, in private: who is there, and all that only they may change.

Every press asks the database whether it comes from an organiser of that very cohort.
"""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery

from coach.cohorts import Mark, Role, State
from coach.texts import say
from handlers.chat import replies
from handlers.chat.formatting import Said, Style
from handlers.chat.presses import Told, show
from handlers.chat.replies import Button, Rows
from handlers.chat.work import Work
from handlers.cohorts.cohort_buttons import Choice, Organise, OrganiserButton, member_button
from handlers.cohorts.cohort_plans import drop_group, plan_group
from handlers.cohorts.cohort_weeks import week_of
from handlers.cohorts.cohorts import HOURS, WEEKDAYS, in_rows, show_card, weekday_name
from handlers.cohorts.joining import door
from handlers.cohorts.rounds import end
from storage import Db, Store, cohorts, invitations, members
from storage.cohorts import Cohort
from storage.members import Member
from storage.people import Person

router = Router(name="organisers")
router.callback_query.filter(F.message.chat.type == "private")

Act = Callable[[Db, Cohort, Person, OrganiserButton, datetime], Told]


def led(db: Db, person: Person, cohort_id: int) -> Cohort | None:
    """The cohort, to an organiser of it; None to everybody else."""
    member = members.get(db, cohort_id, person.id)
    leads = member is not None and member.role is Role.ORGANISER and member.left_at is None
    return cohorts.get(db, cohort_id) if leads else None


@router.callback_query(OrganiserButton.filter(F.deed == Organise.INVITE))
async def invited(
    callback: CallbackQuery,
    callback_data: OrganiserButton,
    bot: Bot,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    token: Callable[[], str],
) -> None:
    """A link that lets whoever has it in, for a fortnight."""
    me, fresh = await bot.me(), token()

    def invite(db: Db) -> Told:
        here = led(db, person, callback_data.cohort)
        if here is None:
            return say(person.language, "cohorts.join.not_yours"), ()
        invitations.invite(db, token=fresh, cohort_id=here.id, person_id=person.id, now=now)
        link = door(me.username, fresh)
        said = Said(ours=True).add(say(person.language, "cohorts.lead.link", link=link))
        return said, [[_back(person.language, here)]]

    await show(callback, store, now, work, invite)


@router.callback_query(OrganiserButton.filter())
async def led_on(
    callback: CallbackQuery,
    callback_data: OrganiserButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """Anything else that an organiser does."""

    def act(db: Db) -> Told:
        here = led(db, person, callback_data.cohort)
        if here is None:
            return say(person.language, "cohorts.join.not_yours"), ()
        return ACTS[callback_data.deed](db, here, person, callback_data, now)

    await show(callback, store, now, work, act)


def overview(
    db: Db, here: Cohort, person: Person, _pressed: OrganiserButton | None, now: datetime
) -> Told:
    """Who shows something, who promised, who is away or quiet this week; only the organiser reads
    these names."""
    language, said = person.language, Said().line(here.title, Style.BOLD)
    week = here.calendar.week_at(now)
    if week is None:
        names = ", ".join(one.profile.name for one in members.learners(db, here.id))
        said.line(say(language, "cohorts.lead.members", names=names))
    else:
        said.line(say(language, "weeks.title", week=week, weeks=here.calendar.weeks))
        for name, those in _standings(db, here, week, now).items():
            if those:
                said.line(say(language, f"cohorts.lead.{name}", names=", ".join(those)))
    return said, _rows(language, here)


def _standings(db: Db, here: Cohort, week: int, now: datetime) -> dict[str, list[str]]:
    tallied = week_of(db, here, week, now)
    marks = members.marks(db, here.id, here.calendar.monday(week))
    counted = [one for one in members.learners(db, here.id) if one.from_week <= week]
    shown = [one.name for one in tallied.done]
    away = [one for one in counted if _mark(marks, one) is Mark.AWAY]
    spoke = {*shown, *(one.name for one in tallied.committed), *(one.profile.name for one in away)}
    return {
        "done": shown,
        "promised": [one.name for one in tallied.committed],
        "away": [one.profile.name for one in away],
        "quiet": [one.profile.name for one in counted if one.profile.name not in spoke],
    }


def _mark(marks: dict[int, members.Marked], member: Member) -> Mark | None:
    said = marks.get(member.person_id)
    return said.mark if said else None


def _rows(language: str, here: Cohort) -> Rows:
    paused = here.state is State.PAUSED
    deeds = [
        [Organise.INVITE, Organise.REVOKE],
        [Organise.WEEKDAY, Organise.AT],
        [Organise.ZONE, Organise.LANGUAGE],
        [Organise.ROLES, Organise.TABLE],
        [Organise.RESUME if paused else Organise.PAUSE, Organise.END_ASK],
    ]
    rows = [[_button(language, here, deed) for deed in row] for row in deeds]
    return [*rows, [member_button(language, "back", here.id, Choice.SHOW)]]


def revoke(db: Db, here: Cohort, person: Person, _pressed: OrganiserButton, _now: datetime) -> Told:
    """Every link is dead from now on."""
    invitations.revoke(db, here.id)
    return say(person.language, "cohorts.lead.revoked"), [[_back(person.language, here)]]


def pause(db: Db, here: Cohort, person: Person, pressed: OrganiserButton, now: datetime) -> Told:
    """The group hears nothing until it goes on."""
    if cohorts.set_state(db, here.id, State.PAUSED, before=here.state):
        drop_group(db, here)
    return overview(db, cohorts.get(db, here.id) or here, person, pressed, now)


def resume(db: Db, here: Cohort, person: Person, pressed: OrganiserButton, now: datetime) -> Told:
    """It goes on with the week that runs by the calendar."""
    before = here.calendar.week_at(now) is None
    after = State.FORMING if before else State.RUNNING
    if cohorts.set_state(db, here.id, after, before=State.PAUSED):
        plan_group(db, here, now)
    return overview(db, cohorts.get(db, here.id) or here, person, pressed, now)


def end_ask(
    db: Db, here: Cohort, person: Person, _pressed: OrganiserButton, _now: datetime
) -> Told:
    """Surely?"""
    rows = [[_button(person.language, here, Organise.END), _back(person.language, here)]]
    return say(person.language, "cohorts.lead.end_ask", title=here.title), rows


def end_now(db: Db, here: Cohort, person: Person, _pressed: OrganiserButton, now: datetime) -> Told:
    """The round ends, and everybody gets their summary."""
    end(db, here, now)
    return say(person.language, "cohorts.mine.done"), ()


def weekday(db: Db, here: Cohort, person: Person, pressed: OrganiserButton, now: datetime) -> Told:
    """Another day for the week's question."""
    if pressed.value in map(str, WEEKDAYS):
        _move(db, here, now, weekday=int(pressed.value))
        return overview(db, cohorts.get(db, here.id) or here, person, pressed, now)
    days = [
        _button(
            person.language, here, Organise.WEEKDAY, str(iso), weekday_name(person.language, iso)
        )
        for iso in WEEKDAYS
    ]
    rows = [*in_rows(days, 3), [_back(person.language, here)]]
    return say(person.language, "cohorts.set_up.ask_weekday"), rows


def hour(db: Db, here: Cohort, person: Person, pressed: OrganiserButton, now: datetime) -> Told:
    """Another hour for it."""
    offered = {f"{at:%H%M}": at for at in HOURS}
    if pressed.value in offered:
        _move(db, here, now, at=offered[pressed.value])
        return overview(db, cohorts.get(db, here.id) or here, person, pressed, now)
    hours = [
        _button(person.language, here, Organise.AT, value, f"{at:%H:%M}")
        for value, at in offered.items()
    ]
    rows = [*in_rows(hours, 3), [_back(person.language, here)]]
    return say(person.language, "cohorts.set_up.ask_at"), rows


def own_clock(
    db: Db, here: Cohort, person: Person, pressed: OrganiserButton, now: datetime
) -> Told:
    """The cohort lives by the organiser's own clock; who hasn't set theirs is told how."""
    if person.timezone is None:
        return say(person.language, "cohorts.lead.no_zone"), [[_back(person.language, here)]]
    _move(db, here, now, zone=person.timezone)
    return overview(db, cohorts.get(db, here.id) or here, person, pressed, now)


def own_language(
    db: Db, here: Cohort, person: Person, pressed: OrganiserButton, now: datetime
) -> Told:
    """The group is spoken to in the organiser's own language."""
    cohorts.set_language(db, here.id, person.language)
    return overview(db, cohorts.get(db, here.id) or here, person, pressed, now)


def _move(
    db: Db,
    here: Cohort,
    now: datetime,
    weekday: int | None = None,
    at: time | None = None,
    zone: str | None = None,
) -> None:
    calendar = replace(
        here.calendar,
        weekday=weekday or here.calendar.weekday,
        at=at if at is not None else here.calendar.at,
        zone=zone or here.calendar.zone,
    )
    cohorts.set_calendar(db, here.id, calendar)
    moved = cohorts.get(db, here.id) or here
    if here.state in (State.FORMING, State.RUNNING):
        plan_group(db, moved, now)
    cause = f"{calendar.weekday}:{calendar.at:%H%M}:{calendar.zone}:{now.timestamp()}"
    show_card(db, moved, now, cause)


def roles(db: Db, here: Cohort, person: Person, pressed: OrganiserButton, now: datetime) -> Told:
    """Who is what; a press on a name asks what they shall be."""
    language = person.language
    everybody = members.of_cohort(db, here.id)
    chosen = next((one for one in everybody if str(one.person_id) == pressed.value), None)
    if chosen is None:
        names = [
            _button(language, here, Organise.ROLES, str(one.person_id), one.profile.name)
            for one in everybody
        ]
        rows = [*in_rows(names, 2), [_back(language, here)]]
        return say(language, "cohorts.lead.roles"), rows
    choices = [
        _button(
            language,
            here,
            Organise.ROLE,
            f"{chosen.person_id}-{role}",
            say(language, f"cohorts.lead.role.{role}"),
        )
        for role in Role
    ]
    asked = say(language, "cohorts.lead.role_ask", name=chosen.profile.name)
    return asked, [choices, [_back(language, here)]]


def role(db: Db, here: Cohort, person: Person, pressed: OrganiserButton, now: datetime) -> Told:
    """Somebody becomes member, organiser or mentor; the last organiser stays one."""
    number, _, name = pressed.value.partition("-")
    organisers = [one for one in members.of_cohort(db, here.id) if one.role is Role.ORGANISER]
    if name not in set(Role) or not number.isdecimal():
        return overview(db, here, person, pressed, now)
    alone = [one.person_id for one in organisers] == [int(number)]
    if alone and Role(name) is not Role.ORGANISER:
        return say(person.language, "cohorts.lead.last"), [[_back(person.language, here)]]
    members.set_role(db, here.id, int(number), Role(name))
    return overview(db, here, person, pressed, now) if led(db, person, here.id) else _gone(person)


def _gone(person: Person) -> Told:
    return say(person.language, "cohorts.lead.handed_over"), ()


def table(db: Db, here: Cohort, person: Person, pressed: OrganiserButton, now: datetime) -> Told:
    """The weeks as a table: names, roles and marks; no goals, sentences or letters."""
    replies.send_file(
        db,
        key=f"cohort:{here.id}:table:{now.timestamp()}",
        chat_id=person.chat_id,
        filename="cohort.csv",
        data=_written(db, here).encode("utf-8-sig"),
        caption=say(person.language, "cohorts.lead.table"),
        now=now,
    )
    return overview(db, here, person, pressed, now)


def _written(db: Db, here: Cohort) -> str:
    weeks = range(1, here.calendar.weeks + 1)
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["name", "role", "from_week", *(f"week_{week}" for week in weeks)])
    marks = {week: members.marks(db, here.id, here.calendar.monday(week)) for week in weeks}
    for one in members.of_cohort(db, here.id):
        row = [_mark(marks[week], one) or "" for week in weeks]
        writer.writerow([_harmless(one.profile.name), one.role, one.from_week, *row])
    return file.getvalue()


def _harmless(text: str) -> str:
    """A name that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@" else text


ACTS: dict[Organise, Act] = {
    Organise.OVERVIEW: overview,
    Organise.REVOKE: revoke,
    Organise.PAUSE: pause,
    Organise.RESUME: resume,
    Organise.END_ASK: end_ask,
    Organise.END: end_now,
    Organise.WEEKDAY: weekday,
    Organise.AT: hour,
    Organise.ZONE: own_clock,
    Organise.LANGUAGE: own_language,
    Organise.ROLES: roles,
    Organise.ROLE: role,
    Organise.TABLE: table,
}


def _button(
    language: str, here: Cohort, deed: Organise, value: str = "", label: str | None = None
) -> Button:
    text = label or say(language, f"cohorts.lead.button.{deed.name.lower()}")
    return text, OrganiserButton(cohort=here.id, deed=deed, value=value).pack()


def _back(language: str, here: Cohort) -> Button:
    return _button(language, here, Organise.OVERVIEW, label=say(language, "cohorts.button.back"))


def lead_button(language: str, cohort_id: int) -> Button:
    """The way in, for organisers."""
    data = OrganiserButton(cohort=cohort_id, deed=Organise.OVERVIEW).pack()
    return say(language, "cohorts.lead.button.overview"), data
