"""What a posting asks for: read from its headings, bullets and set phrases."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from coach.questions import questions
from coach.rules.blocks import Block, BlockKind, Sentence, split
from coach.sections import ASKS, OFFERED, Part, sections
from coach.terms import phrase
from coach.tidying import tidied

MOST = 30
"""A posting that asks for more is a list of wishes; the first ones count."""

LONGEST = 400
"""Characters of one requirement; what runs on says it at its beginning."""

FEWEST_ANSWERS = 3
"""So many headings with answers make a file its own posting."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that is asked for. `answer` is the span of the letter that answers it when the
    letter itself repeats the requirement as a heading; None: the whole letter may."""

    text: str
    must: bool = True
    answer: tuple[int, int] | None = None


OPTIONAL = phrase("phrases", "optional")
OFFERS = phrase("phrases", "offers")

LEADING = re.compile(r"^(?:[#>\s]*)(?:[●•▪◦‣∙·*+–—-]|\d{1,2}[.)]|[a-z]\)|\[[ x]?\])?\s*\**")


def requirements(posting: str) -> tuple[Requirement, ...]:
    """What a posting asks for, in its order; bullets under its headings, else the sentences that
    ask; of a form, its questions. Empty when it asks for nothing that rules can see."""
    asked = [_clean(each.text) for each in questions(NUMBERED.sub("\n", posting))]
    blocks = split(tidied(posting))
    found = list(_listed(blocks))
    if len(asked) >= FEWEST_QUESTIONS:
        others = [each for each in found if not any(each.text in question for question in asked)]
        found = [*others, *map(Requirement, asked)]
    return tuple(_once(found or _said(blocks)))[:MOST]


NUMBERED = re.compile(r"(?m)^(?=[ \t]*(?:\d{1,2}|[A-Z])[.)][ \t])")
"""Where a line of a form begins, with or without a blank line before it."""

FEWEST_QUESTIONS = 3
"""So many questions make a posting a form; one or two may be rhetoric."""


SELF = re.compile(r"(?i)\b(?:I|I['’]\w+|my|me|я|мой|моя|моё|мои|мне|ich|mein\w*)\b")
FEWEST_ASKED = 3


def reads_as_posting(text: str) -> bool:
    """Whether it asks for several things and hardly speaks of an "I"; what greets, never."""
    selves = len(SELF.findall(text))
    if selves and any(block.kind is BlockKind.GREETING for block in split(text)):
        return False
    asked = len(requirements(text))
    return asked >= FEWEST_ASKED and asked > 2 * selves


def _once(found: Iterable[Requirement]) -> Iterator[Requirement]:
    seen: set[str] = set()
    for requirement in found:
        key = requirement.text.casefold()
        if requirement.text and key not in seen:
            seen.add(key)
            yield requirement


def _listed(blocks: tuple[Block, ...]) -> Iterator[Requirement]:
    """What stands under headings that ask; and any sentence elsewhere that asks outright, also
    below a list, where another subject may have begun."""
    known = False
    for section in sections(blocks):
        known = known or (section.headed and section.part is not Part.UNKNOWN)
        asks = section.part in (Part.MUST, Part.NICE)
        listed = False
        for block, parts in section.body:
            if asks and (block.kind is BlockKind.ITEM or not listed):
                listed = listed or block.kind is BlockKind.ITEM
                yield from _asked(block, parts, section.part)
            elif asks or not known or section.part is Part.UNKNOWN:
                yield from _outright(parts)


def _asked(block: Block, parts: Sequence[Sentence], part: Part) -> Iterator[Requirement]:
    """A bullet is one requirement whatever it holds; a paragraph one a sentence."""
    texts = [block.text] if block.kind is BlockKind.ITEM else [each.text for each in parts]
    for text in texts:
        if block.kind is BlockKind.ITEM or not OFFERS.search(text):
            yield Requirement(_clean(text), part is Part.MUST and not OPTIONAL.search(text))


def _outright(parts: Sequence[Sentence]) -> Iterator[Requirement]:
    for each in parts:
        if ASKS.search(each.text) and not OFFERS.search(each.text):
            for said in _clauses(each.text):
                yield Requirement(_clean(said), not OPTIONAL.search(WISHED_DETAIL.sub("", said)))


JOINS = re.compile(
    r"""(?ix) (?: ,\s+ (?:(?:and|und|и)\s+)? | \s+ (?:and|und|и) \s+ )
    (?= (?:has|have|is|are|can|knows?|works?|programs?|writes?|speaks?|experience|knowledge
    |familiarity|you|hat|kann|sie|умеет|знает
    |(?:\w+о\s+)?\w{2,}(?:ать|ять|ить|еть)) \b )"""
)
WISHED_DETAIL = re.compile(r"(?i),\s+(?:ideally|preferably|gern|желательно)\b[^,;.]*")
"""What is only wished for of something that is a must."""


def _clauses(sentence: str) -> list[str]:
    """A sentence that asks for several things, thing by thing; what it says of itself before it
    asks is none."""
    first, *others = JOINS.split(sentence)
    return [first, *others] if ASKS.search(first) or not others else others


def _said(blocks: tuple[Block, ...]) -> Iterator[Requirement]:
    """A posting without headings and set phrases: its bullets, when it has some."""
    items = [
        block for block in blocks if block.kind is BlockKind.ITEM and not OFFERED.search(block.text)
    ]
    if len(items) >= 2:
        for block in items:
            yield Requirement(_clean(block.text), not OPTIONAL.search(block.text))


def _clean(text: str) -> str:
    said = " ".join(LEADING.sub("", text).replace("**", "").split())
    if len(said) > LONGEST:
        said = said[:LONGEST].rpartition(" ")[0] or said[:LONGEST]
    return said.rstrip(" ;,:.").strip()


# A file of requirement headings with answers is its own posting.

SOUNDS_ASKED = phrase("phrases", "sounds_asked")
IS_ASKED = re.compile(r"\?\s*$|^\s*(?:#+\s*)?\d{1,2}[.)]\s")
"""A question, or a numbered line."""


def own_requirements(letter: str) -> tuple[Requirement, ...]:
    """The requirements that a letter names itself, as headings over its answers; empty when it
    is an ordinary letter."""
    blocks = split(letter)
    if any(block.kind is BlockKind.GREETING for block in blocks):
        return ()
    found = list(_headed(blocks, len(letter)))
    if found and not _sounds_asked(found[0]) and _empty(letter, found[0]):
        found = found[1:]
    asked = sum(_sounds_asked(each) for each in found)
    answered = sum(not _empty(letter, each) for each in found)
    fits = asked * 5 >= len(found) * 3 and answered >= FEWEST_ANSWERS
    return tuple(_cleaned(found)) if fits else ()


def _sounds_asked(heading: Requirement) -> bool:
    return bool(IS_ASKED.search(heading.text) or SOUNDS_ASKED.search(heading.text))


def _headed(blocks: tuple[Block, ...], end: int) -> Iterator[Requirement]:
    """Each heading with the stretch up to the next."""
    heads = [block for block in blocks if _asks(block)]
    for number, head in enumerate(heads):
        until = heads[number + 1].start if number + 1 < len(heads) else end
        yield Requirement(head.text, answer=(head.end, until))


UNFINISHED = re.compile(r"^\W*(?:TBD|TODO|XXX)?\W*$")
INVITES = re.compile(r"(?i)\s*(?:tell us|describe|explain|give an example|расскаж\w+|опиш\w+)\b")


def _asks(block: Block) -> bool:
    """A heading, but for one that is a note in an unfinished answer; or a line that invites."""
    if block.kind is BlockKind.HEADING:
        return not UNFINISHED.match(block.text)
    single = "\n" not in block.text and len(block.text.split()) <= 25
    return block.kind is BlockKind.PARAGRAPH and single and bool(INVITES.match(block.text))


def _empty(letter: str, requirement: Requirement) -> bool:
    start, end = requirement.answer or (0, 0)
    return not re.search(r"\w", letter[start:end])


def _cleaned(found: Iterable[Requirement]) -> Iterator[Requirement]:
    for each in found:
        yield Requirement(_clean(each.text), each.must, each.answer)
