"""Learns, from prose that is right, which of two words belongs between which neighbours."""

import math
import random
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from coach.proofread import confusions, tokens
from coach.proofread.build.pack import write
from coach.proofread.confusions import Place
from coach.proofread.lexicon import Lexicon
from coach.proofread.reading import Reading

OFTEN = """
your you're|its it's|their there|their they're|there they're|then than|to too|of off|form from
through though|lose loose|affect effect|accept except|passed past|weather whether|where were
were we're|whose who's|quite quiet|advice advise
"""
"""Pairs that good writers take for each other too."""

SELDOM = """
too two|choose chose|here hear|know now|no know|though thought|principal principle|buy by|weak week
role roll|sight site|sense since|casual causal|contact contract|personal personnel|breath breathe
brake break|coarse course|hole whole|knew new|right write|seen scene|them then|use sue|trail trial
rue rule|most mots|threw through|which witch|piece peace|plain plane|desert dessert|meet meat
wear where|been being|who how|lead led|tough though
"""
"""Pairs that differ by a slip of the hand or sound alike."""

EXAMPLES = 20_000
"""Places read for each word of a pair; more change nothing."""

FEATURES = 1_600
"""Weights kept for each pair, the telling and frequent ones first."""

FEWEST = 40
"""Places that each word of a pair must have been seen in."""

HELD_OUT = 5
"""Every so manieth paragraph of the prose is kept from the learning, to set the bars by."""

SLIPS = {OFTEN: 0.03, SELDOM: 0.01}
"""How often writers take one word of a pair for the other; more would flag more."""

MOST_SLIPS = 0.05
"""How many of a word's places are slips at most, however much more usual the other word is."""

NOISE = {OFTEN: 0.012, SELDOM: 0.0005}
"""How often the prose that is learned from has such slips itself."""

PRECISION = 0.97
"""How often a proposal is right, at that many slips."""

CAUTION = 0.3
"""Letters are unlike the prose that the bars were set by."""

DOUBTED = 3.5
"""Log odds against an example from which it is a slip rather than a rare use."""

LOWEST_BAR, USUAL_BAR, UNTRIED_BAR, HIGHEST_BAR = 2.5, 3.6, 4.8, 6.0
"""In log odds. The usual one holds where too few places were held out to set another, the untried
one where there are hardly any."""

LOWEST_BAR_OF_MANY = 3.3
MANY = 1_000
"""Places of a word that has so many ways to be right that some are never seen beforehand."""

ENOUGH = 100
"""Places of a word that tell how seldom it is doubted."""


@dataclass(slots=True)
class Places:
    """Where one word was seen: in prose about work and choices, in documentation, and in
    paragraphs that are held out."""

    prose: list[Place] = field(default_factory=list[Place])
    technical: list[Place] = field(default_factory=list[Place])
    held_out: list[Place] = field(default_factory=list[Place])

    @property
    def count(self) -> int:
        return len(self.prose) + len(self.technical)

    def sample(self, chance: random.Random) -> list[Place]:
        """So many as are read, prose before documentation, which is further from letters."""
        prose = chance.sample(self.prose, min(EXAMPLES, len(self.prose)))
        left = min(EXAMPLES - len(prose), len(self.technical))
        return prose + chance.sample(self.technical, left)


Fitted = tuple[float, float, dict[str, float]]
"""The bias, the weight of the fit, and the weights of the features."""


def build(prose: Iterable[str], technical: Iterable[str], lexicon: Lexicon, out: Path) -> None:
    """Writes the pairs' weights in tenths, one block a pair."""
    chosen = {pair: often for often in (OFTEN, SELDOM) for pair in _listed(often)}
    places = {word: Places() for pair in chosen for word in pair}
    collect(prose, places, lexicon, lambda of: of.prose, held_out=HELD_OUT)
    collect(technical, places, lexicon, lambda of: of.technical)
    blocks = [
        _block(pair, often, places, lexicon)
        for pair, often in chosen.items()
        if _is_seen(pair, places)
    ]
    write(out / "confusions.xz", "\n\n".join(blocks))


def _listed(often: str) -> list[tuple[str, str]]:
    parted = (pair.split() for pair in often.replace("\n", "|").split("|") if pair)
    return [(first, second) for first, second in parted]


def collect(
    paragraphs: Iterable[str],
    places: dict[str, Places],
    lexicon: Lexicon,
    shelf: Callable[[Places], list[Place]],
    held_out: int = 0,
) -> None:
    """Adds the places of the words to their shelf, or, of every so manieth paragraph, to what is
    held out."""
    for paragraph in paragraphs:
        reading = Reading(tokens.words(paragraph), lexicon, frozenset())
        kept = held_out and zlib.crc32(paragraph.encode()) % held_out == 0
        for at, word in enumerate(reading.words):
            if word.low in places and not word.stuck:
                of = places[word.low]
                (of.held_out if kept else shelf(of)).append(confusions.place(reading, at))


