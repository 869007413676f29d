"""Site names that differ by a slip from the address beside them: [Plaform.ai](https://platform.ai)."""

import re
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import OSA

from coach.letters import EditKind
from coach.masks import Mask, MaskKind
from coach.proofread.proposals import Proposal

_LINKED = re.compile(r"\]\((?:https?://)?(?:www\.)?(?P<host>[\w-]{1,63}(?:\.[\w-]{1,63}){1,5})")


def find(text: str, masks: Sequence[Mask]) -> Iterator[Proposal]:
    """Linked site names that are one or two letters off the site they lead to."""
    for mask in masks:
        linked = _LINKED.match(text, mask.end) if mask.kind is MaskKind.URL else None
        name = text[mask.start : mask.end]
        if linked and text[mask.start - 1 : mask.start] == "[" and "/" not in name:
            right = _in_case_of(name, linked["host"])
            if 0 < OSA.distance(name.lower(), right.lower()) <= min(2, len(name) // 5):
                yield Proposal(mask.start, mask.end, right, EditKind.SPELLING, 0.9, "site")


def _in_case_of(name: str, host: str) -> str:
    return host[:1].upper() + host[1:] if name[:1].isupper() else host
