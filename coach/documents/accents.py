"""Accents that a page draws apart from their letters, as TeX's old fonts do: put on the letter
that they stand over. Pure: knows signs and boxes.
"""

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from coach.documents.hyphens import HYPHEN
from coach.documents.traced import Box, Place


class Sign(NamedTuple):
    """What one character of a page says, and its place."""

    said: str
    place: Place


APART = dict(
    zip(
        "`´ˆ˜¨ˇ˚¯˘˙˝¸˛",
        "\u0300\u0301\u0302\u0303\u0308\u030c\u030a\u0304\u0306\u0307\u030b\u0327\u0328",
        strict=True,
    )
)
"""Each accent as a sign of its own, and as a mark on the letter before it."""

ACCENTS = frozenset(APART) | frozenset(APART.values())
TYPED = {"\u0302": "^", "\u0303": "~"}
DOTLESS = str.maketrans({"ı": "i", "ȷ": "j"})

NEAR = 200
"""Signs to look back: PDFium puts an accent where its line ends, however long that is."""

TOUCHING = 0.12
"""Line heights between two letters of one word."""


def put_on(signs: Sequence[Sign]) -> list[Sign]:
    """The signs of a page, each accent that stands over a letter drawn into it; blanks that
    stood for the accent's width go too."""
    if ACCENTS.isdisjoint(said for said, _ in signs):
        return list(signs)
    left = list[Sign | None](signs)
    for at, sign in enumerate(signs):
        if sign.said in ACCENTS:
            _move(left, at, APART.get(sign.said, sign.said))
    return [sign for sign in left if sign is not None]


def _move(left: list[Sign | None], at: int, mark: str) -> None:
    accent = left[at]
    over = accent.place.box if accent else None
    under = _letter_under(left, at, over) if over else None
    if under is None:
        _stand_alone(left, at, mark)
        return
    letter = left[under]
    assert letter is not None
    whole = unicodedata.normalize("NFC", letter.said.translate(DOTLESS) + mark)
    left[under] = Sign(whole, letter.place)
    left[at] = None
    _close(left, at)


def _stand_alone(left: list[Sign | None], at: int, mark: str) -> None:
    """An accent over nothing is how TeX writes "~" and "^"."""
    accent = left[at]
    if accent and mark in TYPED:
        left[at] = accent._replace(said=TYPED[mark])
        if at and _blank(left[at - 1]) and _touches(left, at):
            left[at - 1] = None


def _touches(left: Sequence[Sign | None], at: int) -> bool:
    """Whether the sign before a blank stands right beside this one."""
    before, here = left[at - 2] if at > 1 else None, left[at]
    return bool(before and here and _touch(before.place.box, here.place.box))


def _letter_under(left: Sequence[Sign | None], at: int, over: Box) -> int | None:
    """The letter in whose box the accent's middle lies."""
    middle, height = (over[0] + over[2]) / 2, over[3] - over[1]
    for other in (*range(at + 1, min(at + 4, len(left))), *range(at - 1, max(-1, at - NEAR), -1)):
        sign = left[other]
        box = sign.place.box if sign and sign.said.isalpha() else None
        if box and box[0] < middle < box[2] and abs(box[1] - over[1]) < height / 2:
            return other
    return None


def _close(left: list[Sign | None], at: int) -> None:
    """Takes out the blanks around an accent that is gone, where letters touch. A hyphen that
    now ends its line is of unknown origin, as any is that PDFium finds there."""
    start, end = at, at + 1
    while start > 0 and _blank(left[start - 1]):
        start -= 1
    while end < len(left) and _blank(left[end]):
        end += 1
    before = left[start - 1] if start else None
    after = left[end] if end < len(left) else None
    if before and before.said == "-" and (after is None or after.said in "\r\n"):
        left[start - 1] = before._replace(said=HYPHEN)
    if before and after and _touch(before.place.box, after.place.box):
        left[start:end] = [None] * (end - start)


def _blank(sign: Sign | None) -> bool:
    return sign is None or sign.said == " "


def _touch(before: Box | None, after: Box | None) -> bool:
    if before is None or after is None:
        return False
    height = before[3] - before[1]
    return abs(after[0] - before[2]) < TOUCHING * height and abs(after[1] - before[1]) < height / 2
