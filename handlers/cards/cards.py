"""/cards: what there is to learn today, announced once a day, begun, put off or left out."""

from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from coach.batches import announcement, is_behind
from coach.reminders import Kind
from coach.studydays import study_day
from coach.texts import say
from handlers.cards import batches
from handlers.cards.batches import Today
from handlers.cards.card_buttons import CardsButton, Wish, cards_button, time_button
from handlers.cards.comebacks import comeback_button
from handlers.cards.deck_buttons import Turn, deck_button
from handlers.cards.sessions import Sitting, begin, going_on, nothing_left, sit
from handlers.cards.studies import settings_button
from handlers.chat.formatting import Said
from handlers.chat.presses import Told, reply
from handlers.chat.replies import Button, Rows
from handlers.chat.work import Work
from handlers.reminders.reminders import Speech, later_button
from storage import Db, Store, grades, notes, reminders, slots, studies
from storage.people import Person
from storage.slots import StoredSlot

router = Router(name="cards")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")


@router.message(Command("cards"))
async def cards_asked(
    message: Message,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """What there is today."""
    await reply(message, store, now, work, lambda db: overview(db, person, now, default_zone))


@router.callback_query(CardsButton.filter(F.wish == Wish.START))
async def started(
    callback: CallbackQuery,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """The first card; or the one that was reached, when a session is open."""
    await sit(callback, store, person, now, work, default_zone, begin)


@router.callback_query(CardsButton.filter(F.wish == Wish.SKIP))
async def skipped(
    callback: CallbackQuery,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """Nothing more is said of cards today."""

    def skip(sitting: Sitting) -> Told:
        slots.done(sitting.db, person.chat_id, Kind.SESSION, now)
        studies.change(sitting.db, person.id, skipped=sitting.day)
        start = cards_button(person.language, "start", Wish.START)
        return say(person.language, "sessions.skipped"), [[start]]

    await sit(callback, store, person, now, work, default_zone, skip)


def overview(db: Db, person: Person, now: datetime, zone: str) -> Told:
    """What is left of the day, with Start; how to begin, to somebody who has no cards."""
    language, day = person.language, batches.day_of(person, now, zone)
    if not notes.any_of(db, person.id):
        topics = deck_button(say(language, "decks.button.topics"), Turn.TOPICS)
        return say(language, "decks.none"), [[topics]]
    session = going_on(db, person.id, day, now)
    today = batches.of_day(db, person.id, day)
    begin_: Rows = [[cards_button(language, "start", Wish.START)]]
    if session:
        number, total = session.position + 1, len(session.queue)
        said = say(language, "sessions.in_the_middle", number=number, total=total)
        begin_ = [[cards_button(language, "go_on", Wish.START)]]
    elif today.batch.cards:
        said = today.spoken(language)
    else:
        said, begin_ = "\n".join(nothing_left(db, person, now, zone)), []
    return said, [*begin_, _plan_row(language, today), *_ways(db, person)]


def _plan_row(language: str, today: Today) -> list[Button]:
    """The way to a plan, when much more waits than a day holds."""
    behind = is_behind(today.batch.due, today.study.limits) and today.study.comeback is None
    return [comeback_button(language)] if behind else []


def _ways(db: Db, person: Person) -> Rows:
    """The time of the reminder, the decks, and how cards come."""
    language, plan = person.language, reminders.plan_of(db, person.chat_id, Kind.SESSION)
    label = "sessions.button.time" if plan else "sessions.button.no_time"
    at = f"{plan.at:%H:%M}" if plan else ""
    decks = deck_button(say(language, "sessions.button.decks"), Turn.DECKS)
    return [[time_button(say(language, label, time=at)), decks], [settings_button(language)]]


def remind(db: Db, person: Person, stored: StoredSlot, now: datetime) -> Speech | None:
    """The day's cards, once a day; nothing when there are none or the person wants none today."""
    day = study_day(now, ZoneInfo(person.timezone or stored.zone))
    today = batches.of_day(db, person.id, day)
    put_off = stored.rounds > 0
    silence = announcement(
        today.batch,
        today=day,
        last_session=grades.last_day(db, person.id),
        announced=None if put_off else today.study.announced,
        skipped=today.study.skipped,
        gathers_few=today.study.gathers_few,
    )
    if silence is not None:
        return None
    studies.change(db, person.id, announced=day)
    language = person.language
    start, skip = (
        cards_button(language, "start", Wish.START),
        cards_button(language, "skip", Wish.SKIP),
    )
    rows = [[start, later_button(person, stored, now)], [skip], _plan_row(language, today)]
    return Speech(Said(today.spoken(language)), rows)


def cards_today(db: Db, person: Person, now: datetime, zone: str) -> list[str]:
    """What is left of the day's cards, for /today."""
    today = batches.of_day(db, person.id, batches.day_of(person, now, zone))
    if not today.batch.cards or today.study.skipped == today.day:
        return []
    return [say(person.language, "sessions.today", batch=today.spoken(person.language))]
