"""Notes: what cards are made of, and which faces a note gives its cards."""

import re
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b

GAP = re.compile(
    r"\{\{c(?P<number>[1-9]\d?)::(?P<word>(?:(?!::|\}\}).)*)(?:::(?P<hint>(?:(?!\}\}).)*))?\}\}",
    re.DOTALL,
)
"""A gap of a cloze, as Anki writes it: its number, the word, perhaps a hint. The word may not run
past its end: gaps that never close, in a stranger's file, took minutes otherwise."""

OPEN, CLOSE = "[", "]"
NOTHING = "…"
"""What stands in a gap that has no hint."""


class NoteKind(StrEnum):
    """One card, one each way, or one for each gap of a sentence."""

    BASIC = "basic"
    BOTH = "both"
    CLOZE = "cloze"


@dataclass(frozen=True, slots=True)
class Face:
    """What a card asks, and what it answers. `asked` are the places of the gap in the question
    and of the word in the answer (code points, end excluded); none for a card without gaps."""

    question: str
    answer: str
    asked: tuple[tuple[int, int], ...] = ()
    told: tuple[tuple[int, int], ...] = ()


def guid_of(kind: NoteKind, front: str, back: str) -> str:
    """The name of a note that has no other: the same words, however they are spaced, are the
    same note."""
    words = "\x1f".join((kind, *(" ".join(side.split()) for side in (front, back))))
    return f"cc-{blake2b(words.encode(), digest_size=10).hexdigest()}"


def ordinals(kind: NoteKind, front: str) -> tuple[int, ...]:
    """The numbers of a note's cards, as Anki counts them: from 0, a gap c1 being 0."""
    match kind:
        case NoteKind.BASIC:
            return (0,)
        case NoteKind.BOTH:
            return (0, 1)
        case NoteKind.CLOZE:
            return tuple(sorted({int(gap["number"]) - 1 for gap in GAP.finditer(front)}))


def face(kind: NoteKind, front: str, back: str, ordinal: int) -> Face:
    """What the card with that number shows. Beside the answer to a gap stands the note's back."""
    match kind:
        case NoteKind.BASIC:
            return Face(front, back)
        case NoteKind.BOTH:
            return Face(back, front) if ordinal else Face(front, back)
        case NoteKind.CLOZE:
            question, asked = _gapped(front, ordinal, told=False)
            answer, told = _gapped(front, ordinal, told=True)
            return Face(question, f"{answer}\n\n{back}" if back else answer, asked, told)


def _gapped(front: str, ordinal: int, *, told: bool) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The sentence with one number's gaps open (or told) and all others filled, and where."""
    text, places, at = "", list[tuple[int, int]](), 0
    for gap in GAP.finditer(front):
        text += front[at : gap.start()]
        mine = int(gap["number"]) - 1 == ordinal
        shown = gap["word"] if told or not mine else f"{OPEN}{gap['hint'] or NOTHING}{CLOSE}"
        if mine:
            places.append((len(text), len(text) + len(shown)))
        text, at = text + shown, gap.end()
    return text + front[at:], tuple(places)
