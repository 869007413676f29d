"""The wall of proofs: each thing once, and a week that loses its last proof is known."""

from datetime import date

import pytest

from coach.proofs import read
from storage import people, proofs

MONDAY = date(2026, 11, 16)
PULL = "https://github.com/psf/requests/pull/12"


@pytest.fixture
def put(db, now):
    people.seen(db, id=7, language="en", now=now)
    people.seen(db, id=8, language="en", now=now)

    def put(text, person_id=7, day=20):
        return proofs.add(
            db,
            person_id=person_id,
            evidence=read(text),
            made_on=date(2026, 11, day),
            monday=MONDAY,
            habit_id="pub-pr-lib",
            now=now,
        )

    return put


def test_the_same_thing_stands_on_a_wall_once_and_on_two_walls_twice(db, put):
    first = put(f"{PULL}/files?utm_source=x")

    assert put("Look at github.com/PSF/requests/pull/12 again") is None
    assert put(PULL, person_id=8) is not None
    assert [proof.id for proof in proofs.wall(db, 7)] == [first.id]
    assert proofs.double(db, 7, read(PULL)).id == first.id


def test_the_newest_stands_first(db, put):
    old, new, same_day = (
        put("I read one module of it", day=17),
        put(PULL, day=20),
        put("I drew the cache on paper", day=20),
    )

    assert [proof.id for proof in proofs.wall(db, 7)] == [same_day.id, new.id, old.id]


def test_taking_back_tells_when_a_week_has_no_proof_left(db, put):
    one, other = put(PULL), put("I drew the cache on paper")

    assert proofs.take_back(db, 8, one.id) is None, "somebody else's stays"
    assert proofs.take_back(db, 7, one.id) is None
    assert proofs.take_back(db, 7, other.id) == MONDAY
    assert proofs.take_back(db, 7, other.id) is None
    assert proofs.wall(db, 7) == []


def test_what_was_taken_back_can_be_put_up_again(db, put):
    proofs.take_back(db, 7, put(PULL).id)

    again = put(PULL)
    assert proofs.get(db, 7, again.id).link == PULL
    assert proofs.get(db, 8, again.id) is None
