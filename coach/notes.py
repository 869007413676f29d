"""Notes: what cards are made of."""

from enum import StrEnum


class NoteKind(StrEnum):
    """One card, one each way, or one for each gap of a sentence."""

    BASIC = "basic"
    BOTH = "both"
    CLOZE = "cloze"
