"""Cards from a file: read apart, shown before anything is kept, kept in small steps on a press."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery

from coach.additions import Written
from coach.anki.contents import Contents, PackedNote, packed, unpacked
from coach.anki.errors import PackageError
from coach.documents.document import safe_name
from coach.texts import say
from handlers.cards.card_times import ask_at_first
from handlers.cards.deck_buttons import say_deck
from handlers.cards.sides import short, sides
from handlers.chat import replies
from handlers.chat.formatting import Said, Style
from handlers.chat.presses import show, tell_below
from handlers.chat.replies import Button, Rows
from handlers.chat.work import Work, finish
from storage import Db, Store, imports, jobs, notes, people
from storage.anki import keeping
from storage.anki.child import read_in_child
from storage.anki.keeping import Survey
from storage.imports import Import
from storage.jobs import Job
from storage.people import Person

router = Router(name="imports")
router.callback_query.filter(F.message.chat.type == "private")

AT_ONCE = 25
"""Notes that are written in one transaction, so that nobody else waits for a large file."""

EXAMPLES = 3
DECKS_NAMED = 3
COUNTED = ("added", "changed", "known", "answers")
NAMES = {"added": "new"}
"""The texts of counts that are called otherwise."""


class Wish(StrEnum):
    """What a button under a file that was read asks for; HOW says which files can be read."""

    HOW = "how"
    KEEP = "keep"
    KEEP_NEW = "new"
    NOT_NOW = "no"


class ImportButton(CallbackData, prefix="import"):
    """A button under a file that was read."""

    wish: Wish
    id: int = 0


def import_button(language: str) -> Button:
    """The way in, from the decks."""
    return _button(language, "import", Wish.HOW)


async def received(
    data: bytes,
    kind: str,
    name: str,
    *,
    store: Store,
    person: Person,
    message_id: int,
    now: datetime,
    default_zone: str,
    also: Callable[[Db], object],
) -> None:
    """A file of cards has come: what is in it, or in one sentence why it can't be read. `also` is
    done in the same transaction."""
    language, name, key = person.language, safe_name(name), f"{person.id}:{message_id}"
    send = partial(replies.send, key=f"answer:{key}", chat_id=person.id, now=now)
    try:
        contents = await read_in_child(data, kind, person.timezone or default_zone)
    except PackageError as problem:
        sentence = problem.sentence(language)

        def refuse(db: Db) -> None:
            send(db, said=sentence)
            also(db)

        await store.write(refuse)
        return
    found = await store.read(keeping.survey, person.id, contents.notes, now)
    content = await asyncio.to_thread(packed, contents)

    def offer(db: Db) -> None:
        rows: Rows = ()
        if found.brings:
            waits = imports.add(
                db, person_id=person.id, key=key, name=name, content=content, now=now
            )
            rows = _wishes(language, waits, found)
        send(db, said=shown(language, name, contents, found), rows=rows)
        also(db)

    await store.write(offer)


def shown(language: str, name: str, contents: Contents, found: Survey) -> Said:
    """How many notes there are, how many of them are known, what comes along, a few of them."""
    said = Said().line(name, Style.BOLD) if name else Said()
    if contents.notes:
        counts = {"new": found.new, "changed": found.changed, "known": found.known}
        total = say(language, "anki.notes", count=len(contents.notes))
        said.line(f"{total}: {_counted(language, counts)}")
        _decks(said, language, contents.notes)
    if found.answers:
        facts = {name: getattr(found, name) for name in ("cards", "answers")}
        told = {name: say(language, f"anki.{name}", count=facts[name]) for name in facts}
        said.line(say(language, "anki.found.progress", **told))
    for reason, count in contents.left_out.items():
        said.line(say(language, f"anki.left_out.{reason}", count=count))
    if not contents.notes:
        return said.line(say(language, "anki.found.nothing"))
    if not found.brings:
        return said.line(say(language, "anki.found.known_all"))
    said.line().line(say(language, "anki.found.example"), Style.ITALIC)
    for note in contents.notes[:EXAMPLES]:
        front, back = sides(Written(note.kind, note.front, note.back))
        said.line().line(short(front), Style.BOLD)
        if back:
            said.line(short(back))
    return said


def _decks(said: Said, language: str, packed_notes: Sequence[PackedNote]) -> None:
    names = list(dict.fromkeys(say_deck(language, note.deck)[:60] for note in packed_notes))
    named, more = ", ".join(names[:DECKS_NAMED]), len(names) - DECKS_NAMED
    key = "more_decks" if more > 0 else "decks" if len(names) > 1 else "deck"
    said.line(say(language, f"anki.found.{key}", decks=named, deck=named, count=more))


def _counted(language: str, counts: dict[str, int]) -> str:
    return ", ".join(
        say(language, f"anki.{NAMES.get(name, name)}", count=count)
        for name, count in counts.items()
        if count
    )


def _wishes(language: str, waits: Import, found: Survey) -> Rows:
    not_now = _button(language, "not_now", Wish.NOT_NOW, waits.id)
    if not found.answers:
        return [[_button(language, "keep", Wish.KEEP, waits.id), not_now]]
    keep = _button(language, "with_progress", Wish.KEEP, waits.id)
    return [[keep], [_button(language, "without_progress", Wish.KEEP_NEW, waits.id)], [not_now]]


@router.callback_query(ImportButton.filter(F.wish == Wish.HOW))
async def how(
    callback: CallbackQuery, store: Store, person: Person, now: datetime, work: Work
) -> None:
    """Which files can be sent."""
    said = Said().line(say(person.language, "anki.how.title"), Style.BOLD)
    said.add(say(person.language, "anki.how.body"))
    await tell_below(callback, store, now, work, lambda _db: (said, ()))


@router.callback_query(ImportButton.filter())
async def wished(
    callback: CallbackQuery,
    callback_data: ImportButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """Kept by a job of its own, or not at all; only the first press counts."""
    message, language, wish = callback.message, person.language, callback_data.wish
    assert message is not None

    def decide(db: Db) -> tuple[str, Rows]:
        waits = imports.get(db, callback_data.id, person.id)
        if waits is None:
            return say(language, "anki.kept.gone"), ()
        if not imports.take(db, waits.id, person.id):
            return say(language, "anki.kept.already"), ()
        if wish is Wish.NOT_NOW:
            imports.end(db, waits.id, person.id)
            return say(language, "anki.kept.not_now"), ()
        payload = {
            "import": waits.id,
            "person": person.id,
            "chat": message.chat.id,
            "message": message.message_id,
            "progress": wish is Wish.KEEP,
            "first": not notes.any_of(db, person.id),
        }
        jobs.add(
            db,
            kind="import",
            key=str(waits.id),
            payload=payload,
            person_id=person.id,
            due_at=now,
        )
        return say(language, "anki.kept.working"), ()

    await show(callback, store, now, work, decide)
    work.nudge("import")


async def keep_all(
    job: Job, *, store: Store, now: datetime, work: Work, default_zone: str = "UTC", **_: Any
) -> None:
    """Writes a file's notes a few at a time; begun again, it goes on where it was."""
    person = await store.read(people.get, job.payload["person"])
    waits = person and await store.read(imports.get, job.payload["import"], person.id)
    if person is None or waits is None:  # forgotten in the meantime
        await store.write(finish, job, now)
        return
    contents = await asyncio.to_thread(unpacked, waits.content)
    zone, progress = ZoneInfo(person.timezone or default_zone), bool(job.payload["progress"])
    for at in range(waits.counts.get("at", 0), len(contents.notes), AT_ONCE):
        chunk = contents.notes[at : at + AT_ONCE]
        part = Contents(chunk, source=contents.source)
        await store.write(_keep_some, person, waits.id, part, progress, zone, now)
    await store.write(_end, job, person, waits.id, now)
    work.nudge("send")


