"""Words that an unknown word may have been meant for, best first."""

from collections.abc import Iterator, Set
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from coach.proofread.channel import cost
from coach.proofread.lexicon import Lexicon

_ALPHABET = "abcdefghijklmnopqrstuvwxyz'"
_USED = 1.5
"""How much likelier, in nats, a word is that the letter uses elsewhere."""

_FIT_WEIGHT = 0.75
_USUAL_FIT = -10.0
"""Neighbours tell less than the pairs that were counted of them, so what a word fits better or
worse than usual counts by three quarters."""

_LOST_CAPITAL = 4.5

_SHORTEST_GENITIVE = 7
"""Letters of a genitive; a shorter word in 's is rather a verb that was shortened."""

_RANKED = 16
"""Candidates whose cost is computed; the others are too rare to win."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word and how well it fits: the log chance of the word here and of the slip, and what the
    slip alone costs."""

    low: str
    score: float
    slip: float


def candidates(
    lexicon: Lexicon, wrong: str, before: str, after: str, used: Set[str]
) -> list[Candidate]:
    """The known words near to `wrong`, the likeliest between these neighbours first.

    Words in `used`, those of the letter itself, are likelier than elsewhere.
    """
    if wrong.endswith("'s") and len(wrong) > _SHORTEST_GENITIVE:
        of = candidates(lexicon, wrong.removesuffix("'s"), before, after, used)
        return [Candidate(f"{one.low}'s", one.score, one.slip) for one in of]
    near = {word for word in one_slip(wrong) if word in lexicon.common} - {wrong}
    far = _two_slips(lexicon, wrong) - near - {wrong} if len(wrong) >= 5 else set[str]()
    likely = sorted(near, key=lexicon.log_chance)[-_RANKED:]
    likely += [wrong] if wrong in lexicon.common else []
    likely += sorted(far, key=lexicon.log_chance)[-_RANKED:]
    slips = {word: _slip(wrong, word) for word in likely}
    ranked = [
        Candidate(word, fit(lexicon, before, word, after) + (word in used) * _USED - slip, slip)
        for word, slip in slips.items()
    ]
    return sorted(ranked, key=lambda candidate: -candidate.score)


def fit(lexicon: Lexicon, before: str, word: str, after: str) -> float:
    """How well the word fits between its neighbours, as candidates are weighed."""
    over = lexicon.log_fit(before, word, after) - _USUAL_FIT
    return _USUAL_FIT + _FIT_WEIGHT * over


def _slip(wrong: str, right: str) -> float:
    """What the slip costs; the same word is proposed for its capital alone ("english")."""
    return _LOST_CAPITAL if wrong == right else cost(wrong, right)


def one_slip(word: str, letters: str = _ALPHABET) -> Iterator[str]:
    """Everything one letter or one swap away."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        yield from [head + letter + tail for letter in letters]
        if tail:
            yield head + tail[1:]
            yield from [head + letter + tail[1:] for letter in letters]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


def _two_slips(lexicon: Lexicon, wrong: str) -> set[str]:
    """Common words two slips away (three in long ones) that begin with the same letter."""
    found: set[str] = set()
    most = 3 if len(wrong) > 9 else 2
    for length in range(len(wrong) - 2, len(wrong) + 3):
        shelf = lexicon.shelves.get((wrong[0], length), [])
        hits = extract(wrong, shelf, scorer=OSA.distance, score_cutoff=most, limit=None)
        found.update(word for word, _, _ in hits)
    return found
