"""The digest of a cohort's week: drawn, said once on Sunday, and whenever somebody asks.

The picture is drawn in a job, between the tick that noticed the hour and the row that leaves.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import Message

from coach import digests
from coach.cohorts import State
from coach.digests import Digest
from coach.texts import say, speakable
from handlers.chat import replies
from handlers.chat.work import Work, finish
from handlers.cohorts import quizzes as handlers_quizzes
from handlers.cohorts.cohort_weeks import week_of
from handlers.cohorts.cohorts import thread_of
from handlers.cohorts.rounds import end_if_over
from handlers.habits.months import Draw, drawn
from handlers.reminders.reminders import Speech
from storage import Db, Store, cohorts, jobs, messages, quizzes
from storage.cohorts import Cohort
from storage.instants import from_ms, to_ms
from storage.jobs import Job
from storage.messages import Attachment
from storage.slots import StoredSlot

router = Router(name="digests")
router.message.filter(F.chat.type.in_({"group", "supergroup"}))

DIGEST = "digest"
"""The kind of job that draws a week and says it."""


def look_back(db: Db, stored: StoredSlot, now: datetime) -> Speech | None:
    """It is Sunday evening: the week is drawn next. Nothing outside of the round."""
    here = cohorts.at(db, stored.slot.chat_id, stored.slot.thread_id)
    week = here.calendar.week(stored.slot.local_date) if here else None
    if here is None or week is None or here.state is not State.RUNNING:
        return None
    jobs.add(
        db,
        kind=DIGEST,
        key=f"{here.id}:{here.round}:{week}",
        payload={"cohort": here.id, "week": week, "until": to_ms(stored.slot.fresh_until)},
        due_at=now,
    )
    return None


def quiz(db: Db, stored: StoredSlot, now: datetime) -> Speech | None:
    """The week's question, as a poll; a round that has run its weeks ends instead."""
    place = stored.slot.chat_id, stored.slot.thread_id
    here = cohorts.at(db, *place)
    day = stored.slot.local_date
    if here and end_if_over(db, here, now):
        return None
    if here and here.state is State.RUNNING and here.calendar.week(day):
        handlers_quizzes.ask(db, place[0], place[1] or None, day, now)
    return None


async def say_digest(
    job: Job, *, store: Store, now: datetime, work: Work, draw: Draw, **_: Any
) -> None:
    """Draws the week and says it, at most once; without a picture the words alone."""
    found = await store.read(_told, job.payload["cohort"], job.payload["week"], now)
    picture = await drawn(draw, found[1]) if found else None

    def say_it(db: Db) -> None:
        if found:
            here, _, words = found
            key = f"digest:{here.id}:{here.round}:{job.payload['week']}"
            until = from_ms(job.payload["until"])
            _say(db, here, key, picture, words, now, until=until)
        finish(db, job, now)

    await store.write(say_it)
    work.nudge("remind")


@router.message(Command("digest"))
async def digest_asked(
    message: Message, store: Store, now: datetime, work: Work, draw: Draw
) -> None:
    """/digest: how the week stands by now. Without a cohort nobody has chosen the group's language,
    so whoever asks is answered in their own."""
    own = speakable(message.from_user.language_code if message.from_user else None)

    def look(db: Db) -> tuple[Cohort, str, str] | None:
        here = cohorts.at(db, message.chat.id, thread_of(message))
        week = here.calendar.week_at(now) if here else None
        return _told(db, here.id, week, now) if here and week else None

    found = await store.read(look)
    picture = await drawn(draw, found[1]) if found else None
    key = f"answer:{message.chat.id}:{message.message_id}"

    def answer(db: Db) -> None:
        if found:
            _say(db, found[0], key, picture, found[2], now)
            return
        here = cohorts.at(db, message.chat.id, thread_of(message))
        replies.send(
            db,
            key=key,
            chat_id=message.chat.id,
            thread_id=thread_of(message) or None,
            said=say(here.language if here else own, "digests.no_week"),
            now=now,
        )

    await store.write(answer)
    work.nudge("send")


def _told(db: Db, cohort_id: int, week: int, now: datetime) -> tuple[Cohort, str, str] | None:
    """The cohort, the picture as SVG and its words; None when the cohort is gone."""
    here = cohorts.get(db, cohort_id)
    if here is None:
        return None
    so_far = [week_of(db, here, number, now) for number in range(1, week + 1)]
    digest = Digest(here.title, here.calendar.weeks, so_far)
    words = digests.caption(digest, here.language, _quiz_line(db, here, week))
    return here, digests.picture(digest, here.language), words


def say_anew(db: Db, here: Cohort, mondays: Collection[date], now: datetime) -> None:
    """The words under the pictures of these weeks as they are now: somebody's name is out of
    them. The pictures stay; two initials in a disc are all that they show."""
    for monday in sorted(mondays):
        week = here.calendar.week(monday)
        key = f"digest:{here.id}:{here.round}:{week}"
        if week is None or messages.message_id(db, key) is None:
            continue
        told = _told(db, here.id, week, now)
        params = {"chat_id": here.chat_id, "message_id": {"of": key}}
        messages.add(
            db,
            key=f"{key}:anew:{now.timestamp()}",
            chat_id=here.chat_id,
            method="editMessageCaption",
            params=params | {"caption": told[2] if told else ""},
            now=now,
        )


def _quiz_line(db: Db, here: Cohort, week: int) -> list[str]:
    asked = [
        one
        for one in quizzes.since(db, here.chat_id, here.calendar.monday(week))
        if (one.thread_id or 0) == here.thread_id and one.voters
    ]
    if not asked:
        return []
    last = asked[-1]
    return [say(here.language, "digests.quiz", knew=last.knew, voters=last.voters)]


def _say(
    db: Db,
    here: Cohort,
    key: str,
    picture: bytes | None,
    words: str,
    now: datetime,
    *,
    until: datetime | None = None,
) -> None:
    """The picture with its words in the cohort's place; at most once when there is an `until`."""
    params: dict[str, Any] = {"chat_id": here.chat_id, "caption" if picture else "text": words}
    if here.thread_id:
        params["message_thread_id"] = here.thread_id
    messages.add(
        db,
        key=key,
        chat_id=here.chat_id,
        method="sendPhoto" if picture else "sendMessage",
        params=params,
        now=now,
        attachment=Attachment("photo", "digest.png", picture) if picture else None,
        once=until is not None,
        until=until,
    )
