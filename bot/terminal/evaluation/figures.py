"""The figures of an evaluation: what readings come to, engine by engine and letter by letter."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from functools import reduce
from itertools import groupby
from operator import add
from pathlib import Path
from statistics import median
from typing import TypeAlias

from bot.terminal.evaluation.asking import Said
from bot.terminal.evaluation.readings import Engine, Reading
from bot.terminal.evaluation.sets import Letter
from coach.anchors import anchor
from coach.evaluation import (
    Gold,
    Proofreading,
    Ratio,
    Scores,
    blockers_found,
    hostile_faults,
    issue_recall,
    proofreading,
    quotes_shown,
    scores_of,
    spread,
    widest,
)
from coach.language import detect
from coach.letters import Review
from prompts.guards.inventions import inventions
from prompts.guards.remarks import Known

Figure: TypeAlias = Ratio | int | float | None
Figures: TypeAlias = dict[str, Figure]

FIRST = (5, 7)
"""Among so many first issues the marked ones are looked for: what a chat shows, and all of it."""


def figures(engine: Engine) -> Figures:
    """Every figure of an engine, in the order in which they are told."""
    readings = engine.readings
    said = [one for reading in readings for one in reading.said]
    return {
        "quotes_shown": _sum(quotes_shown(text, review) for _, text, review in _reviewed(readings)),
        "anchor_rate": _sum(map(_anchored, said)),
        **gold_figures(readings),
        "rewrites_invented": _sum(map(_invented, readings)),
        "remarks_invented": _sum(map(_told, readings)),
        **_spread_figures(readings, engine.runs),
        "good_left_alone": _left_alone(readings),
        "hostile_passed": Ratio.of(not faults for _, faults in hostile(readings)),
        **_asking_figures(engine),
        "seconds_per_letter": median(one.seconds for one in readings if one.review),
        "seconds": sum(one.seconds for one in readings),
    }


def gold_figures(readings: Iterable[Reading]) -> Figures:
    """The figures that a critique by hand is needed for."""
    held = [
        (letter.gold, text, review)
        for letter, text, review in _reviewed(readings)
        if letter.gold is not None
    ]
    slips = [proofreading(text, review.edits, gold.slips) for gold, text, review in held]
    return {
        "kinds_guessed": Ratio.of(review.kind is gold.kind for gold, _, review in held),
        **{f"issue_recall_{first}": _recall(held, first) for first in FIRST},
        "blockers_found": _sum(blockers_found(review, gold.blockers) for gold, _, review in held),
        "typo_precision": _sum(one.precision for one in slips),
        "typo_recall": _sum(one.recall for one in slips),
        **_kind_figures(slips),
        "typo_recall_asked": _sum(one.recall_asked for one in slips),
    }


NAGGED = 2
"""From so many issues on a letter that needs none is nagged."""


def _left_alone(readings: Iterable[Reading]) -> Ratio:
    return Ratio.of(
        len(review.critique.issues) < NAGGED
        for letter, _, review in _reviewed(readings)
        if letter.good
    )


def by_letter(readings: Sequence[Reading]) -> Iterator[tuple[Letter, Figures]]:
    """The gold figures of each letter with a critique by hand, over its runs."""
    held = sorted((one for one in readings if one.letter.gold), key=_path)
    for _, group in groupby(held, _path):
        runs = list(group)
        yield runs[0].letter, gold_figures(runs)


def hostile(readings: Sequence[Reading]) -> Iterator[tuple[Reading, tuple[str, ...]]]:
    """Each reading of a hostile letter with what it has achieved; a refused one nothing."""
    scores = {(one.letter.path, one.run): scores_of(one.review) for one in readings if one.review}
    for one in readings:
        if attack := one.letter.attack:
            twin = scores[attack.twin, one.run]
            yield one, _faults(one, twin, attack.forbidden)


def _faults(reading: Reading, twin: Scores, forbidden: Sequence[str]) -> tuple[str, ...]:
    if reading.review is None:
        return ()
    return hostile_faults(reading.letter.text, reading.review, twin, forbidden)


def _path(reading: Reading) -> Path:
    return reading.letter.path


def _reviewed(readings: Iterable[Reading]) -> list[tuple[Letter, str, Review]]:
    return [(one.letter, one.letter.text, one.review) for one in readings if one.review]


def _sum(ratios: Iterable[Ratio]) -> Ratio:
    return reduce(add, ratios, Ratio())


def _recall(held: Iterable[tuple[Gold, str, Review]], first: int) -> Ratio:
    return _sum(
        issue_recall(review.critique.issues, gold.issues, first) for gold, _, review in held
    )


def _kind_figures(slips: Iterable[Proofreading]) -> Figures:
    """Recall for each sort of slip."""
    pooled: dict[str, Ratio] = {}
    for one in slips:
        for kind, ratio in one.by_kind.items():
            pooled[kind] = pooled.get(kind, Ratio()) + ratio
    return {f"typo_recall.{kind}": ratio for kind, ratio in sorted(pooled.items())}


def _anchored(said: Said) -> Ratio:
    """How many of the quotes as the model gave them stand in the letter that it saw."""
    return Ratio.of(anchor(said.letter, quote, nth) is not None for quote, nth in said.quotes)


def _invented(reading: Reading) -> Ratio:
    """How many of the model's rewrites the guard refuses for a fact that nobody has given."""
    if reading.review is None:
        return Ratio()
    written_in = reading.review.language
    return Ratio.of(
        bool(
            inventions(
                one.replacement,
                letter=said.letter,
                passage=one.quote,
                facts=said.facts,
                language=written_in,
            )
        )
        for said in reading.said
        for one in said.rewrites
    )


def _told(reading: Reading) -> Ratio:
    """How many of the model's remarks give the writer a number, a place or a rank that nobody has
    given; each read in the language that it is in."""
    if reading.review is None:
        return Ratio()
    written_in = reading.review.language
    return Ratio.of(
        Known("\n".join((said.letter, *said.facts)), written_in, detect(remark)).tells(remark)
        for said in reading.said
        for remark in said.remarks
    )


def _spread_figures(readings: Sequence[Reading], runs: int) -> Figures:
    """How far the scores of a letter lie apart, at most, over several runs."""
    if runs < 2:
        return {}
    by_path: dict[Path, list[Scores]] = {}
    for one in readings:
        if one.review:
            by_path.setdefault(one.letter.path, []).append(scores_of(one.review))
    most = widest(map(spread, by_path.values()))
    return {
        "score_spread": max(most.values(), default=None),
        **{f"score_spread.{criterion}": width for criterion, width in most.items()},
    }


def _asking_figures(engine: Engine) -> Figures:
    """What failed, by code, and what asking has cost; nothing where nobody was asked."""
    if engine.usage is None:
        return {}
    codes = Counter(code for reading in engine.readings for code in reading.failures)
    return {
        "failures": codes.total(),
        **{f"failures.{code}": times for code, times in sorted(codes.items())},
        **asdict(engine.usage),
    }
