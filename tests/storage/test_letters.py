"""Letters: kept once, version after version, found again with the bytes they came in."""

from datetime import timedelta

import pytest

from coach.letters import Kind
from storage import letters, people


@pytest.fixture(autouse=True)
def known(db, now):
    people.seen(db, id=7, language="en", now=now)
    people.seen(db, id=8, language="en", now=now)


def test_a_letter_comes_back_as_it_was_added(db, add_letter, now):
    added = add_letter(db)
    assert letters.version(db, added.id) == letters.latest(db, 7) == added
    assert (added.number, added.kind, added.notes) == (1, Kind.COVER_LETTER, ("read as UTF-8",))
    assert added.created_at == now
    assert letters.source(db, added.id) == b"I recieve their their data."


def test_the_same_message_again_is_the_same_letter(db, add_letter):
    assert add_letter(db, text="once") == add_letter(db, text="twice")
    assert len(letters.of_person(db, 7)) == 1


def test_a_next_version_counts_on(db, add_letter):
    first = add_letter(db, source_key="a")
    second = add_letter(db, source_key="b", letter_id=first.letter_id)
    assert (second.letter_id, second.number) == (first.letter_id, 2)
    [letter] = letters.of_person(db, 7)
    assert (letter.versions, letter.latest_version_id) == (2, second.id)


def test_nobody_can_add_a_version_to_the_letter_of_another(db, add_letter):
    theirs = add_letter(db)
    with pytest.raises(LookupError):
        add_letter(db, person_id=8, source_key="b", letter_id=theirs.letter_id)


def test_the_letter_touched_last_stands_first(db, add_letter):
    old, new = add_letter(db, source_key="a"), add_letter(db, source_key="b")
    add_letter(db, source_key="c", letter_id=old.letter_id)
    listed = [letter.id for letter in letters.of_person(db, 7)]
    assert listed == [old.letter_id, new.letter_id]
    assert letters.of_person(db, 8) == []


def test_every_letter_is_known_by_when_it_came(db, add_letter, now):
    later = [now + timedelta(hours=hour) for hour in range(25)]
    added = [add_letter(db, source_key=f"{at:%H %d}", now=at) for at in reversed(later)]
    add_letter(db, source_key="next", letter_id=added[0].letter_id, now=now + timedelta(days=9))
    assert letters.sent_at(db, 7) == later
    assert letters.sent_at(db, 8) == []


def test_the_kind_can_be_put_right(db, add_letter):
    version = add_letter(db)
    letters.set_kind(db, version.letter_id, Kind.MOTIVATION_LETTER)
    assert letters.version(db, version.id).kind is Kind.MOTIVATION_LETTER


def test_a_pasted_text_has_no_file(db, add_letter):
    assert letters.source(db, add_letter(db, source=None).id) is None


def test_text_of_any_script_comes_back_to_the_character(db, add_letter):
    text = "Ж\u00e9\U0001f600\u202e\r\n\ufeff end"
    assert add_letter(db, text=text).text == text