def _is_seen(pair: tuple[str, str], places: dict[str, Places]) -> bool:
    return min(places[word].count for word in pair) >= FEWEST


def _block(pair: tuple[str, str], often: str, places: dict[str, Places], lexicon: Lexicon) -> str:
    chance = random.Random(7)
    taken = [places[word].sample(chance) for word in pair]
    examples = [
        (_told(place, pair, lexicon), second) for second in (False, True) for place in taken[second]
    ]
    bias, fit, weights = _fit(_less_slips(examples, pair, chance), chance)
    bias -= math.log(len(taken[1]) / len(taken[0]))
    head = [bias, fit, *_bars(pair, often, (bias, fit, weights), places, lexicon)]
    lines = [f"{round(10 * weights[f])} {f}" for f in sorted(weights)]
    return "\n".join([" ".join([*pair, *(str(round(10 * figure)) for figure in head)]), *lines])


Told = tuple[list[str], float]


def _less_slips(
    examples: list[tuple[Told, bool]], pair: tuple[str, str], chance: random.Random
) -> list[tuple[Told, bool]]:
    """The examples without those that the others speak against: slips of their writers."""
    bias, fit, weights = _fit(examples, chance)
    model = confusions.Pair(pair, bias, fit, (0.0, 0.0), weights)
    return [
        (told, second) for told, second in examples if _speaks_for(model, told, second) > -DOUBTED
    ]


def _speaks_for(model: confusions.Pair, told: Told, second: bool) -> float:
    odds = model.odds(*told)
    return odds if second else -odds


def _told(place: Place, pair: tuple[str, str], lexicon: Lexicon) -> Told:
    return confusions.features(place, lexicon), confusions.gain(place, *pair, lexicon)


def _fit(examples: list[tuple[Told, bool]], chance: random.Random) -> Fitted:
    """Logistic regression by stochastic descent with AdaGrad steps and a little shrinkage."""
    counts = Counter(feature for (seen, _), _ in examples for feature in seen)
    weights: defaultdict[str, float] = defaultdict(float)
    slopes: defaultdict[str, float] = defaultdict(lambda: 1.0)
    fit, fit_slope = 0.5, 10.0
    for _ in range(3):
        chance.shuffle(examples)
        for (seen, gain), second in examples:
            active = ["", *(feature for feature in seen if counts[feature] >= 3)]
            total = fit * gain + sum(weights[feature] for feature in active)
            miss = second - 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
            fit_slope += (miss * gain) ** 2
            fit += 0.3 * miss * gain / math.sqrt(fit_slope)
            for feature in active:
                slopes[feature] += miss * miss
                step = 0.5 * miss / math.sqrt(slopes[feature])
                weights[feature] += step - 1e-5 * weights[feature]
    bias = weights.pop("")
    kept = sorted(weights, key=lambda f: -abs(weights[f]) * math.log1p(counts[f]))[:FEATURES]
    return bias, fit, {f: round(weights[f], 1) for f in kept if round(10 * weights[f])}


def _bars(
    pair: tuple[str, str], often: str, fitted: Fitted, places: dict[str, Places], lexicon: Lexicon
) -> tuple[float, float]:
    """The log odds that a proposal of the first, and of the second, needs."""
    bias, fit, weights = fitted
    model = confusions.Pair(pair, bias, fit, (0.0, 0.0), weights)
    of_first, of_second = (
        [model.odds(*_told(place, pair, lexicon)) for place in places[word].held_out]
        for word in pair
    )
    for_first = _bar([-odds for odds in of_second], [-odds for odds in of_first], often)
    return for_first, _bar(of_first, of_second, often)


def _bar(wrong: Sequence[float], right: Sequence[float], often: str) -> float:
    """The lowest bar at which proposals are precise: `wrong` are the odds, for another word, of
    places where the written one is right, and `right` those of places where the other is."""
    slips = min(SLIPS[often] * len(right), MOST_SLIPS * len(wrong))
    true = NOISE[often] * len(wrong) if len(right) > len(wrong) / 3 else 0
    usual = USUAL_BAR if len(wrong) >= ENOUGH else UNTRIED_BAR
    lowest = LOWEST_BAR if len(wrong) < MANY else LOWEST_BAR_OF_MANY
    tenths = range(round(10 * lowest), round(10 * HIGHEST_BAR))
    for bar in (tenth / 10 for tenth in tenths):
        false = sum(odds > bar for odds in wrong)
        found = slips * sum(odds > bar for odds in right) / max(1, len(right))
        if false - true + 0.3 <= found * (1 - PRECISION) / PRECISION:
            return bar + CAUTION
        if false <= true and bar >= usual:
            return bar + CAUTION
    return HIGHEST_BAR
