"""What a day's cards are chosen from: quick, and in the order in which they can be saved."""

from datetime import UTC, datetime, timedelta

from coach.cards import Card, State, remembered
from coach.memory import Memory
from coach.notes import NoteKind
from coach.scheduling import Wishes
from storage import Store, cards, notes, people
from storage.notes import NewNote

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = NOW.date()


async def learnt(store, *standing: tuple[float, int, int], source="added") -> None:
    """A card for each stability, days since it was seen, and interval."""

    def keep(db):
        people.seen(db, id=1, language="en", now=NOW)
        kept = [
            NewNote(NoteKind.BASIC, f"{source} {n}", "x", source=source)
            for n in range(len(standing))
        ]
        added = notes.add(db, person_id=1, notes=kept, now=NOW)
        for id, (stability, ago, interval) in zip(added.ids, standing, strict=True):
            [card] = cards.of_note(db, 1, id)
            memory = Memory(stability, 5.0, TODAY - timedelta(ago))
            cards.save(db, 1, Card(card.id, card.note, State(memory, interval, 3, 0)))

    await store.write(keep)


async def test_the_most_savable_are_those_likeliest_to_be_known() -> None:
    store = await Store.open("sqlite://", now=NOW)
    await learnt(store, (2.0, 30, 5), (50.0, 30, 20), (10.0, 4, 4), (5.0, 40, 6), (9.0, 2, 8))
    found = await store.read(cards.most_savable, 1, TODAY, 10)
    chances = [remembered(card, TODAY, Wishes()) for card in found]
    assert len(found) == await store.read(cards.count_due, 1, TODAY) == 4
    assert chances == sorted(chances, reverse=True)
    assert await store.read(cards.most_savable, 1, TODAY, 2) == found[:2]
    await store.close()


async def test_what_came_with_a_file_was_not_learnt_here() -> None:
    store = await Store.open("sqlite://", now=NOW)
    await learnt(store, (2.0, 30, 5))
    await learnt(store, (2.0, 30, 5), source="anki")
    assert len(await store.read(cards.learnt_here, 10)) == 1
    await store.close()
