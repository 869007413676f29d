"""Learns, from prose that is right, which of two words belongs between which neighbours."""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from coach.proofread import confusions, tokens
from coach.proofread.build.pack import write
from coach.proofread.lexicon import Lexicon
from coach.proofread.reading import Reading

PAIRS = """
your you're|its it's|their there|their they're|there they're|then than|to too|too two
weather whether|of off|where were|were we're|form from|lose loose|affect effect|quite quiet
passed past|advice advise|choose chose|here hear|know now|no know|accept except
through though|principal principle|whose who's|buy by|weak week|role roll|sight site|sense since
casual causal|contact contract|personal personnel|breath breathe|brake break|coarse course
hole whole|knew new|right write|seen scene|them then|use sue|trail trial|rue rule|most mots
threw through|which witch|piece peace|plain plane|desert dessert|meet meat|wear where|been being
"""
EXAMPLES = 25_000
"""Places read for each word of a pair; more change nothing."""

FEATURES = 1_600
"""Weights kept for each pair, the telling and frequent ones first."""

Example = tuple[list[str], str]


def build(paragraphs: Iterable[str], lexicon: Lexicon, out: Path) -> None:
    """Writes the pairs' weights in tenths, one block a pair."""
    chosen = [tuple(pair.split()) for pair in PAIRS.replace("\n", "|").split("|") if pair]
    examples = _examples(paragraphs, lexicon, {word for pair in chosen for word in pair})
    blocks = [_block(first, second, examples) for first, second in chosen]
    write(out / "confusions.xz", "\n\n".join(block for block in blocks if block))


def _examples(
    paragraphs: Iterable[str], lexicon: Lexicon, wanted: set[str]
) -> dict[str, list[Example]]:
    found: defaultdict[str, list[Example]] = defaultdict(list)
    for paragraph in paragraphs:
        reading = Reading(tokens.words(paragraph), lexicon, frozenset())
        for at, word in enumerate(reading.words):
            if word.low in wanted and not word.stuck:
                found[word.low].append((confusions.features(reading, at), word.low))
    return found


def _block(first: str, second: str, examples: dict[str, list[Example]]) -> str:
    chance = random.Random(7)
    total = len(examples[first]), len(examples[second])
    if min(total) < 40:
        return ""
    chosen = [
        example
        for word in (first, second)
        for example in chance.sample(examples[word], min(EXAMPLES, len(examples[word])))
    ]
    taken = [min(EXAMPLES, count) for count in total]
    skew = math.log(total[1] / total[0]) - math.log(taken[1] / taken[0])
    counts = Counter(feature for seen, _ in chosen for feature in seen)
    useful = {
        feature
        for feature, count in counts.items()
        if count >= (3 if feature.count(" ") > 1 else 2)
    }
    bias, weights = _fit(chosen, second, useful, chance)
    kept = sorted(weights, key=lambda f: -abs(weights[f]) * math.log1p(counts[f]))[:FEATURES]
    lines = [f"{round(weights[f] * 10)} {f}" for f in sorted(kept) if round(weights[f] * 10)]
    return "\n".join([f"{first} {second} {round((bias + skew) * 10)}", *lines])


def _fit(
    examples: list[Example], second: str, useful: set[str], chance: random.Random
) -> tuple[float, dict[str, float]]:
    """Logistic regression by stochastic descent with AdaGrad steps and a little shrinkage."""
    weights: defaultdict[str, float] = defaultdict(float)
    slopes: defaultdict[str, float] = defaultdict(lambda: 1.0)
    for _ in range(3):
        chance.shuffle(examples)
        for seen, word in examples:
            active = ["", *(feature for feature in seen if feature in useful)]
            total = sum(weights[feature] for feature in active)
            miss = (word == second) - 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
            for feature in active:
                slopes[feature] += miss * miss
                step = 0.5 * miss / math.sqrt(slopes[feature])
                weights[feature] += step - 1e-5 * weights[feature]
    return weights.pop(""), weights
