"""The deck as a picture: what is remembered today, and what falls due."""

import asyncio
from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from coach import deck_pictures
from coach.cards import Card
from handlers.cards.interviews import today_of
from handlers.chat.work import Work
from handlers.habits.habit_buttons import Look, WallButton
from handlers.habits.months import Draw, drawn, show_picture
from storage import Db, Store, cards, studies
from storage.people import Person

router = Router(name="memories")
router.callback_query.filter(F.message.chat.type == "private")


@router.callback_query(WallButton.filter(F.look == Look.MEMORY))
async def memory(
    callback: CallbackQuery,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    draw: Draw,
    default_zone: str = "UTC",
) -> None:
    """The picture of all cards with its words; reckoned in a thread, since a deck can be large."""
    await callback.answer()
    today = today_of(person, now, default_zone)

    def look(db: Db) -> tuple[list[Card], studies.Study]:
        return cards.of_person(db, person.id), studies.get(db, person.id)

    every, study = await store.read(look)
    facts = await asyncio.to_thread(
        deck_pictures.deck_of, every, today, study.wishes, study.interview
    )
    await store.write(
        show_picture,
        key=f"memory:{callback.id}",
        person=person,
        picture=await drawn(draw, deck_pictures.deck(facts, person.language)),
        words=deck_pictures.caption(facts, person.language),
        now=now,
    )
    work.nudge("send")
