"""Words of Russian or German that an unknown word may have been meant for, best first."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import replace

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from coach.proofread.candidates import Candidate, one_slip
from coach.proofread.channel import cost
from coach.proofread.tokens import Word
from coach.proofread.tongues import compounds
from coach.proofread.tongues.lexicon import NAMED, TongueLexicon
from coach.proofread.tongues.tongue import Tongue

_USED = 1.5
"""How much likelier, in nats, a word is that the letter uses elsewhere."""

_RANKED = 16
_MADE = -16.5
"""The log chance of a compound that no list has."""

_CLEAR = -18.0
"""The score of a word one slip away from which those two slips away aren't looked for."""

_USUAL = -12.0

_OTHER_CASE = 4.0
"""What it costs, in nats, to have capitalised a verb or not to have capitalised a noun."""


def candidates(
    lexicon: TongueLexicon, tongue: Tongue, wrong: str, before: str, after: str, used: Set[str]
) -> list[Candidate]:
    """The known words near to `wrong`, the likeliest between these neighbours first."""
    near = {word for word in one_slip(wrong, tongue.letters) if lexicon.proposes(word)} - {wrong}

    def ranked(words: Iterable[str]) -> list[Candidate]:
        slips = {word: cost(wrong, word, tongue.hand) for word in _likeliest(words, lexicon)}
        return [
            Candidate(
                word, lexicon.log_fit(before, word, after) + (word in used) * _USED - slip, slip
            )
            for word, slip in slips.items()
        ]

    found = ranked(near)
    if len(wrong) >= 5 and max((one.score for one in found), default=-99.0) < _CLEAR:
        found += ranked(_two_slips(lexicon, wrong) - near - {wrong})
    return sorted(found, key=lambda candidate: -candidate.score)


def made(lexicon: TongueLexicon, tongue: Tongue, word: Word) -> list[Candidate]:
    """Words that no list has, made of usual ones of which one has a slip."""
    words = set(_prefixed(word.low, lexicon, tongue))
    if tongue.code == "de" and word.text[0].isupper():
        words |= {*compounds.mended(word.low, lexicon, tongue.letters)}
    slips = {low: cost(word.low, low, tongue.hand) for low in sorted(words - {word.low})}
    return [Candidate(low, _MADE - slip, slip) for low, slip in slips.items()]


def _prefixed(wrong: str, lexicon: TongueLexicon, tongue: Tongue) -> Iterator[str]:
    """A usual prefix before a usual word that has a slip: "umgeth" for "umgeht"."""
    for prefix in tongue.prefixes:
        rest = wrong.removeprefix(prefix)
        if rest != wrong and len(rest) > 3:
            usual = (o for o in one_slip(rest, tongue.letters) if lexicon.log_chance(o) > _USUAL)
            yield from (prefix + other for other in usual if len(other) > 3)


def _likeliest(words: Iterable[str], lexicon: TongueLexicon) -> list[str]:
    return sorted(words, key=lambda word: (lexicon.log_chance(word), word))[-_RANKED:]


def _two_slips(lexicon: TongueLexicon, wrong: str) -> set[str]:
    """Common words two slips away that begin with the same letter."""
    found: set[str] = set()
    for length in range(len(wrong) - 2, len(wrong) + 3):
        shelf = lexicon.shelves.get((wrong[0], length), [])
        hits = extract(wrong, shelf, scorer=OSA.distance, score_cutoff=2, limit=None)
        found.update(word for word, _, _ in hits)
    return found


def weighed(
    found: list[Candidate], word: Word, lexicon: TongueLexicon, tongue: Tongue
) -> list[Candidate]:
    """The candidates as the word's own capital speaks for or against them."""
    capital = word.text[0].isupper()
    kept = [c for c in found if capital or lexicon.mark(c.low) != NAMED]
    if tongue.code == "de" and not word.text.isupper():
        kept = [replace(c, score=c.score - _case_cost(c.low, word, lexicon)) for c in kept]
    return sorted(kept, key=lambda candidate: -candidate.score)


def _case_cost(low: str, word: Word, lexicon: TongueLexicon) -> float:
    noun = lexicon.cased(low)[0].isupper()
    if word.text[0].isupper():
        return 0.0 if noun or word.opens or low not in lexicon.common else _OTHER_CASE
    return _OTHER_CASE if noun else 0.0
