"""A cohort's week in its group: one message that asks, and shows by edits who is in.

Names stand there only of those who promised or showed something. Who is away, silent or on a pause
is a number.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from coach.cohorts import Mark, Role, Sharing, Standing, State, Tally, tally
from coach.reminders import Kind
from coach.texts import say
from coach.wallclock import local
from coach.weeks import WEEK, Account, Week, account
from coach.weeks import State as WeekState
from handlers.chat import replies
from handlers.chat.formatting import Said, Style
from handlers.chat.replies import Rows
from handlers.cohorts.cohort_buttons import Say, week_button
from handlers.reminders.reminders import Speech
from storage import Db, cohorts, members, people, slots
from storage.cohorts import Cohort
from storage.members import Marked, Member
from storage.people import Person
from storage.slots import StoredSlot

SPEAKING = frozenset({State.FORMING, State.RUNNING})


def prompt(db: Db, stored: StoredSlot, now: datetime) -> Speech | None:
    """What will you show by Sunday? Nothing outside of the round; the first week begins it."""
    here = cohorts.at(db, stored.slot.chat_id, stored.slot.thread_id)
    week = here.calendar.week(stored.slot.local_date) if here else None
    if here is None or week is None or here.state not in SPEAKING:
        return None
    cohorts.set_state(db, here.id, State.RUNNING, before=State.FORMING)
    said, rows = week_said(db, here, week, now)
    return Speech(said, rows)


def show_week(db: Db, here: Cohort, week: int, now: datetime, cause: str) -> None:
    """The week's message as it is now, because of `cause`; nothing when it was never sent."""
    place = here.chat_id, here.thread_id
    last = slots.last_message(db, *place, Kind.COHORT)
    if last is None or here.calendar.week(last[0]) != week:
        return
    said, rows = week_said(db, here, week, now)
    replies.edit(
        db,
        key=f"cohort:{here.id}:week:{cause}",
        chat_id=here.chat_id,
        message=last[1],
        said=said,
        now=now,
        rows=rows,
    )


def show_weeks_anew(db: Db, here: Cohort, mondays: Collection[date], now: datetime) -> None:
    """The messages of these weeks as they are now: somebody's name is out of them."""
    last = dict[int, str]()
    for day, key in slots.messages_of(db, here.chat_id, here.thread_id, Kind.COHORT):
        week = here.calendar.week(day)
        if week is not None and here.calendar.monday(week) in mondays:
            last[week] = key
    for week, key in last.items():
        said, rows = week_said(db, here, week, now)
        replies.edit(
            db,
            key=f"{key}:anew:{now.timestamp()}",
            chat_id=here.chat_id,
            message=key,
            said=said,
            now=now,
            rows=rows,
        )


def say_week_again(db: Db, here: Cohort, now: datetime) -> None:
    """The week's message once more, where the old one can't be changed any more; later edits
    change the new one."""
    last = slots.last_message(db, here.chat_id, here.thread_id, Kind.COHORT)
    week = here.calendar.week_at(now)
    if last is None or week is None or here.calendar.week(last[0]) != week:
        return
    key = f"{last[1]}:again"
    said, rows = week_said(db, here, week, now)
    replies.send(
        db,
        key=key,
        chat_id=here.chat_id,
        thread_id=here.thread_id or None,
        said=said,
        now=now,
        rows=rows,
    )
    slots.said_anew(db, last[1], key)


def week_said(db: Db, here: Cohort, week: int, now: datetime) -> tuple[Said, Rows]:
    """The week in words, and its four buttons."""
    language, standing = here.language, week_of(db, here, week, now)
    facts = {"week": week, "weeks": here.calendar.weeks}
    said = Said(ours=True).line(say(language, "weeks.title", **facts), Style.BOLD)
    said.line(say(language, "weeks.ask"))
    if standing.done:
        said.line()
    listed = set[str]()
    for one in standing.done:
        _line(said, language, one, listed)
    if standing.committed:
        names = ", ".join(one.name for one in standing.committed)
        said.line().line(say(language, "weeks.promised", names=names))
    _counts(said, language, standing)
    return said, week_rows(language, here.id, week)


def _line(said: Said, language: str, one: Standing, listed: set[str]) -> None:
    """Somebody who showed something; a link that stands there already isn't repeated."""
    key = "weeks.back" if one.returned else "weeks.done"
    said.add(say(language, key, name=one.name))
    if one.link and one.link not in listed:
        listed.add(one.link)
        said.add(f": {one.link}")
    said.line()


