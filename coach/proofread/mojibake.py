"""Words whose UTF-8 was once read as another encoding: "Universit√§t"."""

import re
from collections.abc import Iterator

from coach.letters import EditKind
from coach.proofread.proposals import Proposal

_ENCODINGS = ("mac_roman", "cp1252", "latin-1", "cp437", "cp1251")
_TYPOGRAPHIC = frozenset("‘’“”–—…•«»€№")
_SUSPECT = re.compile(r"[^\s\x00-\x7f\ufffc]")
_RUN = re.compile(r"[^\s\ufffc]+")


def find(covered: str) -> Iterator[Proposal]:
    """Runs without white space that are strictly UTF-8 in disguise."""
    for match in _RUN.finditer(covered):
        start, end = _trimmed(match)
        if start < end and _SUSPECT.search(covered, start, end) and end - start <= 80:
            right = _decoded(covered[start:end])
            if right:
                yield Proposal(start, end, right, EditKind.MOJIBAKE, 0.98, "mojibake")


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    """The run without the plain marks around it."""
    text = match[0]
    inner = text.lstrip(_MARKS)
    return match.end() - len(inner), match.start() + len(text.rstrip(_MARKS))


_MARKS = "()[]{}<>,.;:!?\"'*_`~|/\\-"


_RUSSIAN = re.compile("(?:[А-ЯЁ]?[а-яё]+|[А-ЯЁ]+)[…—–]?")
"""A plain Russian word; its bytes may by chance be UTF-8 too ("Её" is the bytes of "Ÿ")."""


def _bytes(word: str, encoding: str) -> bytes:
    """The bytes that were read as that encoding. Windows leaves five of them undefined, and what
    reads them lets them stand as they are."""
    if encoding != "cp1252":
        return word.encode(encoding)
    return b"".join(char.encode("latin-1" if char in _UNDEFINED else encoding) for char in word)


_UNDEFINED = frozenset("\x81\x8d\x8f\x90\x9d")


def _decoded(word: str) -> str | None:
    if _RUSSIAN.fullmatch(word):
        return None
    for encoding in _ENCODINGS:
        try:
            right = _bytes(word, encoding).decode("utf-8")
        except UnicodeError:
            continue
        changed = [char for char in right if not char.isascii()]
        if right != word and all(char.isalpha() or char in _TYPOGRAPHIC for char in changed):
            return right
    return None
