"""A letter as what an answer about it is held against."""

from collections.abc import Sequence
from dataclasses import dataclass

from coach.anchors import Span
from coach.letters import Critique, Edit, Finding, Review
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
        hostile = [found for found in self.findings if found.rule in HOSTILE]
        return Evidence(self.text, [Span(found.start, found.end) for found in hostile])
