"""Spaces in the wrong place: split words, joined words, words said twice, space before marks."""

import math
import re
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass

from coach.letters import EditKind
from coach.proofread import closed
from coach.proofread.lexicon import Lexicon
from coach.proofread.proposals import Proposal
from coach.proofread.reading import Reading
from coach.proofread.spelling import in_case_of, misspellings
from coach.proofread.tokens import Word

_SPLIT_COST = 5.0
_JOIN_COST = 3.0
_LEAST = -22.0
_SURE = -17.0

_USUAL = -11.5
_LEAD = 2.0
_LEAD_OVER_USUAL = 8.0
"""How far one word must lead, in nats, over two that are words too; more where both are usual
("every fellow ships")."""


def split_words(reading: Reading) -> Iterator[Proposal]:
    """One word written as two: "profici ent", or broken over a line: "w\\n  • ork"."""
    for at in range(1, len(reading.words)):
        first, second = reading.words[at - 1], reading.words[at]
        joined = first.low + second.low
        known = joined in reading.lexicon.common
        if known and _is_splitting(first, second) and _is_split(reading, at, joined):
            right = in_case_of(first.text, joined, reading.lexicon)
            ask = _may_stand_apart(first, second, reading)
            yield Proposal(
                first.start, second.end, right, EditKind.SPLIT_WORD, 0.9, "split_word", ask
            )


def _may_stand_apart(first: Word, second: Word, reading: Reading) -> bool:
    """Whether two longer words are also right as two: "cyber security"."""
    long = min(len(first.low), len(second.low)) >= _LONG_HALF
    return long and reading.is_known(first) and reading.is_known(second)


_LONG_HALF = 4


def _is_splitting(first: Word, second: Word) -> bool:
    if second.text.replace("’", "'") != second.low or _is_abbreviation(first):
        return False
    return second.gap == " " or (len(first.text) == 1 and bool(_BROKEN_LINE.fullmatch(second.gap)))


def _is_abbreviation(word: Word) -> bool:
    return len(word.text) > 1 and word.text.isupper()


_BROKEN_LINE = re.compile(r"\s{0,9}\n[ \t]{0,20}[•*-]?[ \t]{0,9}")


def _is_split(reading: Reading, at: int, joined: str) -> bool:
    first, second = reading.words[at - 1], reading.words[at]
    lexicon, before, after = reading.lexicon, reading.before(at - 1), reading.after(at)
    if first.low in reading.known or second.low in reading.known:
        return False
    if lexicon.is_name(joined) or first.low in misspellings():
        return False
    whole = lexicon.log_fit(before, joined, after) - _SPLIT_COST
    if not (reading.is_known(first) and reading.is_known(second)):
        return whole > _LEAST and not _is_other_slip(reading, at, whole)
    if lexicon.has_pair(first.low, second.low):
        return False
    usual = min(lexicon.log_chance(first.low), lexicon.log_chance(second.low)) > _USUAL
    lead = _LEAD_OVER_USUAL if usual else _LEAD
    return whole - lead > apart(before, first.low, second.low, after, lexicon)


def _is_other_slip(reading: Reading, at: int, whole: float) -> bool:
    """Whether mending the unknown half alone explains more than joining both."""
    for place, other in ((at - 1, at), (at, at - 1)):
        kept = reading.words[other]
        if place in reading.unknown and reading.is_known(kept) and len(kept.low) > 1:
            found = reading.candidates(place)
            if found and found[0].score + reading.lexicon.log_chance(kept.low) > whole:
                return True
    return False


def apart(before: str, first: str, second: str, after: str, lexicon: Lexicon) -> float:
    """The log chance of two words between their neighbours, comparable with `log_fit`."""
    follows = lexicon.log_follows(before, first) + lexicon.log_follows(first, second)
    return follows + lexicon.log_follows(second, after) - lexicon.log_chance(after)


