"""What a file of cards holds, whichever format it came in."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from coach.cards import Grade
from coach.memory import Rating
from coach.notes import NoteKind

EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")

SCHEDULER = "anki"
"""Stands in the log beside grades that were given there."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A grade that was given in Anki, at an instant in milliseconds since 1970 (UTC)."""

    rating: Rating
    at_ms: int
    seconds: float
    interval: int | None

    @property
    def at(self) -> datetime:
        return EPOCH + timedelta(milliseconds=self.at_ms)

    def as_grade(self, card: str, day: date) -> Grade:
        return Grade(card, self.rating, self.at, day, self.seconds, self.interval, SCHEDULER)


@dataclass(frozen=True, slots=True)
class PackedCard:
    """A card of a note; `due` is None for one that was never learnt."""

    ordinal: int
    suspended: bool = False
    due: date | None = None
    interval: int = 0
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class PackedNote:
    """A note as plain text; without a guid it is named by its words."""

    kind: NoteKind
    front: str
    back: str
    tags: tuple[str, ...] = ()
    deck: str = ""
    guid: str | None = None
    cards: tuple[PackedCard, ...] = ()

    @property
    def met(self) -> bool:
        """Whether there is progress on any of its cards."""
        return any(card.due is not None for card in self.cards)


@dataclass(frozen=True, slots=True)
class Contents:
    """The notes of a file in its order, how many were left out by reason (long, empty), and
    where they come from: anki or table."""

    notes: tuple[PackedNote, ...]
    left_out: Mapping[str, int] = field(default_factory=dict[str, int])
    source: str = "anki"


def packed(contents: Contents) -> bytes:
    """Small enough to lie in a row until it is kept."""
    rows = [_row(note) for note in contents.notes]
    said = {"notes": rows, "left_out": dict(contents.left_out), "source": contents.source}
    return zlib.compress(json.dumps(said, ensure_ascii=False).encode(), 3)


def unpacked(data: bytes) -> Contents:
    """What `packed` packed. Raises ValueError, KeyError or zlib.error for anything else."""
    said: Mapping[str, Any] = json.loads(zlib.decompress(data))
    left_out = {str(reason): int(count) for reason, count in said["left_out"].items()}
    return Contents(tuple(_note(row) for row in said["notes"]), left_out, str(said["source"]))


def _row(note: PackedNote) -> list[object]:
    cards = [
        [
            card.ordinal,
            int(card.suspended),
            card.due and card.due.toordinal(),
            card.interval,
            [[int(a.rating), a.at_ms, a.seconds, a.interval] for a in card.answers],
        ]
        for card in note.cards
    ]
    return [note.kind.value, note.front, note.back, note.tags, note.deck, note.guid, cards]


def _note(row: Any) -> PackedNote:
    kind, front, back, tags, deck, guid, cards = row
    made = tuple(_card(card) for card in cards)
    return PackedNote(NoteKind(kind), str(front), str(back), tuple(tags), str(deck), guid, made)


def _card(row: Any) -> PackedCard:
    ordinal, suspended, due, interval, answers = row
    made = tuple(
        Answer(Rating(rating), int(at), float(seconds), days)
        for rating, at, seconds, days in answers
    )
    day = None if due is None else date.fromordinal(due)
    return PackedCard(int(ordinal), bool(suspended), day, int(interval), made)
