"""Finds slips in a letter without any model: spelling, spaces, doubled and confused words."""

from collections.abc import Iterable, Iterator

from coach import masks
from coach.letters import Edit
from coach.proofread import (
    confusions,
    gaps,
    grammar,
    invisible,
    mojibake,
    parts,
    phrases,
    sites,
    spelling,
    tokens,
    tongues,
)
from coach.proofread.lexicon import load
from coach.proofread.proposals import Proposal
from coach.proofread.reading import Reading

__all__ = ["proofread"]


def proofread(
    text: str, *, language: str = "en", known: frozenset[str] = frozenset(), reader: str = "en"
) -> list[Edit]:
    """The slips of a letter, in order and without overlaps; nothing is changed.

    `language` is the letter's and `reader` the one its reasons are said in. Words in `known`,
    in any case, are left alone. What no check is sure of carries `ask`. A paragraph in another
    language than the letter's is read by that one's dictionary. Languages without a dictionary
    only get what needs none: mojibake and spaces before marks.
    """
    found = masks.find(text)
    covered = masks.cover(text, found)
    proposals = [
        *invisible.find(covered),
        *invisible.tags(covered),
        *mojibake.find(covered),
        *gaps.spaced_marks(covered),
        *sites.find(text, found),
    ]
    own = {word.lower() for word in known}
    for code, words in parts.by_language(covered, tokens.words(covered), language).items():
        if lexicon := load(code):
            proposals += _in_words(Reading(words, lexicon, own))
            proposals += grammar.find(covered, {word.start for word in words})
        else:
            proposals += tongues.find(covered, words, code, own)
    return [proposal.edit(text, reader) for proposal in _disjoint(proposals)]


def _in_words(reading: Reading) -> Iterator[Proposal]:
    """The checks that read words, the surest first."""
    yield from gaps.doubled_words(reading)
    yield from gaps.split_words(reading)
    yield from gaps.joined_words(reading)
    yield from spelling.find(reading)
    yield from phrases.find(reading)
    yield from confusions.find(reading)


def _disjoint(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Of proposals that overlap, the one that stands first in the list is kept."""
    kept: list[Proposal] = []
    taken: set[int] = set()
    for proposal in proposals:
        places = range(proposal.start, proposal.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(proposal)
    return sorted(kept, key=lambda proposal: proposal.start)
