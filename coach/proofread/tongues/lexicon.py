"""What the proofreader knows of Russian or German: every form, and how common usual ones are."""

import lzma
from bisect import bisect_right
from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from coach.proofread.lexicon import Lexicon

PROPOSED, LEFT, NAMED = "*", "-", "^"
"""How a form is known: it may be proposed, it is only left alone, or it is known by its capital."""

FOLDS: Mapping[str, dict[int, str]] = {
    "ru": str.maketrans({"ё": "е"}),
    "de": str.maketrans({"ß": "ss"}),
}
"""Letters that a language's writers exchange; forms are kept without the first of each."""

_RARE = -15.5
"""The log chance of a known form that has no frequency."""


class Forms:
    """Hundreds of thousands of words as sorted bytes in blocks: ten bytes a word, found in two
    microseconds."""

    def __init__(self, raw: bytes, encoding: str) -> None:
        self._blocks = raw.split(b"\0")
        self._encoding = encoding

    def mark(self, folded: str) -> str:
        """How the form is known, or nothing where it isn't."""
        try:
            line = b"\n" + folded.encode(self._encoding)
        except UnicodeEncodeError:
            return ""
        block = self._blocks[max(0, bisect_right(self._blocks, line + b"`") - 1)]
        at = block.find(line)
        while at >= 0:
            mark = chr(block[at + len(line)])
            if mark in "*-^":
                return mark
            at = block.find(line, at + 1)
        return ""


class TongueLexicon(Lexicon):
    """A language of many forms. Words are asked for in lower case and folded."""

    def __init__(self, folder: Traversable, code: str) -> None:
        super().__init__(folder)
        encoding = "cp1251" if code == "ru" else "cp1252"
        self.forms = Forms(lzma.decompress((folder / "forms.xz").read_bytes()), encoding)
        self.fold = FOLDS[code]
        shapes = self._cased.items()
        self._cased = {low.translate(self.fold): form for low, form in shapes}

    def mark(self, folded: str) -> str:
        """How the word is known; see `Forms`."""
        if folded in self.common:
            return NAMED if folded in self._names else PROPOSED
        return self.forms.mark(folded)

    def proposes(self, folded: str) -> bool:
        """Whether the word may be what was meant."""
        return folded in self.common or self.forms.mark(folded) in (PROPOSED, NAMED)

    def log_chance(self, low: str) -> float:
        number = self.common.get(low)
        return _RARE if number is None else -self._levels[number] / 10


@cache
def load(code: str) -> TongueLexicon:
    """The language's lexicon, read once, at the first sentence in it."""
    return TongueLexicon(resources.files("coach.proofread") / "data" / code, code)
