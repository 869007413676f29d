"""The month as a picture: what was made on which day, in private and to be shared as one likes."""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from datetime import date, datetime, timedelta

from aiogram import F, Router
from aiogram.types import CallbackQuery
from babel.dates import format_date

from coach import pictures
from coach.pictures import Day, DrawingError, MonthFacts
from coach.texts import say
from coach.wallclock import local
from handlers.chat import replies
from handlers.chat.replies import Rows
from handlers.chat.work import Work
from handlers.habits.habit_buttons import Look, WallButton, month_button
from handlers.habits.weeks import Weeks, weeks_of
from storage import Db, Store, grades, letters, proofs
from storage.people import Person

router = Router(name="months")
router.callback_query.filter(F.message.chat.type == "private")

Draw = Callable[[str], Awaitable[bytes]]
"""Turns SVG into PNG (bot/drawing.py)."""

MONTHS = 12
"""Months in a year; a month is counted by one number in a button, 0 standing for this one."""


@router.callback_query(WallButton.filter(F.look == Look.MONTH))
async def month(
    callback: CallbackQuery,
    callback_data: WallButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    draw: Draw,
    default_zone: str = "UTC",
) -> None:
    """The picture of a month; without a picture, what it would have said."""

    def look(db: Db) -> tuple[MonthFacts, Rows]:
        mine = weeks_of(db, person, now, default_zone)
        facts = month_of(mine, callback_data.number, callback.from_user.first_name)
        return facts, _turns(facts, person.language)

    facts, rows = await store.read(look)
    words = pictures.caption(facts, person.language)
    picture = await drawn(draw, pictures.month(facts, person.language))
    await store.write(
        show_picture,
        key=f"month:{callback.id}",
        person=person,
        picture=picture,
        words=words,
        now=now,
        rows=rows,
    )
    work.nudge("send")
    await callback.answer()


def month_number(day: date) -> int:
    """The number that a button carries for the month of a day."""
    return day.year * MONTHS + day.month - 1


def first_day(number: int, begun: date, today: date) -> date:
    """The first day of a numbered month; of this month when that one holds nothing to see."""
    if not month_number(begun) <= number <= month_number(today):
        number = month_number(today)
    return date(number // MONTHS, number % MONTHS + 1, 1)


def month_of(mine: Weeks, number: int, name: str) -> MonthFacts:
    """What a numbered month holds, and all the days and weeks around it. `name` is the person's."""
    days, weeks = days_of(mine), {week.monday: week.state for week in mine.all()}
    return MonthFacts(
        month=first_day(number, _begun(days, weeks, mine.today), mine.today),
        today=mine.today,
        account=mine.account(),
        days=days,
        weeks=weeks,
        name=name,
    )


def days_of(mine: Weeks) -> dict[date, Day]:
    """What was done, by the person's local day; an answer to a card counts for its study day."""
    db, id = mine.db, mine.person.id
    made = Counter(proof.made_on for proof in proofs.wall(db, id))
    sent = Counter(local(at, mine.zone).date() for at in letters.sent_at(db, id))
    answered = grades.per_day(db, id, since=date.min)
    return {
        day: Day(made[day], sent[day], answered.get(day, 0)) for day in {*made, *sent, *answered}
    }


def _begun(days: Iterable[date], mondays: Iterable[date], today: date) -> date:
    """The first day that anything is known of."""
    return min([*days, *mondays], default=today)


def _turns(facts: MonthFacts, language: str) -> Rows:
    """The months before and after, where there is something to see."""
    first = facts.month
    after = (first + timedelta(days=32)).replace(day=1)
    turns: list[replies.Button] = []
    if _begun(facts.days, facts.weeks, facts.today) < first:
        turns.append(_turn(language, first - timedelta(days=1)))
    if after <= facts.today:
        turns.append(_turn(language, after))
    return [turns]


def _turn(language: str, day: date) -> replies.Button:
    name = format_date(day, "LLLL", locale=language)
    return month_button(name[:1].upper() + name[1:], month_number(day))


async def drawn(draw: Draw, svg: str) -> bytes | None:
    """The picture as PNG; None when it can't be drawn, since its words can still be said."""
    try:
        return await draw(svg)
    except DrawingError:
        return None


def show_picture(
    db: Db,
    *,
    key: str,
    person: Person,
    picture: bytes | None,
    words: str,
    now: datetime,
    rows: Rows = (),
) -> None:
    """A picture with its words under it, in the person's own chat; or the words alone."""
    if picture is None:
        said = f"{say(person.language, 'pictures.not_drawn')}\n\n{words}"
        replies.send(db, key=key, chat_id=person.chat_id, said=said, now=now, rows=rows)
        return
    replies.send_photo(
        db, key=key, chat_id=person.chat_id, data=picture, caption=words, now=now, rows=rows
    )