def _counts(said: Said, language: str, standing: Tally) -> None:
    inside = len(standing.done) + len(standing.committed)
    said.line()
    if standing.away:
        said.line(say(language, "weeks.away", count=standing.away))
    said.add(say(language, "weeks.in", count=inside, members=standing.members), Style.ITALIC)


def week_rows(language: str, cohort_id: int, week: int) -> Rows:
    """I commit, Done, Away this week, My link."""
    commit, done, away, link = (
        week_button(language, cohort_id, what, week)
        for what in (Say.COMMIT, Say.DONE, Say.AWAY, Say.LINK)
    )
    return [[commit, done], [away, link]]


def week_of(db: Db, here: Cohort, week: int, now: datetime) -> Tally:
    """How a week of the round stands."""
    monday = here.calendar.monday(week)
    said, before = members.marks(db, here.id, monday), members.marks(db, here.id, monday - WEEK)
    counted = [one for one in members.learners(db, here.id) if one.from_week <= week]
    order = [*said, *(one.person_id for one in counted if one.person_id not in said)]
    by_person = {one.person_id: one for one in counted}
    return tally(
        _standing(db, by_person[person], said, before, now)
        for person in order
        if person in by_person
    )


def _standing(
    db: Db,
    member: Member,
    said: Mapping[int, Marked],
    before: Mapping[int, Marked],
    now: datetime,
) -> Standing | None:
    """What the group may see of a member; a pause is an absence that was announced (row 70)."""
    mark = said.get(member.person_id)
    name = member.profile.name
    if mark is None or mark.mark is Mark.COMMITTED:
        person = people.get(db, member.person_id)
        if person and person.paused(now):
            return Standing(name, Mark.AWAY)
    if mark is None:
        return None
    link = mark.link if member.profile.sharing is Sharing.LINK else None
    return Standing(name, mark.mark, link, _returned(db, member, mark, before))


def _returned(db: Db, member: Member, mark: Marked, before: Mapping[int, Marked]) -> bool:
    """Whether somebody who shows something was not seen in the week before, but was earlier."""
    last = before.get(member.person_id)
    if mark.mark is not Mark.DONE or (last and last.mark is Mark.DONE):
        return False
    earlier = members.marks_of(db, member.cohort_id, member.person_id)
    return any(one.mark is Mark.DONE and one.monday < mark.monday - WEEK for one in earlier)


def reckoned(db: Db, here: Cohort, member: Member, today: date) -> Account:
    """A member's weeks in the cohort: the row, and the reserves that held it. A week away asks
    nothing."""
    marks = {one.monday: one.mark for one in members.marks_of(db, here.id, member.person_id)}
    mondays = [
        here.calendar.monday(week) for week in range(member.from_week, here.calendar.weeks + 1)
    ]
    weeks = [
        Week(monday, WeekState.DONE if marks.get(monday) is Mark.DONE else WeekState.OPEN)
        for monday in mondays
        if monday <= today and marks.get(monday) is not Mark.AWAY
    ]
    return account(weeks, today)


# In private, once a week, to whoever hasn't shown anything yet.


@dataclass(frozen=True, slots=True)
class Missing:
    """A cohort whose week still waits for somebody."""

    here: Cohort
    week: int


def follow_up(db: Db, person: Person, stored: StoredSlot, now: datetime) -> Speech | None:
    """One question for all cohorts that still miss somebody; nothing when none does (row 76)."""
    missing = [*_missing(db, person, now)]
    if not missing:
        return None
    language = person.language
    said = Said().add(
        say(language, "weeks.follow_up", names=", ".join(one.here.title for one in missing))
    )
    rows: list[Sequence[replies.Button]] = []
    for one in missing:
        title = f" · {one.here.title[:20]}" if len(missing) > 1 else ""
        buttons = [
            week_button(language, one.here.id, what, one.week) for what in (Say.DONE, Say.AWAY)
        ]
        rows.append([(f"{label}{title}", data) for label, data in buttons])
    return Speech(said, rows)


def _missing(db: Db, person: Person, now: datetime) -> list[Missing]:
    found = list[Missing]()
    for here in cohorts.of_person(db, person.id):
        member = members.get(db, here.id, person.id)
        week = here.calendar.week_at(now)
        if here.state is not State.RUNNING or member is None or week is None:
            continue
        mark = members.marks(db, here.id, here.calendar.monday(week)).get(person.id)
        asked = member.role is not Role.MENTOR and member.from_week <= week
        if asked and (mark is None or mark.mark is Mark.COMMITTED):
            found.append(Missing(here, week))
    return found


def today_of(here: Cohort, now: datetime) -> date:
    """The date on the cohort's own calendar."""
    return local(now, here.calendar.zone).date()