def joined_words(reading: Reading) -> Iterator[Proposal]:
    """Two words written as one: "helpof"."""
    for at in sorted(reading.unknown):
        word = reading.words[at]
        parting = _best_parting(reading, at) if _is_in_small_letters(word) else None
        over = parting.score - _least(word) if parting else 0.0
        if parting and over > 0 and not _is_term(word, parting, reading, over):
            right = f"{in_case_of(word.text, parting.first, reading.lexicon)} {parting.second}"
            ask = not _is_surely_two(word, parting, reading.lexicon)
            yield Proposal(word.start, word.end, right, EditKind.SPELLING, 0.85, "joined_word", ask)


@dataclass(frozen=True, slots=True)
class Parting:
    """Two words that one may stand for: how likely they are here, less what the slip costs, and
    how far ahead they are of the best single word."""

    first: str
    second: str
    score: float
    lead: float

    @property
    def is_of_big_words(self) -> bool:
        """Small words get stuck to others by mistake only, and so do shortened ones; of two big
        words somebody may make one."""
        small = self.first in closed.JOINERS or self.second in closed.JOINERS
        return not small and "'" not in self.first

    @property
    def is_compounding(self) -> bool:
        return self.first in closed.COMPOUNDING or self.second in closed.COMPOUNDING


def _is_in_small_letters(word: Word) -> bool:
    return word.text[1:].replace("’", "'") == word.low[1:]


def _least(word: Word) -> float:
    return _LEAST - max(0, len(word.low) - 8) * 0.8


def _best_parting(reading: Reading, at: int) -> Parting | None:
    low, lexicon = reading.words[at].low, reading.lexicon
    before, after = reading.before(at), reading.after(at)
    best = max(
        (
            (apart(before, low[:cut], low[cut:], after, lexicon), low[:cut], low[cut:])
            for cut in range(1, len(low))
            if _are_parts(low[:cut], low[cut:], lexicon)
        ),
        default=None,
    )
    if best is None:
        return None
    score, first, second = best
    single = next((one.score for one in reading.candidates(at)), -math.inf)
    lead = score - _JOIN_COST - single
    return Parting(first, second, score - _JOIN_COST, lead) if lead >= 0 else None


def _is_surely_two(word: Word, parting: Parting, lexicon: Lexicon) -> bool:
    """Whether nothing else was meant: no single word, and no new compound."""
    if parting.is_of_big_words and (
        parting.is_compounding or lexicon.has_pair(parting.first, parting.second)
    ):
        return False
    if len(word.low) < _UNWIELDY and parting.lead < _LEAD_OVER_SINGLE:
        return False
    adverb = parting.first.endswith("ly") or parting.second.endswith("ly")
    unlike_any = not parting.is_of_big_words or adverb or len(word.low) >= _UNWIELDY
    return parting.score >= _SURE or (unlike_any and parting.lead > _LEAD_OF_UNLIKELY)


def _are_parts(first: str, second: str, lexicon: Lexicon) -> bool:
    """Two usual words; beside a small word of three letters or more, any long one that is known."""
    for small, other in ((first, second), (second, first)):
        stuck = small in closed.JOINERS and len(small) > 2
        usual = len(small) > 3 and lexicon.log_chance(small) > _USUAL
        if (stuck or usual) and len(other) > 5 and _is_plainly_known(other, lexicon):
            return True
    return _is_part(first, lexicon) and _is_part(second, lexicon)


def _is_plainly_known(word: str, lexicon: Lexicon) -> bool:
    return lexicon.knows(word) and not lexicon.is_name(word)


def _is_part(part: str, lexicon: Lexicon) -> bool:
    part = part.removesuffix("'s")
    if len(part) < 3:
        return part in closed.SHORT
    least = _COMMON_PART if len(part) < 6 else _LONG_PART
    return lexicon.log_chance(part) > least and not lexicon.is_name(part)


