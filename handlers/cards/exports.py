"""Cards as a file to take along: for Anki with progress, or as a table."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery

from coach.anki import tables
from coach.anki.contents import PackedNote
from coach.studydays import study_day
from coach.texts import say
from handlers.chat import replies
from handlers.chat.presses import tell_below
from handlers.chat.replies import Button
from handlers.chat.work import Work
from storage import Db, Store, notes
from storage.anki import writing
from storage.people import Person

router = Router(name="exports")
router.callback_query.filter(F.message.chat.type == "private")

MAX_FILE = 50_000_000
"""Bytes; Telegram takes no larger file from a bot."""


class Form(StrEnum):
    """What the cards are taken along as; ASK asks."""

    ASK = "ask"
    ANKI = "anki"
    TABLE = "table"


class ExportButton(CallbackData, prefix="export"):
    """A button that gives cards as a file."""

    form: Form


@dataclass(frozen=True, slots=True)
class File:
    """A file of cards, how many notes are in it, and the ending of its name."""

    data: bytes
    count: int
    ending: str


def export_button(language: str) -> Button:
    """The way in, from the decks."""
    return _button(language, "export", Form.ASK)


@router.callback_query(ExportButton.filter(F.form == Form.ASK))
async def asked(
    callback: CallbackQuery, store: Store, person: Person, now: datetime, work: Work
) -> None:
    """As what?"""
    language = person.language
    rows = [[_button(language, form.value, form)] for form in (Form.ANKI, Form.TABLE)]
    said = say(language, "exports.ask")
    await tell_below(callback, store, now, work, lambda _db: (said, rows))


@router.callback_query(ExportButton.filter())
async def chosen(
    callback: CallbackQuery,
    callback_data: ExportButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """The file. It is made while the press is answered already, since a large one takes seconds."""
    await callback.answer()
    zone = ZoneInfo(person.timezone or default_zone)
    file = await store.read(WRITERS[callback_data.form], person, zone, now)
    await store.write(_send, f"press:{callback.id}", person, callback_data.form, file, zone, now)
    work.nudge("send")


def _send(
    db: Db, key: str, person: Person, form: Form, file: File, zone: ZoneInfo, now: datetime
) -> None:
    """The file with a word about it, or why there is none."""
    chat_id, language = person.chat_id, person.language
    if not file.count or len(file.data) > MAX_FILE:
        said = say(language, "exports.too_big" if file.count else "exports.none")
        replies.send(db, key=key, chat_id=chat_id, said=said, now=now)
        return
    replies.send_file(
        db,
        key=key,
        chat_id=chat_id,
        filename=f"sogood-{study_day(now, zone)}.{file.ending}",
        data=file.data,
        caption=say(language, f"exports.{form}", count=file.count),
        now=now,
    )


def _for_anki(db: Db, person: Person, zone: ZoneInfo, now: datetime) -> File:
    count = len(notes.of_person(db, person.id))
    return File(writing.package(db, person.id, zone=zone, now=now) or b"", count, "apkg")


def _as_table(db: Db, person: Person, _zone: ZoneInfo, _now: datetime) -> File:
    mine = notes.of_person(db, person.id)
    packed = (
        PackedNote(
            kind=note.kind,
            front=note.front,
            back=note.back,
            tags=note.tags,
            deck=writing.deck_name(note.deck, note.source),
            guid=note.guid,
        )
        for note in mine
    )
    return File(tables.written(packed, person.language), len(mine), "csv")


WRITERS: dict[Form, Callable[[Db, Person, ZoneInfo, datetime], File]] = {
    Form.ANKI: _for_anki,
    Form.TABLE: _as_table,
}
"""How each file is made."""


def _button(language: str, name: str, form: Form) -> Button:
    return say(language, f"exports.button.{name}"), ExportButton(form=form).pack()
