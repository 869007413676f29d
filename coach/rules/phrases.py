"""Word lists that people can read and edit, and the search for their phrases in a letter.

A line of a list is a phrase, `a|b` stands for either word, `word?` may be missing; after `->`
comes what to say instead; `#` begins a comment. Case, line breaks and hyphens don't matter.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise, product

from coach.rules.spans import Cover

TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*[+#]*")
GAP = re.compile(r"[\s*_\-‐‑]*")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the letter; `key` is its folded form, by which lists know it."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a list, found at a place. `instead` is what the list proposes."""

    start: int
    end: int
    entry: str
    instead: str


Tokens = tuple[str, ...]


def words(text: str) -> tuple[Word, ...]:
    """The words of a text with their offsets; a hyphen parts words."""
    return tuple(
        Word(found.start(), found.end(), fold(found.group())) for found in TOKEN.finditer(text)
    )


def fold(word: str) -> str:
    """The form in which words are compared."""
    return word.lower().replace("’", "'")


@cache
def listed(name: str) -> frozenset[str]:
    """The single words of a list, folded."""
    return frozenset(fold(word) for line, _ in _lines(name) for word in line.split())


def find(name: str, text: str, letter_words: Iterable[Word]) -> Iterator[Phrase]:
    """The phrases of the list `name` in a text, longest first at each place, never overlapping."""
    index = _index(name)
    row = tuple(letter_words)
    free_from = 0
    for place, word in enumerate(row):
        if place < free_from:
            continue
        for tokens, entry, instead in index.get(word.key, ()):
            if _stands(tokens, place, row, text):
                free_from = place + len(tokens)
                yield Phrase(word.start, row[free_from - 1].end, entry, instead)
                break


def _stands(tokens: Tokens, place: int, row: tuple[Word, ...], text: str) -> bool:
    taken = row[place : place + len(tokens)]
    if tuple(word.key for word in taken) != tokens:
        return False
    return all(GAP.fullmatch(text, left.end, right.start) for left, right in pairwise(taken))


@cache
def _index(name: str) -> dict[str, tuple[tuple[Tokens, str, str], ...]]:
    index: dict[str, list[tuple[Tokens, str, str]]] = {}
    for line, instead in _lines(name):
        for tokens in _spellings(line):
            index.setdefault(tokens[0], []).append((tokens, " ".join(tokens), instead))
    return {
        first: tuple(sorted(entries, key=lambda entry: -len(entry[0])))
        for first, entries in index.items()
    }


def _spellings(line: str) -> Iterator[Tokens]:
    choices = [
        [*part.rstrip("?").split("|"), *([""] if part.endswith("?") else [])]
        for part in line.split()
    ]
    for chosen in product(*choices):
        yield tuple(word.key for word in words(" ".join(chosen)))


def _lines(name: str) -> Iterator[tuple[str, str]]:
    text = resources.files("coach.rules").joinpath("lists", f"{name}.txt").read_text("utf-8")
    for line in text.splitlines():
        phrase, _, instead = line.partition("#")[0].partition("->")
        if phrase.strip():
            yield phrase.strip(), instead.strip()


@cache
def pairs(name: str) -> dict[str, str]:
    """A list of single words with what stands after their arrow."""
    return {fold(line): fold(instead) for line, instead in _lines(name)}


QUOTED = re.compile(r"\"[^\"\n]{1,300}\"|“[^”\n]{1,300}”|«[^»\n]{1,300}»|„[^“\n]{1,300}“")


def quoted(text: str) -> Cover:
    """The passages in quotation marks: somebody else's words."""
    return Cover(found.span() for found in QUOTED.finditer(text))
