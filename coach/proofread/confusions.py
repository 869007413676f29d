"""Real words in the wrong place (their/there), told by a small model for each pair."""

import lzma
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple

from coach.letters import EditKind
from coach.proofread import closed
from coach.proofread.company import company
from coach.proofread.lexicon import PAUSE, Lexicon
from coach.proofread.proposals import Proposal
from coach.proofread.reading import Reading
from coach.proofread.spelling import in_case_of
from coach.proofread.tokens import Word

_LARGEST_GAIN = 8.0
"""Beyond this, how much better a word fits its neighbours says nothing more."""

_LEAST_GAIN = 0.5
"""How much better, in nats, the other word must fit its neighbours by the lexicon's pairs too."""

_SURE = 1.5
"""How far above what is needed to be shown the log odds make an edit that is no question."""

_LEAST_OVER, _LEAST_OVER_STRANGE = 0.25, 1.25
"""How far above its bar a proposal must be, since letters are unlike the prose of the bars; and
before a word that nothing is known of."""


_ENDS = frozenset({PAUSE, ",", ")"})


class Place(NamedTuple):
    """The two words on either side; a pause stands for all that is beyond it."""

    earlier: str
    before: str
    after: str
    later: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words that are mistaken for each other. Positive weights speak for the second."""

    words: tuple[str, str]
    bias: float
    fit: float
    """The weight of how much better the second fits by the pairs of the lexicon, which know
    general English too."""
    bars: tuple[float, float]
    """The log odds from which the first, and the second, is proposed instead of the other."""
    weights: dict[str, float]

    def odds(self, seen: Iterable[str], gain: float) -> float:
        """The log odds that the second word belongs where the features were seen."""
        weights = self.weights
        told = sum(weights[feature] for feature in seen if feature in weights)
        return self.bias + self.fit * gain + told


@dataclass(frozen=True, slots=True)
class Doubt:
    """Another word than the written one, and how far its odds are above what is needed."""

    right: str
    over: float


def find(reading: Reading) -> Iterator[Proposal]:
    """Words for which another one of their pair is far likelier here."""
    for at, word in enumerate(reading.words):
        if _may_be_confused(word) and word.low not in reading.known and not _is_set(reading, at):
            doubt = _doubt(reading, at)
            if doubt.over > _least_over(reading.after(at), reading.lexicon):
                yield _proposal(word, doubt, reading)


def _may_be_confused(word: Word) -> bool:
    return word.low in pairs() and not word.stuck and not word.text.isupper()


def _least_over(after: str, lexicon: Lexicon) -> float:
    """How far above its bar a proposal must be: further before a word that nothing is known of."""
    strange = after[:1].isalpha() and after not in lexicon.common
    return _LEAST_OVER_STRANGE if strange else _LEAST_OVER


def _is_set(reading: Reading, at: int) -> bool:
    """Whether a hyphen ties the word to another ("off-policy"), or the next word tells that it is
    right ("right now")."""
    if reading.after(at) in closed.RIGHT_BEFORE.get(reading.words[at].low, ()):
        return True
    return any(word.gap == "-" for word in reading.words[at : at + 2])


def _proposal(word: Word, doubt: Doubt, reading: Reading) -> Proposal:
    return Proposal(
        word.start,
        word.end,
        in_case_of(word.text, doubt.right, reading.lexicon),
        EditKind.CONFUSION,
        round(min(0.99, 1 / (1 + math.exp(-1.4 - doubt.over))), 3),
        "confusion",
        ask=doubt.over < _SURE,
    )


def _doubt(reading: Reading, at: int) -> Doubt:
    """The likeliest other word of the pairs that the word is of."""
    here = place(reading, at)
    seen, word = features(here, reading.lexicon), reading.words[at].low
    doubts = (_of_pair(pair, word, seen, here, reading.lexicon) for pair in pairs()[word])
    return max(doubts, key=lambda doubt: doubt.over)


def _of_pair(pair: Pair, word: str, seen: Sequence[str], here: Place, lexicon: Lexicon) -> Doubt:
    better = gain(here, *pair.words, lexicon)
    odds, for_second = pair.odds(seen, better), word == pair.words[0]
    if not for_second:
        odds, better = -odds, -better
    right = pair.words[for_second]
    fits = better > _LEAST_GAIN and not (right in closed.NEVER_LAST and here.after in _ENDS)
    return Doubt(right, odds - pair.bars[for_second] if fits else -math.inf)


def gain(here: Place, first: str, second: str, lexicon: Lexicon) -> float:
    """How much better the second word fits between its neighbours than the first."""
    fits = lexicon.log_fit(here.before, second, here.after)
    better = fits - lexicon.log_fit(here.before, first, here.after)
    return max(-_LARGEST_GAIN, min(_LARGEST_GAIN, better))


def place(reading: Reading, at: int) -> Place:
    """What stands around a word."""
    before, after = reading.before(at), reading.after(at)
    earlier = reading.before(at - 1) if before == _low(reading, at - 1) else before
    later = reading.after(at + 1) if after == _low(reading, at + 1) else after
    if (after, later) == ("of", "course"):
        after = later = PAUSE  # what stands before it ends there: "money too of course"
    return Place(earlier, before, after, later)


def _low(reading: Reading, at: int) -> str:
    return reading.words[at].low if 0 <= at < len(reading.words) else ""


def features(here: Place, lexicon: Lexicon) -> list[str]:
    """One string for each thing that a pair's model weighs: the neighbours, alone and together,
    how long ones end, and what their company tells of them."""
    earlier, before, after, later = here
    kind_before, kind_after = company(before, lexicon), company(after, lexicon)
    return [
        f"{before} _",
        f"_ {after}",
        f"{before} _ {after}",
        f"{earlier} {before} _",
        f"_ {after} {later}",
        f"{earlier} * _",
        f"_ * {later}",
        f"{_ending(before)} _",
        f"_ {_ending(after)}",
        f"_ {_ending(after, 2)}",
        f"_ {_ending(after)} {_ending(later)}",
        f"{kind_before} _",
        f"_ {kind_after}",
        f"{kind_before} _ {kind_after}",
        f"{before} _ {kind_after}",
        f"_ {kind_after} {company(later, lexicon)}",
        f"_ {kind_after} {later}",
    ]


_SHORT = 4
"""Letters of words that count as they are; longer ones also by their endings."""


def _ending(low: str, letters: int = 3) -> str:
    return low if len(low) <= _SHORT else f"~{low[-letters:]}"


@cache
def pairs() -> dict[str, list[Pair]]:
    """The pairs by each of their words."""
    raw = (resources.files("coach.proofread") / "data/en/confusions.xz").read_bytes()
    by_word: dict[str, list[Pair]] = {}
    for block in lzma.decompress(raw).decode("utf-8").split("\n\n"):
        head, *lines = block.split("\n")
        pair = _pair(head.split(), lines)
        for word in pair.words:
            by_word.setdefault(word, []).append(pair)
    return by_word


def _pair(head: Sequence[str], lines: Iterable[str]) -> Pair:
    """A pair of its line of figures, all in tenths, and a line for each weight."""
    first, second, *figures = head
    bias, fit, *bars = (int(figure) / 10 for figure in figures)
    parted = (line.partition(" ") for line in lines)
    weights = {feature: int(level) / 10 for level, _, feature in parted}
    return Pair((first, second), bias, fit, (bars[0], bars[1]), weights)
