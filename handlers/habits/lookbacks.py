"""Sunday's review of the week: how it stands, what was made, what could still be."""

from collections.abc import Sequence
from datetime import date, datetime

from coach.habits import habits as catalogue
from coach.reminders import Kind
from coach.texts import say
from coach.weeks import State, monday_of
from handlers.chat.formatting import Said, Style
from handlers.chat.replies import Rows
from handlers.habits.crafts import look_back
from handlers.habits.habit_buttons import Look, Press, nudge_button, wall_button
from handlers.habits.weeks import Weeks
from handlers.reminders.reminders import Speech
from storage import Db, habits, letters, proofs, slots
from storage.habits import HabitWeek
from storage.people import Person
from storage.slots import StoredSlot


def lookback(db: Db, person: Person, stored: StoredSlot, now: datetime) -> Speech | None:
    """Sunday's review of the week; whoever was silent all week is left in peace, since a second
    unanswered message a week is one too many."""
    mine = Weeks(db, person, stored.zone, now)
    monday = monday_of(stored.slot.local_date)
    week = habits.week(db, person.id, monday)
    made = proofs.of_week(db, person.id, monday)
    quarterly = look_back(db, person, stored.slot.local_date)
    took_part = week is not None and not slots.ignored(db, person.chat_id, Kind.NUDGE)
    if mine.today > stored.slot.local_date:
        return None  # a new week has begun, and its nudge says how the last one went
    if not (made or took_part) or (week and week.state is State.SKIPPED):
        return Speech(*quarterly) if quarterly else None
    said = Said().line(say(person.language, "habits.review.title"), Style.BOLD)
    for line in _review_lines(mine, week, made):
        said.line(line)
    rows = [*_review_rows(person.language, week, monday)]
    if quarterly:
        said.line().join(quarterly[0])
        rows += quarterly[1]
    return Speech(said, rows)


def _review_lines(mine: Weeks, week: HabitWeek | None, made: int) -> Sequence[str]:
    """How the week stands, what was made, and what could still be."""
    language, account = mine.person.language, mine.account()
    lines = [_week_line(language, week)]
    if account.returned:
        lines.append(say(language, "habits.review.returned"))
    if made:
        lines.append(say(language, "habits.review.proofs", count=made))
    if sent := _letters_since(mine, monday_of(mine.today)):
        counted = say(language, "habits.review.letters", count=sent)
        lines.append(say(language, "habits.review.letters_too", letters=counted))
    if account.streak:
        streak = say(language, "progress.weeks", count=account.streak)
        reserves = say(language, "progress.reserves", count=account.reserves)
        lines.append(say(language, "habits.review.standing", streak=streak, reserves=reserves))
    if week is None or week.state is State.DONE:
        lines += ["", say(language, "habits.review.question")]
    return lines


def _week_line(language: str, week: HabitWeek | None) -> str:
    habit = catalogue().get(week.habit_id or "") if week else None
    if habit is None or week is None:
        return say(language, "habits.review.done_plain")
    title = habit.title(language)
    if week.state is State.DONE:
        return say(language, "habits.review.done", title=title)
    if week.claimed_at:
        return say(language, "habits.review.claimed")
    return say(language, "habits.review.open", title=title)


def _letters_since(mine: Weeks, monday: date) -> int:
    """Letters that were sent since a Monday, by its date (UTC): it is a number to enjoy."""
    sent = letters.of_person(mine.db, mine.person.id)
    return sum(letter.created_at.date() >= monday for letter in sent)


def _review_rows(language: str, week: HabitWeek | None, monday: date) -> Rows:
    if week is None or week.state is State.DONE:
        week_card = wall_button(language, "week", Look.WEEK, monday.toordinal())
        return [[wall_button(language, "add", Look.ADD)], [week_card]]
    return [
        [
            nudge_button(language, "done", Press.DONE, monday),
            nudge_button(language, "skip_week", Press.SKIP, monday),
        ]
    ]
