"""The starter cards: one fact each, by topic, in English."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from coach.notes import NoteKind


@dataclass(frozen=True, slots=True)
class Starter:
    """A starter card. `id` never changes; a back of "" belongs to a sentence with gaps."""

    id: str
    kind: NoteKind
    front: str
    back: str
    tags: tuple[str, ...]

    @property
    def guid(self) -> str:
        """By what a kept card is known, so that it is never kept twice."""
        return f"starter-{self.id}"

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics it stands under, the first of them its own: "ml::metrics"."""
        return tuple(tag for tag in self.tags if "::" in tag)


@cache
def starters() -> Mapping[str, Starter]:
    """Every starter card by its id, in teaching order."""
    source = resources.files("coach") / "data" / "deck.json"
    cards = json.loads(source.read_text("utf-8"))["cards"]
    return {
        card["id"]: Starter(
            card["id"], NoteKind(card["type"]), card["front"], card["back"], tuple(card["tags"])
        )
        for card in cards
    }


@cache
def topics() -> Mapping[str, tuple[Starter, ...]]:
    """The starter cards of each topic, topics in the order in which they are taught."""
    found: dict[str, list[Starter]] = {}
    for card in starters().values():
        for topic in card.topics:
            found.setdefault(topic, []).append(card)
    return {topic: tuple(cards) for topic, cards in found.items()}


def topic_key(topic: str) -> str:
    """The text that names a topic: "ml::metrics" is `decks.topic.ml_metrics`."""
    return f"decks.topic.{topic.replace('::', '_')}"
