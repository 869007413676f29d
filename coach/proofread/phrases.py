"""Slips that the next word gives away: "your welcome", "their is", "could of", "a hour"."""

import re
from collections.abc import Iterator

from coach.letters import EditKind
from coach.proofread import closed
from coach.proofread.proposals import Proposal
from coach.proofread.reading import Reading
from coach.proofread.spelling import in_case_of
from coach.proofread.tokens import Word


def find(reading: Reading) -> Iterator[Proposal]:
    """Words that cannot stand before the word that follows them."""
    for at in range(len(reading.words) - 1):
        word, after = reading.words[at], reading.after(at)
        right = _meant(reading.before(at), word.low, after, reading.after(at + 1))
        if word.low in {"a", "an"} and after == reading.words[at + 1].low:
            yield from _article(word, reading.words[at + 1], reading)
        elif right and not word.stuck and not word.text.isupper():
            shaped = in_case_of(word.text, right, reading.lexicon)
            yield Proposal(word.start, word.end, shaped, EditKind.CONFUSION, 0.95, "confusion")


def _meant(before: str, low: str, after: str, later: str) -> str | None:
    if after in closed.UNLESS_BEFORE.get(low, ()) or (low == "trough" and before in _ARTICLES):
        return None
    if later not in closed.ONLY_IF_LATER.get((low, after), {later}):
        return None
    return closed.BEFORE.get((low, after)) or closed.AFTER.get((before, low))


_ARTICLES = frozenset({"a", "the", "and", "each", "this"})


def _article(word: Word, follows: Word, reading: Reading) -> Iterator[Proposal]:
    right = _before_letters(follows.text) if follows.text.isupper() else _before_word(follows.low)
    if right and word.low != right and _takes_article(word, follows, reading):
        shaped = right.capitalize() if word.text[0].isupper() else right
        yield Proposal(word.start, word.end, shaped, EditKind.GRAMMAR, 0.97, "article")


def _before_word(low: str) -> str:
    return "an" if _sounds_open(low) else "a"


_OPEN_EITHER_WAY = frozenset("AEIO")
_CLOSED_EITHER_WAY = frozenset("BCDGJKPQTVWYZ")


def _before_letters(text: str) -> str | None:
    """The article before an acronym, where it is the same whether the letters are named or read as
    a word: "an API", "a CPU", but "a SQL query" or "an SQL query"."""
    if len(set(text)) == 1:
        return None
    if text[0] in _OPEN_EITHER_WAY:
        return "an"
    return "a" if text[0] in _CLOSED_EITHER_WAY else None


def _takes_article(word: Word, follows: Word, reading: Reading) -> bool:
    """Whether an article is what the letter is: before a plain known word or an acronym."""
    return (
        follows.gap == " "
        and (word.text != "A" or word.opens)
        and not follows.stuck
        and not word.stuck
        and (_is_acronym(follows) or _is_plain(follows, reading))
    )


def _is_acronym(word: Word) -> bool:
    return word.text.isupper() and 2 < len(word.text) < _LONGEST_ACRONYM and word.text.isascii()


_LONGEST_ACRONYM = 7


def _is_plain(word: Word, reading: Reading) -> bool:
    return (
        word.text[1:] == word.low[1:]
        and len(word.low) > 2
        and word.low not in closed.NO_NOUNS
        and reading.is_known(word)
        and not reading.lexicon.is_name(word.low)
        and reading.lexicon.cased(word.low) == word.low
    )


def _sounds_open(low: str) -> bool:
    """Whether the word begins with a vowel sound."""
    if _SILENT_H.match(low):
        return True
    return low[0] in "aeiou" and not _LIKE_YOU_OR_ONE.match(low)


_SILENT_H = re.compile(r"hour|honest|honou?r|heir")
_LIKE_YOU_OR_ONE = re.compile(
    r"eu|ewe|once|one(?!r)|ubiq|unary|uni(?!m|n|d)|unid(?:irec|im)|uk|ur(?:an|in)|us[aeiu]|ut[ei]|uto"
)
