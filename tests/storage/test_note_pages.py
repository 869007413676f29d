"""A deck is read page by page, and a note can become another kind."""

import pytest

from coach.notes import NoteKind
from storage import cards, notes, people
from storage.notes import NewNote


@pytest.fixture(autouse=True)
def _somebody(db, now) -> None:
    people.seen(db, id=7, language="en", now=now)


def keep(db, now, *fronts, deck="") -> tuple[int, ...]:
    new = [NewNote(NoteKind.BASIC, front, "x", deck=deck) for front in fronts]
    return notes.add(db, person_id=7, notes=new, now=now).ids


def test_a_page_holds_the_notes_of_its_deck_in_order(db, now) -> None:
    keep(db, now, "a", "b", "c")
    keep(db, now, "d", deck="other")

    page = notes.of_deck(db, 7, "", limit=2, offset=1)

    assert [note.front for note in page] == ["b", "c"]


def test_a_note_asked_both_ways_from_now_on_keeps_its_first_card(db, now) -> None:
    (id,) = keep(db, now, "a")
    before = cards.of_note(db, 7, id)

    notes.change(db, id, 7, "a", "x", now, kind=NoteKind.BOTH)

    assert cards.of_note(db, 7, id)[:1] == before
    assert len(cards.of_note(db, 7, id)) == 2
    assert notes.get(db, id, 7).kind is NoteKind.BOTH
