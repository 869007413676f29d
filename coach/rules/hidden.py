"""What a person can't see, and what is said to a machine instead of a person."""

from collections.abc import Iterator

from coach.letters import Criterion, Severity
from coach.rules.hostile import Trick
from coach.rules.letter import Letter
from coach.rules.registry import Hit, rule

FEW = 3
"""So many stray invisible characters a copy from a web page may bring along."""


@rule("instruction-to-machine", Severity.BLOCKER, Criterion.MECHANICS)
def instruction_to_machine(letter: Letter) -> Iterator[Hit]:
    """A sentence that speaks to the program that reads the letter; told once a paragraph."""
    for one in letter.hostile:
        if one.trick in (Trick.COMMAND, Trick.BLOB):
            yield Hit(one.start, one.end, one.trick.value)


@rule("hidden-text", Severity.BLOCKER, Criterion.MECHANICS)
def hidden_text(letter: Letter) -> Iterator[Hit]:
    """Comments, unseen styles, invisible characters, foreign letters in disguise."""
    for one in letter.hostile:
        if one.trick not in (Trick.COMMAND, Trick.BLOB) and one.count:
            stray = (
                one.trick is Trick.CHARACTERS
                and one.count <= FEW
                and not _is_tag(letter, one.start)
            )
            severity = Severity.MINOR if stray else None
            yield Hit(one.start, one.end, one.trick.value, {"count": one.count}, severity)


def _is_tag(letter: Letter, offset: int) -> bool:
    """Unicode tags and bidi overrides have no innocent use in a letter."""
    return letter.text[offset] >= "\U000e0000" or letter.text[offset] in "\u202d\u202e"
