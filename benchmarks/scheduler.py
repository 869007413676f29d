"""How honest the scheduler is: the log loss of its predictions on a real log beside SM-2's, the
retention that made-up learners reach beside the one asked for, and what pacing to an interview
date brings beside SM-2 that takes what is due first.

The log (`card_id,review_rating,review_time`) is looked for where the argument says, then in
`data/learning` here and in `shared` beside the repository; without it that part is skipped.
"""

import csv
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from pathlib import Path
from random import Random
from statistics import fmean, stdev
from zoneinfo import ZoneInfo

from benchmarks import show
from benchmarks._learners import LEARNERS, Learner, rate
from bot import fitting
from coach.batches import Limits, gather
from coach.cards import Card, Grade, grade, intervals, remembered
from coach.fitting import NotFitted, fit, log_loss, reviews
from coach.interviews import Interview
from coach.memory import WEIGHTS, Memory, Rating, chance, learn
from coach.scheduling import Wishes
from coach.studydays import noon, study_day

LOGS = tuple(Path(folder, "data/learning/review_log.csv") for folder in (".", "../shared"))
LOG_LOSS_GOAL = 0.4514
AGREEMENT_GOAL = 1e-4
RETENTION_GOAL = 0.03
INTERVIEW_GOAL = 1.7

TEST_SHARE = 0.2
"""The last reviews in time are the test."""

UTC_ZONE = ZoneInfo("UTC")
START = date(2026, 1, 5)
MISSED = 0.1
LEARNERS_EACH = 20
ASKED = (0.80, 0.85, 0.90, 0.95)


@dataclass(slots=True)
class Sm2:
    """SuperMemo 2 (Wozniak 1990): intervals 1, 6, then times the easiness, rounded up. Its chance
    of remembering is taken as 0.9 at the interval, falling exponentially."""

    easiness: float = 2.5
    streak: int = 0
    interval: int = 0

    def study(self, rating: Rating) -> None:
        quality = rating + 1
        self.streak = self.streak + 1 if quality >= 3 else 0
        first = {0: 1, 1: 1, 2: 6}
        self.interval = first.get(self.streak) or ceil(self.interval * self.easiness)
        short = 5 - quality
        self.easiness = max(1.3, self.easiness + 0.1 - short * (0.08 + short * 0.02))

    def chance(self, elapsed: int) -> float:
        return 0.9 ** (elapsed / self.interval)


# --- the log of one person ---


@dataclass(frozen=True, slots=True)
class Guess:
    """What was predicted of a review, and whether the card was remembered."""

    remembered: bool
    fsrs: float
    sm2: float


def guesses(rows: Iterable[dict[str, str]]) -> Iterator[Guess]:
    """A guess for every review at least a day after the last, of rows in the order of time; the
    others teach both models too."""
    memories, easier = dict[str, Memory](), dict[str, Sm2]()
    for row in rows:
        card, rating = row["card_id"], Rating(int(row["review_rating"]))
        day = study_day(reviewed_at(row), UTC_ZONE)
        memory, sm2 = memories.get(card), easier.setdefault(card, Sm2())
        if memory and (elapsed := (day - memory.day).days) >= 1:
            yield Guess(rating > Rating.AGAIN, chance(memory, day), sm2.chance(elapsed))
        memories[card] = learn(memory, rating, day)
        sm2.study(rating)


def reviewed_at(row: dict[str, str]) -> datetime:
    return datetime.fromisoformat(row["review_time"])


def show_log(path: Path | None) -> None:
    if path is None:
        print(
            "scheduler: log loss skipped, no review_log.csv (python -m benchmarks.scheduler FILE)"
        )
        return
    with path.open(newline="", encoding="utf-8") as file:
        rows = sorted(csv.DictReader(file), key=reviewed_at)
    made = list(guesses(rows))
    known, test = (
        made[: int(len(made) * (1 - TEST_SHARE))],
        made[int(len(made) * (1 - TEST_SHARE)) :],
    )
    usual = fmean(guess.remembered for guess in known)
    losses = {
        "FSRS-6, default weights": log_loss((guess.remembered, guess.fsrs) for guess in test),
        "SM-2": log_loss((guess.remembered, guess.sm2) for guess in test),
        "the mean of the training part": log_loss((guess.remembered, usual) for guess in test),
    }
    table = [(name, f"{loss:.4f}") for name, loss in losses.items()]
    title = f"Log loss on {len(test):,} of {len(made):,} reviews (goal for FSRS: ≤ {LOG_LOSS_GOAL})"
    show(title, ("", "log loss"), table)
    show_optimiser(rows)