def _keep_some(
    db: Db,
    person: Person,
    id: int,
    part: Contents,
    progress: bool,
    zone: ZoneInfo,
    now: datetime,
) -> None:
    waits = imports.get(db, id, person.id)
    if waits is None:
        return
    kept = keeping.keep(db, person.id, part, progress=progress, zone=zone, now=now)
    counts = {name: waits.counts.get(name, 0) + getattr(kept, name) for name in COUNTED}
    imports.count(db, id, counts | {"at": waits.counts.get("at", 0) + len(part.notes)})


def _end(db: Db, job: Job, person: Person, id: int, now: datetime) -> None:
    """What became of it, in the place of the question; and when to ask the cards, once."""
    waits = imports.get(db, id, person.id)
    if waits is not None:
        language, counts = person.language, waits.counts
        told = {name: counts.get(name, 0) for name in ("added", "changed", "known")}
        said = Said().line(say(language, "anki.kept.done", counts=_counted(language, told)))
        if counts.get("answers"):
            answers = say(language, "anki.answers", count=counts["answers"])
            said.line(say(language, "anki.kept.progress", answers=answers))
        said.add(say(language, "anki.kept.where"))
        chat, message = job.payload["chat"], job.payload["message"]
        replies.edit(db, key=f"import:{id}", chat_id=chat, message=message, said=said, now=now)
        imports.end(db, id, person.id)
        if job.payload["first"]:
            ask_at_first(db, person, now)
    finish(db, job, now)


def gave_up(db: Db, job: Job, now: datetime) -> None:
    """The file could not be kept to the end: says so, in the transaction that gives it up. What
    is kept stays, and the file sent again brings the rest."""
    person = people.get(db, job.payload["person"])
    if person is None:
        return
    imports.end(db, job.payload["import"], person.id)
    said = say(person.language, "anki.kept.failed")
    key, chat = f"import-gave-up:{job.id}", job.payload["chat"]
    replies.send(db, key=key, chat_id=chat, said=said, now=now)


def _button(language: str, name: str, wish: Wish, id: int = 0) -> Button:
    return say(language, f"anki.button.{name}"), ImportButton(wish=wish, id=id).pack()
