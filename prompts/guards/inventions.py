"""What a rewrite claims that its writer has not said: numbers, claims, names, links, degrees.

A word has to stand in the letter, be like one that does, or claim nothing; words/*.toml tells
which do. Compared are words, so a fact that moves from one place of the letter to another passes;
that is why rewrites are shown beside the original and never applied with the rest.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache

from coach import masks
from coach.masks import MaskKind
from coach.proofread.lexicon import load as load_lexicon
from prompts.guards import kinship, numbers, speakers, vocabulary
from prompts.guards.vocabulary import Vocabulary
from prompts.guards.wording import WORD, Wording, parts

MOST_MANNERS = 3
MANNERS_SHARE = 1 / 12
"""New verbs, adverbs and adjectives that a rewrite may bring, of all its words, if none of them is
known to claim."""


class Invention(StrEnum):
    """What sort of fact nobody has given."""

    NUMBER = "number"
    CLAIM = "claim"
    NAME = "name"
    LINK = "link"
    DEGREE = "degree"


def inventions(
    replacement: str, *, letter: str, passage: str, facts: Sequence[str] = (), language: str = "en"
) -> frozenset[Invention]:
    """The sorts of facts in a replacement for `passage` that neither the letter nor a confirmed
    fact holds. Empty: nothing was found, which is not a proof."""
    source = "\n".join((letter, *facts))
    if _is_said(replacement, source):
        return frozenset()
    words = vocabulary.load(language)
    claimed = QUESTION.sub(" ", replacement)
    moved = numbers.moves("\n".join((passage, *facts)), words)
    found = set(_new_words(claimed, source, words, language, moved=moved))
    if numbers.raises(replacement, source, words):
        found.add(Invention.NUMBER)
    if (pressed := links(replacement)) and pressed - links(source):
        found.add(Invention.LINK)
    if speakers.claims_more(claimed, source, passage, words):
        found.add(Invention.CLAIM)
    return frozenset(found)


def _is_said(replacement: str, source: str) -> bool:
    """Whether the letter says it word for word."""
    return " ".join(replacement.split()) in " ".join(source.split())


def links(text: str) -> set[str]:
    """The addresses in a text."""
    linking = (MaskKind.URL, MaskKind.EMAIL, MaskKind.HANDLE)
    return {text[mask.start : mask.end] for mask in masks.find(text) if mask.kind in linking}


QUESTION = re.compile(r"\[[^\[\]\n]{1,200}\?\]")
"""What a rewrite asks its writer claims nothing; a number or a link counts there too."""

STOP = re.compile(r"(?:^|[.!?…:]\s+|\n\s*|[“\"«(])\W*$")


def _new_words(
    said: str, source: str, words: Vocabulary, language: str, *, moved: bool
) -> Iterator[Invention]:
    """`moved` tells that the writer says how something went from one number to another, so that
    words for more and less are theirs."""
    wording = Wording(source, words, kinship.load(language))
    manners: set[str] = set()
    for word, named in _words(words.idioms.sub(" ", said)):
        if wording.holds(word, named=named) or (moved and words.moving.fullmatch(word)):
            continue
        if _is_manner(word, named, wording, language):
            manners.add(word.casefold())
        else:
            yield _sort(word, named, wording, language)
    if len(manners) > max(MOST_MANNERS, MANNERS_SHARE * len(said.split())):
        yield Invention.CLAIM
    for phrase in words.phrases.findall(said):
        if not (wording.has_phrase(phrase) or (moved and words.moving.search(phrase))):
            yield Invention.CLAIM


def _words(said: str) -> Iterator[tuple[str, bool]]:
    """Each word, and whether it is written as a name: with a capital, but beginning nothing."""
    for match in WORD.finditer(said):
        first = bool(STOP.search(said[max(0, match.start() - 8) : match.start()]))
        yield match[0], match[0][0].isupper() and not first and match[0] not in {"I", "Я"}


def _is_manner(word: str, named: bool, wording: Wording, language: str) -> bool:
    """Whether it says only how, and neither names anything nor says that it is more so."""
    if named or _names(word, language) or wording.is_comparative(word):
        return False
    return wording.is_manner(word)


def _sort(word: str, named: bool, wording: Wording, language: str) -> Invention:
    """What sort of fact a new word brings."""
    if any(part in wording.words.degrees for part in parts(word)):
        return Invention.DEGREE
    return Invention.NAME if named or _names(word, language) else Invention.CLAIM


def _names(word: str, language: str) -> bool:
    return any(map(str.isupper, word[1:])) or _is_known_name(word.casefold(), language)


@cache
def _is_known_name(low: str, language: str) -> bool:
    """Whether a dictionary holds the word as a name, or not at all."""
    lexicon = load_lexicon(language)
    if lexicon is None:
        return False
    written = lexicon.cased(low)
    unknown = not all(lexicon.knows(part) or part.isdigit() for part in parts(low))
    return lexicon.is_name(low) or (written != low and written != low.capitalize()) or unknown
