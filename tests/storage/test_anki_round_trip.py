"""What is taken along comes back: words, decks, and every card where it stood."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from coach.anki import tables
from coach.anki.contents import PackedNote
from coach.cards import grade, intervals
from coach.memory import Rating
from coach.notes import NoteKind
from coach.scheduling import Wishes
from storage import cards, grades, notes, people
from storage.anki import keeping, reading, writing
from storage.notes import NewNote

ANNA, BORIS = 7, 8
TODAY = date(2026, 11, 20)
KYIV = ZoneInfo("Europe/Kyiv")
NOTES = (
    NewNote(NoteKind.BASIC, "for x in xs:\n    y = x < 3 & 1", "a  b\n\n• c “d” <b>", ("py", "ml")),
    NewNote(NoteKind.BOTH, "der Apfel", "яблоко 🍏", deck="Deutsch::A1", source="anki"),
    NewNote(NoteKind.CLOZE, "{{c1::Recall}} is {{c3::TP/(TP+FN)::who?}}", "see", deck="ml::basics"),
)


@pytest.fixture
def learnt(db, now):
    """Anna's notes; each card answered now and then in the last twenty days, one never."""
    for person in (ANNA, BORIS):
        people.seen(db, id=person, language="en", now=now)
    notes.add(db, person_id=ANNA, notes=NOTES, now=now)
    first, *_ = cards.of_person(db, ANNA)[:-1]
    for place, card in enumerate(cards.of_person(db, ANNA)[:-1]):
        for ago, rating in ((20, Rating.GOOD), (16, Rating.AGAIN), (16, Rating.HARD), (9, 4)):
            card = answered(db, card, Rating(rating), now - timedelta(days=ago, minutes=place))
    cards.suspend(db, ANNA, first.id, True)


def answered(db, card, rating, at):
    while any(entry.at == at for entry in grades.of_card(db, ANNA, card.id)):
        at += timedelta(minutes=30)
    day, wishes = TODAY - (TODAY - at.date()), Wishes()
    days = intervals(card, day=day, wishes=wishes)[rating]
    done = grade(card, rating, interval=days, at=at, day=day, wishes=wishes, seconds=3.25)
    cards.save(db, ANNA, done.card)
    grades.add(db, person_id=ANNA, grade=done.grade)
    return done.card


def standing(db, person):
    """Where every card stands, and the log behind it, without the numbers of rows."""
    found = []
    for note in notes.of_person(db, person):
        for card in cards.of_note(db, person, note.id):
            log = [
                replace(entry, card="", scheduler="")
                for entry in grades.of_card(db, person, card.id)
            ]
            found.append((note.guid, note.deck, card.state, card.suspended, log))
    return found


def taken(db, now):
    data = writing.package(db, ANNA, zone=KYIV, now=now)
    contents = reading.read(data, KYIV)
    return keeping.keep(db, BORIS, contents, progress=True, zone=KYIV, now=now)


def test_a_package_brings_everybody_to_where_they_stood(db, learnt, now):
    kept = taken(db, now)
    assert (kept.added, kept.answers) == (3, 16)
    assert standing(db, BORIS) == standing(db, ANNA)
    words = [(note.kind, note.front, note.back, note.tags) for note in notes.of_person(db, BORIS)]
    assert words == [(note.kind, note.front, note.back, note.tags) for note in NOTES]


def test_it_brings_nothing_twice(db, learnt, now):
    taken(db, now)
    before = standing(db, BORIS)
    again = taken(db, now)
    assert (again.added, again.changed, again.known, again.answers) == (0, 0, 3, 0)
    assert standing(db, BORIS) == before


def test_progress_that_is_further_along_stays(db, learnt, now):
    data = writing.package(db, ANNA, zone=KYIV, now=now)
    card = cards.of_person(db, ANNA)[1]
    answered(db, card, Rating.EASY, now)
    before = standing(db, ANNA)
    keeping.keep(db, ANNA, reading.read(data, KYIV), progress=True, zone=KYIV, now=now)
    assert standing(db, ANNA) == before


def test_a_table_brings_the_words(db, learnt, now):
    packed = [
        PackedNote(
            note.kind,
            note.front,
            note.back,
            note.tags,
            writing.deck_name(note.deck, note.source),
            note.guid,
        )
        for note in notes.of_person(db, ANNA)
    ]
    for language in ("en", "ru"):
        contents = tables.read(tables.written(packed, language))
        found = keeping.survey(db, ANNA, contents.notes, now)
        assert (found.new, found.changed, found.known) == (0, 0, 3)
