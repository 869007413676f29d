"""Fits the weights of the signs of an invention: `python -m benchmarks.scale --write`.

Logistic regression with weights of at least 0, on the letters marked `half = "tune"`. What it
prints of letters was fitted without them; with `--write`, weights fitted to all are kept.
"""

import math
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.guard import LETTERS, cases
from prompts.guards import speakers
from prompts.guards.scales import Scale, is_certain
from prompts.guards.signs import Signs, signs

SCALES = Path("prompts/guards/words")
REFUSED = 0.42
"""Share of honest rewrites that may be refused on letters that the weights weren't fitted to.
Beyond it each further fabrication in a hundred that is caught costs ten honest ones; what is
refused is asked for once more."""

FOLDS = 6
ROUNDS = 300
STEP = 0.8
HOLD = 0.001
"""How strongly weights are held towards 0."""

CAUTIOUS = """\
# Written by `python -m benchmarks.scale --write`: how much each sign (signs.py) weighs, and from
# which sum on a rewrite is refused.
"""


@dataclass(frozen=True, slots=True)
class Example:
    letter: str
    invents: bool
    found: Signs


def examples(language: str) -> list[Example]:
    """The rewrites to fit to; each fabrication alone and among honest sentences, as a model that
    invents one thing would write it."""
    dice = random.Random(5)
    return [
        Example(name, invents, signs(said, letter, passage, language))
        for name, invents, said, letter, passage in _told(language, dice)
    ]


def _told(language: str, dice: random.Random) -> Iterator[tuple[str, bool, str, str, str]]:
    for name, case in cases(LETTERS):
        if case["language"] != language or case["half"] != "tune":
            continue
        honest, rest = case["honest"], (case["letter"], case["passage"])
        yield from ((name, False, said, *rest) for said in honest)
        for _, said in case["fabrications"]:
            yield (name, True, said, *rest)
            yield (name, True, _among(said, honest, dice), *rest)


def _among(said: str, honest: Sequence[str], dice: random.Random) -> str:
    sentences = [one for whole in honest for one in speakers.SENTENCE.split(whole)]
    usual = sum(map(len, honest)) / len(honest)
    while len(said) < 0.9 * usual:
        other = dice.choice(sentences)
        said = f"{said} {other}" if dice.random() < 0.5 else f"{other} {said}"
    return said


def fitted(told: Sequence[Example]) -> dict[str, float]:
    """The weights, with "" for the constant."""
    invented = sum(one.invents for one in told)
    share = {True: 0.5 / max(1, invented), False: 0.5 / max(1, len(told) - invented)}
    rows = [({**one.found.counts, "": 1.0}, one.invents) for one in told]
    weights = dict.fromkeys({sign for row, _ in rows for sign in row}, 0.0)
    for _ in range(ROUNDS):
        slope = {sign: HOLD * weight for sign, weight in weights.items() if sign}
        for row, invents in rows:
            score = sum(weights[sign] * much for sign, much in row.items())
            wrong = share[invents] * (1 / (1 + math.exp(-score)) - invents)
            for sign, much in row.items():
                slope[sign] = slope.get(sign, 0.0) + wrong * much
        for sign, steep in slope.items():
            moved = weights[sign] - STEP * steep
            weights[sign] = max(0.0, moved) if sign else moved
    return weights


def scored(told: Sequence[Example]) -> list[tuple[float, bool]]:
    """Each example's score by weights that were fitted without its letter."""
    letters = sorted({one.letter for one in told})
    scores: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        out = frozenset(letters[fold::FOLDS])
        scale = Scale(0.0, fitted([one for one in told if one.letter not in out]))
        scores += [(_score(one, scale), one.invents) for one in told if one.letter in out]
    return scores


def _score(one: Example, scale: Scale) -> float:
    return math.inf if is_certain(one.found) else scale.weigh(one.found) + scale.weights[""]


def main(arguments: Sequence[str] = ()) -> None:
    for language in ("en", "ru"):
        told = examples(language)
        scores = scored(told)
        honest = sorted((score for score, invents in scores if not invents), reverse=True)
        bar = honest[int(REFUSED * len(honest))]
        invented = [score for score, invents in scores if invents]
        caught = sum(score > bar for score in invented) / len(invented)
        print(f"{language}: {len(honest)} honest, {len(invented)} invented; {caught:.1%} caught")
        weights = fitted(told)
        if "--write" in arguments:
            _write(language, bar - weights.pop(""), weights)


def _write(language: str, bar: float, weights: dict[str, float]) -> None:
    kept = sorted(((sign, weight) for sign, weight in weights.items() if weight > 0.005))
    lines = [f"{sign} = {weight:.2f}" for sign, weight in kept]
    text = "\n".join([f"bar = {bar:.2f}", "", "[weights]", *lines, ""])
    (SCALES / f"scale_{language}.toml").write_text(CAUTIOUS + text, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
