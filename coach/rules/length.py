"""How long a letter is and how it is packed."""

import re
from collections.abc import Iterator

from coach.letters import Criterion, Kind, Severity
from coach.rules import phrases
from coach.rules.blocks import BlockKind, Sentence
from coach.rules.letter import Letter
from coach.rules.registry import Hit, rule
from coach.rules.signs import Sign

PAGE = 500
"""Words of a full page; a letter reads best at 250 to 400 (data/rubric.json)."""
ONE_AND_A_HALF = 750
SHORT, VERY_SHORT = 100, 60
LIMITS = {Kind.APPLICATION_ANSWERS: 1800, Kind.SHORT_ANSWERS: 1800, Kind.CV: 900}
"""Words of what may be longer than a page; a CV has two pages."""
CROWDED = 120
"""Words of a paragraph that no reader gets through in one breath."""

ONE_MORE = re.compile(
    r"(?:Additionally|Also|Another|Besides|Finally|Furthermore|I also|I have also"
    r"|In addition|In fact|Lastly"
    r"|Moreover|Previously|Recently|Separately|Then|I am also|I was also|Even when|In doing)\b"
)
CHORE = re.compile(
    r"(?i)\b(?:install(?:ed|ing)?|convert(?:ed|ing)?|updat(?:ed|ing)|order(?:ed|ing)"
    r"|set(?:ting)?\s+up|configur(?:ed|ing)"
    r"|maintain(?:ed|ing)|data\s+formats|drivers|cli\s+tools|managed\s+our|latest\s+version)\b"
)


@rule("too-long", Severity.MAJOR, Criterion.STRUCTURE_LENGTH)
def too_long(letter: Letter) -> Iterator[Hit]:
    """More than a page."""
    limit = LIMITS.get(letter.kind, PAGE)
    if letter.is_letter and letter.length > limit:
        severity = Severity.MAJOR if letter.length > 1.2 * limit else Severity.MINOR
        facts = {"words": letter.length, "limit": limit}
        yield Hit(0, 0, facts=facts, severity=severity)


@rule("crowded-paragraph", Severity.MAJOR, Criterion.STRUCTURE_LENGTH)
def crowded_paragraph(letter: Letter) -> Iterator[Hit]:
    """A paragraph that piles topic on topic; the quote is the sentence that could go first."""
    crowded = {
        number
        for number, block in enumerate(letter.blocks)
        if block.kind is BlockKind.PARAGRAPH and len(block.text.split()) >= CROWDED
    }
    weakest: dict[int, tuple[float, Sentence]] = {}
    topics = dict.fromkeys(crowded, 0)
    for sentence, read in letter.body:
        if sentence.block in crowded:
            topics[sentence.block] += bool(ONE_MORE.match(sentence.text))
            weight = _dispensable(letter, sentence, read)
            if weight > weakest.get(sentence.block, (-1.0, sentence))[0]:
                weakest[sentence.block] = weight, sentence
    told = [(weakest[number], number) for number in crowded if topics[number] >= 3]
    for (_, sentence), number in sorted(told, key=lambda one: -one[0][0])[:1]:
        words = len(letter.blocks[number].text.split())
        yield Hit(sentence.start, sentence.end, facts={"words": words})


WALL = 200
"""Words of a paragraph that no eye finds a hold in."""
LISTED = 0.4
"""A letter with so much of it in list items is no letter any more."""


@rule("wall-of-text", Severity.MAJOR, Criterion.STRUCTURE_LENGTH)
def wall_of_text(letter: Letter) -> Iterator[Hit]:
    """A paragraph that fills the screen; told where it begins, unless it was told as crowded."""
    if not letter.is_letter or any(True for _ in crowded_paragraph(letter)):
        return
    for number, block in enumerate(letter.blocks):
        words = len(block.text.split())
        if block.kind is BlockKind.PARAGRAPH and words >= WALL:
            first = next(said for said in letter.sentences if said.block == number)
            yield Hit(first.start, first.end, facts={"words": words})
            return


@rule("bulleted-letter", Severity.MINOR, Criterion.STRUCTURE_LENGTH)
def bulleted_letter(letter: Letter) -> Iterator[Hit]:
    """A letter that is mostly a list: the reader has to find the thread."""
    items = [block for block in letter.blocks if block.kind is BlockKind.ITEM]
    if not letter.is_letter or len(items) < ITEMS:
        return
    words = sum(len(block.text.split()) for block in items)
    if words > LISTED * letter.length:
        yield Hit(items[0].start, items[0].end, facts={"count": len(items)})


ITEMS = 4


def _dispensable(letter: Letter, sentence: Sentence, read: frozenset[Sign]) -> float:
    tools = sum(1 for _ in phrases.find("tools", letter.prose, letter.words_in(sentence)))
    effect = 2.0 * (Sign.OUTCOME in read) + (Sign.NUMBER in read)
    return 2.0 * bool(CHORE.search(sentence.text)) + 0.5 * min(tools, 4) - effect


@rule("too-short", Severity.MAJOR, Criterion.STRUCTURE_LENGTH)
def too_short(letter: Letter) -> Iterator[Hit]:
    """Too little for a reader to decide on."""
    if letter.is_letter and letter.length < SHORT:
        severity = Severity.MAJOR if letter.length < VERY_SHORT else Severity.MINOR
        yield Hit(0, 0, facts={"words": letter.length}, severity=severity)
