"""What differs between the words before an edit and after it: whole words, and no more of them
than have to change."""

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

TOKEN = re.compile(r"\w+(?:['’\-]\w+)*|\s+|.", re.DOTALL)
"""Words with what stands inside them, white space, single signs."""

MAX_TOKENS = 400
"""Of one side; comparing takes the square of it, and no reader decides on more at once."""

ALIKE = 0.5
"""A passage with less in common is replaced as a whole, unless that costs it its look: islands of
kept words are hard to read."""


@dataclass(frozen=True, slots=True)
class Piece:
    """`wrong[start:end]` gives way to `right`; an empty span is an insertion."""

    start: int
    end: int
    right: str


def pieces(wrong: str, right: str, looks: Sequence[Hashable]) -> list[Piece]:
    """What to change for `wrong` to say `right`, in order, with something kept between them.

    `looks` says for each character of `wrong` where and how it stands: words that look alike are
    replaced together, a word that changes its look inside keeps the letters that stay.
    """
    found = _together(_differences(wrong, right, len(set(looks)) == 1), wrong, looks)
    return [_narrowed(piece, wrong, looks) for piece in found]


def _differences(wrong: str, right: str, all_alike: bool) -> list[Piece]:
    before, after = TOKEN.findall(wrong), TOKEN.findall(right)
    if max(len(before), len(after)) > MAX_TOKENS:
        return [_trimmed(Piece(0, len(wrong), right), wrong)]
    compared = SequenceMatcher(None, before, after, autojunk=False)
    blocks = list(compared.get_opcodes())
    if all_alike and len(before) > 2 and compared.ratio() < ALIKE:
        blocks = _outermost(blocks)
    starts = _offsets(before)
    return [
        Piece(starts[first], starts[last], "".join(after[first_after:last_after]))
        for tag, first, last, first_after, last_after in blocks
        if tag != "equal"
    ]


Block = tuple[str, int, int, int, int]


def _outermost(blocks: Sequence[Block]) -> list[Block]:
    """Everything from the first difference to the last as one."""
    changed = [block for block in blocks if block[0] != "equal"]
    if not changed:
        return []
    first, last = changed[0], changed[-1]
    return [("replace", first[1], last[2], first[3], last[4])]


def _offsets(tokens: Sequence[str]) -> list[int]:
    offsets = [0]
    for token in tokens:
        offsets.append(offsets[-1] + len(token))
    return offsets


def _together(found: Sequence[Piece], wrong: str, looks: Sequence[Hashable]) -> list[Piece]:
    """Neighbours with only white space between them become one, where all of it looks alike."""
    joined: list[Piece] = []
    for piece in found:
        kept = wrong[joined[-1].end : piece.start] if joined else ""
        if joined and kept.isspace() and len(set(looks[joined[-1].start : piece.end])) == 1:
            before = joined.pop()
            joined.append(Piece(before.start, piece.end, before.right + kept + piece.right))
        else:
            joined.append(piece)
    return joined


def _narrowed(piece: Piece, wrong: str, looks: Sequence[Hashable]) -> Piece:
    alike = len(set(looks[piece.start : piece.end])) <= 1
    return piece if alike else _trimmed(piece, wrong)


def _trimmed(piece: Piece, wrong: str) -> Piece:
    """Without the characters that both sides begin and end with."""
    said, right = wrong[piece.start : piece.end], piece.right
    most = min(len(said), len(right))
    head = next((at for at in range(most) if said[at] != right[at]), most)
    tail = next((at for at in range(most - head) if said[-1 - at] != right[-1 - at]), most - head)
    return Piece(piece.start + head, piece.end - tail, right[head : len(right) - tail])
