"""Signs that a rewrite says more than its letter: which, how many of each, and at which words.

A word that the letter has in some form is no sign; of the others each sort weighs differently
(scales.py), since a new tool is a fact and a new adverb hardly one.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from prompts.guards import kinship, numbers, speakers, vocabulary
from prompts.guards.names import is_named, is_unknown
from prompts.guards.vocabulary import Vocabulary
from prompts.guards.wording import WORD, Support, Wording

SORTS = {
    "person": "S",
    "group": "OP",
    "thing": "FGNRUb",
    "deed": "ELW",
    "speech": "K",
    "thought": "J",
    "trait": "HIMQTXYZac",
    "owned": "V",
    "quality": "A",
    "relation": "B",
    "manner": "C",
    "making": "k",
    "changing": "e",
    "acting": "ohp",
    "doing": "dfgijlmnqrs",
}
"""WordNet's sorts (kinship.py) by what a new word of them brings."""
SORT_OF = {letter: name for name, letters in SORTS.items() for letter in letters}

NOVELTY = {
    Support.SAID: 0.0,
    Support.ELSEWHERE: 0.1,
    Support.LIKE: 0.5,
    Support.KIN: 0.5,
    Support.COUSIN: 0.7,
    Support.NONE: 1.0,
}
"""How new a word is, by what of the letter bears it."""
PLAIN_NOVELTY = 0.4

EVERYDAY = 1.5
"""Rarity up to which a degree is a word of everyday: "each", "often"."""

WINDOW = 8
"""Words in a row among which new ones are counted: an invented fact brings its words together."""

QUESTION = re.compile(r"\[[^\[\]\n]{1,200}\?\]")
"""What a rewrite asks its writer claims nothing; a number counts there too."""

PARTS = re.compile(r"[,;:–—()]\s*|\s(?=(?:and|but|because|so|which|who|и|а|но|что|потому)\s)")
FEWEST = 2
"""Words of a clause from which on it is held against the letter's sentences."""

MOST = 3
"""Up to so many of one sign count: a long rewrite is not the worse for its length."""


@dataclass(slots=True)
class Signs:
    """How much of each sign there is, and the words that show it."""

    counts: Counter[str] = field(default_factory=Counter[str])
    words: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    def add(self, sign: str, word: str = "", much: float = 1.0) -> None:
        self.counts[sign] = min(MOST, self.counts[sign] + much)  # type: ignore[assignment]
        if word:
            self.words.setdefault(sign, []).append(word)


def signs(replacement: str, source: str, passage: str, language: str) -> Signs:
    """What in a rewrite neither the passage nor the rest of its source bears out."""
    words = vocabulary.load(language)
    found = Signs()
    said = QUESTION.sub(" ", replacement)
    moved = numbers.moves(passage, words)
    wording = Wording(source, words, kinship.load(language))
    _word_signs(found, words.idioms.sub(" ", said), passage, wording, language, moved=moved)
    for phrase in words.phrases.findall(said):
        if not (wording.has_phrase(phrase) or (moved and words.moving.search(phrase))):
            found.add("phrase", phrase)
    for sign, shown in numbers.raised(replacement, source, words):
        found.add(sign, shown)
    for sign in speakers.raised(said, source, passage, words):
        found.add(sign)
    for role in _roles(said, words, wording) - _roles(source, words, wording):
        found.add("rank", role)
    found.add("hedge_lost", much=_hedges_lost(said, passage, words))
    found.add("elsewhere", much=_furthest(said, source, words))
    return found


def _word_signs(
    found: Signs, said: str, passage: str, wording: Wording, language: str, *, moved: bool
) -> None:
    near = Wording(passage, wording.words, kinship.load(language))
    novelty: list[float] = []
    for match in WORD.finditer(said):
        word = match[0]
        if wording.is_grammar(word) or (moved and wording.words.moving.fullmatch(word)):
            novelty.append(0.0)
            continue
        named = is_named(match, said)
        support = (
            Support.SAID if near.has(word, named=named) else wording.support(word, named=named)
        )
        new = NOVELTY[support]
        if support not in (Support.SAID, Support.ELSEWHERE):
            new = _one_word(found, word, support, wording, language, named=named)
        novelty.append(new)
    windows = (sum(novelty[at : at + WINDOW]) for at in range(len(novelty)))
    found.add("cluster", much=max(windows, default=0.0))


def _one_word(
    found: Signs, word: str, support: Support, wording: Wording, language: str, *, named: bool
) -> float:
    """Adds what a word that the letter hasn't is a sign of; says how new it is."""
    if named or is_unknown(word, language):
        found.add("name", word)
        return 2.0
    if wording.is_honour(word):
        found.add("honour", word)
        return 2.0
    if weight := wording.weight(word):
        found.add(_weighted(weight, word, support, wording, language), word)
        return NOVELTY[support]
    if word.casefold() in wording.words.plain:
        found.add("plain")
        return PLAIN_NOVELTY
    if wording.is_comparative(word):
        found.add("comparative", word)
    if support is not Support.NONE:
        found.add(support.value)
        return NOVELTY[support]
    unsorted = "doing" if wording.words.manner.fullmatch(word.casefold()) else "unsorted"
    sorts = {SORT_OF.get(sort, "unsorted") for sort in wording.sorts(word)} or {unsorted}
    for sort in sorts:
        found.add(sort, word, 1 / len(sorts))
    found.add("rare", much=wording.rarity(word, language))
    return NOVELTY[support]


def _weighted(weight: str, word: str, support: Support, wording: Wording, language: str) -> str:
    """The sign that a claim or degree is: less of one where the letter has its like, or where it
    is a word of everyday."""
    if weight.endswith("_like"):
        return weight
    if support in (Support.LIKE, Support.KIN):
        return f"{weight}_kin"
    everyday = word.casefold() in wording.words.plain or (
        weight == "degree" and wording.rarity(word, language) < EVERYDAY
    )
    return f"{weight}_plain" if everyday else weight


def _roles(text: str, words: Vocabulary, wording: Wording) -> set[str]:
    """What the writer is said to be: the persons named within four words of an "as" or "I am"."""
    behind = re.finditer(rf"(?i)\b{words.identity}\s+((?:[\w'’-]+\s+){{0,4}}[\w'’-]+)", text)
    return {
        word
        for match in behind
        for word in speakers.words_of(match[1])
        if wording.sorts(word) == {"S"}
    }


def _hedges_lost(said: str, passage: str, words: Vocabulary) -> int:
    return max(0, _hedges(passage, words) - _hedges(said, words))


def _hedges(text: str, words: Vocabulary) -> int:
    return len(words.hedges.findall(text)) + len(numbers.ABOUT.findall(text))


def _furthest(said: str, source: str, words: Vocabulary) -> float:
    """The share of the words of its most distant clause that no two sentences of the source hold
    together."""
    told = [_content(sentence, words) for sentence in speakers.SENTENCE.split(source)]
    pairs = [one | other for one, other in zip(told, [*told[1:], set[str]()], strict=True)]
    far = [
        1 - max(len(clause & pair) / len(clause) for pair in pairs)
        for clause in _clauses(said, words)
        if len(clause) >= FEWEST
    ]
    return max(far, default=0.0)


def _clauses(said: str, words: Vocabulary) -> Iterator[set[str]]:
    for sentence in speakers.SENTENCE.split(said):
        yield from (_content(part, words) for part in PARTS.split(sentence))


def _content(text: str, words: Vocabulary) -> set[str]:
    return {speakers.form(word) for word in speakers.words_of(text) if word not in words.grammar}
