"""Unknown words of a Russian or German letter: which are slips, and what was meant."""

import math
from collections.abc import Iterator
from functools import cache
from importlib import resources

from coach.letters import EditKind
from coach.proofread.candidates import Candidate
from coach.proofread.proposals import Proposal
from coach.proofread.tokens import Word
from coach.proofread.tongues import umlauts
from coach.proofread.tongues.reading import TongueReading

# Scores are log chances. A candidate below its bar is a worse guess than an unknown term.
_BAR = -26.0
_BAR_BY_LENGTH = {2: -6.0, 3: -12.0, 4: -18.5, 5: -22.0, 6: -23.5, 7: -25.0}
_BAR_PER_LETTER = 0.4
_BAR_FOR_NAMES = {"ru": -13.0, "de": -21.5}

_BAR_FOR_NAMED = -18.5
"""What a usual name needs to be proposed for what may be a rare one."""

_PLAUSIBLE = -24.5
"""The score at which a slip is as likely as an unknown word."""

_SURE = 0.8
"""Below this confidence an edit is a question."""

_VERY_SURE = 0.93
"""What it takes where the word may be a name."""


def find(reading: TongueReading) -> Iterator[Proposal]:
    """Corrections of slips with one answer, and of words that no list knows."""
    curated = misspellings(reading.tongue.code)
    for at, word in enumerate(reading.words):
        if word.low in curated and word.low not in reading.known and not word.stuck:
            right = shaped(word, curated[word.low], reading)
            if right.lower() != word.text.lower():
                yield _proposal(word, right, 0.99, "misspelling", ask=False)
        elif at in reading.unknown:
            yield from _respelled(reading, at)


def _respelled(reading: TongueReading, at: int) -> Iterator[Proposal]:
    word, found = reading.words[at], reading.candidates(at)
    if found and found[0].score > _bar(word, found[0].low, reading):
        if _is_stuck(word.low, found[0].low, reading):
            yield _parted(word, reading)
            return
        right = shaped(word, found[0].low, reading)
        confidence = _confidence(found)
        made = not reading.lexicon.mark(found[0].low)
        named = reading.lexicon.is_name(found[0].low) or (
            _may_be_name(word, reading) and not (len(word.low) > 5 and confidence > _VERY_SURE)
        )
        ask = confidence < _SURE or made or named
        if right != word.text:
            yield _proposal(word, right, confidence, "spelling", ask=ask)


_ONE_LETTER = frozenset("вскиауоя")


def _is_stuck(low: str, best: str, reading: TongueReading) -> bool:
    """Whether the first letter is a Russian word of its own: "вкоманде" is no "команде"."""
    own = reading.tongue.code == "ru" and low[0] in _ONE_LETTER
    return own and low[1:] == best and low[1] != low[0]


def _parted(word: Word, reading: TongueReading) -> Proposal:
    right = f"{word.text[0]} {word.text[1:]}"
    ask = not reading.lexicon.has_pair(word.low[0], word.low[1:])
    return Proposal(word.start, word.end, right, EditKind.SPELLING, 0.8, "joined_word", ask)


def _bar(word: Word, best: str, reading: TongueReading) -> float:
    """The score that a candidate needs: more for short words and for what may be a name."""
    bar = _BAR_BY_LENGTH.get(len(word.low), _BAR - max(0, len(word.low) - 8) * _BAR_PER_LETTER)
    if not _may_be_name(word, reading) or reading.lexicon.is_name(best):
        return max(bar, _BAR_FOR_NAMED) if reading.lexicon.is_name(best) else bar
    return max(bar, _BAR_FOR_NAMES[reading.tongue.code])


def _may_be_name(word: Word, reading: TongueReading) -> bool:
    """Whether its capital may be a name's; in German every noun has one, so length decides."""
    if word.opens or not word.text[0].isupper() or word.text.isupper():
        return False
    return reading.tongue.code == "ru" or len(word.low) < 8


def _confidence(found: list[Candidate]) -> float:
    """How likely the first candidate is among all, and that there is a slip at all."""
    best = found[0].score
    among = 1 / sum(math.exp(candidate.score - best) for candidate in found)
    slip = 1 / (1 + math.exp((_PLAUSIBLE - best) / 2))
    return round(min(0.99, among * slip), 3)


def shaped(word: Word, low: str, reading: TongueReading) -> str:
    """The correction in the letter's own spelling: its capitals, its ё, its ß and umlauts."""
    right = reading.lexicon.cased(low)
    if reading.tongue.code == "ru":
        right = _with_dots(word.text.lower(), low)
    else:
        right = right.replace("ß", "ss") if reading.is_swiss else umlauts.sharp(right)
    if reading.tongue.code == "de" and reading.transcribes:
        right = umlauts.transcribed(right)
    if word.text.isupper() and len(word.text) > 1:
        return right.upper()
    return right[:1].upper() + right[1:] if word.text[:1].isupper() else right


def _with_dots(typed: str, low: str) -> str:
    """The word with ё wherever the typed one had it."""
    place = typed.find("ё")
    if place < 0:
        return low
    for at in (place, len(low) - (len(typed) - place), place - 1, place + 1):
        if 0 <= at < len(low) and low[at] == "е":
            return low[:at] + "ё" + low[at + 1 :]
    return low


def _proposal(word: Word, right: str, confidence: float, reason: str, *, ask: bool) -> Proposal:
    return Proposal(word.start, word.end, right, EditKind.SPELLING, confidence, reason, ask)


@cache
def misspellings(code: str) -> dict[str, str]:
    """Slips that have one answer, whatever stands around them."""
    file = resources.files("coach.proofread") / "data" / code / "misspellings.txt"
    entries: dict[str, str] = {}
    for line in file.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            wrong, _, right = line.partition(" ")
            entries[wrong] = right
    return entries
