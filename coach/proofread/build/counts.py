"""How often words and pairs of words occur, in general English and in technical prose."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from coach.proofread.build.corpus import CODE

TOKEN = re.compile(rf"[A-Za-z]+(?:['’][A-Za-z]+)*|\d[\d.,]*|[.!?;:]|[,()]|{CODE}")
"""What is counted: words, and marks that stand for numbers, code and pauses."""


@dataclass(slots=True)
class Counts:
    """Counts of one corpus; words in lower case, pauses as "." and numbers as "#"."""

    token: re.Pattern[str] = TOKEN
    words: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    shapes: Counter[str] = field(default_factory=Counter)
    packages: Counter[str] = field(default_factory=Counter)

    def add(self, paragraphs: Iterable[str]) -> None:
        """Counts one package's paragraphs."""
        here: set[str] = set()
        for paragraph in paragraphs:
            shapes = self.token.findall(paragraph)
            line = [*tokens(shapes)]
            self.words.update(line)
            self.pairs.update(pairwise(line))
            self.shapes.update(_inner_words(shapes))
            here.update(line)
        self.packages.update(here)


def tokens(shapes: Iterable[str]) -> Iterator[str]:
    """The words as they are counted."""
    for shape in shapes:
        if shape[0].isalpha():
            yield shape.lower().replace("’", "'")
        elif shape[0].isdigit():
            yield "#"
        else:
            yield "." if shape in ".!?;:" else shape


def _inner_words(shapes: list[str]) -> Iterator[str]:
    """Words whose capital, if any, is their own: those that don't open a sentence."""
    for before, shape in pairwise(shapes):
        if shape[0].isalpha() and before not in ".!?;:(":
            yield shape


def general_words(file: Path) -> Counter[str]:
    """A list of `word count` lines."""
    lines = (line.split() for line in file.read_text("utf-8-sig").splitlines())
    return Counter({word: int(count) for word, count in lines})


def general_pairs(file: Path) -> Counter[tuple[str, str]]:
    """A list of `first second count` lines."""
    lines = (line.split() for line in file.read_text("utf-8-sig").splitlines())
    return Counter({(first, second): int(count) for first, second, count in lines})
