"""Which language each paragraph of a letter is in, so that each is read by its own dictionary."""

import re
from collections.abc import Sequence

from coach import language
from coach.proofread.tokens import Word

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
            spoken = _spoken(paragraph[0], words[first:at], written_in)
            found.setdefault(spoken, []).extend(words[first:at])
    return {code: chosen for code, chosen in found.items() if code in language.PROOFREAD}


def _spoken(text: str, words: Sequence[Word], written_in: str) -> str:
    cyrillic = sum(1 for word in words if "а" <= word.low[0] <= "ё")
    told = language.detect(text) if len(words) >= _FEWEST_WORDS else language.UNDECIDED
    if told in language.PROOFREAD:
        return told
    in_its_script = cyrillic * 3 > len(words) if written_in == "ru" else cyrillic * 2 <= len(words)
    return written_in if in_its_script else language.UNDECIDED
