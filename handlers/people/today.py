"""/today: what is planned for the day, and nothing that isn't."""

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import Message
from babel.dates import format_date

from coach.habits import habits as catalogue
from coach.reminders import slots_between
from coach.texts import say
from coach.wallclock import instant_of, local
from coach.weeks import State, monday_of
from handlers.cards.cards import cards_today
from handlers.chat import replies
from handlers.chat.formatting import Said, Style
from handlers.chat.work import Work
from handlers.reminders.quiet import what
from handlers.reminders.timezones import ask_once
from storage import Db, Store, habits, reminders
from storage.people import Person

router = Router(name="today")
router.message.filter(F.chat.type == "private")

Lines = Callable[[Db, Person, datetime, str], Sequence[str]]
"""What one subject has to say about the day: `lines(db, person, now, zone)`."""


def reminders_today(db: Db, person: Person, now: datetime, zone: str) -> list[str]:
    """What the day's reminders are about, each at its time."""
    day = local(now, zone).date()
    begin, end = (instant_of(each, time(), zone) for each in (day, day + timedelta(days=1)))
    instant = timedelta(microseconds=1)
    slots = [
        slot
        for plan in reminders.plans_of(db, person.id)
        if plan.chat_id == person.chat_id
        for slot in slots_between(plan, begin - instant, end - instant)
    ]
    return [
        say(
            person.language,
            "times.today.line",
            time=f"{slot.local_time:%H:%M}",
            what=what(person, slot.kind),
        )
        for slot in sorted(slots, key=lambda slot: slot.due_at)
    ]


def habit_today(db: Db, person: Person, now: datetime, zone: str) -> list[str]:
    """The week's habit and how it stands; a week that was skipped is left in peace."""
    week = habits.week(db, person.id, monday_of(local(now, zone).date()))
    habit = catalogue().get(week.habit_id or "") if week else None
    if week is None or habit is None or week.state is State.SKIPPED:
        return []
    key = "times.today.habit_done" if week.state is State.DONE else "times.today.habit"
    return [say(person.language, key, title=habit.title(person.language))]


SUBJECTS: tuple[Lines, ...] = (reminders_today, cards_today, habit_today)
"""Whoever has something for the day, in the order in which it is said."""


@router.message(Command("today"))
async def today(
    message: Message,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """/today."""

    def answer(db: Db) -> None:
        zone = person.timezone or default_zone
        key = f"answer:{message.chat.id}:{message.message_id}"
        said = _paused(person, now, zone) or day_of(db, person, now, zone)
        replies.send(db, key=key, chat_id=message.chat.id, said=said, now=now)
        ask_once(db, person, now, default_zone)

    await store.write(answer)
    work.nudge("send")


def day_of(db: Db, person: Person, now: datetime, zone: str) -> Said:
    """All that is planned, or that nothing is."""
    lines = [line for subject in SUBJECTS for line in subject(db, person, now, zone)]
    said = Said().line(say(person.language, "times.today.title"), Style.BOLD)
    return said.add("\n".join(lines) or say(person.language, "times.today.nothing"))


def date_words(language: str, instant: datetime, zone: str) -> str:
    """The day in a zone, as people say it."""
    return format_date(local(instant, zone).date(), "d MMMM", locale=language)


def _paused(person: Person, now: datetime, zone: str) -> str | None:
    if person.pause is None or not person.paused(now):
        return None
    if person.pause.until is None:
        return say(person.language, "times.today.paused_open")
    day = date_words(person.language, person.pause.until, zone)
    return say(person.language, "times.today.paused", day=day)
