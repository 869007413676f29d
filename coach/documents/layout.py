"""How paragraphs stand in the text that we read from a laid-out file."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

BULLET = "• "

BULLET_SIGN = re.compile(r"^[•●▪◦‣⁃∙·■□➢➤✓\uf0b7\uf0a7\uf0d8\u2022\uf076\uf0fc]\s*|^[-–—*]\s+")
"""What stands before a list item on a page, with Word's symbol-font bullets."""


def join(paragraphs: Iterable[tuple[str, bool]]) -> str:
    """Paragraphs of (text, is a list item), with a blank line between them and none between
    list items. Where the writer made the blank lines with empty paragraphs, those count and a
    single paragraph end is a line end: an address stays one block."""
    return "".join(lead + said for _, lead, said in placed(paragraphs))


def placed(paragraphs: Iterable[tuple[str, bool]]) -> Iterator[tuple[int, str, str]]:
    """The same, one by one: a paragraph's number, what we put before it, and what is kept of it
    (its end; only a bullet is cut off in front)."""
    items = list(paragraphs)
    spaced_by_hand = _spaced_by_hand(items)
    first, gap, was_item = True, False, False
    for number, (said, is_item) in enumerate(items):
        if not said:
            gap = True
            continue
        blank = gap if spaced_by_hand else not (is_item and was_item)
        lead = "" if first else "\n\n" if blank else "\n"
        if is_item:
            yield number, lead + BULLET, BULLET_SIGN.sub("", said)
        else:
            yield number, lead, said
        first, gap, was_item = False, False, is_item


def _spaced_by_hand(items: list[tuple[str, bool]]) -> bool:
    """At least a quarter of the paragraph ends are followed by an empty paragraph."""
    said = [bool(text) for text, _ in items]
    ends = sum(said) - 1
    gaps = sum(1 for here, after in pairwise(said) if here and not after)
    return ends > 0 and gaps * 4 >= ends
