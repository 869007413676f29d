"""A passage that a model says anew: offered only without invention; what is missing is asked."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from coach.anchors import Span
from coach.letters import Rewrite
from coach.texts import say
from prompts.guards.inventions import Invention, inventions
from prompts.guards.letters import Letter
from prompts.guards.plain import is_plain
from prompts.guards.quotes import Evidence

MOST_QUESTIONS = 3

LENGTHS = (0.4, 1.3)
"""How long a rewrite may be against its passage (measured on hand-made rewrites)."""
ROOM = 20
"""Characters by which a rewrite of a short passage may be longer nonetheless."""

TELLING = frozenset({Invention.NUMBER, Invention.LINK})
"""What a question may not bring: whoever nods at "Were it 40 users?" has been told a fact."""


class Proposal(Protocol):
    """What a model proposes for a passage."""

    @property
    def replacement(self) -> str: ...
    @property
    def why(self) -> str: ...
    @property
    def questions(self) -> Sequence[str]: ...


def offered(item: Proposal, span: Span, letter: Letter, evidence: Evidence) -> Rewrite | None:
    """The rewrite; without its words but with questions when they hold what nobody has said.
    None when neither is left."""
    quote = evidence.shown(span)
    replacement = " ".join(item.replacement.split())
    questions = list(_questions(item, letter, evidence))
    invented = _invented(replacement, quote, letter)
    if invented:
        questions += [say(letter.reader, f"model.ask.{sort.value}") for sort in sorted(invented)]
    usable = not invented and _fits(quote, replacement)
    asked = tuple(dict.fromkeys(filter(None, questions)))[:MOST_QUESTIONS]
    if not usable and not asked:
        return None
    why = evidence.remark(item.why)
    return Rewrite(quote, span.start, span.end, replacement if usable else "", why, asked)


def _questions(item: Proposal, letter: Letter, evidence: Evidence) -> Iterator[str]:
    for question in item.questions:
        asked = evidence.remark(question)
        if not TELLING & _invented(asked, "", letter):
            yield asked


def _invented(said: str, passage: str, letter: Letter) -> frozenset[Invention]:
    return inventions(
        said, letter=letter.text, passage=passage, facts=letter.facts, language=letter.language
    )


def _fits(quote: str, replacement: str) -> bool:
    """Whether it is other plain words of about the same length."""
    least, most = LENGTHS[0] * len(quote), LENGTHS[1] * len(quote) + ROOM
    if not least <= len(replacement) <= most or replacement == " ".join(quote.split()):
        return False
    return is_plain(replacement) and "[" not in replacement
