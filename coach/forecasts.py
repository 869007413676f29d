"""Forecasts: a deck played ahead by the rules of the day, with a learner drawn by chance.

The learner remembers as often as FSRS says and keeps nine days of ten, so a forecast is as
honest as the model is right. Draws come from a seed: the same question has the same answer.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from math import ceil
from random import Random
from statistics import fmean

from babel.dates import format_date

from coach.batches import Limits, gather
from coach.cards import Card, grade, intervals, remembered
from coach.interviews import Interview
from coach.memory import Rating
from coach.scheduling import Wishes
from coach.studydays import noon
from coach.texts import say

KEPT = 0.9
"""The share of days on which a session is done, until a person's own is known."""

FIRST = (0.24, 0.094, 0.495, 0.171)
"""How often a first grade is Again, Hard, Good, Easy: the figures of the simulator in
open-spaced-repetition's fsrs-optimizer."""

PASSED = (0.224, 0.631, 0.145)
"""How often a card that is remembered is Hard, Good, Easy: from the same place."""

RUNS = 3
"""Decks played for one answer: a mean of one over 150 cards moves by 0.02 or so."""

THIN = 0.05
"""An expected recall that lies further below the wished retention is called thin."""

MORE = (1.5, 2, 3, 4)
"""How many times the daily number is tried when it is thin."""

CARD_DAYS = 9_000
FEWEST_PLAYED, MOST_PLAYED = 60, 300
"""A forecast plays at most so many cards times days, so that it takes about a second; of more
cards a sample is played, with the daily number in proportion."""

Deck = Mapping[str, Card]


@dataclass(frozen=True, slots=True)
class Outlook:
    """The share of cards, 0–1, expected to be known on the interview day at so many a day; when
    that is thin, `better` is a daily number that isn't, or the most that was tried."""

    a_day: int
    recall: float
    thin: bool
    better: "Outlook | None" = None


def play(
    cards: Iterable[Card],
    *,
    days: Iterable[date],
    limits: Limits,
    wishes: Wishes,
    draw: Random,
    interview: Interview | None = None,
    comeback: int | None = None,
    kept: float = KEPT,
) -> Iterator[tuple[date, Deck]]:
    """Every day with the deck as it stands in the evening."""
    deck = {card.id: card for card in cards}
    for day in days:
        if draw.random() < kept:
            batch = gather(
                deck.values(),
                today=day,
                limits=limits,
                wishes=wishes,
                interview=interview,
                comeback=comeback,
            )
            deck.update((card.id, _answered(card, day, wishes, draw)) for card in batch.cards)
        yield day, deck


def outlook(
    cards: Sequence[Card],
    *,
    a_day: int,
    today: date,
    interview: Interview,
    wishes: Wishes,
    seed: str,
    kept: float = KEPT,
) -> Outlook:
    """What to expect on the interview day at so many cards a day, and what would be better.

    `kept` is the share of days on which the person does come. Costs up to half a second for
    150 cards and 30 days: call it in a thread.
    """
    expect = partial(
        expected_recall,
        cards,
        today=today,
        interview=interview,
        wishes=wishes,
        seed=seed,
        kept=kept,
    )
    recall, goal = expect(a_day=a_day), wishes.retention - THIN
    if recall >= goal:
        return Outlook(a_day, recall, thin=False)
    return Outlook(a_day, recall, thin=True, better=_better(a_day, goal, expect))


def sampled_outlook(
    cards: Sequence[Card],
    *,
    a_day: int,
    today: date,
    interview: Interview,
    wishes: Wishes,
    seed: str,
) -> Outlook:
    """`outlook` for a deck of any size, from a sample of it when it is large."""
    days = max(1, (interview.on - today).days)
    size = max(FEWEST_PLAYED, min(MOST_PLAYED, CARD_DAYS // days))
    share = min(1.0, size / len(cards)) if cards else 1.0
    played = Random(seed).sample(cards, size) if share < 1 else cards
    seen = outlook(
        played,
        a_day=max(1, round(a_day * share)),
        today=today,
        interview=interview,
        wishes=wishes,
        seed=seed,
    )
    better = seen.better and replace(seen.better, a_day=ceil(seen.better.a_day / share))
    return replace(seen, a_day=a_day, better=better)


def _better(a_day: int, goal: float, expect: Callable[..., float]) -> Outlook:
    numbers = [round(a_day * times) for times in MORE]
    tried = [Outlook(numbers[0], expect(a_day=numbers[0]), thin=True)]
    while tried[-1].recall < goal and len(tried) < len(numbers):
        number = numbers[len(tried)]
        tried.append(Outlook(number, expect(a_day=number), thin=True))
    return replace(tried[-1], thin=tried[-1].recall < goal)


def expected_recall(
    cards: Sequence[Card],
    *,
    a_day: int,
    today: date,
    interview: Interview,
    wishes: Wishes,
    seed: str,
    kept: float = KEPT,
) -> float:
    """The share of the cards, 0–1, expected to be known on the interview day."""
    days = [today + timedelta(n) for n in range((interview.on - today).days)]
    recalls = list[float]()
    for run in range(RUNS):
        evenings = play(
            cards,
            days=days,
            limits=Limits(a_day, 0),
            wishes=wishes,
            draw=Random(f"{seed}:{run}"),
            interview=interview,
            kept=kept,
        )
        deck = _last(evenings, cards)
        recalls += (remembered(card, interview.on, wishes) for card in deck)
    return fmean(recalls) if recalls else 0.0


def spoken(outlook: Outlook, cards: int, today: date, interview: Interview, language: str) -> str:
    """The outlook in two or three sentences, with a plain word when the number is thin."""
    day = format_date(interview.on, "d MMMM", locale=language)
    facts = {"a_day": outlook.a_day, "cards": cards, "day": day}
    said = [say(language, "cards.interview.expect", recall=_percent(outlook.recall), **facts)]
    if outlook.thin:
        days = say(language, "interviews.days", count=(interview.on - today).days)
        said.append(say(language, "cards.interview.thin", days=days, **facts))
    if outlook.better:
        facts = {"a_day": outlook.better.a_day, "recall": _percent(outlook.better.recall)}
        said.append(say(language, "cards.interview.better", **facts))
    return " ".join(said)


def _last(evenings: Iterator[tuple[date, Deck]], cards: Iterable[Card]) -> Iterable[Card]:
    last = deque(evenings, maxlen=1)
    return last[0][1].values() if last else cards


def _percent(share: float) -> int:
    return round(share * 100)


def _answered(card: Card, day: date, wishes: Wishes, draw: Random) -> Card:
    rating = _drawn(card, day, wishes, draw)
    days = intervals(card, day=day, wishes=wishes)[rating]
    return grade(card, rating, interval=days, at=noon(day), day=day, wishes=wishes).card


def _drawn(card: Card, day: date, wishes: Wishes, draw: Random) -> Rating:
    if card.state is None:
        return draw.choices(tuple(Rating), FIRST)[0]
    if draw.random() >= remembered(card, day, wishes):
        return Rating.AGAIN
    return draw.choices(tuple(Rating)[1:], PASSED)[0]
