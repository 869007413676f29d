"""The sections of a posting: what stands below each heading, and whether that is asked for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum

from coach.projects import skill
from coach.rules.blocks import Block, BlockKind, Sentence, sentences
from coach.terms import phrase


class Part(Enum):
    """What a section of a posting holds; UNKNOWN: its heading tells nothing."""

    MUST = "must"
    NICE = "nice"
    ELSE = "else"
    UNKNOWN = "unknown"


HEADINGS = (
    (Part.NICE, phrase("headings", "nice")),
    (Part.ELSE, phrase("headings", "elsewhere")),
    (Part.MUST, phrase("headings", "must")),
)
"""Headings of postings, asked in this order: "preferred qualifications" are nice to have, "about
the role" is neither."""

ASKS = phrase("phrases", "asks")
OFFERED = phrase("phrases", "offered")

SKILLS = 0.5
"""A list under an unknown heading asks when so many of its items name skills."""

LONGEST_HEADING = 90
MOST_WORDS = 6
MOST_ABOVE_A_LIST = 9


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks with their sentences below one heading; the first section may have none."""

    part: Part = Part.UNKNOWN
    headed: bool = False
    body: tuple[tuple[Block, tuple[Sentence, ...]], ...] = field(default=())

    @property
    def items(self) -> list[str]:
        return [block.text for block, _ in self.body if block.kind is BlockKind.ITEM]


def sections(blocks: tuple[Block, ...]) -> list[Section]:
    """The sections in their order; where no heading names what is asked for, the lists that read
    so are it: the first can't be done without, another is nice to have."""
    found = list(_cut(blocks))
    if any(each.part is Part.MUST for each in found):
        return found
    follows = [*found[1:], Section()]
    asked = [n for n, pair in enumerate(zip(found, follows, strict=True)) if _reads_asked(*pair)]
    for number in asked:
        part = Part.MUST if number == asked[0] else Part.NICE
        found[number] = replace(found[number], part=part)
    return found


def _reads_asked(section: Section, after: Section) -> bool:
    """A list that names skills, or stands right before what is nice to have."""
    items = section.items
    if section.part is not Part.UNKNOWN or not section.headed or len(items) < 2:
        return False
    if any(OFFERED.search(item) for item in items):
        return False
    skills = sum(skill(item) or bool(ASKS.search(item)) for item in items)
    return after.part is Part.NICE or skills >= SKILLS * len(items)


def _cut(blocks: tuple[Block, ...]) -> Iterator[Section]:
    section = Section()
    grouped: list[list[Sentence]] = [[] for _ in blocks]
    for sentence in sentences(blocks):
        grouped[sentence.block].append(sentence)
    for block, after, said in zip(blocks, [*blocks[1:], None], grouped, strict=False):
        if _heads(block, after) and not _stands_alone(block, after):
            yield section
            section = Section(part_of(block.text), headed=True)
        else:
            section = replace(section, body=(*section.body, (block, tuple(said))))
    yield section


def part_of(heading: str) -> Part:
    """What stands below such a heading."""
    return next((part for part, says in HEADINGS if says.search(heading)), Part.UNKNOWN)


def _heads(block: Block, after: Block | None) -> bool:
    """A heading; also a short line right above a list, or one that names a known section, without
    a blank line around it."""
    if block.kind is BlockKind.HEADING:
        return True
    if block.kind is not BlockKind.PARAGRAPH or len(block.text) > LONGEST_HEADING:
        return False
    if block.text.endswith(":"):
        return True
    lists = after is not None and after.kind is BlockKind.ITEM
    most = MOST_ABOVE_A_LIST if lists else MOST_WORDS
    short = len(block.text.split()) <= most and not re.search(r"[.!,;]\Z", block.text)
    return short and (lists or any(says.match(block.text) for _, says in HEADINGS))


def _stands_alone(block: Block, after: Block | None) -> bool:
    """A line that looks like a heading, asks, and has nothing below it."""
    below = after is not None and after.kind is not BlockKind.HEADING
    return not below and not block.text.endswith(":") and bool(ASKS.search(block.text))