def show_optimiser(rows: Sequence[dict[str, str]]) -> None:
    """How far the other engine's memories are from ours, and whether weights of one's own help."""
    if not fitting.installed():
        print('scheduler: agreement and fit skipped, no optimiser (pip install "sogood[fit]")')
        return
    log = histories(rows)
    worst = max(apart(history) for history in log.values())
    print(
        f"\nAgreement with fsrs-rs on {len(rows):,} grades (goal: ≤ {AGREEMENT_GOAL}): {worst:.1e}"
    )
    print(f"Weights fitted to the oldest 80 % of this log: {fitted(log)}")


def histories(rows: Iterable[dict[str, str]]) -> dict[str, list[Grade]]:
    """The grades of every card, oldest first, on study days."""
    log = dict[str, list[Grade]]()
    for row in rows:
        at = reviewed_at(row)
        entry = Grade(
            row["card_id"], Rating(int(row["review_rating"])), at, study_day(at, UTC_ZONE)
        )
        log.setdefault(entry.card, []).append(entry)
    return log


def apart(history: Sequence[Grade]) -> float:
    """The relative difference of the stability and difficulty that both engines end with."""
    from fsrs_rs_python import FSRS, FSRSItem, FSRSReview  # pyright: ignore[reportMissingImports]

    memory: Memory | None = None
    told = list[FSRSReview]()
    for entry in history:
        told.append(FSRSReview(int(entry.rating), (entry.day - memory.day).days if memory else 0))
        memory = learn(memory, entry.rating, entry.day)
    theirs = FSRS(list(WEIGHTS)).memory_state(FSRSItem(told))
    assert memory is not None
    pairs = ((theirs.stability, memory.stability), (theirs.difficulty, memory.difficulty))
    return max(abs(one - other) / other for one, other in pairs)


def fitted(log: dict[str, list[Grade]]) -> str:
    try:
        found = fit(log, fitting.optimise)
    except NotFitted:
        return "not found"
    if found is None:
        return f"no better on the newest 20 % of {len(reviews(log)):,} reviews; the default stays"
    return f"log loss {found.before:.4f} → {found.after:.4f}, taken"


# --- retention asked and reached ---


def reached(
    learner: Learner, asked: float, draw: Random, *, cards: int = 60, days: int = 365
) -> float:
    """The share of reviews remembered by a learner who adds cards for a month and comes daily."""
    wishes, load = Wishes(retention=asked), dict[date, int]()
    deck = {f"c{n}": Card(f"c{n}", f"n{n}") for n in range(cards)}
    remembered = list[bool]()
    for day in (START + timedelta(n) for n in range(days)):
        limits = Limits(reviews=cards, new=2)
        for card in gather(deck.values(), today=day, limits=limits, wishes=wishes).cards:
            rating = rate(learner, card.id, day, draw, first=card.state is None)
            if card.state:
                remembered.append(rating > Rating.AGAIN)
            learner.study(card.id, rating, day)
            deck[card.id] = graded(card, rating, day, wishes, load)
    return fmean(remembered)


def graded(card: Card, rating: Rating, day: date, wishes: Wishes, load: dict[date, int]) -> Card:
    days = intervals(card, day=day, wishes=wishes, load=load)[rating]
    load[day + timedelta(days)] = load.get(day + timedelta(days), 0) + 1
    # A leech would be set aside; here it goes on, so that every card counts.
    after = grade(card, rating, interval=days, at=noon(day), day=day, wishes=wishes).card
    return Card(card.id, card.note, after.state)


