"""A day's cards from the tables: of a large deck a part is looked at, and it comes to the same."""

from datetime import UTC, date, datetime, timedelta

import pytest

from coach.batches import Limits, gather
from coach.cards import Card, State
from coach.interviews import Interview
from coach.memory import Memory
from coach.notes import NoteKind
from handlers.cards import batches
from storage import Store, cards, notes, people, studies
from storage.notes import NewNote

ANNA = 7
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
KNOWN, NEW = 120, 60
LIMITS = Limits(reviews=8, new=2)


@pytest.fixture
async def store(database_url):
    store = await Store.open(database_url, now=NOW)
    await store.write(fill)
    yield store
    await store.close()


def fill(db) -> None:
    """Cards that fell due in the last three weeks or will in the next three, and new ones."""
    people.seen(db, id=ANNA, language="en", now=NOW)
    studies.change(db, ANNA, limits=LIMITS)
    made = [NewNote(NoteKind.BASIC, f"question {n}", f"answer {n}") for n in range(KNOWN + NEW)]
    notes.add(db, person_id=ANNA, notes=made, now=NOW)
    for n, card in enumerate(cards.of_person(db, ANNA)[:KNOWN]):
        memory = Memory(5.0 + n % 7, 5.0, TODAY - timedelta(25 - n % 3))
        cards.save(db, ANNA, Card(card.id, card.note, State(memory, 4 + n % 42, 3, 0)))


@pytest.mark.parametrize("days", [None, 40, 12, 3, 2, 1, 0, -5])
async def test_a_part_of_the_deck_gives_the_day_that_the_whole_gives(store, monkeypatch, days):
    interview = None if days is None else Interview(TODAY + timedelta(days), TODAY - timedelta(9))
    await store.write(studies.change, ANNA, interview=interview)
    whole = gather(
        await store.read(cards.of_person, ANNA),
        today=TODAY,
        limits=LIMITS,
        wishes=batches.Study().wishes,
        interview=interview,
    )

    monkeypatch.setattr(batches, "LOOKED_AT", 40)
    part = (await store.read(batches.of_day, ANNA, TODAY)).batch

    assert whole.cards
    assert part.reviews == whole.reviews
    assert part.new == whole.new
    assert part.due == whole.due


async def test_of_a_long_backlog_what_fell_due_last_comes_first(store, monkeypatch) -> None:
    monkeypatch.setattr(cards, "LOOKED_AT", 10)
    last = sorted(
        (card for card in await store.read(cards.known, ANNA) if card.state.due <= TODAY),
        key=lambda card: (card.state.due, int(card.id)),
    )[-10:]

    batch = (await store.read(batches.of_day, ANNA, TODAY)).batch

    assert len(batch.reviews) == LIMITS.reviews
    assert set(batch.reviews) <= set(last)
    assert batch.due > 10
