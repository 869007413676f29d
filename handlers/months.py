"""The month as a picture: what was made on which day, in private and to be shared as one likes."""

from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta

from aiogram import F, Router
from aiogram.types import CallbackQuery
from babel.dates import format_date

from coach import pictures
from coach.pictures import Day, DrawingError, MonthFacts
from coach.texts import say
from coach.wallclock import local
from handlers import replies
from handlers.habit_buttons import Look, WallButton, month_button
from handlers.replies import Rows
from handlers.weeks import Weeks, weeks_of
from handlers.work import Work
from storage import Db, Store, grades, letters, proofs
from storage.people import Person

router = Router(name="months")
router.callback_query.filter(F.message.chat.type == "private")

Draw = Callable[[str], Awaitable[bytes]]
"""Turns SVG into PNG (bot/drawing.py)."""

MONTHS = 12
"""Months in a year; a month is counted by one number in a button."""


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
        facts = month_of(mine, first_day(callback_data.number, mine.today))
        return facts, _turns(mine, facts.month)

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


def first_day(number: int, today: date) -> date:
    """The first day of a numbered month; this month's when there is no such month yet."""
    number = number if 0 < number <= month_number(today) else month_number(today)
    return date(number // MONTHS, number % MONTHS + 1, 1)


def month_of(mine: Weeks, first: date) -> MonthFacts:
    """What the month that begins on `first` holds."""
    return MonthFacts(
        month=first,
        today=mine.today,
        account=mine.account(),
        days=_days(mine, first),
        weeks={week.monday: week.state for week in mine.all()},
    )


def _days(mine: Weeks, first: date) -> dict[date, Day]:
    made = Counter(proof.made_on for proof in proofs.wall(mine.db, mine.person.id))
    sent = Counter(
        local(letter.created_at, mine.zone).date()
        for letter in letters.of_person(mine.db, mine.person.id)
    )
    answered = grades.per_day(mine.db, mine.person.id, first)
    return {
        day: Day(made[day], sent[day], answered.get(day, 0)) for day in {*made, *sent, *answered}
    }


def _turns(mine: Weeks, first: date) -> Rows:
    """The months before and after, where there is something to see."""
    before, after = first - timedelta(days=1), (first + timedelta(days=32)).replace(day=1)
    turns: list[replies.Button] = []
    if _begun(mine) < first:
        turns.append(_turn(mine.person.language, before))
    if after <= mine.today:
        turns.append(_turn(mine.person.language, after))
    return [turns]


def _begun(mine: Weeks) -> date:
    """The first day that anything is known of."""
    days = [
        *(proof.made_on for proof in proofs.wall(mine.db, mine.person.id)),
        *(week.monday for week in mine.all()),
        *(
            local(one.created_at, mine.zone).date()
            for one in letters.of_person(mine.db, mine.person.id)
        ),
    ]
    return min(days, default=mine.today)


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
