"""Which letter a text that came in belongs to, and what the letters are called."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_date

from coach import titles
from coach.documents import Document
from coach.likeness import Known, Match, Verdict, recognise
from coach.texts import say
from coach.wallclock import local
from handlers.chat.formatting import Said
from handlers.chat.presses import Told
from handlers.letters.shelf_buttons import open_button
from handlers.letters.version_buttons import VersionStep, version_button
from storage import Db, Store, letters
from storage.letters import Letter, Version
from storage.people import Person

PERHAPS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a text is: the same as a version that is kept, or the next one of `letter`, or
    neither."""

    same: Version | None = None
    letter: Letter | None = None


async def recognised(
    store: Store, person: Person, source_key: str, document: Document, source: bytes | None
) -> Recognised:
    """What came in, next to what is kept. An update that comes a second time is nothing new."""

    def look(db: Db) -> tuple[Version | None, list[Version]]:
        if letters.by_source(db, source_key):
            return None, []
        same = letters.with_text(db, person.id, document.text)
        return same, [] if same else letters.newest_of_each(db, person.id)

    same, known = await store.read(look)
    if same is not None:
        return Recognised(same=same)
    matches = await asyncio.to_thread(recognise, document.text, _known(known))
    if not matches:
        return Recognised()
    best = next(version for version in known if version.id == matches[0].id)
    if matches[0].verdict is Verdict.SAME and source is None:
        return Recognised(same=best)
    if matches[0].verdict is Verdict.PERHAPS:
        return Recognised()
    return Recognised(letter=await store.read(letters.get, best.letter_id, person.id))


def same_text(
    db: Db,
    person: Person,
    same: Version,
    document: Document,
    source: bytes | None,
    now: datetime,
) -> Told:
    """The word that a text is known, with the way to what was said of it. Another file with
    exactly that text takes the place of the one that was kept."""
    language, letter = person.language, letters.get(db, same.letter_id, person.id)
    title = title_of(db, letter, language) if letter else ""
    day = day_of(same.created_at, person, "UTC", now)
    said = [say(language, "versions.same.said", date=day, title=title)]
    if source is not None and source != letters.source(db, same.id):
        letters.keep_file(
            db,
            same,
            name=document.name,
            media_type=document.media_type,
            encoding=document.encoding,
            source=source,
        )
        said.append(say(language, "versions.same.file"))
    read = version_button(language, "read_again", VersionStep.READ, same.id)
    return Said("\n".join(said)), [[open_button(language, same.id), read]]


async def perhaps(store: Store, version: Version) -> list[Letter]:
    """The other letters that a version may belong to, the likeliest first."""
    known = await store.read(letters.newest_of_each, version.person_id)
    others = [one for one in known if one.letter_id != version.letter_id]
    matches: list[Match] = await asyncio.to_thread(recognise, version.text, _known(others))
    by_id = {one.id: one.letter_id for one in others}

    def fetch(db: Db) -> list[Letter]:
        found = (letters.get(db, by_id[match.id], version.person_id) for match in matches)
        return [letter for letter in found if letter][:PERHAPS_SHOWN]

    return await store.read(fetch)


def _known(versions: list[Version]) -> list[Known]:
    return [Known(version.id, version.text) for version in versions]


def title_of(db: Db, letter: Letter, language: str) -> str:
    """What a letter is called; one from before letters had titles goes by its text."""
    if not titles.tells_nothing(letter.title):
        return letter.title
    version = letters.version(db, letter.latest_version_id)
    return titles.title(version.text if version else "") or say(language, "versions.untitled")


def day_of(instant: datetime, person: Person, default_zone: str, now: datetime) -> str:
    """The day of an instant where the person is, with the year when it isn't this one."""
    zone = person.timezone or default_zone
    here = local(instant, zone)
    pattern = "d MMMM" if here.year == local(now, zone).year else "d MMMM y"
    return format_date(here.date(), pattern, locale=person.language)
