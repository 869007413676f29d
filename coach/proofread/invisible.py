"""Characters without a shape inside words: left by a copy from a web page, or put there."""

import re
from collections.abc import Iterator

from coach.letters import EditKind
from coach.proofread.proposals import Proposal

_UNSEEN = "\u00ad\u034f\u061c\u180e\u200b-\u200d\u2060-\u2064\ufeff\U000e0000-\U000e007f"
_LETTER = r"[A-Za-zÀ-ɏЀ-ӿ0-9]"
_RUN = re.compile(rf"{_LETTER}(?:{_LETTER}|[{_UNSEEN}'’])*+")
_INSIDE = re.compile(rf"{_LETTER}[{_UNSEEN}]++{_LETTER}")
_STRIP = re.compile(f"[{_UNSEEN}]+")
_ENDS = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_FLAG = "\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"
_TAGS = re.compile(rf"{_FLAG}|(?P<tags>[\U000e0000-\U000e007f]+)")
"""A black flag with tags behind it is that of a part of a country."""


def find(covered: str) -> Iterator[Proposal]:
    """Words of Latin or Cyrillic letters with something unseen in them. Scripts in which such
    characters shape the letters, emoji, and marks of writing direction are left alone: without
    those the letters would stand in another order."""
    for match in _RUN.finditer(covered):
        word = match[0].rstrip(f"{_ENDS}'’")
        if _INSIDE.search(word):
            right = _STRIP.sub("", word)
            end = match.start() + len(word)
            yield Proposal(match.start(), end, right, EditKind.MOJIBAKE, 0.99, "invisible")


def tags(covered: str) -> Iterator[Proposal]:
    """Letters of Unicode's tags, which no page shows and no keyboard types: a hidden order."""
    for match in _TAGS.finditer(covered):
        if match["tags"]:
            yield Proposal(*match.span(), "", EditKind.MOJIBAKE, 0.99, "tags")
