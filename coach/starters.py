"""The starter cards: one fact each, by topic, in every language the coach speaks.

The English deck says what there is; another language gives the words, by the card's id. A kept
card is known by that id, so it is kept once, in whichever language.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from coach.notes import NoteKind
from coach.texts import LANGUAGES, speakable


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
def starters(language: str = LANGUAGES[0]) -> Mapping[str, Starter]:
    """Every starter card by its id, in teaching order."""
    first, language = LANGUAGES[0], speakable(language)
    words: Mapping[str, Any] = {} if language == first else _cards(f"deck.{language}.json")
    return {
        card["id"]: Starter(
            card["id"],
            NoteKind(card["type"]),
            words.get(card["id"], card)["front"],
            words.get(card["id"], card)["back"],
            tuple(card["tags"]),
        )
        for card in _cards("deck.json")
    }


def _cards(name: str) -> Any:
    return json.loads((resources.files("coach") / "data" / name).read_text("utf-8"))["cards"]


@cache
def topics(language: str = LANGUAGES[0]) -> Mapping[str, tuple[Starter, ...]]:
    """The starter cards of each topic, topics in the order in which they are taught."""
    found: dict[str, list[Starter]] = {}
    for card in starters(language).values():
        for topic in card.topics:
            found.setdefault(topic, []).append(card)
    return {topic: tuple(cards) for topic, cards in found.items()}


def topic_key(topic: str) -> str:
    """The text that names a topic: "ml::metrics" is `decks.topic.ml_metrics`."""
    return f"decks.topic.{topic.replace('::', '_')}"
