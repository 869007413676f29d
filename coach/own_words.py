"""A writer's own words: what in a letter, in its posting or by its writer's word is no slip."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from coach.letters import Edit, EditKind
from coach.rules.blocks import BlockKind, split

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")

SIGNED = 120
"""Characters behind "Kind regards" that are taken for a signature."""

OFTEN = 2
"""An odd small word that a posting uses so often is its term, not its slip."""


def in_letter(text: str) -> frozenset[str]:
    """The names with which a letter greets and signs, in small letters: whoever writes them knows
    them."""
    return frozenset(word.lower() for word in _names(text))


def in_posting(posting: str) -> frozenset[str]:
    """The words of a posting that its reader will not mind, in small letters: those with a
    capital and those it uses more than once."""
    words = WORD.findall(posting)
    used = Counter(word.lower() for word in words)
    return frozenset(word for word in used if used[word] >= OFTEN) | frozenset(
        word.lower() for word in words if word[0].isupper()
    )


def can_be_own(edit: Edit) -> bool:
    """Whether an edit flags a single word that its writer may call right."""
    return edit.kind is EditKind.SPELLING and bool(WORD.fullmatch(edit.wrong))


def same_word(word: str, edits: Iterable[Edit]) -> Iterator[int]:
    """Which of these edits flag the word, in any case, counted from 0."""
    low = word.lower()
    for at, edit in enumerate(edits):
        if can_be_own(edit) and edit.wrong.lower() == low:
            yield at


def _names(text: str) -> Iterator[str]:
    for block in split(text):
        if block.kind is BlockKind.GREETING:
            yield from _capitals(block.text)
        elif block.kind is BlockKind.CLOSING:
            yield from _capitals(text[block.end : block.end + SIGNED])


def _capitals(text: str) -> list[str]:
    return [word for word in WORD.findall(text) if word[0].isupper()]
