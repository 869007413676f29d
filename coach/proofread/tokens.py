"""The words of a letter, each with what stands around it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coach.proofread.lexicon import PAUSE

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_PAUSES = re.compile(r"[.!?;:…\n•|–—\"“”«»]")
_STUCK_BEFORE = re.compile(r"[\d_\\@=^~$&+#'’\ufffc\u00ad\u200b-\u200d]$|^[.(]$|[\s*\[]\.$")
_STUCK_AFTER = re.compile(r"[\d_\\@=^$&#\ufffc\u00ad\u200b-\u200d]|\(\w|\.\w|\+\+")
_TIE = re.compile(r"\d*-")
_QUOTES = frozenset("\"'“”‘’«»„")
_CODE = "\u2402"
_DASH = " - "
"""A dash, as it is typed."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word; `low` is in lower case with a straight apostrophe. `gap` is what stands between
    it and the word before."""

    start: int
    end: int
    text: str
    low: str
    gap: str
    opens: bool
    """Whether it opens a sentence, so that its capital says nothing."""
    stuck: bool
    """Whether it is part of something that isn't a word: "word2vec", "x.shape", "f(x)"; or
    whether it stands alone in quotes, as a word that is spoken of does."""


def words(covered: str) -> list[Word]:
    """The words of a text whose masks are covered by the sentinel."""
    found: list[Word] = []
    upto = 0
    for match in _WORD.finditer(covered):
        gap = covered[upto : match.start()]
        low = match[0].lower().replace("’", "'")
        opens = not found or bool(_PAUSES.search(gap)) or gap.endswith(("(", "* ", "- "))
        stuck = bool(_STUCK_BEFORE.search(gap) or _STUCK_AFTER.match(covered, match.end()))
        stuck = stuck or bool(found and _goes_on(found[-1], gap))
        stuck = stuck or (gap[-1:] in _QUOTES and covered[match.end() : match.end() + 1] in _QUOTES)
        found.append(Word(match.start(), match.end(), match[0], low, gap, opens, stuck))
        upto = match.end()
    return found


def _goes_on(last: Word, gap: str) -> bool:
    """Whether a hyphen ties the word behind the gap to the name of a channel: "#ops-24-berlin"."""
    return last.stuck and last.gap.endswith(("#", "-")) and bool(_TIE.fullmatch(gap))


def before(words: Sequence[Word], at: int) -> str:
    """The word before, as pairs are counted: a pause or a mark where one stands between."""
    return _neighbour(words[at].gap, words[at - 1].low if at else PAUSE)


def after(words: Sequence[Word], at: int) -> str:
    """The word after, as pairs are counted."""
    if at + 1 == len(words):
        return PAUSE
    return _neighbour(words[at + 1].gap, words[at + 1].low)


def _neighbour(gap: str, low: str) -> str:
    if _PAUSES.search(gap) or _DASH in gap:
        return PAUSE
    if not gap.strip(" -/"):
        return low
    if "\ufffc" in gap:
        return _CODE
    if any(map(str.isdigit, gap)):
        return "#"
    return next((mark for mark in gap if mark in ",()"), PAUSE)
