"""A passage that a model says anew: offered only without invention; what is missing is asked."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Protocol

from coach.anchors import Span
from coach.language import UNDECIDED, detect
from coach.letters import Rewrite
from coach.rules import hostile
from coach.texts import say
from prompts.guards import voice
from prompts.guards.inventions import Found, invented
from prompts.guards.letters import Letter
from prompts.guards.plain import is_plain
from prompts.guards.questions import asks_openly, without_tales
from prompts.guards.quotes import Evidence

MOST_QUESTIONS = 3

LENGTHS = (0.4, 1.3)
"""How long a rewrite may be against its passage (measured on hand-made rewrites)."""
ROOM = 20
"""Characters by which a rewrite of a short passage may be longer nonetheless."""

ROOM_FOR_FACTS = 200
"""Characters by which confirmed facts may lengthen it further."""

LEAST_ALIKE = 0.3
"""Share of a rewrite's words that stand in the letter or a fact; with fewer it speaks of
something else."""


class Flaw(StrEnum):
    """Why words are no rewrite at all, and are not even asked about."""

    EMPTY = "empty"
    SAME = "same"
    LANGUAGE = "language"
    MARKUP = "markup"
    COMMENT = "comment"
    LENGTH = "length"
    ELSEWHERE = "elsewhere"
    VOICE = "voice"


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
    replacement = as_written(item, letter)
    questions = list(_questions(item, letter, evidence))
    usable = flaw(replacement, quote, letter) is None
    if usable and (sorts := _found(replacement, quote, letter).sorts):
        usable = False
        questions += [say(letter.reader, f"model.ask.{sort.value}") for sort in sorted(sorts)]
    asked = tuple(dict.fromkeys(filter(None, questions)))[:MOST_QUESTIONS]
    if not usable and not asked:
        return None
    why = without_tales(evidence.remark(item.why), letter)
    return Rewrite(quote, span.start, span.end, replacement if usable else "", why, asked)


def refused(item: Proposal, span: Span, letter: Letter, evidence: Evidence) -> tuple[str, ...]:
    """What a proposal that is a rewrite says and nobody has given; nothing of one that may be
    offered, or that is no rewrite at all."""
    quote, replacement = evidence.shown(span), as_written(item, letter)
    if flaw(replacement, quote, letter) is not None:
        return ()
    return _found(replacement, quote, letter).words


def as_written(item: Proposal, letter: Letter) -> str:
    """The proposed words on one line, with the marks that the letter uses."""
    return voice.in_their_marks(" ".join(item.replacement.split()), letter.text)


COMMENT = re.compile(
    r"(?i)^(?:(?:sure|certainly|of course|okay|here(?: is|'s|’s| are)|rewritten|revised|replacement"
    r"|конечно|вот|переписанн\w+|исправленн\w+)\b[^.!?]{0,60}[:!])"
    r"|\b(?:as an ai|language model|rewritten (?:passage|version)|языковая модель)\b"
)


def flaw(replacement: str, quote: str, letter: Letter) -> Flaw | None:
    """What makes words unusable for this passage, whatever they claim."""
    if not replacement:
        return Flaw.EMPTY
    if replacement.casefold() == " ".join(quote.split()).casefold():
        return Flaw.SAME
    if not is_plain(replacement) or "[" in replacement:
        return Flaw.MARKUP
    if COMMENT.search(replacement) or hostile.find(replacement):
        return Flaw.COMMENT
    if detect(replacement) not in {letter.language, detect(quote), UNDECIDED}:
        return Flaw.LANGUAGE
    if not _fits(replacement, quote, letter):
        return Flaw.LENGTH
    if _share_known(replacement, letter) < LEAST_ALIKE:
        return Flaw.ELSEWHERE
    if voice.worn(replacement, letter.text) or voice.breathless(replacement, letter.text):
        return Flaw.VOICE
    return None


def _fits(replacement: str, quote: str, letter: Letter) -> bool:
    """Whether it is about as long; what the writer has confirmed may come in."""
    room = ROOM + min(ROOM_FOR_FACTS, sum(map(len, letter.facts)))
    return LENGTHS[0] * len(quote) <= len(replacement) <= LENGTHS[1] * len(quote) + room


def _share_known(replacement: str, letter: Letter) -> float:
    known = {
        word.casefold() for word in voice.WORD.findall("\n".join((letter.text, *letter.facts)))
    }
    said = [word.casefold() for word in voice.WORD.findall(replacement)]
    return sum(word in known for word in said) / max(1, len(said))


def _questions(item: Proposal, letter: Letter, evidence: Evidence) -> Iterator[str]:
    for question in item.questions:
        asked = evidence.remark(question)
        if asks_openly(asked, letter):
            yield asked


def _found(said: str, passage: str, letter: Letter) -> Found:
    return invented(
        said, letter=letter.text, passage=passage, facts=letter.facts, language=letter.language
    )
