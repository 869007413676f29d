"""Real words in the wrong place (their/there), told by a small model for each pair."""

import lzma
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from coach.letters import EditKind
from coach.proofread.proposals import Proposal
from coach.proofread.reading import Reading
from coach.proofread.spelling import in_case_of

_SHOWN = 3.6
"""The log odds for the other word from which an edit is proposed."""

_SURE = 5.0
"""The log odds from which it is no question any more."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words that are mistaken for each other. Positive weights speak for the second."""

    first: str
    second: str
    bias: float
    weights: dict[str, float]

    def odds(self, features: list[str], instead: str) -> float:
        """The log odds that `instead`, one of the two, belongs where the features were seen."""
        total = self.bias + sum(self.weights.get(feature, 0.0) for feature in features)
        return total if instead == self.second else -total


def find(reading: Reading) -> Iterator[Proposal]:
    """Words for which another one of their pair is far likelier here."""
    for at, word in enumerate(reading.words):
        if word.low in pairs() and not word.stuck and not word.text.isupper():
            odds, right = _best(reading, at)
            if odds > _SHOWN and _gain(reading, at, right) > max(0.0, _SURE - odds):
                shaped = in_case_of(word.text, right, reading.lexicon)
                chance = round(1 / (1 + math.exp(1.5 - odds)), 3)
                yield Proposal(
                    word.start,
                    word.end,
                    shaped,
                    EditKind.CONFUSION,
                    min(0.99, chance),
                    "confusion",
                    ask=odds < _SURE,
                )


def _gain(reading: Reading, at: int, right: str) -> float:
    """How much better the word fits by the pairs of the lexicon, which know general English too;
    the less sure the model, the more of it is asked."""
    before, after, lexicon = reading.before(at), reading.after(at), reading.lexicon
    instead = lexicon.log_fit(before, right, after)
    return instead - lexicon.log_fit(before, reading.words[at].low, after)


def _best(reading: Reading, at: int) -> tuple[float, str]:
    word = reading.words[at].low
    seen = features(reading, at)
    return max(
        (pair.odds(seen, other), other)
        for pair in pairs()[word]
        for other in (pair.first, pair.second)
        if other != word
    )


def features(reading: Reading, at: int) -> list[str]:
    """What stands around a word, one string for each thing that a pair's model weighs."""
    before, after = reading.before(at), reading.after(at)
    earlier = reading.before(at - 1) if before == _low(reading, at - 1) else before
    later = reading.after(at + 1) if after == _low(reading, at + 1) else after
    return [
        f"{before} _",
        f"_ {after}",
        f"{before} _ {after}",
        f"{earlier} {before} _",
        f"_ {after} {later}",
        f"{earlier} * _",
        f"_ * {later}",
    ]


def _low(reading: Reading, at: int) -> str:
    return reading.words[at].low if 0 <= at < len(reading.words) else ""


@cache
def pairs() -> dict[str, list[Pair]]:
    """The pairs by each of their words."""
    raw = (resources.files("coach.proofread") / "data/en/confusions.xz").read_bytes()
    by_word: dict[str, list[Pair]] = {}
    for block in lzma.decompress(raw).decode("utf-8").split("\n\n"):
        head, *lines = block.split("\n")
        first, second, bias = head.split()
        weights = {feature: int(level) / 10 for level, _, feature in map(_parts, lines)}
        pair = Pair(first, second, int(bias) / 10, weights)
        by_word.setdefault(first, []).append(pair)
        by_word.setdefault(second, []).append(pair)
    return by_word


def _parts(line: str) -> tuple[str, str, str]:
    return line.partition(" ")
