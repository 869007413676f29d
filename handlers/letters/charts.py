"""The letters and the week as pictures: how a letter has grown, and one card worth showing."""

from collections.abc import Sequence
from datetime import date, datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from coach import letter_pictures, walls, week_pictures
from coach.letter_pictures import LetterFacts, VersionFacts
from coach.wallclock import local
from coach.week_pictures import WeekFacts
from coach.weeks import monday_of
from handlers.chat.replies import Button, Rows
from handlers.chat.work import Work
from handlers.habits.habit_buttons import Look, WallButton
from handlers.habits.months import Draw, days_of, drawn, show_picture
from handlers.habits.weeks import Weeks, weeks_of
from handlers.letters.recognition import title_of
from handlers.reviews.answers import shortened
from storage import Db, Store, letters, proofs, reviews
from storage.letters import Letter
from storage.people import Person

router = Router(name="charts")
router.callback_query.filter(F.message.chat.type == "private")

OTHERS = 4
"""Further letters that a button leads to."""

LABEL = 24
"""Characters of a title on such a button."""


@router.callback_query(WallButton.filter(F.look == Look.LETTERS))
async def letter(
    callback: CallbackQuery,
    callback_data: WallButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    draw: Draw,
    default_zone: str = "UTC",
) -> None:
    """The versions of a letter side by side; the one touched last, unless a button names one."""
    await callback.answer()
    zone = person.timezone or default_zone

    def look(db: Db) -> tuple[LetterFacts, Rows]:
        mine = letters.of_person(db, person.id, OTHERS + 1)
        chosen = letters.get(db, callback_data.number, person.id) or next(iter(mine), None)
        if chosen is None:
            return LetterFacts("", []), ()
        return letter_of(db, chosen, person, zone), _others(db, mine, chosen, person.language)

    facts, rows = await store.read(look)
    await store.write(
        show_picture,
        key=f"letter-picture:{callback.id}",
        person=person,
        picture=await drawn(draw, letter_pictures.letter(facts, person.language)),
        words=letter_pictures.caption(facts, person.language),
        now=now,
        rows=rows,
    )
    work.nudge("send")


def letter_of(db: Db, letter: Letter, person: Person, zone: str) -> LetterFacts:
    """What a letter's picture needs: every version that was read, and the slips that come back."""
    newest = letters.newest_of_each(db, person.id)
    read = [found.review for one in newest if (found := reviews.latest(db, one.id))]
    return LetterFacts(
        title_of(db, letter, person.language),
        _versions(db, letter, zone),
        letter_pictures.repeated(read),
    )


def _versions(db: Db, letter: Letter, zone: str) -> Sequence[VersionFacts]:
    return [
        letter_pictures.version_facts(
            one.number, local(one.created_at, zone).date(), one.text, found.review
        )
        for one in reversed(letters.of_letter(db, letter.id))
        if (found := reviews.latest(db, one.id))
    ]


def _others(db: Db, mine: Sequence[Letter], chosen: Letter, language: str) -> Rows:
    """A button for each further letter."""
    return [
        [_letter_button(shortened(title_of(db, one, language), LABEL), one)]
        for one in mine
        if one.id != chosen.id
    ][:OTHERS]


def _letter_button(label: str, letter: Letter) -> Button:
    return label, WallButton(look=Look.LETTERS, number=letter.id).pack()


@router.callback_query(WallButton.filter(F.look == Look.WEEK))
async def week(
    callback: CallbackQuery,
    callback_data: WallButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    draw: Draw,
    default_zone: str = "UTC",
) -> None:
    """This week's card, or that of the week whose Monday a button names by its ordinal."""
    await callback.answer()

    def look(db: Db) -> WeekFacts:
        mine = weeks_of(db, person, now, default_zone)
        return week_of(mine, callback_data.number, callback.from_user.first_name)

    facts = await store.read(look)
    await store.write(
        show_picture,
        key=f"week-card:{callback.id}",
        person=person,
        picture=await drawn(draw, week_pictures.week(facts, person.language)),
        words=week_pictures.caption(facts, person.language),
        now=now,
    )
    work.nudge("send")


def week_of(mine: Weeks, ordinal: int, name: str) -> WeekFacts:
    """What a week's card holds; a week ahead, and none at all, stand for the one of today."""
    this = monday_of(mine.today)
    named = monday_of(date.fromordinal(ordinal)) if 1 <= ordinal <= this.toordinal() else this
    made = [
        walls.in_words(mine.person.language, proof)
        for proof in proofs.wall(mine.db, mine.person.id)
        if monday_of(proof.made_on) == named
    ]
    return WeekFacts(named, days_of(mine), made, mine.account(), name)
