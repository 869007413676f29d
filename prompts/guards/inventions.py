"""What a rewrite claims that its writer has not said: numbers, claims, names, links, degrees.

A word has to stand in the letter, be like one that does, or claim nothing; words/*.toml tells
which do. Compared are words, so a fact that moves from one place of the letter to another passes;
that is why rewrites are shown beside the original and never applied with the rest.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coach import masks
from coach.masks import MaskKind
from prompts.guards import scales
from prompts.guards.signs import Signs, signs

MOST_WORDS = 8
"""Words that are named to a model as its inventions: more would be the whole rewrite."""


class Invention(StrEnum):
    """What sort of fact nobody has given."""

    NUMBER = "number"
    CLAIM = "claim"
    NAME = "name"
    LINK = "link"
    DEGREE = "degree"


SHOWN_BY = {
    "number": Invention.NUMBER,
    "number_raised": Invention.NUMBER,
    "number_moved": Invention.NUMBER,
    "name": Invention.NAME,
    "degree": Invention.DEGREE,
    "degree_kin": Invention.DEGREE,
    "degree_plain": Invention.DEGREE,
    "degree_like": Invention.DEGREE,
    **dict.fromkeys(
        [
            "claim",
            "claim_kin",
            "honour",
            "rank",
            "phrase",
            "deed_taken",
            "affirmed",
            "reversed",
            "surer",
            "excluded",
        ],
        Invention.CLAIM,
    ),
}
"""What the signs show; where there are only others, they show a claim."""

REASONS = {
    "number_moved": "a number in the place of another",
    "deed_taken": "as the writer's own deed what somebody else did, or did with them",
    "surer": "as certain what the passage only supposes",
    "excluded": "a never or nobody that the letter doesn't say",
    "reversed": "the opposite of what the passage says",
}
"""What a model is told of signs that no single word shows."""

FIRST_TOLD = (
    "name",
    "honour",
    "rank",
    "number",
    "number_raised",
    "claim",
    "degree",
    "phrase",
    "thing",
)


@dataclass(frozen=True, slots=True)
class Found:
    """The sorts of facts that nobody has given, and what says them: words, the surest first, and
    reasons in English where it isn't a word. None where too much is new to name any."""

    sorts: frozenset[Invention] = frozenset()
    words: tuple[str, ...] = ()


def inventions(
    replacement: str, *, letter: str, passage: str, facts: Sequence[str] = (), language: str = "en"
) -> frozenset[Invention]:
    """The sorts of facts in a replacement for `passage` that neither the letter nor a confirmed
    fact holds. Empty: nothing was found, which is not a proof."""
    told = invented(replacement, letter=letter, passage=passage, facts=facts, language=language)
    return told.sorts


def invented(
    replacement: str, *, letter: str, passage: str, facts: Sequence[str] = (), language: str = "en"
) -> Found:
    """The same, with the words that show it."""
    source = "\n".join((letter, *facts))
    if _is_said(replacement, source):
        return Found()
    near = "\n".join((passage, *facts))
    found = signs(replacement, source, near, language)
    pressed = links(replacement) - links(source)
    sorts = {Invention.LINK} if pressed else set[Invention]()
    if scales.load(language).refuses(found):
        sorts.update(_sorts(found))
    reasons = [REASONS[sign] for sign in REASONS if found.counts[sign]]
    words = (*sorted(pressed), *_words(found), *reasons) if sorts else ()
    return Found(frozenset(sorts), tuple(dict.fromkeys(words))[:MOST_WORDS])


def _sorts(found: Signs) -> set[Invention]:
    return {SHOWN_BY[sign] for sign in found.counts if sign in SHOWN_BY} or {Invention.CLAIM}


def _words(found: Signs) -> Iterator[str]:
    for sign in (*FIRST_TOLD, *found.words):
        yield from found.words.get(sign, ())


def _is_said(replacement: str, source: str) -> bool:
    """Whether the letter says it word for word."""
    return " ".join(replacement.split()) in " ".join(source.split())


def links(text: str) -> set[str]:
    """The addresses in a text."""
    linking = (MaskKind.URL, MaskKind.EMAIL, MaskKind.HANDLE)
    return {text[mask.start : mask.end] for mask in masks.find(text) if mask.kind in linking}
