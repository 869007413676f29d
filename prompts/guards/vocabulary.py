"""The words of a language as the guards weigh them: plain ones, those that stand for each other,
and those that claim; read from words/*.toml."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

SHORTEST_START = 3
"""Letters of the shortest "help*" that a list may hold."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words and beginnings of words, each with the lines of its list in which it stands."""

    whole: dict[str, tuple[int, ...]]
    starts: dict[str, tuple[int, ...]]

    @classmethod
    def of(cls, lines: list[str]) -> "Words":
        whole: dict[str, tuple[int, ...]] = {}
        starts: dict[str, tuple[int, ...]] = {}
        for number, line in enumerate(lines):
            for word in line.split():
                known = starts if word.endswith("*") else whole
                bare = word.removesuffix("*")
                known[bare] = (*known.get(bare, ()), number)
        return cls(whole, starts)

    def lines(self, word: str) -> tuple[int, ...]:
        """The lines that hold the word."""
        found = self.whole.get(word, ())
        return (*found, *self._by_start(word)) if self.starts else found

    def _by_start(self, word: str) -> Iterator[int]:
        for end in range(SHORTEST_START, len(word) + 1):
            yield from self.starts.get(word[:end], ())

    def __contains__(self, word: str) -> bool:
        return word in self.whole or bool(self.starts and self.lines(word))


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """What a rewrite in one language may bring (words/en.toml tells what each list is for)."""

    grammar: Words
    plain: Words
    alike: Words
    weighty: Words
    degrees: Words
    honours: Words
    manner: re.Pattern[str]
    comparative: re.Pattern[str]
    phrases: re.Pattern[str]
    idioms: re.Pattern[str]
    hedges: re.Pattern[str]
    concessions: re.Pattern[str]
    ranks: re.Pattern[str]
    identity: str
    titles: tuple[str, ...]
    denials: frozenset[str]
    weak_denials: frozenset[str]
    doers: dict[str, int]
    between: frozenset[str]
    states: frozenset[str]
    others: frozenset[str]
    sharing: frozenset[str]
    people: frozenset[str]
    not_all: re.Pattern[str]
    past: re.Pattern[str]
    moving: re.Pattern[str]
    single: frozenset[str]
    pair: frozenset[str]
    absolutes: frozenset[str]
    opposites: tuple[tuple[Words, Words], ...]
    times: tuple[str, ...]
    numbers: dict[str, int]
    fractions: dict[str, re.Pattern[str]]


@cache
def load(language: str) -> Vocabulary:
    """The vocabulary of a language; of one that has none an empty one, so that a rewrite may say
    its letter's own words and no others."""
    file = resources.files("prompts.guards") / "words" / f"{language}.toml"
    data: dict[str, Any] = tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
    words = {key: str(value).split() for key, value in data.items() if isinstance(value, str)}
    return Vocabulary(
        grammar=Words.of([data.get("grammar", "")]),
        plain=Words.of([data.get("grammar", "") + data.get("plain", "")]),
        alike=Words.of(data.get("alike", [])),
        weighty=Words.of(data.get("weighty", [])),
        degrees=Words.of(data.get("degrees", [])),
        honours=Words.of(data.get("honours", [])),
        manner=re.compile(data.get("manner", r"(?!)")),
        comparative=re.compile(data.get("comparative", r"(?!)"), re.IGNORECASE),
        phrases=_any_of(data.get("phrases", [])),
        idioms=_any_of(data.get("idioms", [])),
        hedges=_any_of(data.get("hedges", [])),
        concessions=_any_of(data.get("concessions", [])),
        ranks=_ranks(words.get("being", []), words.get("titles", [])),
        denials=frozenset(words.get("denials", ())),
        weak_denials=frozenset(words.get("weak_denials", ())),
        opposites=tuple(_sides(line) for line in data.get("opposites", [])),
        doers={
            word: rank
            for rank, key in enumerate(("them", "us", "me"))
            for word in words.get(key, ())
        },
        between=frozenset(words.get("between", ())),
        states=frozenset(words.get("states", ())),
        titles=tuple(words.get("titles", ())),
        identity=str(data.get("identity", r"(?!)")),
        others=frozenset(words.get("others", ())),
        sharing=frozenset(words.get("sharing", ())),
        people=frozenset(words.get("people", ())),
        not_all=re.compile(data.get("not_all", r"(?!)"), re.IGNORECASE),
        moving=re.compile(data.get("moving", r"(?!)"), re.IGNORECASE),
        past=re.compile(data.get("past", r"(?!)")),
        single=frozenset(words.get("single", ())),
        pair=frozenset(words.get("pair", ())),
        absolutes=frozenset(words.get("absolutes", ())),
        times=tuple(words.get("times", ())),
        numbers={
            word: int(number)
            for number, line in data.get("numbers", {}).items()
            for word in line.split()
        },
        fractions={
            value: _any_of([phrases]) for value, phrases in data.get("fractions", {}).items()
        },
    )


def _sides(line: str) -> tuple[Words, Words]:
    one, other = line.split(" / ")
    return Words.of([one]), Words.of([other])


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    """Any of the expressions as whole words; without any what never matches."""
    listed = "|".join(phrases)
    return re.compile(rf"(?i)\b(?:{listed})\b" if listed else r"(?!)")


def _ranks(being: list[str], titles: list[str]) -> re.Pattern[str]:
    """ "I am the shift lead", "as head chef": the title, up to three words behind the being."""
    if not titles:
        return re.compile(r"(?!)")
    return re.compile(rf"(?i)\b(?:{'|'.join(being)})\s+(?:[\w-]+\s+){{0,3}}?({'|'.join(titles)})\b")
