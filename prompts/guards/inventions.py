"""What a rewrite claims that its writer has not said: numbers, claims, names, links, degrees.

Compared are words, so a claim that moves from one place of the letter to another passes; that is
why rewrites are shown beside the original and never applied with the rest.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache

from coach import masks
from coach.masks import MaskKind
from coach.proofread.lexicon import load as load_lexicon
from prompts.guards import claims


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
    found: set[Invention] = set()
    if _numbers(replacement) - _numbers(source) or _drops_hedge(replacement, passage):
        found.add(Invention.NUMBER)
    if _links(replacement) - _links(source):
        found.add(Invention.LINK)
    if any(claim.search(replacement) and not claim.search(source) for claim in claims.CLAIMS):
        found.add(Invention.CLAIM)
    if any(degree.search(replacement) and not degree.search(source) for degree in claims.DEGREES):
        found.add(Invention.DEGREE)
    if set(_names(replacement, language)) - _spelled(source):
        found.add(Invention.NAME)
    return frozenset(found)


NUMERAL = re.compile(r"\d+(?:[.,  ]\d{3})*(?:[.,]\d+)?")
UNIT = re.compile(
    r"\s?(%|percent|per cent|процент|[kKmM×x](?!\w)|тыс|млн|million|thousand|billion)"
)


def _numbers(text: str) -> set[str]:
    """Numerals with what scales them, and number words as numerals."""
    numbers = {_numeral(match, text) for match in NUMERAL.finditer(text)}
    words = {claims.NUMBER_WORDS[word] for word in _words(text) if word in claims.NUMBER_WORDS}
    return numbers | words


def _numeral(match: re.Match[str], text: str) -> str:
    unit = UNIT.match(text, match.end())
    digits = re.sub(r"[., \s](?=\d{3}\b)", "", match[0]).replace(",", ".")
    return digits + (claims.UNITS.get(unit[1].lower(), unit[1].lower()) if unit else "")


def _drops_hedge(replacement: str, passage: str) -> bool:
    """Whether "up to 60 %" became "60 %"."""
    return bool(_hedged(passage) & (_bare(replacement) - _bare(passage)))


def _hedged(text: str) -> set[str]:
    return {match[0] for match in NUMERAL.finditer(text) if _is_hedged(text, match.start())}


def _bare(text: str) -> set[str]:
    return {match[0] for match in NUMERAL.finditer(text) if not _is_hedged(text, match.start())}


def _is_hedged(text: str, start: int) -> bool:
    return bool(claims.HEDGE.search(text[max(0, start - 20) : start]))


def _links(text: str) -> set[str]:
    linking = (MaskKind.URL, MaskKind.EMAIL, MaskKind.HANDLE)
    return {text[mask.start : mask.end] for mask in masks.find(text) if mask.kind in linking}


WORD = re.compile(r"[^\W_](?:[\w+#]|[-.'’](?=\w))*")
STOP = re.compile(r"(?:^|[.!?…:]\s+|\n\s*|[“\"«(])\W*$")


def _words(text: str) -> list[str]:
    return [match[0].casefold() for match in WORD.finditer(text)]


def _spelled(text: str) -> set[str]:
    """Every word of a source, also the parts of what a hyphen joins."""
    words = {_root(word) for word in _words(text)}
    return words | {part for word in words for part in re.split(r"[-.'’]", word)}


def _names(text: str, language: str) -> Iterator[str]:
    """The words that name something: capitals within a sentence, mixed case, and lower-case
    words that the dictionary writes with capitals or doesn't hold."""
    for match in WORD.finditer(text):
        word = match[0]
        first = bool(STOP.search(text[max(0, match.start() - 8) : match.start()]))
        if not word.isdigit() and _names_something(word, first, language):
            yield _root(word.casefold())


def _names_something(word: str, first: bool, language: str) -> bool:
    if word in {"I", "Я"} or word.casefold().startswith(("i'", "i’")):
        return False
    inner_capital = any(character.isupper() for character in word[1:])
    if inner_capital or (word[0].isupper() and not first):
        return True
    return _is_known_name(word, language)


@cache
def _is_known_name(word: str, language: str) -> bool:
    lexicon = load_lexicon(language)
    if lexicon is None:
        return False
    low = _root(word.casefold())
    written = lexicon.cased(low)
    parts = [part for part in re.split(r"[-'’]", low) if part]
    unknown = not all(lexicon.knows(part) or part.isdigit() for part in parts)
    return lexicon.is_name(low) or (written != low and written != low.capitalize()) or unknown


def _root(word: str) -> str:
    return re.sub(r"['’]s?$", "", word)
