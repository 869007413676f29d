"""Characters without a shape inside words: left by a copy from a web page, or put there."""

import re
from collections.abc import Iterator

from coach.letters import EditKind
from coach.proofread.proposals import Proposal

_UNSEEN = "\u00ad\u034f\u061c\u180e\u200b-\u200d\u2060-\u2064\ufeff\U000e0000-\U000e007f"
_LETTER = r"[A-Za-zÀ-ɏЀ-ӿ0-9]"
_BROKEN = re.compile(rf"(?:{_LETTER}|['’])*{_LETTER}(?:[{_UNSEEN}]+{_LETTER}(?:{_LETTER}|['’])*)+")
_STRIP = re.compile(f"[{_UNSEEN}]+")


def find(covered: str) -> Iterator[Proposal]:
    """Words of Latin or Cyrillic letters with something unseen in them. Scripts in which such
    characters shape the letters, emoji, and marks of writing direction are left alone: without
    those the letters would stand in another order."""
    for match in _BROKEN.finditer(covered):
        right = _STRIP.sub("", match[0])
        yield Proposal(*match.span(), right, EditKind.MOJIBAKE, 0.99, "invisible")
