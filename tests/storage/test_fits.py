"""New weights change what is known of a memory and nothing that was promised."""

from datetime import timedelta

import pytest

from coach.cards import Grade, rebuild
from coach.memory import WEIGHTS, Rating
from coach.notes import NoteKind
from coach.scheduling import Wishes
from storage import cards, fits, grades, notes, people, studies
from storage.notes import NewNote

ANNA, BORIS = 7, 8
OTHERS = tuple(weight * 0.9 for weight in WEIGHTS[:4]) + WEIGHTS[4:]


@pytest.fixture
def graded(db, now):
    for person in (ANNA, BORIS):
        people.seen(db, id=person, language="en", now=now)
    note = NewNote(NoteKind.BASIC, "Question", "Answer", source="added")
    notes.add(db, person_id=ANNA, notes=[note], now=now)
    [card] = cards.of_person(db, ANNA)
    for days in (0, 3):
        at = now + timedelta(days)
        entry = Grade(card.id, Rating.GOOD, at, at.date(), interval=5)
        grades.add(db, person_id=ANNA, grade=entry)
    return card


def test_only_those_are_asked_who_have_enough(db, graded):
    assert fits.candidates(db, 2) == [ANNA]
    assert fits.candidates(db, 3) == []


def test_every_card_is_reckoned_anew_and_due_when_it_was(db, graded):
    log = grades.of_card(db, ANNA, graded.id)
    before = rebuild(log, Wishes())
    assert fits.keep(db, ANNA, OTHERS) == 1
    assert studies.get(db, ANNA).wishes.weights == OTHERS
    after = cards.get(db, ANNA, graded.id).state
    assert after == rebuild(log, Wishes(weights=OTHERS))
    assert after.due == before.due
    assert after.memory != before.memory


def test_nobody_elses_weights_change(db, graded):
    fits.keep(db, ANNA, OTHERS)
    assert studies.get(db, BORIS).wishes.weights == WEIGHTS
