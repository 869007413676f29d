"""/export: everything that is kept about a person, as an archive made in a job."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import IO, Any
from zoneinfo import ZoneInfo

from aiogram import Bot, F, Router
from aiogram.enums import ChatAction
from aiogram.filters import Command
from aiogram.types import Message

from coach import pictures
from coach.texts import say
from handlers.chat import replies
from handlers.chat.presses import reply
from handlers.chat.work import Work, finish
from handlers.habits.months import Draw, drawn, month_number, month_of
from handlers.habits.weeks import weeks_of
from handlers.leaving.belongings import File, files_of
from handlers.leaving.parcels import packed
from storage import Db, Store, jobs, people
from storage.jobs import Job
from storage.people import Person

router = Router(name="takeouts")
router.message.filter(F.chat.type == "private")

TAKEOUT = "takeout"
"""The kind of job that packs."""

MOST_PICTURES = 24
"""Months that are drawn, the last ones."""


@router.message(Command("export"))
async def export_asked(
    message: Message, store: Store, person: Person, now: datetime, work: Work
) -> None:
    """Packed in a job, since much of it takes a while."""
    key = f"{message.chat.id}:{message.message_id}"
    await reply(message, store, now, work, lambda db: (order(db, person, key, now), ()))
    work.nudge(TAKEOUT)


def order(db: Db, person: Person, key: str, now: datetime) -> str:
    """Queues the packing, once at a time; what to say of it."""
    lane = str(person.id)
    if not jobs.unfinished(db, TAKEOUT, lane):
        jobs.add(db, kind=TAKEOUT, key=key, lane=lane, payload={}, due_at=now)
    return say(person.language, "takeouts.packing")


async def pack(
    job: Job,
    *,
    store: Store,
    bot: Bot,
    now: datetime,
    work: Work,
    draw: Draw,
    default_zone: str = "UTC",
    **_: Any,
) -> None:
    """Draws the months, packs in a reader's thread, and sends the parts."""
    person = await store.read(people.get, int(job.lane or 0))
    if person is None:  # forgotten in the meantime
        await store.write(finish, job, now)
        return
    await bot.send_chat_action(person.chat_id, ChatAction.UPLOAD_DOCUMENT)
    with ExitStack() as stack:
        for part in (parts := await parts_of(store, person, draw, now, default_zone)):
            stack.enter_context(part)
        await store.write(_send, job, person, parts, now)
    work.nudge("send")


async def parts_of(
    store: Store, person: Person, draw: Draw, now: datetime, default_zone: str
) -> list[IO[bytes]]:
    """The archives, open; they vanish when they are closed."""
    months = await store.read(_months, person, now, default_zone)
    shown = [(path, await drawn(draw, svg)) for path, svg in months]
    made = [(path, picture) for path, picture in shown if picture]
    zone = ZoneInfo(person.timezone or default_zone)
    return await store.read(_packed, person, made, zone, now)


def _packed(
    db: Db, person: Person, shown: Sequence[File], zone: ZoneInfo, now: datetime
) -> list[IO[bytes]]:
    return packed(files_of(db, person, shown, zone, now), now)


def _months(db: Db, person: Person, now: datetime, default_zone: str) -> list[tuple[str, str]]:
    """The pictures of the months in which something was done, as SVG with their paths."""
    mine = weeks_of(db, person, now, default_zone)
    this = month_of(mine, month_number(mine.today), "")
    known = sorted({*map(_first, this.days), *map(_first, this.weeks)})[-MOST_PICTURES:]
    return [
        (f"progress/{day:%Y-%m}.png", pictures.month(replace(this, month=day), person.language))
        for day in known
        if day <= mine.today
    ]


def _first(day: date) -> date:
    return day - timedelta(days=day.day - 1)


def _send(db: Db, job: Job, person: Person, parts: Sequence[IO[bytes]], now: datetime) -> None:
    """The parts, and the end of the job."""
    language, of = person.language, len(parts)
    for number, part in enumerate(parts, start=1):
        part.seek(0)
        named = f"-{number}-of-{of}" if of > 1 else ""
        caption = say(language, "takeouts.caption" if number == 1 else "takeouts.more")
        if of > 1:
            caption += " " + say(language, "takeouts.part", number=number, of=of)
        replies.send_file(
            db,
            key=f"takeout:{job.key}:{number}",
            chat_id=person.chat_id,
            filename=f"sogood-{now:%Y-%m-%d}{named}.zip",
            data=part.read(),
            caption=caption,
            now=now,
        )
    finish(db, job, now)


def gave_up(db: Db, job: Job, now: datetime) -> None:
    """It could not be packed: says so, in the transaction that gives the job up."""
    person = people.get(db, int(job.lane or 0))
    if person:
        said = say(person.language, "takeouts.gave_up")
        replies.send(db, key=f"takeout:{job.key}", chat_id=person.chat_id, said=said, now=now)
