"""A letter as what an answer about it is held against."""

from collections.abc import Sequence
from dataclasses import dataclass

from coach import masks
from coach.anchors import Span
from coach.letters import Critique, Edit, Finding, Review
from coach.rules import hostile
from prompts.guards.quotes import Evidence

HOSTILE = frozenset({"hidden-text", "instruction-to-machine"})
"""House rules whose passages prove nothing."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What the house says of a letter, and what its writer has confirmed beyond it (`facts`)."""

    text: str
    house: Critique
    findings: tuple[Finding, ...] = ()
    edits: tuple[Edit, ...] = ()
    facts: tuple[str, ...] = ()
    language: str = "en"
    reader: str = "en"

    @classmethod
    def of(cls, text: str, review: Review, *, facts: Sequence[str], reader: str) -> "Letter":
        """A letter as the house has reviewed it."""
        house = review.critique
        return cls(
            text, house, review.findings, review.edits, tuple(facts), review.language, reader
        )

    @property
    def evidence(self) -> Evidence:
        """The letter without its hostile passages, of which a finding shows only the beginning."""
        told = [(found.start, found.end) for found in self.findings if found.rule in HOSTILE]
        if told:
            told += [one.passage for one in hostile.find(self.text, masks.find(self.text))]
        return Evidence(self.text, [Span(*passage) for passage in told])
