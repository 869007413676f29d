"""What somebody takes along: every row as JSON, and letters, cards and proofs as files to use."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from coach import walls
from coach.reports import critique_markdown
from coach.texts import say
from handlers.cards.exports import WRITERS, Form
from handlers.leaving.parcels import fit
from storage import Db, letters, privacy, proofs, reviews
from storage.engine import Row
from storage.letters import Letter, Version
from storage.people import Person

File = tuple[str, bytes]
"""A path in the archive, and what lies there."""

OFFSETS = frozenset({"start_at", "end_at"})
"""Columns that end as instants do and are places in a text."""

MOST_LETTERS = 100_000


def files_of(
    db: Db, person: Person, pictures: Sequence[File], zone: ZoneInfo, now: datetime
) -> Iterator[File]:
    """Everything, one file after the other, so that no more than one need be in memory."""
    yield "README.txt", _readme(person.language, now).encode()
    places = dict[int, str]()
    yield from _letters(db, person, places)
    for form, name in ((Form.ANKI, "cards.apkg"), (Form.TABLE, "cards.csv")):
        made = WRITERS[form](db, person, zone, now)
        if made.count:
            yield f"cards/{name}", made.data
    wall = proofs.wall(db, person.id)
    if wall:
        yield "progress/proofs.md", walls.markdown(person.language, wall).encode()
    yield from pictures
    for table in privacy.OWNERS:
        rows = list[Row]()
        for row in privacy.rows(db, table, person.id):
            yield from _imported(table, row)
            rows.append(readable(table, row, places))
        yield f"data/{table}.json", json.dumps(rows, ensure_ascii=False, indent=1).encode()


def _readme(language: str, now: datetime) -> str:
    lines = [say(language, "takeouts.readme", day=f"{now:%Y-%m-%d}").strip(), ""]
    lines += [
        f"data/{table}.json: {say(language, f'takeouts.tables.{table}')}"
        for table in privacy.OWNERS
    ]
    return "\n".join(lines) + "\n"


def _letters(db: Db, person: Person, places: dict[int, str]) -> Iterator[File]:
    """Each version as it came, as it was read, and what was said of it; `places` learns where the
    file of a version lies."""
    mine = reversed(letters.of_person(db, person.id, limit=MOST_LETTERS))
    for number, letter in enumerate(mine, start=1):
        for version in letters.of_letter(db, letter.id):
            folder = _folder(number, letter, version)
            yield f"{folder}/text.txt", version.text.encode()
            source = letters.source(db, version.id)
            if source is not None:
                places[version.id] = f"{folder}/original/{fit(version.name, 'letter')}"
                yield places[version.id], source
            said = reviews.latest(db, version.id)
            if said:
                page = critique_markdown(version.name, said.review, person.language)
                yield f"{folder}/critique.md", page.encode()


def _folder(number: int, letter: Letter, version: Version) -> str:
    return f"letters/{number:02} {fit(letter.title)}/{version.number}"


def _imported(table: str, row: Row) -> Iterator[File]:
    """A file of cards that waits for a word."""
    if table == "imports":
        yield _place_of_import(row), row["content"]


def _place_of_import(row: Row) -> str:
    return f"cards/waiting/{row['id']} {fit(row['name'])}"


def readable(table: str, row: Row, places: Mapping[int, str]) -> dict[str, Any]:
    """A row for people and programs: instants and days as ISO 8601 writes them, JSON unpacked, and
    for a file its path."""
    return {name: _value(table, name, row, places) for name in row}


def _value(table: str, name: str, row: Row, places: Mapping[int, str]) -> Any:
    value = row[name]
    if isinstance(value, bytes):
        return _place_of_import(row) if table == "imports" else places.get(row.get("version_id", 0))
    if isinstance(value, int) and name not in OFFSETS and (name == "at" or name.endswith("_at")):
        return datetime.fromtimestamp(value / 1000, UTC).isoformat(timespec="milliseconds")
    if isinstance(value, int) and (name == "day" or name.endswith("_day")):
        return date.fromordinal(value).isoformat()
    if isinstance(value, str) and name in privacy.JSON.get(table, ()):
        return json.loads(value)
    return value
