"""Cards that are shown before any of them is kept."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coach.additions import Written
from coach.notes import NoteKind
from coach.offers import Cards, Offered
from storage.engine import Db, Row
from storage.instants import to_ms


@dataclass(frozen=True, slots=True)
class Offer:
    """Cards and where they would go. `replaces` is the note in whose place they come."""

    id: int
    person_id: int
    source: str
    deck: str
    cards: Cards
    replaces: int | None
    kept: bool


def add(
    db: Db,
    *,
    person_id: int,
    key: str,
    source: str,
    cards: Cards,
    now: datetime,
    deck: str = "",
    replaces: int | None = None,
) -> Offer:
    """Remembers what is offered; under a key that is known, the offer as it stands by now."""
    db.run(
        """INSERT INTO offers (person_id, key, source, deck, content, replaces, created_at)
           VALUES (:person_id, :key, :source, :deck, :content, :replaces, :now)
           ON CONFLICT (person_id, key) DO NOTHING""",
        person_id=person_id,
        key=key,
        source=source,
        deck=deck,
        content=_written(cards),
        replaces=replaces,
        now=to_ms(now),
    )
    row = db.one(
        "SELECT * FROM offers WHERE person_id = :person_id AND key = :key",
        person_id=person_id,
        key=key,
    )
    assert row is not None
    return _offer(row)


def get(db: Db, id: int, person_id: int) -> Offer | None:
    """None when there is none, or it is somebody else's."""
    row = db.one(
        "SELECT * FROM offers WHERE id = :id AND person_id = :person_id",
        id=id,
        person_id=person_id,
    )
    return _offer(row) if row else None


def change(db: Db, offer: Offer, cards: Cards) -> None:
    """Other cards in an open offer; one that was kept stays as it is."""
    db.run(
        "UPDATE offers SET content = :content WHERE id = :id AND kept_at IS NULL",
        id=offer.id,
        content=_written(cards),
    )


def kept(db: Db, offer: Offer, now: datetime) -> bool:
    """Closes an offer; False when it was closed already."""
    closed = db.run(
        "UPDATE offers SET kept_at = :now WHERE id = :id AND kept_at IS NULL",
        id=offer.id,
        now=to_ms(now),
    )
    return closed == 1


def _written(cards: Cards) -> str:
    rows = [
        {
            "kind": offered.card.kind.value,
            "front": offered.card.front,
            "back": offered.card.back,
            "tags": offered.tags,
            "guid": offered.guid,
            "why": offered.why,
            "dropped": offered.dropped,
        }
        for offered in cards
    ]
    return json.dumps(rows, ensure_ascii=False)


def _offer(row: Row) -> Offer:
    return Offer(
        row["id"],
        row["person_id"],
        row["source"],
        row["deck"],
        tuple(_offered(card) for card in json.loads(row["content"])),
        row["replaces"],
        row["kept_at"] is not None,
    )


def _offered(card: dict[str, Any]) -> Offered:
    return Offered(
        Written(NoteKind(card["kind"]), card["front"], card["back"]),
        tuple(card["tags"]),
        card["guid"],
        card["why"],
        card["dropped"],
    )
