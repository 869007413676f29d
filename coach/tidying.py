"""Postings as chats and pages write them, laid out so that headings and bullets can be seen."""

import re
import unicodedata
from collections import Counter

from coach.terms import phrase

HEADS = tuple(phrase("headings", name) for name in ("nice", "elsewhere", "must"))
LABELLED = re.compile(r"(?P<label>[^\W\d_][^:;.!?\n]{1,40}):[ \t]+(?P<rest>\S.*)")
LONGEST_LABEL = 4
"""Words."""

TAGS = re.compile(r"(?:#\w+[ \t]*)+$")
JOINERS = frozenset("\u200d\ufe0e\ufe0f\u20e3")
SIGNS = frozenset({"So", "Sk"})
"""Unicode's classes of pictures and their skin tones."""


def tidied(posting: str) -> str:
    """The posting with pictures as bullets where several lines begin with the same or a heading
    stands above, away where they only decorate, hashtags gone, and
    "Requirements: this; that" as a list."""
    lines = [_parted(line) for line in posting.splitlines()]
    times = Counter(sign for sign, said in lines if sign and said)
    told = [said for _, said in lines]
    listed = [before.endswith(":") for before in ["", *told][: len(told)]]
    return "\n".join(
        _laid_out(sign, said, item=times[sign] > 1 or under)
        for (sign, said), under in zip(lines, listed, strict=True)
    )


def _parted(line: str) -> tuple[str, str]:
    """The pictures at a line's beginning, and its words without those at its end."""
    stripped = line.strip()
    start = next((n for n, sign in enumerate(stripped) if not _is_picture(sign)), len(stripped))
    end = len(stripped)
    while end > start and (_is_picture(stripped[end - 1]) or stripped[end - 1].isspace()):
        end -= 1
    if start == 0 and end == len(stripped):
        return "", line
    return stripped[:start], stripped[start:end].strip()


def _is_picture(sign: str) -> bool:
    return sign in JOINERS or unicodedata.category(sign) in SIGNS


def _laid_out(sign: str, said: str, *, item: bool) -> str:
    if TAGS.fullmatch(said.strip()):
        return ""
    if sign and said and item:
        return f"- {said}"
    return _unrolled(said)


def _unrolled(line: str) -> str:
    """A heading with its list behind it, one below the other."""
    found = LABELLED.fullmatch(line.strip())
    if found is None or len(found["label"].split()) > LONGEST_LABEL:
        return line
    if not any(head.match(found["label"]) for head in HEADS):
        return line
    items = [item.strip() for item in found["rest"].split(";")]
    return "\n".join([f"{found['label']}:", *(f"- {item}" for item in items if item), ""])
