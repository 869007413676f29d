"""Latin letters inside Russian words, and Russian ones inside Latin words: "cистема"."""

from collections.abc import Iterator

from coach.letters import EditKind
from coach.proofread.proposals import Proposal
from coach.proofread.tongues.reading import TongueReading

_TO_CYRILLIC = str.maketrans("aceopxyABCEHKMOPTXyY", "асеорхуАВСЕНКМОРТХуУ")
_TO_LATIN = str.maketrans("асеорхуАВСЕНКМОРТХУ", "aceopxyABCEHKMOPTXY")


def find(reading: TongueReading) -> Iterator[Proposal]:
    """Words of two scripts that are one word once the lookalikes are exchanged."""
    for word in reading.words:
        if word.stuck or len(word.text) < 2 or not word.text.isalpha():
            continue
        cyrillic = sum(1 for char in word.text if "а" <= char.lower() <= "ё")
        if 0 < cyrillic < len(word.text):
            right = _in_one_script(word.text, cyrillic, reading)
            if right:
                yield Proposal(word.start, word.end, right, EditKind.CONFUSION, 0.97, "lookalike")


def _in_one_script(text: str, cyrillic: int, reading: TongueReading) -> str | None:
    right = text.translate(_TO_CYRILLIC)
    low = right.lower().translate(reading.lexicon.fold)
    if reading.letters.issuperset(low) and reading.lexicon.mark(low):
        return right
    right = text.translate(_TO_LATIN)
    return right if right.isascii() and cyrillic * 2 < len(text) and len(text) > 3 else None
