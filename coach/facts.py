"""Facts that writers confirm about themselves beyond a letter, for this letter and later ones."""

from dataclasses import dataclass

LONGEST_FACT = 300
"""Characters of a fact: a sentence or two."""

MOST_FACTS = 60
"""Facts that are kept for a person; a letter is about fewer, and all go into every request."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What somebody answered, in their own words; `question` is what was asked, if anything."""

    answer: str
    question: str = ""

    @property
    def told(self) -> str:
        """The fact as a reader understands it: "How many people use it?" and "Two" is one fact.

        Only the answer is the person's word. "Whom did you lead?" and "Nobody" must not let a
        rewrite say that they led.
        """
        return f"{self.question} {self.answer}".strip()


def trimmed(said: str) -> str:
    """A fact as it is kept: on one line."""
    return " ".join(said.split())