def show_retention() -> None:
    rows = list[tuple[str, ...]]()
    for name, make in LEARNERS.items():
        found = {asked: list[float]() for asked in ASKED}
        for number in range(LEARNERS_EACH // 2):
            for asked, shares in found.items():
                draw = Random(f"{name}:{number}")
                shares.append(reached(make(draw), asked, draw))
        off = fmean(abs(share - asked) for asked, shares in found.items() for share in shares)
        means = (f"{fmean(shares):.3f}" for shares in found.values())
        rows.append((name, *means, f"{off:.3f}"))
    goal = f"goal with FSRS learners: off by ≤ {RETENTION_GOAL}"
    show(
        f"Retention reached, by retention asked ({goal})",
        ("learner", *map(str, ASKED), "mean |off|"),
        rows,
    )


# --- an interview in 30 days ---

Plan = Callable[[Learner, int, int, int, Random], float]


def paced(learner: Learner, cards: int, days: int, a_day: int, draw: Random) -> float:
    """Mean true recall of all cards on the interview day, by our own rules."""
    interview = Interview(START + timedelta(days), START)
    wishes, load = Wishes(), dict[date, int]()
    deck = {f"c{n}": Card(f"c{n}", f"n{n}") for n in range(cards)}
    for day in (START + timedelta(n) for n in range(days)):
        if draw.random() < MISSED:
            continue
        batch = gather(
            deck.values(), today=day, limits=Limits(a_day, 0), wishes=wishes, interview=interview
        )
        for card in batch.cards:
            rating = rate(learner, card.id, day, draw, first=card.state is None)
            learner.study(card.id, rating, day)
            deck[card.id] = graded(card, rating, day, wishes, load)
    return fmean(learner.chance(card, interview.on) for card in deck)


def due_first(learner: Learner, cards: int, days: int, a_day: int, draw: Random) -> float:
    """The same with SM-2, which takes what is due, longest waiting first, and fills up with new."""
    end = START + timedelta(days)
    due, easier = dict[str, date](), dict[str, Sm2]()
    for day in (START + timedelta(n) for n in range(days)):
        if draw.random() < MISSED:
            continue
        waiting = sorted((when, card) for card, when in due.items() if when <= day)
        new = (f"c{n}" for n in range(len(easier), cards))
        for card in [*(card for _, card in waiting), *new][:a_day]:
            rating = rate(learner, card, day, draw, first=card not in easier)
            learner.study(card, rating, day)
            easier.setdefault(card, Sm2()).study(rating)
            due[card] = day + timedelta(easier[card].interval)
    return fmean(learner.chance(f"c{n}", end) for n in range(cards))


def recalls(name: str, plan: Plan, a_day: int) -> list[float]:
    found = list[float]()
    for number in range(LEARNERS_EACH):
        draw = Random(f"{name}:{number}")
        found.append(plan(LEARNERS[name](draw), 150, 30, a_day, draw))
    return found


def show_interview(a_day: int) -> None:
    rows = list[tuple[str, ...]]()
    for name in LEARNERS:
        ours, theirs = recalls(name, paced, a_day), recalls(name, due_first, a_day)
        ratios = [mine / other for mine, other in zip(ours, theirs, strict=True)]
        spread = stdev(ratios) / len(ratios) ** 0.5
        mean = fmean(ours) / fmean(theirs)
        rows.append(
            (name, f"{fmean(ours):.3f}", f"{fmean(theirs):.3f}", f"{mean:.2f}", f"{spread:.2f}")
        )
    goal = f" (goal: ≥ {INTERVIEW_GOAL} in two, ≥ 1 in the third)" if a_day == 10 else ""
    title = f"Recall on the interview day: 150 cards, 30 days, {a_day} a day, 10 % missed{goal}"
    show(title, ("learner", "paced", "SM-2, due first", "ratio", "±"), rows)


# --- back after 40 days ---

ORDERS: dict[str, Callable[[Card, date], float]] = {
    "still savable first": lambda card, day: -remembered(card, day, Wishes()),
    "nearly lost first": lambda card, day: remembered(card, day, Wishes()),
    "longest waiting first": lambda card, _: card.state.due.toordinal() if card.state else 0,
}


def learnt(learner: Learner, draw: Random, cards: int = 200, days: int = 40) -> dict[str, Card]:
    """A deck that was met and reviewed without a miss."""
    deck = {f"c{n}": Card(f"c{n}", f"n{n}") for n in range(cards)}
    for day in (START + timedelta(n) for n in range(days)):
        limits = Limits(reviews=cards, new=cards // 20)
        for card in gather(deck.values(), today=day, limits=limits, wishes=Wishes()).cards:
            rating = rate(learner, card.id, day, draw, first=card.state is None)
            learner.study(card.id, rating, day)
            deck[card.id] = graded(card, rating, day, Wishes(), {})
    return deck


def come_back(learner: Learner, order: Callable[[Card, date], float], draw: Random) -> list[float]:
    """True recall of the deck on each of 30 days, 10 cards a day, after 40 days away."""
    deck, recall = learnt(learner, draw), list[float]()
    back = START + timedelta(80)
    for day in (back + timedelta(n) for n in range(30)):
        due = [card for card in deck.values() if card.state and card.state.due <= day]
        for card in sorted(due, key=lambda card: order(card, day))[:10]:
            rating = rate(learner, card.id, day, draw, first=False)
            learner.study(card.id, rating, day)
            deck[card.id] = graded(card, rating, day, Wishes(), {})
        recall.append(fmean(learner.chance(card, day) for card in deck))
    return recall


def show_comeback() -> None:
    rows = list[tuple[str, ...]]()
    for name, make in LEARNERS.items():
        for order, key in ORDERS.items():
            draws = [Random(f"{name}:{number}") for number in range(LEARNERS_EACH // 4)]
            runs = [come_back(make(draw), key, draw) for draw in draws]
            over, end = fmean(fmean(run) for run in runs), fmean(run[-1] for run in runs)
            rows.append((f"{name}: {order}", f"{over:.3f}", f"{end:.3f}"))
    title = "Recall of 200 cards after 40 days away, 10 a day"
    show(title, ("", "mean of 30 days", "after 30 days"), rows)


def main() -> None:
    named = [Path(word) for word in sys.argv[1:] if word.endswith(".csv")]
    show_log(next((path for path in (*named, *LOGS) if path.is_file()), None))
    show_retention()
    for a_day in (10, 20, 40):
        show_interview(a_day)
    show_comeback()


if __name__ == "__main__":
    main()
