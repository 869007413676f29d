"""Spaces in the wrong place of a Russian or German letter: joined words, words said twice."""

import re
from collections.abc import Iterator
from dataclasses import replace

from coach.letters import EditKind
from coach.proofread import gaps
from coach.proofread.proposals import Proposal
from coach.proofread.tokens import Word
from coach.proofread.tongues import compounds
from coach.proofread.tongues.lexicon import PROPOSED
from coach.proofread.tongues.listed import words
from coach.proofread.tongues.reading import TongueReading
from coach.proofread.tongues.spelling import shaped

_JOIN_COST = 6.0
_LEAST = -26.0
_LEAST_OF_TWO = -28.0
_SURE = -21.0
_USUAL_PART = {"ru": -13.0, "de": -12.0}


def doubled_words(reading: TongueReading) -> Iterator[Proposal]:
    """A word said twice in a row, nouns and names included."""
    by_start = {word.start: word for word in reading.words}
    for proposal in gaps.doubled_words(reading, reading.tongue.twice_right, _repeats):
        known = reading.is_known(by_start[proposal.start])
        yield proposal if known else replace(proposal, ask=True)


def _repeats(first: Word, second: Word) -> bool:
    same = first.text == second.text or (first.opens and first.low == second.text)
    return (
        same
        and second.gap.isspace()
        and len(second.gap) <= 3
        and "\n\n" not in second.gap
        and not (first.stuck or second.stuck)
        and not (len(second.text) > 1 and second.text.isupper())
    )


def split_words(reading: TongueReading) -> Iterator[Proposal]:
    """A word in two pieces: certain where one of them is no word ("программиров анию"), a question
    where both are; never "не" and "ни", which are a matter of meaning."""
    pieces = {reading.words[at].start for at in reading.strange}
    by_start = {word.start: word for word in reading.words}
    by_end = {word.end: word for word in reading.words}
    for proposal in gaps.split_words(reading):
        first, second = by_start[proposal.start], by_end[proposal.end]
        if first.low not in _OFTEN_APART and len(second.low) > 1:
            certain = not pieces.isdisjoint((first.start, second.start))
            yield replace(proposal, ask=proposal.ask or not certain)
    yield from _pieces(reading)


def _pieces(reading: TongueReading) -> Iterator[Proposal]:
    """Pieces whose whole is too rare for the English check, which knows usual words only."""
    for at in range(1, len(reading.words)):
        first, second = reading.words[at - 1], reading.words[at]
        pieces = at in reading.unknown or at - 1 in reading.unknown
        plain = second.gap == " " and second.text == second.text.lower()
        if pieces and plain and first.low not in _OFTEN_APART:
            joined = first.low + second.low
            if reading.lexicon.mark(joined) == PROPOSED and len(joined) > _FEWEST_LETTERS:
                right = shaped(first, joined, reading)
                yield Proposal(
                    first.start, second.end, right, EditKind.SPLIT_WORD, 0.85, "split_word"
                )


_OFTEN_APART = words("не ни")
_FEWEST_LETTERS = 7


def joined_words(reading: TongueReading) -> Iterator[Proposal]:
    """A small word stuck to its neighbour: "вкоманде", "undmeine"."""
    yield from _camels(reading)
    for at in sorted(reading.unknown):
        word = reading.words[at]
        best = _best_parting(reading, at) if len(word.low) > 4 else None
        small = best and not reading.tongue.joiners.isdisjoint(best[1:])
        least = _LEAST if small or reading.tongue.code == "de" else _LEAST_OF_TWO
        if best and best[0] - _JOIN_COST > least - max(0, len(word.low) - 8) * 0.6:
            score, first, second = best
            ask = not small or score - _JOIN_COST < _SURE or min(len(first), len(second)) < 2
            right = f"{_head(word, first, reading)} {_tail(second, reading)}"
            yield Proposal(word.start, word.end, right, EditKind.SPELLING, 0.85, "joined_word", ask)


def _camels(reading: TongueReading) -> Iterator[Proposal]:
    """A German noun stuck to the small word before it, told by its capital: "vierJahren"."""
    for word in reading.words if reading.tongue.code == "de" else ():
        found = _CAMEL.fullmatch(word.text)
        if found and not word.stuck and found[1].lower() in reading.tongue.joiners:
            second = found[2].lower().translate(reading.lexicon.fold)
            noun = reading.lexicon.cased(second)[0].isupper() or compounds.parts(
                second, reading.lexicon
            )
            if noun and not reading.lexicon.is_name(second):
                right = f"{found[1]} {found[2]}"
                yield Proposal(word.start, word.end, right, EditKind.SPELLING, 0.9, "joined_word")


_CAMEL = re.compile(r"([A-ZÄÖÜa-zäöü][a-zäöüß]*)([A-ZÄÖÜ][a-zäöüß]{2,})")


def _head(word: Word, first: str, reading: TongueReading) -> str:
    right = reading.lexicon.cased(first) if reading.tongue.code == "de" else first
    return right.capitalize() if word.text[0].isupper() else right


def _tail(second: str, reading: TongueReading) -> str:
    return reading.lexicon.cased(second) if reading.tongue.code == "de" else second


def _best_parting(reading: TongueReading, at: int) -> tuple[float, str, str] | None:
    low, lexicon = reading.words[at].low, reading.lexicon
    before, after = reading.before(at), reading.after(at)
    best = max(
        (
            (gaps.apart(before, low[:cut], low[cut:], after, lexicon), low[:cut], low[cut:])
            for cut in range(1, len(low))
            if _is_slip(low[:cut], low[cut:], reading)
        ),
        default=None,
    )
    found = reading.candidates(at) if best else []
    return None if best and found and found[0].score > best[0] - _JOIN_COST else best


def _is_slip(first: str, second: str, reading: TongueReading) -> bool:
    joiners = reading.tongue.joiners
    if first in _PREFIXED and not reading.lexicon.has_pair(first, second):
        return False
    if first not in joiners and second not in joiners:
        return len(first + second) >= 11 and _is_part(first, reading) and _is_part(second, reading)
    return (first in joiners or _is_part(first, reading)) and (
        second in joiners or _is_part(second, reading)
    )


_PREFIXED = words("под над за на от по о об с со в во у до из без при про не над к а и")
"""Words that are beginnings of other words too."""


def _is_part(part: str, reading: TongueReading) -> bool:
    usual = reading.lexicon.log_chance(part) > _USUAL_PART[reading.tongue.code]
    return len(part) > 3 and usual and not reading.lexicon.is_name(part)
