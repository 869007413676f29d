"""What the proofreader knows of a language: words, how common they are, and their neighbours."""

import lzma
import math
import sys
from array import array
from bisect import bisect_left
from collections import defaultdict
from functools import cache, cached_property
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import accumulate

PAUSE = "."
"""Stands for a stop, a line's end, or anything else that parts two words."""

_PAIR_WEIGHT = 0.75
"""How far a pair's own frequency is believed against that of its second word alone."""

_UNSEEN = -15.0
"""The log chance of a word that has no frequency."""

_CHANCES = tuple(math.exp(-level / 10) for level in range(256))


class Lexicon:
    """One language's data, read-only and shared by everybody."""

    def __init__(self, folder: Traversable) -> None:
        self._folder = folder
        words = _text(folder / "common.xz")
        self.common = {word: number for number, word in enumerate(words)}
        self._levels = _bytes(folder / "levels.xz")
        forms = _text(folder / "cased.xz")
        self._cased: dict[str, str] = {form.rstrip("^").lower(): form.rstrip("^") for form in forms}
        self._names = frozenset(form[:-1].lower() for form in forms if form.endswith("^"))
        rare = folder / "rare.xz"
        self._rare: dict[str, str] = _sections(_text(rare)) if rare.is_file() else {}
        counts = _array(folder / "pair_counts.xz")
        self._starts = array("I", accumulate(counts, initial=0))
        self._seconds = _array(folder / "pair_seconds.xz")
        self._pair_levels = _bytes(folder / "pair_levels.xz")

    def knows(self, word: str) -> bool:
        """Whether the word, cased as it is written, stands in a dictionary or term list."""
        low = word.lower()
        if low in self.common:
            return low not in self._names or low != word
        return self._is_rare(low, word)

    def _is_rare(self, low: str, word: str) -> bool:
        section = self._rare.get(low[:2], "")
        return f"\n{low}\n" in section or (low != word and f"\n{low}^\n" in section)

    def is_name(self, low: str) -> bool:
        """Whether the word is only ever a proper noun."""
        rare = low not in self.common and f"\n{low}^\n" in self._rare.get(low[:2], "")
        return low in self._names or rare

    def cased(self, low: str) -> str:
        """The word as it is usually written: "PyTorch", "France", "model"."""
        return self._cased.get(low, low)

    def log_chance(self, low: str) -> float:
        number = self.common.get(low)
        return _UNSEEN if number is None else -self._levels[number] / 10

    def log_fit(self, before: str, low: str, after: str) -> float:
        """The log chance of the word between its neighbours; comparable between words."""
        follows = self.log_follows(before, low)
        return follows + self.log_follows(low, after) - self.log_chance(after)

    def log_follows(self, before: str, low: str) -> float:
        """The log chance of a word after another."""
        alone = math.exp(self.log_chance(low))
        pair = self._pair_chance(before, low)
        if pair is None:
            return math.log((1 - _PAIR_WEIGHT) * alone)
        after_that = pair / math.exp(self.log_chance(before))
        return math.log(_PAIR_WEIGHT * min(1.0, after_that) + (1 - _PAIR_WEIGHT) * alone)

    def has_pair(self, before: str, low: str) -> bool:
        """Whether the two words were often seen side by side."""
        return self._pair_chance(before, low) is not None

    def _pair_chance(self, before: str, low: str) -> float | None:
        first, second = self.common.get(before), self.common.get(low)
        if first is None or second is None:
            return None
        upto = self._starts[first + 1]
        at = bisect_left(self._seconds, second, self._starts[first], upto)
        found = at < upto and self._seconds[at] == second
        return _CHANCES[self._pair_levels[at]] if found else None

    @cached_property
    def shelves(self) -> dict[tuple[str, int], list[str]]:
        """The common words by first letter and length, where candidates are looked for."""
        shelves: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for word in self.common:
            shelves[word[0], len(word)].append(word)
        return dict(shelves)


@cache
def load(language: str) -> Lexicon | None:
    """The lexicon of a language with few forms, read once; None where there is none."""
    folder = resources.files("coach.proofread") / "data" / language
    return Lexicon(folder) if (folder / "rare.xz").is_file() else None


def _bytes(file: Traversable) -> bytes:
    return lzma.decompress(file.read_bytes())


def _text(file: Traversable) -> list[str]:
    return _bytes(file).decode("utf-8").split("\n")


def _array(file: Traversable) -> "array[int]":
    """Numbers of two bytes, written little-endian."""
    numbers = array("H", _bytes(file))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _sections(words: list[str]) -> dict[str, str]:
    """Words by their first two letters, each section one string: a word is found by searching
    "\\nword\\n", which takes a microsecond and a tenth of a set's memory."""
    sections: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        sections[word[:2]].append(word)
    return {head: "\n" + "\n".join(section) + "\n" for head, section in sections.items()}
