"""Skills that are listed instead of shown."""

import re
from collections.abc import Iterator
from itertools import takewhile

from coach.letters import Criterion, Kind, Severity
from coach.rules import phrases
from coach.rules.blocks import Block, BlockKind, Sentence
from coach.rules.letter import Letter
from coach.rules.phrases import Phrase
from coach.rules.registry import Hit, rule
from coach.rules.signs import Sign

LIST_HEADING = re.compile(
    r"(?i)\b(?:skills?|technolog(?:y|ies)|tech(?:nical)? stack|stack|tools?|competenc(?:e"
    r"|ies|y)|навыки|технологии|инструменты)\b"
)
CLAIMS_SKILL = re.compile(
    r"(?i)\b(?:proficien(?:t|cy)|skills?|skilled|familiar|knowledge|know|experienced?"
    r"|expertise|fluent|stack|competen\w+|confident"
    r"|able to use|comfortable|владею|знаю|навыки)\b"
)
LIST_ITEMS = 3
TOOLS_IN_A_ROW = 4


@rule("skill-list", Severity.MAJOR, Criterion.STRUCTURE_LENGTH)
def skill_list(letter: Letter) -> Iterator[Hit]:
    """A list of skills inside a letter, under a heading or in one sentence; in a CV a long one."""
    if letter.kind is Kind.CV:
        yield from _long_lists(letter)
        return
    listed: set[int] = set()
    for first, items in _lists(letter):
        heading = letter.blocks[first - 1] if first else None
        if _is_skill_list(letter, heading, items):
            listed.update(range(first, first + len(items)))
            start = (
                heading.start if heading and heading.kind is BlockKind.HEADING else items[0].start
            )
            yield Hit(start, items[0].end, facts={"count": len(items)})
    for sentence, read in letter.body:
        count = max(len(_row(letter, sentence)), _claimed_row(sentence))
        if count >= TOOLS_IN_A_ROW and sentence.block not in listed and not read & SHOWN:
            yield Hit(sentence.start, sentence.end, "row", {"count": count})


def _long_lists(letter: Letter) -> Iterator[Hit]:
    """A CV may list its skills, but nobody believes so many."""
    for start, end in _skill_sections(letter):
        names = [name for name in CV_BREAK.split(letter.prose[start:end]) if name.strip()]
        if len(names) >= TOO_MANY and sum(map(len, names)) <= 25 * len(names):
            yield Hit(start, end, "cv", {"count": len(names)})


def _skill_sections(letter: Letter) -> Iterator[tuple[int, int]]:
    """What stands below each heading of skills, up to the next heading."""
    blocks = letter.blocks
    for number, block in enumerate(blocks):
        if LIST_HEADING.search(block.text) and len(block.text) < HEADING_CHARACTERS:
            below = list(takewhile(_is_below, blocks[number + 1 :]))
            if below:
                yield below[0].start, below[-1].end


def _is_below(block: Block) -> bool:
    return block.kind is not BlockKind.HEADING and not block.text.isupper()


CV_BREAK = re.compile(r"[,;|•·\n]|\s/\s")
TOO_MANY = 20
"""From so many on nobody is proficient in all of them (the seed notes' hiring manager)."""
HEADING_CHARACTERS = 60


def _claimed_row(sentence: Sentence) -> int:
    """How many things a sentence claims to know in one breath, whatever they are called."""
    claim = CLAIMS_FIELDS.search(sentence.text)
    if not claim:
        return 0
    names = FIELD_BREAK.split(sentence.text[claim.end() :].rstrip(".! "))
    short = [name for name in names if 0 < len(name.split()) <= FIELD_WORDS]
    return len(short) if len(short) == len(names) >= FIELDS_IN_A_ROW else 0


CLAIMS_FIELDS = re.compile(
    r"(?i)\b(?:(?:understanding|knowledge|command)\s+(?:of|in)|(?:proficient|skilled|experienced"
    r"|knowledgeable|versed|fluent)\s+(?:in|with)|familiar\s+with|experience\s+(?:in|with)|skills"
    r"\s+(?:in|are|include)|I\s+know|(?:владею|знаю|знаком[а]?\s+с|умею"
    r"|kenntnisse\s+in|erfahrung\s+mit))\b:?"
)
FIELD_BREAK = re.compile(r",\s*(?:and\s+|und\s+)?|\s+(?:and|и|und)\s+|;\s*")
FIELD_WORDS = 4
FIELDS_IN_A_ROW = 5


