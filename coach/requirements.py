"""What a posting asks for: read from its headings, bullets and set phrases."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from coach.rules.blocks import Block, BlockKind, Sentence, sentences, split
from coach.terms import phrase

MOST = 30
"""A posting that asks for more is a list of wishes; the first ones count."""

FEWEST_ANSWERS = 3
"""So many headings with answers make a file its own posting."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that is asked for. `answer` is the span of the letter that answers it when the
    letter itself repeats the requirement as a heading; None: the whole letter may."""

    text: str
    must: bool = True
    answer: tuple[int, int] | None = None


class Part(Enum):
    """What a section of a posting holds."""

    MUST = "must"
    NICE = "nice"
    ELSE = "else"


HEADINGS = (
    (Part.NICE, phrase("headings", "nice")),
    (Part.ELSE, phrase("headings", "elsewhere")),
    (Part.MUST, phrase("headings", "must")),
)
"""Headings of postings, asked in this order: "preferred qualifications" are nice to have, "about
the role" is neither."""

ASKS = phrase("phrases", "asks")
OPTIONAL = phrase("phrases", "optional")
OFFERS = phrase("phrases", "offers")

LEADING = re.compile(r"^(?:[#>\s]*)(?:[●•▪◦‣∙·*+–—-]|\d{1,2}[.)]|[a-z]\)|\[[ x]?\])?\s*\**")


def requirements(posting: str) -> tuple[Requirement, ...]:
    """What a posting asks for, in its order; bullets under its headings, else the sentences that
    ask. Empty when it asks for nothing that rules can see."""
    blocks = split(posting)
    found = list(_listed(blocks)) or list(_said(blocks))
    return tuple(_once(found))[:MOST]


SELF = re.compile(r"(?i)\b(?:I|I['’]\w+|my|me|я|мой|моя|моё|мои|мне|ich|mein\w*)\b")
FEWEST_ASKED = 3


def reads_as_posting(text: str) -> bool:
    """Whether it asks for several things, greets nobody and speaks of no "I"."""
    if any(block.kind is BlockKind.GREETING for block in split(text)):
        return False
    asked = len(requirements(text))
    return asked >= FEWEST_ASKED and asked > 2 * len(SELF.findall(text))


def _once(found: Iterable[Requirement]) -> Iterator[Requirement]:
    seen: set[str] = set()
    for requirement in found:
        key = requirement.text.casefold()
        if requirement.text and key not in seen:
            seen.add(key)
            yield requirement


def _listed(blocks: tuple[Block, ...]) -> Iterator[Requirement]:
    """What stands under headings that ask; and any sentence elsewhere that asks outright."""
    part = Part.ELSE
    headed = False
    grouped = _sentences_by_block(blocks)
    following = [*blocks[1:], None][: len(blocks)]
    for block, after, parts in zip(blocks, following, grouped, strict=True):
        if block.kind is BlockKind.HEADING or _heads(block, after):
            part = _part(block.text)
            headed = headed or part is not Part.ELSE
        elif part is not Part.ELSE:
            yield from _asked(block, parts, part)
        elif not headed:
            yield from _outright(parts)


def _heads(block: Block, after: Block | None) -> bool:
    """A short line right above a list, or one that names a known section, is a heading even
    without a blank line around it."""
    if block.kind is not BlockKind.PARAGRAPH or len(block.text) > 90:
        return False
    if block.text.endswith(":"):
        return True
    short = len(block.text.split()) <= 6 and block.text[-1] not in ".!,;"
    lists = after is not None and after.kind is BlockKind.ITEM
    return short and (lists or any(says.match(block.text) for _, says in HEADINGS))


def _part(heading: str) -> Part:
    return next((part for part, says in HEADINGS if says.search(heading)), Part.ELSE)


def _asked(block: Block, parts: list[Sentence], part: Part) -> Iterator[Requirement]:
    """A bullet is one requirement whatever it holds; a paragraph one a sentence."""
    texts = [block.text] if block.kind is BlockKind.ITEM else [each.text for each in parts]
    for text in texts:
        if block.kind is BlockKind.ITEM or not OFFERS.search(text):
            yield Requirement(_clean(text), part is Part.MUST and not OPTIONAL.search(text))


def _outright(parts: list[Sentence]) -> Iterator[Requirement]:
    for each in parts:
        if ASKS.search(each.text) and not OFFERS.search(each.text):
            yield Requirement(_clean(each.text), not OPTIONAL.search(each.text))


def _said(blocks: tuple[Block, ...]) -> Iterator[Requirement]:
    """A posting without headings and set phrases: its bullets, when it has some."""
    items = [block for block in blocks if block.kind is BlockKind.ITEM]
    if len(items) >= 2:
        for block in items:
            yield Requirement(_clean(block.text), not OPTIONAL.search(block.text))


def _sentences_by_block(blocks: tuple[Block, ...]) -> list[list[Sentence]]:
    grouped: list[list[Sentence]] = [[] for _ in blocks]
    for sentence in sentences(blocks):
        grouped[sentence.block].append(sentence)
    return grouped


def _clean(text: str) -> str:
    said = " ".join(LEADING.sub("", text).replace("**", "").split())
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
