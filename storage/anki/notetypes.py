"""Note types and decks of a collection, out of its tables (new) or out of JSON (old)."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from coach.anki.templates import NoteType, Template

CLOZE = 1
KIND, QUESTION, ANSWER = 1, 1, 2
"""Numbers of the fields in Anki's messages (proto/anki/notetypes.proto): the kind of a note type,
and the two sides of a template."""

LEVEL = "\x1f"
"""Between the levels of a deck's name in the new tables; "::" elsewhere."""


def in_tables(db: sqlite3.Connection) -> dict[int, NoteType]:
    """The note types of a new collection (since 2.1.28)."""
    fields: dict[int, list[str]] = {}
    for of, name in db.execute("SELECT ntid, name FROM fields ORDER BY ntid, ord"):
        fields.setdefault(of, []).append(str(name))
    templates: dict[int, list[Template]] = {}
    for of, config in db.execute("SELECT ntid, config FROM templates ORDER BY ntid, ord"):
        said = dict(message(config))
        sides = Template(_text(said.get(QUESTION)), _text(said.get(ANSWER)))
        templates.setdefault(of, []).append(sides)
    return {
        id: NoteType(
            str(name),
            dict(message(config)).get(KIND) == CLOZE,
            tuple(fields.get(id, ())),
            tuple(templates.get(id, ())),
        )
        for id, name, config in db.execute("SELECT id, name, config FROM notetypes")
    }


def in_json(text: object) -> dict[int, NoteType]:
    """The note types of an old collection. Raises ValueError, TypeError, KeyError, RecursionError
    for what isn't."""
    models: Mapping[str, Any] = json.loads(str(text))
    return {
        int(id): NoteType(
            str(model.get("name", "")),
            model.get("type") == CLOZE,
            tuple(str(field["name"]) for field in model["flds"]),
            tuple(Template(str(t["qfmt"]), str(t["afmt"])) for t in model["tmpls"]),
        )
        for id, model in models.items()
    }


def decks_in_tables(db: sqlite3.Connection) -> dict[int, str]:
    rows = db.execute("SELECT id, name FROM decks")
    return {id: str(name).replace(LEVEL, "::") for id, name in rows}


def decks_in_json(text: object) -> dict[int, str]:
    decks: Mapping[str, Any] = json.loads(str(text))
    return {int(id): str(deck["name"]) for id, deck in decks.items()}


def message(data: object) -> Iterator[tuple[int, int | bytes]]:
    """The fields of a protobuf message, as far as they are whole: numbers, and bytes.

    Encoding: https://protobuf.dev/programming-guides/encoding/
    """
    data, at = data if isinstance(data, bytes) else b"", 0
    while at < len(data):
        key, at = _varint(data, at)
        match key & 7:
            case 0:
                value, at = _varint(data, at)
                yield key >> 3, value
            case 2:
                size, at = _varint(data, at)
                yield key >> 3, data[at : at + size]
                at += size
            case 1:
                at += 8
            case 5:
                at += 4
            case _:
                return


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number in sevens of bits, the lowest first; ten bytes at most."""
    value = 0
    for shift, byte in enumerate(data[at : at + 10]):
        value |= (byte & 0x7F) << (7 * shift)
        if byte < 0x80:
            return value, at + shift + 1
    return value, len(data)


def _text(value: int | bytes | None) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else ""
