"""A quiz in a group: /quiz asks a question of the starter cards, once a day, and counts the votes.

The poll is anonymous: nobody sees who erred, and neither do we.
"""

from datetime import date, datetime
from typing import Any

from aiogram import Bot, F, Router
from aiogram.enums import ChatMemberStatus
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command, CommandObject
from aiogram.types import Message, Poll

from coach.quizzes import OPEN_FOR, Question, choose, question, quizzable, topic_named
from coach.starters import topic_key
from coach.texts import LANGUAGES, say, speakable
from coach.wallclock import local
from handlers.chat import replies
from handlers.chat.presses import tell
from handlers.chat.work import Work
from storage import Db, Store, cohorts, messages, quizzes
from storage.people import Person
from storage.quizzes import Quiz

router = Router(name="quizzes")

LEADERS = frozenset({ChatMemberStatus.CREATOR, ChatMemberStatus.ADMINISTRATOR})


@router.message(Command("quiz"), F.chat.type == "private")
async def quiz_alone(
    message: Message, store: Store, person: Person, now: datetime, work: Work
) -> None:
    """Where quizzes are played."""
    await tell(store, message, say(person.language, "quizzes.private"), now, work)


@router.message(Command("quiz"), F.chat.type.in_({"group", "supergroup"}))
async def quiz_group(
    message: Message,
    command: CommandObject,
    bot: Bot,
    store: Store,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """Today's question; "/quiz metrics" asks about a topic."""
    leads, wanted = await _leads(bot, message), command.args
    today = local(now, default_zone).date()

    def act(db: Db) -> None:
        if not leads:
            return _answer(db, message, "quizzes.admins", now)
        topic = topic_named(wanted) if wanted else None
        if wanted and topic is None:
            topics = _topics(_language(message))
            return _answer(db, message, "quizzes.no_topic", now, topic=wanted[:60], topics=topics)
        shown = quizzes.of_day(db, message.chat.id, today)
        if shown is None:
            asker = _language(message)
            thread_id = _thread(message)
            ask(db, message.chat.id, thread_id, today, message.date, topic=topic, asker=asker)
        elif shown.asked_at != message.date:  # else it is this very command, heard again
            _answer(db, message, "quizzes.already", now, about=shown)
        return None

    await store.write(act)
    work.nudge("send")


def ask(
    db: Db,
    chat_id: int,
    thread_id: int | None,
    day: date,
    now: datetime,
    topic: str | None = None,
    asker: str = LANGUAGES[0],
) -> Quiz | None:
    """Sends the chat its question of the day; None when it has had one. It is asked in the
    language of the cohort there, else in that of whoever asked for it."""
    card = choose(quizzes.asked(db, chat_id), chat_id=chat_id, topic=topic)
    spoken = [here.language for here in cohorts.in_chat(db, chat_id)]
    asked = question(card, chat_id=chat_id, language=spoken[0] if spoken else asker)
    quiz = quizzes.add(
        db,
        chat_id=chat_id,
        thread_id=thread_id,
        day=day,
        card=card,
        correct=asked.correct,
        now=now,
    )
    if quiz is not None:
        params = as_poll(asked, chat_id, thread_id)
        messages.add(db, key=quiz.key, chat_id=chat_id, method="sendPoll", params=params, now=now)
    return quiz


def as_poll(asked: Question, chat_id: int, thread_id: int | None) -> dict[str, Any]:
    """A question as the Bot API takes it."""
    return {
        "chat_id": chat_id,
        **({"message_thread_id": thread_id} if thread_id else {}),
        "question": asked.text,
        "options": [{"text": option} for option in asked.options],
        "type": "quiz",
        "is_anonymous": True,
        "correct_option_ids": [asked.correct],
        **({"explanation": asked.explanation} if asked.explanation else {}),
        "open_period": int(OPEN_FOR.total_seconds()),
    }


@router.poll()
async def voted(poll: Poll, store: Store) -> None:
    """How the votes stand now, and at the end."""

    def count(db: Db) -> None:
        if quiz := quizzes.by_poll(db, poll.id):
            knew = poll.options[quiz.correct].voter_count
            voters = poll.total_voter_count
            quizzes.count(db, quiz, voters=voters, knew=knew, closed=poll.is_closed)

    await store.write(count)


async def _leads(bot: Bot, message: Message) -> bool:
    """Whether an admin wrote it, by what Telegram says at this moment; an anonymous one writes in
    the group's name."""
    if message.sender_chat is not None:
        return message.sender_chat.id == message.chat.id
    if message.from_user is None:
        return False
    try:
        member = await bot.get_chat_member(message.chat.id, message.from_user.id)
    except TelegramBadRequest:
        return False
    return member.status in LEADERS


def _thread(message: Message) -> int | None:
    """The forum topic of a message; a plain group's reply threads are none."""
    return message.message_thread_id if message.is_topic_message else None


def _language(message: Message) -> str:
    return speakable(message.from_user.language_code if message.from_user else None)


def _topics(language: str) -> str:
    return ", ".join(say(language, topic_key(topic)) for topic in quizzable())


def _answer(
    db: Db, message: Message, key: str, now: datetime, about: Quiz | None = None, **facts: str
) -> None:
    """Says it in answer to the command, or to the quiz that it is about."""
    place = messages.message_id(db, about.key) if about else None
    replies.send(
        db,
        key=f"answer:{message.chat.id}:{message.message_id}",
        chat_id=message.chat.id,
        said=say(_language(message), key, **facts),
        now=now,
        reply_to=place or message.message_id,
        thread_id=_thread(message),
    )
