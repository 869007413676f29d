"""Rich Text Format, by striprtf: what it reads, without hidden and deleted words."""

import re
from typing import cast

from striprtf.striprtf import (  # pyright: ignore[reportMissingTypeStubs]
    rtf_to_text,  # pyright: ignore[reportUnknownVariableType]
)

from coach.documents import invisible, layout
from coach.documents.document import Note, Reading
from coach.documents.errors import DocumentError, Refusal

UNSEEN = re.compile(r"\{(?:\\[a-z]+-?\d* ?){0,20}?\\(v|deleted)(?![a-z0-9])[^{}]*\}")
"""A group that is hidden (\\v) or a tracked deletion; \\v0 ends hiding."""


def read(data: bytes) -> Reading:
    """The text of an RTF. Raises DocumentError: bad_file, no_text."""
    source = data.decode("latin-1")
    gone = {found[1] for found in UNSEEN.finditer(source)}
    try:
        said = cast(str, rtf_to_text(UNSEEN.sub("", source), errors="replace"))
    except (ValueError, LookupError, IndexError, RecursionError):
        raise DocumentError(Refusal.BAD_FILE) from None
    lines = [line.strip() for line in said.splitlines()]
    text = layout.join((line, layout.BULLET_SIGN.match(line) is not None) for line in lines)
    if not text:
        raise DocumentError(Refusal.NO_TEXT)
    names = {"v": "hidden_text", "deleted": "tracked"}
    notes = (*invisible.notes(text), *(Note(names[word]) for word in sorted(gone)))
    return Reading(invisible.without(text), notes)
