"""Which language each paragraph of a letter is in, so that each is read by its own dictionary."""

import re
from collections.abc import Sequence, Set

from coach import language
from coach.proofread.tokens import Word
from coach.proofread.tongues import lexicon as tongues
from coach.proofread.tongues.lexicon import PROPOSED

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
_FEWEST_WORDS = 6
"""Words from which a paragraph may be in another language than the letter."""


def by_language(covered: str, words: Sequence[Word], written_in: str) -> dict[str, list[Word]]:
    """The words of each language that has a dictionary; those of other languages are left out."""
    if written_in not in language.PROOFREAD:
        return {}
    found: dict[str, list[Word]] = {}
    at = 0
    for paragraph in _PARAGRAPH.finditer(covered):
        first = at
        while at < len(words) and words[at].start < paragraph.end():
            at += 1
        if first < at:
            spoken = _spoken({word.low for word in words[first:at]}, written_in)
            found.setdefault(spoken, []).extend(words[first:at])
    return {code: chosen for code, chosen in found.items() if code in language.PROOFREAD}


def _spoken(lows: Set[str], written_in: str) -> str:
    """Each word counts once, so that taking a doubled word out changes nothing."""
    cyrillic = sorted(filter(None, (_LATIN.sub("", low) for low in lows if _CYRILLIC.search(low))))
    if len(lows) < _FEWEST_WORDS:
        told = language.UNDECIDED
    elif len(cyrillic) * 2 > len(lows):
        told = language.detect(" ".join(cyrillic))
    else:
        told = language.detect(" ".join(sorted(lows)))
    if told in language.PROOFREAD and not _is_german_after_all(lows, told, written_in):
        return told
    if language.is_other(" ".join(sorted(lows))):
        return language.UNDECIDED
    in_its_script = (
        len(cyrillic) * 3 > len(lows) if written_in == "ru" else len(cyrillic) * 2 <= len(lows)
    )
    return written_in if in_its_script else language.UNDECIDED


def _is_german_after_all(lows: Set[str], told: str, written_in: str) -> bool:
    """Whether a German letter's paragraph that sounds English by its small words is full of
    German ones."""
    if (told, written_in) != ("en", "de"):
        return False
    known = tongues.load("de")
    german = sum(1 for low in lows if known.mark(low.translate(known.fold)) == PROPOSED)
    return german * 2 > len(lows)


_CYRILLIC = re.compile("[а-яё]")
_LATIN = re.compile("[a-z]")
