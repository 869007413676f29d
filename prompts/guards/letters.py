"""A letter as what an answer about it is held against."""

from collections.abc import Sequence
from dataclasses import dataclass

from coach import masks
from coach.anchors import Span
from coach.letters import Critique, Edit, Finding, Review
from coach.rules import hostile
from prompts.guards.quotes import Evidence
from prompts.guards.remarks import Known

HOSTILE = frozenset({"hidden-text", "instruction-to-machine"})
"""House rules whose passages prove nothing."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What the house says of a letter, and what its writer has confirmed beyond it (`facts`).
    `posting` is what it answers, if anything."""

    text: str
    house: Critique
    findings: tuple[Finding, ...] = ()
    edits: tuple[Edit, ...] = ()
    facts: tuple[str, ...] = ()
    posting: str = ""
    language: str = "en"
    reader: str = "en"

    @classmethod
    def of(
        cls, text: str, review: Review, *, facts: Sequence[str], reader: str, posting: str = ""
    ) -> "Letter":
        """A letter as the house has reviewed it."""
        house = review.critique
        return cls(
            text,
            house,
            review.findings,
            review.edits,
            tuple(facts),
            posting,
            review.language,
            reader,
        )

    @property
    def evidence(self) -> Evidence:
        """The letter without its hostile passages, of which a finding shows only the beginning."""
        told = [(found.start, found.end) for found in self.findings if found.rule in HOSTILE]
        if told:
            told += [one.passage for one in hostile.find(self.text, masks.find(self.text))]
        return Evidence(self.text, [Span(*passage) for passage in told], self.known().tells)

    def known(self, *beside: str) -> Known:
        """What remarks may say of the writer: the letter, the facts, and what stands `beside`."""
        source = "\n".join((self.text, *self.facts, *filter(None, (self.posting, *beside))))
        return Known(source, self.language, self.reader)