SHOWN = {Sign.OUTCOME, Sign.DEED}


def _lists(letter: Letter) -> Iterator[tuple[int, list[Block]]]:
    """Runs of list items, with the number of their first block."""
    run: list[Block] = []
    for number, block in enumerate(letter.blocks):
        if block.kind is BlockKind.ITEM:
            run.append(block)
        elif run:
            yield number - len(run), run
            run = []
    if run:
        yield len(letter.blocks) - len(run), run


def _is_skill_list(letter: Letter, heading: Block | None, items: list[Block]) -> bool:
    if len(items) < LIST_ITEMS:
        return False
    if heading and LIST_HEADING.search(heading.text) and len(heading.text) < 100:
        return True
    tools = sum(1 for item in items if _tools(letter, item))
    return tools >= max(LIST_ITEMS, 0.6 * len(items)) and sum(
        len(b.text.split()) for b in items
    ) < 8 * len(items)


def _tools(letter: Letter, part: Sentence | Block) -> list[Phrase]:
    return list(phrases.find("tools", letter.prose, letter.words_in(part)))


def _row(letter: Letter, sentence: Sentence) -> list[Phrase]:
    """The longest row of technologies with nothing but commas between them."""
    best: list[Phrase] = []
    row: list[Phrase] = []
    for tool in _tools(letter, sentence):
        between = letter.prose[row[-1].end : tool.start] if row else ""
        row = [*row, tool] if ROW_GAP.fullmatch(between) else [tool]
        best = max(best, row, key=len)
    return best


ROW_GAP = re.compile(r"[\s*_`]*(?:[,;/|•·+&]|\band\b|\bor\b|,\s*and\b|и)?[\s*_`]*(?:\w+\s)?")


@rule("common-skill", Severity.MINOR, Criterion.CLARITY_VOICE)
def common_skill(letter: Letter) -> Iterator[Hit]:
    """Everyday tools named as skills; told once a sentence, with their names."""
    if letter.kind is Kind.CV:
        yield from _common_in_cv(letter)
        return
    for number, sentence in enumerate(letter.sentences):
        read = letter.signs[number]
        if sentence.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM) or read & {Sign.OUTCOME}:
            continue
        common = list(phrases.find("common_skills", letter.prose, letter.words_in(sentence)))
        if common and _claimed(letter, sentence, common):
            names = dict.fromkeys(letter.text[one.start : one.end] for one in common)
            yield Hit(sentence.start, sentence.end, facts={"names": ", ".join(names)})


def _common_in_cv(letter: Letter) -> Iterator[Hit]:
    """In a CV's list one or two are what a screening program looks for; many are the list."""
    for start, end in _skill_sections(letter):
        inside = [word for word in letter.words if start <= word.start < end]
        common = list(phrases.find("common_skills", letter.prose, inside))
        if len(common) >= COMMON_IN_CV:
            names = dict.fromkeys(letter.text[one.start : one.end] for one in common)
            yield Hit(common[0].start, common[-1].end, facts={"names": ", ".join(names)})


COMMON_IN_CV = 4


def _claimed(letter: Letter, sentence: Sentence, common: list[Phrase]) -> bool:
    """Named as a skill: in a sentence that claims one, or in a list under such a heading."""
    if not CLAIMS_SKILL.search(sentence.text):
        return sentence.kind is BlockKind.ITEM and _under_skill_heading(letter, sentence)
    return len(_row(letter, sentence)) >= 2 or len(common) >= 2 or len(sentence.text.split()) <= 8


def _under_skill_heading(letter: Letter, sentence: Sentence) -> bool:
    for block in reversed(letter.blocks[: sentence.block]):
        if block.kind is not BlockKind.ITEM:
            return block.kind is BlockKind.HEADING and bool(LIST_HEADING.search(block.text))
    return False


@rule("cookie-cutter-project", Severity.MINOR, Criterion.EVIDENCE)
def cookie_cutter_project(letter: Letter) -> Iterator[Hit]:
    """Practice projects that say nothing about their writer, unless something came of them."""
    for sentence, read in letter.body:
        if not read & {Sign.OUTCOME}:
            for found in phrases.find("cookie_cutter", letter.prose, letter.words_in(sentence)):
                yield Hit(
                    found.start, found.end, facts={"project": letter.text[found.start : found.end]}
                )
