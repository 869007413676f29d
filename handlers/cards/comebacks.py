"""Coming back after a long absence: paces to choose from, each with the day by which it ends."""

import asyncio
from datetime import date, datetime

from aiogram import F, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery

from coach.batches import is_behind
from coach.cards import Card
from coach.comebacks import Comeback, comebacks
from coach.comebacks import spoken as said_of_pace
from coach.texts import say
from handlers.cards.interviews import today_of
from handlers.chat.presses import show
from handlers.chat.replies import Button, Rows
from handlers.chat.work import Work
from storage import Db, Store, cards, studies
from storage.people import Person
from storage.studies import Study

router = Router(name="comebacks")
router.callback_query.filter(F.message.chat.type == "private")

MOST_A_DAY = 1000


class ComebackButton(CallbackData, prefix="comeback"):
    """`a_day` cards from now on; 0 asks for the paces, -1 ends the plan."""

    a_day: int


def comeback_button(language: str) -> Button:
    """The way to the paces, wherever many cards wait."""
    return say(language, "comebacks.button.plan"), ComebackButton(a_day=0).pack()


def pace_of(db: Db, person_id: int, study: Study, due: int) -> int | None:
    """The plan's pace while it is needed; a plan that has done its work ends by itself."""
    if study.comeback is None:
        return None
    if due <= study.limits.reviews:
        studies.change(db, person_id, comeback=None)
        return None
    return study.comeback


@router.callback_query(ComebackButton.filter(F.a_day == 0))
async def paces(
    callback: CallbackQuery,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """The paces, played ahead in a thread; the button is answered before."""
    await callback.answer()
    today = today_of(person, now, default_zone)
    study, known, due = await store.read(_deck, person.id, today)
    if not is_behind(due, study.limits):
        none = say(person.language, "comebacks.none")
        await show(callback, store, now, work, lambda _db: (none, ()))
        return
    choices = await asyncio.to_thread(
        comebacks,
        known,
        today=today,
        limits=study.limits,
        wishes=study.wishes,
        seed=f"{person.id}:{today}",
    )
    offered = say(person.language, "cards.comeback.offer", due=due)
    rows = [*_rows(choices, person.language)]
    await show(callback, store, now, work, lambda _db: (offered, rows))


@router.callback_query(ComebackButton.filter(F.a_day != 0))
async def pace_chosen(
    callback: CallbackQuery,
    callback_data: ComebackButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """A pace is taken, or the plan ends; an old button plans nothing where nothing waits."""

    today = today_of(person, now, default_zone)

    def choose(db: Db) -> tuple[str, Rows]:
        language, a_day = person.language, callback_data.a_day
        study, due = studies.get(db, person.id), cards.count(db, person.id, today).due
        if not 0 < a_day <= MOST_A_DAY:
            studies.change(db, person.id, comeback=None)
            return say(language, "comebacks.ended", reviews=study.limits.reviews), ()
        if study.comeback is None and not is_behind(due, study.limits):
            return say(language, "comebacks.none"), ()
        studies.change(db, person.id, comeback=a_day)
        stop = say(language, "comebacks.button.stop"), ComebackButton(a_day=-1).pack()
        return say(language, "comebacks.taken", a_day=a_day), [[stop]]

    await show(callback, store, now, work, choose)


def _deck(db: Db, person_id: int, today: date) -> tuple[Study, list[Card], int]:
    known = cards.known(db, person_id)
    due = cards.count(db, person_id, today).due
    return studies.get(db, person_id), known, due


def _rows(choices: tuple[Comeback, ...], language: str) -> Rows:
    return [
        [(said_of_pace(choice, language), ComebackButton(a_day=choice.a_day).pack())]
        for choice in choices
    ]
