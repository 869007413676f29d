"""Checking in from within the group: an answer with a link, /checkin, /away.

What is heard gets a thumb, and shows in the week's message; the group gets no message more.
"""

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from coach.cohorts import Membership, Role
from coach.cohorts import State as Stage
from coach.proofs import Evidence, ProofError, read
from coach.texts import say
from handlers.chat import replies
from handlers.chat.work import Work
from handlers.cohorts.checkins import check_in, say_it, seat_of
from handlers.cohorts.cohort_buttons import Say, WeekButton
from handlers.cohorts.cohort_weeks import show_week
from handlers.cohorts.cohorts import thread_of
from storage import Db, Store, cohorts, members, messages
from storage.people import Person

router = Router(name="group_checkins")
router.message.filter(F.chat.type.in_({"group", "supergroup"}))


@router.message(F.reply_to_message, F.text, ~F.text.startswith("/"))
async def answered_in_group(
    message: Message,
    bot: Bot,
    store: Store,
    now: datetime,
    work: Work,
    person: Person | None = None,
    default_zone: str = "UTC",
) -> None:
    """An answer to the bot's own message with a link: a check-in, seen by a thumb and by the
    week's message. Anything else is the group's own talk."""
    answered = message.reply_to_message
    ours = answered and answered.from_user and answered.from_user.id == bot.id
    evidence = _link_in(message.text or "")
    if not ours or person is None or evidence is None:
        return
    await _check_in_there(message, evidence, store, person, now, work, default_zone)


@router.message(Command("checkin"))
async def checkin_in_group(
    message: Message,
    command: CommandObject,
    store: Store,
    now: datetime,
    work: Work,
    person: Person | None = None,
    default_zone: str = "UTC",
) -> None:
    """/checkin and a link, in the group."""
    evidence = _link_in(command.args or "")
    language = person.language if person else "en"
    if not await store.read(_is_running, message):
        await _tell_there(message, say(language, "digests.no_week"), store, now, work)
    elif person is None or evidence is None:
        await _tell_there(message, say(language, "weeks.how"), store, now, work)
    else:
        await _check_in_there(message, evidence, store, person, now, work, default_zone)


def _is_running(db: Db, message: Message) -> bool:
    """Whether a cohort is in its weeks where the message stands."""
    here = cohorts.at(db, message.chat.id, thread_of(message))
    return here is not None and here.state is Stage.RUNNING


async def _check_in_there(
    message: Message,
    evidence: Evidence,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str,
) -> None:
    def take(db: Db) -> None:
        here = cohorts.at(db, message.chat.id, thread_of(message))
        member = members.get(db, here.id, person.id) if here else None
        if here is None or member is None or member.state is not Membership.ACTIVE:
            return
        if here.state is not Stage.RUNNING or member.role is Role.MENTOR:
            return
        cause = f"{message.chat.id}:{message.message_id}"
        check_in(db, here, member, person, evidence, None, now, cause, default_zone)
        _thumb(db, message, now)

    await store.write(take)
    work.nudge("send")


def _thumb(db: Db, message: Message, now: datetime) -> None:
    """Seen, without a message more in the group."""
    messages.add(
        db,
        key=f"thumb:{message.chat.id}:{message.message_id}",
        chat_id=message.chat.id,
        method="setMessageReaction",
        params={
            "chat_id": message.chat.id,
            "message_id": message.message_id,
            "reaction": [{"type": "emoji", "emoji": "👍"}],
        },
        now=now,
    )


def _link_in(text: str) -> Evidence | None:
    """A proof with a link; in a group a sentence alone is talk."""
    try:
        evidence = read(text)
    except ProofError:
        return None
    return evidence if evidence.link else None


@router.message(Command("away"))
async def away_in_group(
    message: Message,
    store: Store,
    now: datetime,
    work: Work,
    person: Person | None = None,
) -> None:
    """/away in the group: this week off, or back again; a thumb says that it was heard."""
    if person is None:
        return
    if not await store.read(_has_week, message, now):
        said = say(person.language, "digests.no_week")
        await _tell_there(message, said, store, now, work)
        return

    def away(db: Db) -> None:
        here = cohorts.at(db, message.chat.id, thread_of(message))
        week = here.calendar.week_at(now) if here else None
        if here is None or week is None:
            return
        pressed = WeekButton(cohort=here.id, say=Say.AWAY, week=week)
        seat = seat_of(db, person, pressed, here.chat_id, now)
        if isinstance(seat, str):
            return
        say_it(db, seat, person, Say.AWAY, now)
        show_week(db, here, week, now, f"{message.chat.id}:{message.message_id}")
        _thumb(db, message, now)

    await store.write(away)
    work.nudge("send")


def _has_week(db: Db, message: Message, now: datetime) -> bool:
    here = cohorts.at(db, message.chat.id, thread_of(message))
    return here is not None and here.calendar.week_at(now) is not None


async def _tell_there(message: Message, said: str, store: Store, now: datetime, work: Work) -> None:
    """An answer where the question was asked, in its topic."""
    await store.write(
        replies.send,
        key=f"answer:{message.chat.id}:{message.message_id}",
        chat_id=message.chat.id,
        thread_id=thread_of(message) or None,
        said=said,
        now=now,
    )
    work.nudge("send")