_COMMON_PART = -12.5
_LONG_PART = -14.5
"""How common the two words must be: short ones stand in many words by chance."""


def _is_term(word: Word, parting: Parting, reading: Reading, over: float) -> bool:
    """Whether the writer has joined two big words on purpose; `over` tells how far the two words
    are above what is needed."""
    if not parting.is_of_big_words:
        return False
    named = word.text[0].isupper() and not word.opens
    unwieldy = len(word.low) > _UNWIELDY and over > _FAR
    return named or reading.used[word.low] > 1 or (parting.is_compounding and not unwieldy)


_UNWIELDY = 11
_FAR = 6.0
"""Letters beyond which a compound is rather a lost space, and how much likelier that must be."""

_LEAD_OVER_SINGLE, _LEAD_OF_UNLIKELY = 3.0, 5.0
"""How far ahead of any single word two must be to be no question: more where their neighbours
don't speak for them."""


_MOST_REPEATS = 2
"""A word repeated more often than that is meant to be."""


def doubled_words(
    reading: Reading,
    right: Set[str] = closed.TWICE_RIGHT,
    repeats: Callable[[Word, Word], bool] | None = None,
) -> Iterator[Proposal]:
    """A word said twice in a row; those in `right` may be. `repeats` tells whether two words are
    the same one."""
    words = reading.words
    repeats = repeats or _repeats
    at = 1
    while at < len(words):
        upto = at
        while upto < len(words) and repeats(words[upto - 1], words[upto]):
            upto += 1
        slipped = at < upto <= at + _MOST_REPEATS
        if slipped and (words[at - 1].low not in right or _is_never_twice(reading, at - 1)):
            yield _said_once(reading, at - 1, upto - 1)
        at = upto + 1


def _is_never_twice(reading: Reading, at: int) -> bool:
    """`What it is is simple` is right, `the model is is simple` isn't."""
    before = closed.TWICE_BEHIND.get(reading.words[at].low)
    return before is not None and reading.before(at) not in before


def _repeats(first: Word, second: Word) -> bool:
    named = second.text[0].isupper() and not second.text.isupper()
    same = first.text == second.text or (first.opens and first.low == second.text)
    return (
        same
        and second.gap.isspace()
        and "\n\n" not in second.gap
        and len(second.gap) <= 3
        and not named
        and not second.stuck
        and second.low.isascii()
        and (len(second.low) > 1 or second.low == "a")
    )


def _said_once(reading: Reading, first: int, last: int) -> Proposal:
    words = reading.words
    start, end = words[first].start, words[last].end
    once = words[first].text
    if words[first].low == "the" and not words[first].opens:
        meant = _meant_before_the(reading.before(first), reading.lexicon)
        if meant:
            return Proposal(
                start, end, f"{meant} the", EditKind.DOUBLED_WORD, 0.7, "the_the", ask=True
            )
    return Proposal(start, end, once, EditKind.DOUBLED_WORD, 0.97, "doubled_word")


def _meant_before_the(before: str, lexicon: Lexicon) -> str | None:
    """The preposition that the first of two "the" stood for, where one is far likelier."""
    plain = lexicon.log_follows(before, "the")
    fits = {
        word: lexicon.log_follows(before, word) + lexicon.log_follows(word, "the")
        for word in closed.PREPOSITIONS
    }
    best = max(fits, key=lambda word: fits[word])
    return best if fits[best] > plain else None


_SPACED_MARK = re.compile(r"(?<=[^\W_])[ \u00a0](?P<mark>[,.;:!?])(?=\s|$)(?!\s[,.;:!?])")


def spaced_marks(covered: str) -> Iterator[Proposal]:
    """A space before a comma or a full stop."""
    for match in _SPACED_MARK.finditer(covered):
        yield Proposal(
            match.start(), match.end(), match["mark"], EditKind.PUNCTUATION, 0.97, "spaced_mark"
        )
