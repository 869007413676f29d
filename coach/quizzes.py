"""Quizzes for groups: a starter card as a question with four answers.

The wrong answers are written by hand (data/quizzes.json). Those of other cards would do for a
question now and then, but mostly one sees at a glance which answer belongs to which question.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib import resources
from random import Random

from coach.starters import Starter, starters, topic_key, topics
from coach.texts import LANGUAGES, say, speakable

OPEN_FOR = timedelta(hours=24)

LONGEST_QUESTION = 300
LONGEST_OPTION = 100
LONGEST_EXPLANATION = 200
"""Characters, as Telegram takes them in a poll (Bot API, sendPoll)."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What can be answered to a card."""

    right: str
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A card as a quiz. `correct` counts from 0; the explanation is the card's back, where it says
    more than the right answer, else ""."""

    card: str
    text: str
    options: tuple[str, ...]
    correct: int
    explanation: str


def question(card: str, *, chat_id: int, language: str = LANGUAGES[0]) -> Question:
    """The card for a chat, which sees its answers in the same order whenever it is asked, in
    whichever language.

    Raises KeyError for a card that cannot be asked.
    """
    starter, answers = starters(language)[card], _answers(language)[card]
    options = [answers.right, *answers.wrong]
    Random(f"{chat_id}:{card}").shuffle(options)
    more = "" if starter.back == answers.right else starter.back
    return Question(card, starter.front, tuple(options), options.index(answers.right), more)


def choose(asked: Sequence[str], *, chat_id: int, topic: str | None = None) -> str:
    """The next card for a chat that was asked those before, oldest first: one it hasn't seen, in
    an order of its own, or else the one that lies furthest back. Raises KeyError for a topic
    without a question."""
    cards = [card.id for card in quizzable()[topic]] if topic else list(_answers())
    Random(chat_id).shuffle(cards)
    latest = {card: at for at, card in enumerate(asked)}
    return min(cards, key=lambda card: latest.get(card, -1))


def topic_named(words: str) -> str | None:
    """The topic that somebody means: "metrics", "ml::metrics", or its name in any language."""
    wanted = words.strip().casefold()
    for topic in quizzable():
        names = {say(language, topic_key(topic)).casefold() for language in LANGUAGES}
        if wanted in {topic, topic.split("::")[-1], *names}:
            return topic
    return None


@cache
def quizzable() -> Mapping[str, tuple[Starter, ...]]:
    """The cards of each topic that can be asked; topics without any are left out."""
    found = {
        topic: tuple(card for card in cards if card.id in _answers())
        for topic, cards in topics().items()
    }
    return {topic: cards for topic, cards in found.items() if cards}


@cache
def _answers(language: str = LANGUAGES[0]) -> Mapping[str, Answers]:
    language = speakable(language)
    name = "quizzes.json" if language == LANGUAGES[0] else f"quizzes.{language}.json"
    source = resources.files("coach") / "data" / name
    cards = json.loads(source.read_text("utf-8"))["cards"]
    return {id: Answers(card["right"], tuple(card["wrong"])) for id, card in cards.items()}
