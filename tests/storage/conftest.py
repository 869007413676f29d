"""A store of its own for every test, and a clock that stands still."""

import sqlite3
from contextlib import closing, contextmanager
from datetime import UTC, datetime

import pytest

from coach.letters import Critique, Edit, EditKind, Kind, Review
from storage import Store, letters
from storage.engines import engine_of
from storage.migrations import SQLITE, STEPS
from storage.sqlite import SqliteDb

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def now():
    return NOW


@pytest.fixture
async def store(database_url):
    store = await Store.open(database_url, now=NOW)
    yield store
    await store.close()


@pytest.fixture
def db(engine, request):
    """The tables, for what is decided by SQL alone: in memory, or in a database of their own,
    every statement by itself."""
    opened = in_memory(request) if engine == "sqlite" else in_a_schema(request)
    with opened as db:
        yield db


@pytest.fixture(scope="session")
def tables_in_memory():
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for step in STEPS:
            for statement in step(SQLITE):
                connection.execute(statement)
        yield connection


@contextmanager
def in_memory(request):
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        request.getfixturevalue("tables_in_memory").backup(connection)
        connection.execute("PRAGMA foreign_keys = ON")
        yield SqliteDb(connection)


@contextmanager
def in_a_schema(request):
    with closing(engine_of(request.getfixturevalue("database_url")).writer()) as connection:
        yield connection.db


@pytest.fixture
def add_letter(now):
    def add_letter(db, person_id=7, source_key="telegram:7:1", **changes):
        facts = {
            "chat_id": person_id,
            "name": "letter.txt",
            "media_type": "text/plain",
            "kind": Kind.COVER_LETTER,
            "language": "en",
            "text": "I recieve their their data.",
            "source": b"I recieve their their data.",
            "encoding": "utf-8",
            "notes": ("read as UTF-8",),
            "now": now,
        }
        return letters.add(db, person_id=person_id, source_key=source_key, **facts | changes)

    return add_letter


@pytest.fixture
def review():
    def edit(start, wrong, right, kind, ask=False):
        return Edit(start, start + len(wrong), wrong, right, kind, 0.9, ask)

    return Review(
        kind=Kind.COVER_LETTER,
        language="en",
        critique=Critique("house rules", "Promising", "Two slips."),
        edits=(
            edit(2, "recieve", "receive", EditKind.SPELLING),
            edit(10, "their their", "their", EditKind.DOUBLED_WORD),
            edit(22, "data", "dataset", EditKind.STYLE, ask=True),
        ),
        notes=("read as UTF-8",),
    )
