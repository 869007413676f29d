"""Proofs of work: a link or an honest sentence, and which of them a letter could cite."""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from coach import links
from coach.letters import Criterion, Review
from coach.links import LinkError, Work
from coach.texts import say

LEAST_WORDS = 4
"""A sentence with fewer says nothing that one could show."""

LONGEST_SENTENCE = 500
"""Characters. What is longer is a text of its own, perhaps a letter."""

FEW_WORDS = 15
"""Words around a link that are still a remark on it."""

CITED = 2
"""Proofs that are proposed for one letter."""

WEAK = 2
"""A score for evidence that asks for more, on the rubric's 1 to 4."""

LACKING = frozenset(
    {"no-evidence", "unlinked-work", "duty-without-result", "cookie-cutter-project", "thin-answer"}
)
"""The rules whose findings a proof would answer."""

STRONGEST_FIRST = (
    Work.PULL_REQUEST,
    Work.DEMO,
    Work.PACKAGE,
    Work.REPOSITORY,
    Work.PAPER,
    Work.POST,
    Work.VIDEO,
    Work.ANSWER,
    Work.COMMIT,
    Work.PAGE,
    Work.ISSUE,
)
"""What other people have checked, and what can be tried out, convinces a hiring reader first."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What somebody sent as a proof: a cleaned link, a sentence, or both."""

    link: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof on somebody's wall. `made_on` is their local date."""

    id: int
    made_on: date
    link: str | None
    sentence: str
    habit_id: str | None = None

    @property
    def work(self) -> Work | None:
        """What the link leads to; None for a sentence."""
        return links.work(self.link) if self.link else None


class ProofError(ValueError):
    """A message that is no proof; `code` names the sentence that says what to send instead:
    `too_short`, `too_long`, `scheme`, `private`, `secret`, `long`, `broken`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def sentence(self, language: str) -> str:
        """What to send instead, in the person's language."""
        return say(language, f"progress.refused.{self.code}")


def read(text: str) -> Evidence:
    """The first link of a message and the sentence around it. Nothing is looked up.

    Raises ProofError.
    """
    text = " ".join(text.split())
    place = links.find(text)
    if place is None:
        return Evidence(None, _sentence(text))
    start, end = place
    around = f"{text[:start].rstrip(' (<:—–-')} {text[end:].lstrip(' )>.,;:—–-')}".strip()
    if len(around) > LONGEST_SENTENCE:
        raise ProofError("too_long")
    try:
        return Evidence(links.clean(text[start:end]), around)
    except LinkError as error:
        raise ProofError(error.code) from error


def _sentence(text: str) -> str:
    """A text without a link, when it can stand as a proof."""
    if links.OTHER_SCHEME.search(text):
        raise ProofError("scheme")
    if len(text) > LONGEST_SENTENCE:
        raise ProofError("too_long")
    if len(re.findall(r"\w+", text)) < LEAST_WORDS:
        raise ProofError("too_short")
    return text


def key(evidence: Evidence) -> str:
    """What makes two proofs the same: the place of the link, else the words of the sentence."""
    if evidence.link:
        return links.key(evidence.link)
    return " ".join(re.findall(r"\w+", evidence.sentence.casefold()))


def is_mostly_link(text: str) -> bool:
    """Whether a message is a web address with at most a few words around it: something made, and
    no letter."""
    place = links.find(text)
    if place is None:
        return False
    start, end = place
    return len(re.findall(r"\w+", text[:start] + text[end:])) <= FEW_WORDS


def citable(proofs: Iterable[Proof], text: str) -> tuple[Proof, ...]:
    """The proofs with a link that a letter doesn't name yet, the most convincing kind first and
    the newest of a kind first; at most CITED."""
    named = _links_in(text)
    fresh = [proof for proof in proofs if proof.link and links.key(proof.link) not in named]
    newest_first = sorted(fresh, key=lambda proof: (proof.made_on, proof.id), reverse=True)
    strongest = sorted(newest_first, key=lambda proof: STRONGEST_FIRST.index(_work(proof)))
    return tuple(strongest[:CITED])


def lacks_evidence(review: Review) -> bool:
    """Whether a hiring reader would miss something to look at."""
    weak = any(
        score.criterion is Criterion.EVIDENCE and score.score is not None and score.score <= WEAK
        for score in review.critique.scores
    )
    return weak or any(finding.rule in LACKING for finding in review.findings)


def _work(proof: Proof) -> Work:
    return proof.work or Work.PAGE


def _links_in(text: str) -> set[str]:
    """The places that a text names."""
    found: set[str] = set()
    at = 0
    while place := links.find(text[at:]):
        start, end = place
        with suppress(LinkError):  # what nobody can open cites nothing
            found.add(links.key(text[at + start : at + end]))
        at += end
    return found


def newest_first(proofs: Sequence[Proof]) -> list[Proof]:
    """The order of the wall."""
    return sorted(proofs, key=lambda proof: (proof.made_on, proof.id), reverse=True)
