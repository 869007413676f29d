"""Reading the files that people send, and giving them back with corrections."""

from coach.documents.child import read_in_child
from coach.documents.corrections import corrected
from coach.documents.document import Document, MediaType
from coach.documents.errors import MAX_BYTES, DocumentError, Refusal
from coach.documents.giving import give_back
from coach.documents.reading import pasted, read

__all__ = [
    "MAX_BYTES",
    "Document",
    "DocumentError",
    "MediaType",
    "Refusal",
    "corrected",
    "give_back",
    "pasted",
    "read",
    "read_in_child",
]
