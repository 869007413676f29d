"""Reading the files that people send, and giving them back with corrections."""

from coach.documents.child import read_in_child, read_pictures, reads_pictures, seen
from coach.documents.content import media_type
from coach.documents.copies import (
    Basis,
    Copy,
    Made,
    Original,
    Wishes,
    copies_of,
    make_copy,
    text_copy,
)
from coach.documents.corrections import corrected
from coach.documents.document import Document, MediaType
from coach.documents.errors import MAX_BYTES, DocumentError, Pictured, Refusal
from coach.documents.giving import give_back
from coach.documents.reading import pasted, read

__all__ = [
    "MAX_BYTES",
    "Basis",
    "Copy",
    "Document",
    "DocumentError",
    "Made",
    "MediaType",
    "Original",
    "Pictured",
    "Refusal",
    "Wishes",
    "copies_of",
    "corrected",
    "give_back",
    "make_copy",
    "media_type",
    "pasted",
    "read",
    "read_in_child",
    "read_pictures",
    "reads_pictures",
    "seen",
    "text_copy",
]
