"""One letter as the checks read it: its words, their neighbours, and which of them are unknown."""

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from functools import cached_property
from itertools import pairwise

from coach.proofread import closed, tokens, varieties
from coach.proofread.candidates import Candidate, candidates
from coach.proofread.lexicon import Lexicon
from coach.proofread.tokens import Word

_FOREIGN_WORDS = 3
_FOREIGN_SHARE = 0.4
"""A sentence with so many unknown words, and so large a share of them, is in another language."""

_USUAL = -13.0
"""The log chance of words that new ones are made of."""

_LONGEST = 30
"""Letters in a word; what is longer is no word."""


class Reading:
    """A letter's words beside a lexicon. What is costly is found once and kept."""

    def __init__(self, words: Sequence[Word], lexicon: Lexicon, known: Set[str]) -> None:
        self.words = words
        self.lexicon = lexicon
        self.known = known
        self.used = Counter(word.low for word in words)
        self._candidates: dict[tuple[str, str, str], list[Candidate]] = {}

    def before(self, at: int) -> str:
        """The word before, as pairs are counted."""
        return tokens.before(self.words, at)

    def after(self, at: int) -> str:
        """The word after, as pairs are counted."""
        return tokens.after(self.words, at)

    def candidates(self, at: int) -> list[Candidate]:
        """What the word may have been meant for, best first."""
        place = (self.words[at].low, self.before(at), self.after(at))
        if place not in self._candidates:
            self._candidates[place] = candidates(self.lexicon, *place, self._telling)
        return self._candidates[place]

    @cached_property
    def _telling(self) -> frozenset[str]:
        """Words of the letter that carry meaning, not grammar."""
        return frozenset(low for low in self.used if self.lexicon.log_chance(low) < -6.5)

    @cached_property
    def unknown(self) -> frozenset[int]:
        """Places of words that are prose and that no dictionary, list or rule knows."""
        strange = [at for at, word in enumerate(self.words) if self._is_unknown(word)]
        apart = [at for at in strange if not self._is_hyphened(at)]
        return frozenset(apart) - self.foreign(apart)

    def _is_hyphened(self, at: int) -> bool:
        """Whether the word is known without the hyphen that parts it: "pre-emption"."""
        return any(
            self.words[place].gap == "-"
            and self.lexicon.knows(self.words[place - 1].low + self.words[place].low)
            for place in (at, at + 1)
            if 0 < place < len(self.words)
        )

    def is_known(self, word: Word) -> bool:
        """Whether the word, or the word that its genitive is of, stands in a list."""
        plain = word.text.replace("’", "'")
        stem = plain.removesuffix("'s").removesuffix("'S")
        return self.lexicon.knows(plain) or (stem != plain and self.lexicon.knows(stem))

    def _is_unknown(self, word: Word) -> bool:
        return not (
            word.low in self.known
            or is_left_alone(word)
            or self.is_known(word)
            or _is_formed(word.low, self.lexicon)
        )

    def foreign(self, strange: Sequence[int]) -> set[int]:
        """Of these places, those in sentences of another language."""
        unknown = frozenset(strange)
        found: set[int] = set()
        for first, upto in self.sentences():
            here = unknown.intersection(range(first, upto))
            if len(here) >= _FOREIGN_WORDS and len(here) >= (upto - first) * _FOREIGN_SHARE:
                found |= here
        return found

    def sentences(self) -> Iterator[tuple[int, int]]:
        """The first and the last place, excluded, of each sentence."""
        opens = [at for at, word in enumerate(self.words) if word.opens]
        yield from pairwise([*opens, len(self.words)])


def is_left_alone(word: Word) -> bool:
    """Abbreviations, CamelCase, single letters, words with foreign letters, parts of code."""
    inner = word.text[1:]
    shouted = word.text.isupper() and len(word.text) < 6
    camel = inner != inner.lower() and not word.text.isupper()
    odd = word.stuck or not 2 <= len(word.low) <= _LONGEST or not word.low.isascii()
    return odd or shouted or camel


def _is_plural(low: str) -> bool:
    """Whether a long word looks like the plural of a noun that need not be usual: "backdoors"."""
    return len(low) >= _LONG_NOUN and low.endswith("s") and not low.endswith(_NO_PLURALS)


_LONG_NOUN = 8
_NO_PLURALS = ("ss", "ys", "xs", "zs", "ies", "chs", "shs", "eds", "ings", "als", "lys")


def _is_formed(low: str, lexicon: Lexicon) -> bool:
    """Whether the word is a usual one with a usual beginning or ending."""
    if low.endswith(closed.PLURALS) and lexicon.log_chance(low[:-1]) > _USUAL:
        return True
    if len(low) > 6 and low.endswith("e") and lexicon.knows(f"{low}d"):
        return True  # the verb of a participle that is listed: "crowdsource"
    if _is_plural(low) and lexicon.knows(low[:-1]):
        return True
    if (variant := varieties.other(low)) and lexicon.knows(variant[1]):
        return True  # of a term that is listed as Americans write it: "tokeniser"
    for prefix in closed.PREFIXES:
        rest = low.removeprefix(prefix)
        big = len(rest) > 4 and rest not in closed.JOINERS
        if rest != low and big and lexicon.log_chance(rest) > -13.5:
            return True
    for suffix in closed.SUFFIXES:
        stem = low.removesuffix(suffix)
        big = len(stem) > 3 and stem not in closed.JOINERS
        if stem != low and big and lexicon.log_chance(stem) > _USUAL:
            return True
    return False
