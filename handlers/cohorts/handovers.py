"""Handing a text over to its reader, and taking it back."""

from datetime import datetime, timedelta

from babel.dates import format_date

from coach.texts import say
from coach.wallclock import local
from handlers.chat import replies
from handlers.chat.formatting import Said, Style
from handlers.cohorts.peer_buttons import Read, read_button, write_to
from handlers.cohorts.peer_seats import Seat
from storage import Db, excerpts, jobs, members, messages, pairs, people
from storage.excerpts import Excerpt

LET_GO = "let_go"
"""The kind of job that takes a text back when its time is over."""

KEPT = timedelta(days=7)
"""How long a reader has a text."""


def hand_over(db: Db, here: Seat, draft: Excerpt, now: datetime) -> None:
    """The reader gets a draft, and the day on which it goes is set; a second time does nothing."""
    reader = people.get(db, here.reader.person_id)
    gone_at = now + KEPT
    if reader is None or not excerpts.give(db, draft.id, reader.id, now=now, gone_at=gone_at):
        return
    language = reader.language
    day = local(gone_at, reader.timezone or here.here.calendar.zone).date()
    named = format_date(day, "d MMMM", locale=language)
    answer = read_button(language, draft.id, Read.ANSWER)
    report = read_button(language, draft.id, Read.REPORT)
    write_to(
        db,
        reader,
        here.here,
        key=key_of(draft),
        said=to_read(here.mine.profile.name, named, language, draft.text),
        now=now,
        rows=[[answer, report]],
        protected=True,
    )
    jobs.add(
        db,
        kind=LET_GO,
        key=str(draft.id),
        payload={"excerpt": draft.id},
        due_at=gone_at,
        now=now,
    )


def to_read(name: str, day: str, language: str, text: str) -> Said:
    """A text as its reader sees it."""
    said = Said().line(say(language, "peers.read.title", name=name, day=day)).line()
    said.add(text, Style.QUOTE).line().line()
    return said.add(say(language, "peers.read.ask"))


def key_of(given: Excerpt) -> str:
    """By which the reader's message is known."""
    return f"excerpt:{given.id}"


def take_back(db: Db, given: Excerpt, why: str, now: datetime) -> None:
    """A text goes, here and in its reader's chat, where a line says so: Telegram lets a bot delete
    its message for 48 hours only, but change it at any time. A draft just goes."""
    reader = people.get(db, given.reader_id) if given.reader_id else None
    pair = pairs.get(db, given.pair_id)
    writer = members.get(db, pair.cohort_id, given.person_id) if pair else None
    if not excerpts.drop(db, given.id):
        return
    if reader and writer and not messages.withdraw(db, key_of(given)):
        replies.edit(
            db,
            key=f"gone:{given.id}",
            chat_id=reader.chat_id,
            message=key_of(given),
            said=say(reader.language, f"peers.gone.{why}", name=writer.profile.name),
            now=now,
        )
