"""A Russian or German stretch as the checks read it: which words are unknown, what was meant."""

import re
import unicodedata
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from functools import cached_property

from coach import language
from coach.proofread.candidates import Candidate
from coach.proofread.reading import Reading
from coach.proofread.tokens import Word
from coach.proofread.tongues import candidates, compounds, forms, umlauts
from coach.proofread.tongues.lexicon import NAMED, PROPOSED, TongueLexicon
from coach.proofread.tongues.tongue import Tongue

_LONGEST = 40
"""Letters in a word; what is longer is no word."""

_ABBREVIATED = 4
"""Letters of an unknown word before a full stop that may be an abbreviation."""

_USUAL_REST = -14.0
"""The log chance from which a word makes others with prefixes and suffixes."""

_FOREIGN_WORDS = 3
_FOREIGN_SHARE = 0.4
"""A sentence with so many unknown words, and so large a share of them, is in another language."""

MOST_LOOKED_UP = 400
"""Unknown words of one letter for which candidates are looked for: more is no letter."""


class TongueReading(Reading):
    """Words are folded: ё and ß are read as their writers exchange them."""

    lexicon: TongueLexicon

    def __init__(
        self,
        covered: str,
        words: Sequence[Word],
        lexicon: TongueLexicon,
        tongue: Tongue,
        known: Set[str],
    ) -> None:
        folded = [replace(word, low=word.low.translate(lexicon.fold)) for word in words]
        super().__init__(folded, lexicon, {word.translate(lexicon.fold) for word in known})
        self.covered = covered
        self.tongue = tongue
        self.letters = frozenset(tongue.letters)
        self._looked_up: dict[tuple[str, str, str], list[Candidate]] = {}

    def is_known(self, word: Word) -> bool:
        """Whether the word stands in a list or is made of words that do."""
        if mark := self.lexicon.mark(word.low):
            return mark != NAMED or word.text[0].isupper()
        genitive = self.tongue.code == "de" and word.text[0].isupper() and word.low[-1] == "s"
        return self._is_made(word.low) or (genitive and bool(self.lexicon.mark(word.low[:-1])))

    def _is_made(self, low: str) -> bool:
        if any(self._is_usual(low, low.removeprefix(start)) for start in self.tongue.prefixes):
            return True
        if any(self._is_usual(low, low.removesuffix(end)) for end in self.tongue.suffixes):
            return True
        if self.tongue.code != "de":
            return False
        if any(map(self._is_plain, forms.siblings(low))):
            return True
        if any(map(self._is_inflected, (low, *self._rests(low)))) or compounds.parts(
            low, self.lexicon
        ):
            return True
        return self.transcribes and any(
            self.lexicon.mark(other) or compounds.parts(other, self.lexicon)
            for other in umlauts.restored(low)
        )

    def _is_plain(self, low: str) -> bool:
        """Whether it is a known word that isn't always capitalised."""
        return self.lexicon.mark(low) == PROPOSED and not self.lexicon.cased(low)[0].isupper()

    def _rests(self, low: str) -> Iterator[str]:
        """The word without a separable prefix."""
        return (
            low.removeprefix(prefix)
            for prefix in self.tongue.prefixes
            if low.startswith(prefix) and len(low) > len(prefix) + 3
        )

    def _is_inflected(self, low: str) -> bool:
        return any(self.lexicon.log_chance(stem) > _USUAL_REST for stem in forms.stems(low))

    def _is_usual(self, low: str, rest: str) -> bool:
        least = 3 if self.tongue.code == "de" else 4
        return rest != low and len(rest) > least and self.lexicon.log_chance(rest) > _USUAL_REST

    def _is_unknown(self, word: Word) -> bool:
        return not (
            word.low in self.known
            or self.used[word.low] > 2
            or self.is_left_alone(word)
            or self.is_known(word)
        )

    def is_left_alone(self, word: Word) -> bool:
        """What is no word of this language: abbreviations, code, other letters, capitals."""
        inner = word.text[1:]
        shouted = word.text.isupper() and len(word.text) < 6
        camel = inner != inner.lower() and not word.text.isupper()
        odd = word.stuck or not 2 <= len(word.low) <= _LONGEST
        other = not self.letters.issuperset(word.low)
        return shouted or camel or odd or other or self._is_cut(word)

    def _is_cut(self, word: Word) -> bool:
        """Whether it goes on: at a hyphen, a line's end, an accent, or as "соотв." does."""
        follows = self.covered[word.end : word.end + 2]
        accented = bool(follows) and unicodedata.combining(follows[0]) > 0
        hyphen = follows[:1] in _HYPHENS or word.gap[-1:] in _HYPHENS
        short = len(word.low) <= _ABBREVIATED and bool(_GOES_ON.match(self.covered, word.end))
        broken = hyphen and ("\n" in follows or "\n" in word.gap)
        hanging = follows[:1] in _HYPHENS and not follows[1:].isalpha()
        linked = hyphen and bool(self.lexicon.mark(word.low.removesuffix("s")))
        return accented or short or broken or hanging or linked or (hyphen and len(word.low) < 6)

    @cached_property
    def transcribes(self) -> bool:
        """Whether a German letter writes ae, oe, ue for want of umlauts."""
        return umlauts.is_transcribed(self.covered)

    @cached_property
    def is_swiss(self) -> bool:
        """Whether a German letter has no ß though it would need some."""
        return "ß" not in self.covered and any(
            "ß" in self.lexicon.cased(word.low) and "ss" in word.text for word in self.words
        )

    @cached_property
    def unknown(self) -> frozenset[int]:
        """Places of words that are prose of this language and that no list or rule knows."""
        native = frozenset(self.strange) - self.foreign(self.strange)
        return frozenset(sorted(native)[:MOST_LOOKED_UP])

    @cached_property
    def doubted(self) -> frozenset[int]:
        """Offsets of the words whose sentence may be in another language: there nothing is sure."""
        foreign = self.foreign(self.strange)
        return frozenset(
            self.words[at].start
            for first, upto in self.sentences()
            if not foreign.isdisjoint(range(first, upto))
            for at in range(first, upto)
        )

    @cached_property
    def strange(self) -> list[int]:
        """Places of words that no list or rule knows, those of other languages included."""
        return [at for at, word in enumerate(self.words) if self._is_unknown(word)]

    def foreign(self, strange: Sequence[int]) -> set[int]:
        """Of these places, those in sentences of another language. Words are counted once, so
        that taking a doubled word out changes nothing."""
        unknown, found = frozenset(strange), set[int]()
        for first, upto in self.sentences():
            here = unknown.intersection(range(first, upto))
            if here and self._is_foreign(here, first, upto):
                found |= here
        return found

    def _is_foreign(self, here: Set[int], first: int, upto: int) -> bool:
        told = self._told(first, upto)
        if told in language.PROOFREAD - {"ru"}:
            return told != self.tongue.code
        lows = {self.words[at].low for at in here}
        share = len({word.low for word in self.words[first:upto]}) * _FOREIGN_SHARE
        return len(lows) >= _FOREIGN_WORDS and len(lows) >= share

    def _told(self, first: int, upto: int) -> str:
        """The language of a sentence by its small words."""
        return language.detect(self.covered[self.words[first].start : self.words[upto - 1].end])

    def candidates(self, at: int) -> list[Candidate]:
        """What the word may have been meant for, best first."""
        word = self.words[at]
        place = (word.low, self.before(at), self.after(at))
        if place not in self._looked_up:
            found = candidates.candidates(self.lexicon, self.tongue, *place, self._telling)
            known = {one.low for one in found}
            made = candidates.made(self.lexicon, self.tongue, word)
            found += [one for one in made if one.low not in known]
            self._looked_up[place] = candidates.weighed(found, word, self.lexicon, self.tongue)
        return self._looked_up[place]


_GOES_ON = re.compile(r"\.(?:\s{0,3}[^\W_A-ZА-ЯЁÄÖÜ]|[^\s\W]|\s?[,;)(«„])")
"""A full stop within a sentence."""

_HYPHENS = ("-", "‐", "‑", "–")
