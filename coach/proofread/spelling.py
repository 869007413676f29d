"""Unknown words: which are slips, and what was meant."""

import math
from collections.abc import Iterator
from functools import cache
from importlib import resources

from coach.letters import EditKind
from coach.proofread import varieties
from coach.proofread.candidates import Candidate, fit
from coach.proofread.lexicon import Lexicon
from coach.proofread.number import plural
from coach.proofread.proposals import Proposal
from coach.proofread.reading import Reading, is_left_alone
from coach.proofread.tokens import Word

_JARGON = 3
"""An unknown word used this often is the writer's own term."""

# Scores are log chances. A candidate below its bar is a worse guess than an unknown term.
_BAR = -22.5
_BAR_BY_LENGTH = {2: -6.0, 3: -12.0, 4: -18.0, 5: -21.0, 6: -22.0}
_BAR_PER_LETTER = 0.8
_BAR_FOR_NAMES = -12.5
_BAR_FOR_JARGON = -9.0

_RARE = -13.0
_CHEAP = 4.3
_BAR_FOR_RARE = -12.0
_LEAD_OVER_RARE = 4.0
"""A known word needs a usual one that fits its neighbours far better and is an easy slip away:
letters swapped, doubled or left out. Other slips turn usual words into rare ones too, but as often
rare words are meant."""

_SURE = 0.8
"""Below this confidence an edit is a question."""

_CLOSE = 4.0
"""So near to the best a candidate may be what was meant."""


def find(reading: Reading) -> Iterator[Proposal]:
    """Corrections of slips with one answer, and of words that no list knows."""
    for at, word in enumerate(reading.words):
        if right := _curated(word, reading):
            yield _proposal(word, right, 0.99, "misspelling", ask=False)
        elif at in reading.unknown:
            yield from _respelled(reading, at)
        elif _is_rare(word, reading):
            yield from _meant_for_usual(reading, at)


def _respelled(reading: Reading, at: int) -> Iterator[Proposal]:
    word, found = reading.words[at], reading.candidates(at)
    if found and found[0].score > _bar(word, found[0], reading):
        many = plural(reading, at, found[0].low)
        right = in_case_of(word.text, many or found[0].low, reading.lexicon)
        confidence = _confidence(found)
        ask = confidence < _SURE or bool(many) or _is_doubtful(word, found, reading.lexicon)
        yield _proposal(word, right, confidence, "spelling", ask=ask)


def _is_doubtful(word: Word, found: list[Candidate], lexicon: Lexicon) -> bool:
    """Whether something else may be meant, however well the first candidate fits."""
    best = found[0].low
    return (
        _is_named(word)
        or _may_be_short_name(word, best, lexicon)
        or _may_be_foreign(word.low, best)
        or _is_likelier_slip(found)
    )


def _may_be_foreign(low: str, right: str) -> bool:
    """Whether only a last vowel tells it from an English word: "matura", "mature"."""
    return low[:-1] == right[:-1] and low[-1] in "ao" and right[-1] == "e"


def _is_rare(word: Word, reading: Reading) -> bool:
    """Whether a known word is so rare that it is more often a slip in a usual one."""
    plain = word.text == word.low or (word.opens and word.text[1:] == word.low[1:])
    return (
        plain
        and 4 <= len(word.low) < 10
        and "'" not in word.low
        and reading.lexicon.log_chance(word.low) < _RARE
        and reading.used[word.low] == 1
        and not is_left_alone(word)
        and word.low not in reading.known
        and not reading.lexicon.is_name(word.low)
    )


def _meant_for_usual(reading: Reading, at: int) -> Iterator[Proposal]:
    word, found = reading.words[at], reading.candidates(at)
    fits = fit(reading.lexicon, reading.before(at), word.low, reading.after(at))
    usual = [one for one in found if one.low != word.low and one.slip <= _CHEAP]
    if not usual or _are_varieties(word.low, usual[0].low):
        return
    if usual[0].score > max(_BAR_FOR_RARE, fits + _LEAD_OVER_RARE):
        right = in_case_of(word.text, usual[0].low, reading.lexicon)
        confidence = min(0.75, _confidence(usual))
        yield _proposal(word, right, confidence, "rare", ask=True)


def _are_varieties(low: str, usual: str) -> bool:
    variant = varieties.other(low)
    return variant is not None and variant[1] == usual


def _bar(word: Word, best: Candidate, reading: Reading) -> float:
    """The score that a candidate needs: more for short words, for names, and for jargon."""
    bar = _BAR_BY_LENGTH.get(len(word.low), _BAR - max(0, len(word.low) - 8) * _BAR_PER_LETTER)
    if reading.used[word.low] >= _JARGON:
        bar = max(bar, _BAR_FOR_JARGON)
    if _may_be_name(word, best.low, reading.lexicon):
        bar = max(bar, _BAR_FOR_NAMES)
    return bar


def _may_be_name(word: Word, right: str, lexicon: Lexicon) -> bool:
    """Whether the word is as likely a name that no list has: unlike "Pyhton", whose nearest word
    is a term with a capital."""
    if word.text[0].isupper() and lexicon.is_name(right):
        return True
    return _is_named(word) and not lexicon.cased(right)[0].isupper()


def _may_be_short_name(word: Word, right: str, lexicon: Lexicon) -> bool:
    """Whether a sentence may open with a name ("Weka is …"): the word is short, and it isn't a
    small one that was meant."""
    opens = word.opens and word.text[0].isupper() and not word.text.isupper()
    return opens and len(word.low) <= _SHORT_NAME and lexicon.log_chance(right) < _SMALL


_SHORT_NAME = 6
_SMALL = -8.8


def _is_named(word: Word) -> bool:
    """Whether the word is capitalised within a sentence, as names are."""
    return word.text[0].isupper() and not word.opens and not word.text.isupper()


def _is_likelier_slip(found: list[Candidate]) -> bool:
    """Whether only its neighbours speak for the first candidate, and its slip against it."""
    best = found[0]
    return any(other.slip < best.slip and other.score > best.score - _CLOSE for other in found[1:])


def _confidence(found: list[Candidate]) -> float:
    """How likely the first candidate is among all, and that there is a slip at all."""
    best = found[0].score
    among = 1 / sum(math.exp(candidate.score - best) for candidate in found)
    slip = 1 / (1 + math.exp((_BAR - best) / 2))
    return round(min(0.99, among * slip), 3)


def in_case_of(text: str, low: str, lexicon: Lexicon) -> str:
    """The proposed word, cased and with an apostrophe as the slip was."""
    right = lexicon.cased(low)
    if text.isupper() and len(text) > 2:
        return right.upper()
    right = right[0].upper() + right[1:] if text[0].isupper() else right
    return right.replace("'", "’") if "’" in text else right


def _proposal(word: Word, right: str, confidence: float, reason: str, *, ask: bool) -> Proposal:
    return Proposal(word.start, word.end, right, EditKind.SPELLING, confidence, reason, ask)


def _curated(word: Word, reading: Reading) -> str | None:
    right = misspellings().get(word.low)
    if right is None or word.stuck or word.low in reading.known:
        return None
    shouted = word.text.isupper() and len(word.text) < 6
    return None if shouted else in_case_of(word.text, right, reading.lexicon)


@cache
def misspellings() -> dict[str, str]:
    """Slips that have one answer, whatever stands around them."""
    text = (resources.files("coach.proofread") / "data/en/misspellings.txt").read_text("utf-8")
    entries: dict[str, str] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            wrong, _, right = line.partition(" ")
            entries[wrong] = right
    return entries
