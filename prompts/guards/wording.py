"""Which words a text holds, in whatever form, and which may stand for them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from coach.proofread.lexicon import load as load_lexicon
from coach.terms import stem
from prompts.guards.kinship import Kinship
from prompts.guards.vocabulary import Vocabulary

WORD = re.compile(r"[^\W_](?:[\w+#]|[-.'’](?=\w))*")
CONTRACTED = re.compile(r"(?<!n)['’](?:s|d|ll|ve|re|m)$|(?<=s)['’]$")
BRITISH = re.compile(
    r"(?<=\w{3})(?:is(?=(?:e[ds]?|ing|ations?)$)|ys(?=(?:e[ds]?|ing)$)|our|ogue|ll(?=ed|ing))"
)
AMERICAN = {"is": "iz", "ys": "yz", "our": "or", "ogue": "og", "ll": "l"}
JOINTS = re.compile(r"[-.]")
PREFIX = re.compile(r"^(?:пере|под|при|про|рас|раз|вы|за|на|об|от|по|со?|до|из|ис|у)")
ENDING = 5
"""Letters that the grammar of a language like Russian may take from a word."""
SHORT = 5
ROOT = 6
MOST_OF = 0.6
"""From how many letters on, and what share of an English word, a beginning is its root:
"compar-able", "compar-ison"."""
UNLIKE = frozenset("Sc")
COMMON = 8.0
"""Minus the log chance of words that are still common ("food", "machine")."""

SHORTEST = 4
"""Letters that two words must share to be forms of one."""


def parts(word: str) -> list[str]:
    """A word in lower case without what is contracted ("I'd"), and what a hyphen joins apart."""
    return [part for part in JOINTS.split(_bare(word)) if part]


def _bare(word: str) -> str:
    return CONTRACTED.sub("", word.casefold()).replace("’", "'")


@dataclass(frozen=True, slots=True)
class Sense:
    """What a vocabulary makes of a word: its forms, and the lines that hold it or a part of it."""

    low: frozenset[str]
    forms: frozenset[str]
    like: frozenset[int]
    weighty: frozenset[int]
    degrees: frozenset[int]


@lru_cache(maxsize=16384)
def sense(word: str, words: Vocabulary) -> Sense:
    low = frozenset([_bare(word), *parts(word)])
    return Sense(
        low=low,
        forms=frozenset(form for part in low for form in _forms(part)),
        like=frozenset(line for part in low for line in words.alike.lines(part)),
        weighty=frozenset(line for part in low for line in words.weighty.lines(part)),
        degrees=frozenset(line for part in low for line in words.degrees.lines(part)),
    )


class Support(StrEnum):
    """What of a text bears a word: the passage has it, the rest of the letter has it, it stands in
    one line with one of its words, is akin to one, is akin to something akin to one, or nothing."""

    SAID = "said"
    ELSEWHERE = "elsewhere"
    LIKE = "like"
    KIN = "kin"
    COUSIN = "cousin"
    NONE = "none"


class Wording:
    """The words of a source, as what those of a rewrite are held against."""

    def __init__(self, text: str, words: Vocabulary, kinship: Kinship) -> None:
        self.words = words
        self._kinship = kinship
        self._text = text.casefold()
        self._spelled = set(WORD.findall(text))
        senses = [sense(word, words) for word in self._spelled]
        self._low = {low for one in senses for low in one.low}
        self._forms = {form for one in senses for form in one.forms}
        named = (word for word in self._spelled if any(map(str.isupper, word)))
        self._named = {form for word in named for form in sense(word, words).forms}
        self._like = {line for one in senses for line in one.like}
        self._weighty = {line for one in senses for line in one.weighty}
        self._honours = {line for low in self._low for line in words.honours.lines(low)}
        self._degrees = {line for one in senses for line in one.degrees}

    def has_phrase(self, phrase: str) -> bool:
        """Whether the source has the phrase, or all its words in some form."""
        said = (sense(word, self.words).forms for word in WORD.findall(phrase))
        return phrase.casefold() in self._text or not any(map(self._forms.isdisjoint, said))

    def is_grammar(self, word: str) -> bool:
        """Whether it is a number, which numbers.py reads, or one of the words that claim nothing
        anywhere."""
        low = word.casefold()
        return low in self.words.grammar or low.isdigit() or low in self.words.numbers

    def has(self, word: str, *, named: bool = False) -> bool:
        """Whether the text has the word in some form. What is `named`, so written with a capital,
        may be a plain word and a name all the same: Go, May."""
        if named:
            return self._has_name(word)
        return _bare(word) in self._low or all(self._has(part) for part in parts(word))

    def _has_name(self, word: str) -> bool:
        """Whether a word with a capital has the same, in any case of its grammar: "Bergen Taxi" is
        no taxi in Bergen."""
        if word in self._spelled or word.casefold() in self.words.plain:
            return word in self._spelled
        return not sense(word, self.words).forms.isdisjoint(self._named)

    def _has(self, part: str) -> bool:
        grammar = part in self.words.grammar or part.isdigit() or part in self.words.numbers
        has_form = not sense(part, self.words).forms.isdisjoint(self._forms)
        return grammar or part in self._low or has_form

    def support(self, word: str, *, named: bool = False) -> "Support":
        """What of the text bears the word, the nearest of it."""
        if self.has(word, named=named):
            return Support.ELSEWHERE
        if named:
            return Support.NONE
        if all(not sense(part, self.words).like.isdisjoint(self._like) for part in parts(word)):
            return Support.LIKE
        if all(map(self._has_kin, parts(word))):
            return Support.KIN
        return Support.COUSIN if all(map(self._has_cousin, parts(word))) else Support.NONE

    def weight(self, word: str) -> str:
        """What a word that weighs is a sign of: an honour, a claim, a degree, "" of any other;
        with "_like" when the text has another of its line."""
        meant = sense(word, self.words)
        if meant.weighty:
            sign, borne = "claim", not meant.weighty.isdisjoint(self._weighty)
        elif meant.degrees:
            sign, borne = "degree", not meant.degrees.isdisjoint(self._degrees)
        else:
            return ""
        return f"{sign}_like" if borne else sign

    def is_honour(self, word: str) -> bool:
        """Whether it names a rank, an award, a publication and the like of which the text has
        none."""
        lines = {line for part in parts(word) for line in self.words.honours.lines(part)}
        return bool(lines) and lines.isdisjoint(self._honours)

    def sorts(self, word: str) -> set[str]:
        """The letters of WordNet's sorts for the word's usual senses."""
        return self._kinship.sorts(word.casefold())

    def rarity(self, word: str, language: str) -> float:
        """How much rarer than a common word it is, in logs; 0 where nothing is known."""
        lexicon = load_lexicon(language)
        return max(0.0, -lexicon.log_chance(word.casefold()) - COMMON) if lexicon else 0.0

    def is_comparative(self, word: str) -> bool:
        """Whether it says that something is more so than before: "sooner", "быстрее"."""
        return bool(self.words.comparative.fullmatch(word)) and any(
            self._kinship.is_quality(one) for one in _positives(word.casefold())
        )

    def _has_kin(self, part: str) -> bool:
        return any(not _forms(one).isdisjoint(self._forms) for one in self._kinship.of(part))

    def _has_cousin(self, part: str) -> bool:
        """Whether some word may stand for it and for a word of the text: never for persons
        or times: a doctor is no nurse, a winter no weekend."""
        if UNLIKE & self._kinship.sorts(part):
            return False
        weighty = (one for one in self._kinship.of(part) if one not in self.words.plain)
        return any(not _forms(one).isdisjoint(self._cousins) for one in weighty)

    @cached_property
    def _cousins(self) -> frozenset[str]:
        kin = (
            one for low in self._low if low not in self.words.plain for one in self._kinship.of(low)
        )
        return frozenset(form for one in kin for form in _forms(one))


def _positives(word: str) -> Iterator[str]:
    bare = word.removesuffix("er")
    yield from (bare, bare + "e", bare[:-1])
    yield re.sub("i$", "y", bare)


@lru_cache(maxsize=65536)
def _forms(word: str) -> frozenset[str]:
    """What the forms of a word have in common: its stem, in Cyrillic its beginnings."""
    cyrillic = "а" <= word[0] <= "ё"
    if cyrillic:
        return frozenset(_beginnings(word))
    word = BRITISH.sub(lambda match: AMERICAN[match[0]], word)
    roots = (word[:end] for end in range(ROOT, len(word)) if end >= MOST_OF * len(word))
    return frozenset((stem(word), stem(word + "s"), *roots))


def _beginnings(word: str) -> Iterator[str]:
    """What the grammar of Russian leaves of a word, also without the prefix of its verb."""
    shortest = max(SHORTEST, len(word) - ENDING) if len(word) > SHORT else len(word) - 1
    yield word
    yield from (word[:end] for end in range(max(3, shortest), len(word)))
    bare = PREFIX.sub("", word)
    if len(bare) > SHORTEST and bare != word:
        yield from (bare[:end] for end in range(max(SHORTEST, len(bare) - ENDING), len(bare)))
