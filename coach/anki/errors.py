"""Why a file of cards could not be used, and the sentence that its owner reads."""

from enum import StrEnum

from coach.texts import say

MAX_NOTES = 20_000
"""Notes of one file; at 20 new cards a day they last for three years."""

MAX_ANSWERS = 500_000
"""Grades of one file."""

MAX_OF_CARD = 2_000
"""Grades of one card; asked every day, it would take five years."""

MAX_UNPACKED = 150 * 1024 * 1024
"""Bytes of an unpacked collection; 20,000 notes with a million grades take about 100 MB."""

FIGURES = {"notes": MAX_NOTES, "megabytes": MAX_UNPACKED // 1024**2}


class Trouble(StrEnum):
    """Each has a sentence under `anki.refused`."""

    BROKEN = "broken"
    NO_COLLECTION = "no_collection"
    OLD_STUB = "old_stub"
    ENCRYPTED = "encrypted"
    TOO_BIG_UNPACKED = "too_big_unpacked"
    TOO_MANY = "too_many"
    TOO_SLOW = "too_slow"
    NO_TABLE = "no_table"
    NO_CARDS = "no_cards"


class PackageError(Exception):
    """A file of cards can't be used; `trouble` says why, `sentence` what to do."""

    def __init__(self, trouble: Trouble | str) -> None:
        self.trouble = Trouble(trouble)
        super().__init__(self.trouble.value)

    def sentence(self, language: str) -> str:
        return say(language, f"anki.refused.{self.trouble}", **FIGURES)
