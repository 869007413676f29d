"""Which notes fit into a chat; the others are counted and left to Anki."""

from collections import Counter
from collections.abc import Iterable, Iterator

from coach.anki.contents import PackedNote
from coach.notes import NoteKind, ordinals

LONGEST_SIDE = 1500
"""Characters. Question and answer stand in one message, which holds 4,096."""


def fit(notes: Iterable[PackedNote], left_out: Counter[str]) -> Iterator[PackedNote]:
    """The notes that can be asked in a chat: both sides have words, and few enough of them.
    `left_out` counts the others by reason."""
    for note in notes:
        if reason := _unfit(note):
            left_out[reason] += 1
        else:
            yield note


def _unfit(note: PackedNote) -> str:
    if max(len(note.front), len(note.back), len(note.guid or "") * 7) > LONGEST_SIDE:
        return "long"
    if not note.front or not ordinals(note.kind, note.front):
        return "empty"
    return "empty" if not note.back and note.kind is not NoteKind.CLOZE else ""
