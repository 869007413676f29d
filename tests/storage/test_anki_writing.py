"""Our packages, opened as any program would: names that stay, places that agree, an honest log."""

import json
import sqlite3
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest

from coach.cards import Card, grade, intervals
from coach.memory import Rating
from coach.notes import NoteKind
from coach.scheduling import Wishes
from storage import cards, grades, notes, people
from storage.anki import writing
from storage.anki.own import FIELDS, IDS, NAMES
from storage.notes import NewNote

ANNA = 7
BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 11, 20)
PRECISION = NewNote(NoteKind.BASIC, "Precision <&>?\nSay it", "TP / (TP + FP)", ("ml", "metrics"))
RECALL = NewNote(NoteKind.BOTH, "Recall", "TP / (TP + FN)", deck="Deutsch::A1", source="anki")
GAPS = NewNote(NoteKind.CLOZE, "{{c1::Recall}} is {{c3::TP / (TP + FN)::who?}}", "", deck="ml")


@pytest.fixture
def keep(db, now):
    people.seen(db, id=ANNA, language="en", now=now)
    return lambda *new: notes.add(db, person_id=ANNA, notes=new, now=now).ids


@pytest.fixture
def opened(db, now):
    def opened(at=now):
        data = writing.package(db, ANNA, zone=BERLIN, now=at)
        archive = zipfile.ZipFile(BytesIO(data))
        assert json.loads(archive.read("media")) == {}
        connection = sqlite3.connect(":memory:")
        connection.row_factory = sqlite3.Row
        connection.deserialize(archive.read("collection.anki2"))
        return connection

    return opened


def rows(connection, table):
    return [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY id")]


def answer(db, card: Card, rating: Rating, at: datetime, day: date) -> Card:
    wishes = Wishes()
    days = intervals(card, day=day, wishes=wishes)[rating]
    done = grade(card, rating, interval=days, at=at, day=day, wishes=wishes, seconds=90.0)
    cards.save(db, ANNA, done.card)
    grades.add(db, person_id=ANNA, grade=done.grade)
    return done.card


def test_nothing_makes_no_package(db, keep, now):
    assert writing.package(db, ANNA, zone=BERLIN, now=now) is None


def test_what_has_left_the_house_keeps_its_name():
    """People's collections hold these: a change here breaks their notes."""
    assert [IDS[kind] for kind in NoteKind] == [
        1_763_700_000_001,
        1_763_700_000_002,
        1_763_700_000_003,
    ]
    assert list(NAMES.values()) == ["Sogood", "Sogood (both ways)", "Sogood (gaps)"]
    assert list(FIELDS.values()) == [("Front", "Back"), ("Front", "Back"), ("Text", "Back")]


def test_a_note_keeps_its_guid_words_and_tags(keep, opened):
    keep(PRECISION, RECALL, GAPS)
    found = rows(opened(), "notes")
    assert [note["guid"] for note in found] == [PRECISION.name, RECALL.name, GAPS.name]
    assert found[0]["flds"] == "Precision &lt;&amp;&gt;?<br>Say it\x1fTP / (TP + FP)"
    assert found[0]["tags"] == " ml metrics "


def test_every_card_stands_in_the_deck_that_it_had(keep, opened):
    keep(PRECISION, RECALL, GAPS)
    collection = opened()
    decks = json.loads(rows(collection, "col")[0]["decks"])
    placed = [(decks[str(card["did"])]["name"], card["ord"]) for card in rows(collection, "cards")]
    assert placed == [
        ("Sogood", 0),
        ("Deutsch::A1", 0),
        ("Deutsch::A1", 1),
        ("Sogood::ml", 0),
        ("Sogood::ml", 2),
    ]


def test_progress_is_a_place_among_days_and_the_log_behind_it(db, keep, opened, now):
    note, _ = keep(PRECISION, GAPS)
    [card] = cards.of_note(db, ANNA, note)
    card = answer(db, card, Rating.GOOD, now, TODAY)
    later = now + timedelta(days=3)
    card = answer(db, card, Rating.EASY, later, TODAY + timedelta(days=3))

    collection = opened(later)
    [col] = rows(collection, "col")
    first = datetime.fromtimestamp(col["crt"], UTC).astimezone(BERLIN)
    assert (first.date(), first.hour) == (TODAY, 4)
    known, *new = rows(collection, "cards")
    assert (known["type"], known["queue"], known["reps"]) == (2, 2, 2)
    assert first.date() + timedelta(days=known["due"]) == card.state.due
    assert known["ivl"] == card.state.interval
    assert {(card["type"], card["queue"]) for card in new} == {(0, 0)}
    log = rows(collection, "revlog")
    assert [(entry["ease"], entry["type"], entry["time"]) for entry in log] == [
        (3, 0, 60_000),
        (4, 1, 60_000),
    ]
    assert [entry["id"] for entry in log] == [int(at.timestamp() * 1000) for at in (now, later)]
    assert log[1]["lastIvl"] == log[0]["ivl"]


def test_two_grades_of_one_millisecond_are_both_written(db, keep, opened, now):
    for note in keep(PRECISION, replace(PRECISION, front="Another?")):
        answer(db, cards.of_note(db, ANNA, note)[0], Rating.GOOD, now, TODAY)
    assert len(rows(opened(), "revlog")) == 2


def test_a_card_set_aside_stays_so(db, keep, opened):
    [note] = keep(PRECISION)
    cards.suspend(db, ANNA, cards.of_note(db, ANNA, note)[0].id, True)
    assert rows(opened(), "cards")[0]["queue"] == -1


def test_the_log_of_a_deleted_card_stays_at_home(db, keep, opened, now):
    note, _ = keep(PRECISION, GAPS)
    answer(db, cards.of_note(db, ANNA, note)[0], Rating.GOOD, now, TODAY)
    notes.delete(db, note, ANNA)
    assert rows(opened(), "revlog") == []
