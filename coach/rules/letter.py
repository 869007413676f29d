"""A letter as the rules see it: what is set aside, words, sentences, blocks, with offsets."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from coach import language, masks
from coach.letters import Kind
from coach.masks import Mask
from coach.rules import blocks, hostile, phrases, signs
from coach.rules.blocks import Block, BlockKind, Sentence
from coach.rules.hostile import Hostile
from coach.rules.phrases import Word
from coach.rules.signs import Sign
from coach.rules.spans import Cover

SILENT_MASKS = frozenset({"front_matter", "template", "code", "html"})
"""Masks whose words no person would read in the letter."""

LETTER_MARK = re.compile(
    r"(?i)\b(?:appl(?:y|ying|ication)|position|role|hiring|internship|programme?|fellowship"
    r"|scholarship|residency"
    r"|summer\s+school|cover\s+letter|motivation|career|employer|job|skills|committee"
    r"|goals?|hire|proficient|engineer|ваканси\w+|стажировк\w+|программ\w+|позици\w+"
    r"|должност\w+|резюме|комисси\w+|навыки|кандидатур\w+|bewerb\w+|stelle|stipendium)\b"
)
READ = frozenset({"en", "ru"})
"""Languages in which signs are read, so that a rule may miss something."""
WORD_CHARACTER = re.compile(r"\w")
FIRST_PERSON = re.compile(r"\b(?:I|I['’][a-z]+|[Mm]y|me|Я|я|[Мм]о[йяеи]|мне|ich|Ich|mein\w*)\b")


@dataclass(frozen=True, slots=True)
class Letter:
    """Immutable view of one letter.

    `prose` has the length of `text`, so that one offset serves both: hostile passages, template
    code, mark-up and code are blanked in it, and letters that imitate Latin ones are turned back.
    `signs` runs beside `sentences`.
    """

    text: str
    prose: str
    kind: Kind
    language: str
    masks: tuple[Mask, ...]
    hostile: tuple[Hostile, ...]
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    signs: tuple[frozenset[Sign], ...]
    words: tuple[Word, ...]
    is_letter: bool
    """Whether somebody writes here to be taken: only then may a rule miss something."""
    posting: str = ""

    @classmethod
    def of(cls, text: str, kind: Kind, posting: str = "") -> "Letter":
        """The letter laid out; `posting` is what it answers, where that is known."""
        found = tuple(masks.find(text))
        tricks = hostile.find(text, found)
        prose = _blank(hostile.reading(text, tricks), found)
        laid_out = blocks.split(prose)
        said = tuple(blocks.sentences(laid_out))
        read = tuple(signs.read(sentence.text) for sentence in said)
        written_in = language.detect(prose)
        spoken = phrases.words(prose)
        asks = _is_letter(prose, kind, laid_out)
        return cls(
            text,
            prose,
            kind,
            written_in,
            found,
            tricks,
            laid_out,
            said,
            read,
            spoken,
            asks,
            posting,
        )

    @property
    def body(self) -> Iterator[tuple[Sentence, frozenset[Sign]]]:
        """The sentences that say something, with their signs: no headings, greetings, closings."""
        for sentence, read in zip(self.sentences, self.signs, strict=True):
            if sentence.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM):
                yield sentence, read

    @property
    def length(self) -> int:
        """Words that a reader reads: no mark-up, no bullets, no hostile passage."""
        return sum(1 for token in self.prose.split() if WORD_CHARACTER.search(token))

    @property
    def may_lack(self) -> bool:
        """Whether a rule may say that something is missing: a letter in a language that we read."""
        return self.is_letter and self.language in READ

    def has(self, *wanted: Sign) -> bool:
        """Whether any sentence of the body shows one of these signs."""
        return any(read.intersection(wanted) for _, read in self.body)

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence at an offset, or of the one before it."""
        return bisect_right(self.sentences, offset, key=lambda sentence: sentence.start) - 1

    @property
    def proof_links(self) -> Cover:
        """Links to a page that a reader can open; the bare name of a site is none."""
        return Cover(
            (mask.start, mask.end)
            for mask in self.masks
            if mask.kind == "url" and "/" in self.prose[mask.start : mask.end]
        )

    def is_honest(self, start: int, end: int) -> bool:
        """Whether a span holds nothing of a hostile passage, so that it may be quoted as good."""
        return not Cover(one.passage for one in self.hostile if one.passage[0] < end).touches(
            start, end
        )

    def words_in(self, part: Sentence | Block) -> tuple[Word, ...]:
        """The words of a sentence or block."""
        first = bisect_left(self.words, part.start, key=lambda word: word.start)
        last = bisect_left(self.words, part.end, key=lambda word: word.start)
        return self.words[first:last]

    def cover(self, *kinds: str) -> Cover:
        """What the masks of these kinds cover; of all kinds, when none is named."""
        return Cover(
            (mask.start, mask.end) for mask in self.masks if not kinds or mask.kind in kinds
        )


def _is_letter(prose: str, kind: Kind, laid_out: tuple[Block, ...]) -> bool:
    if kind is Kind.CV:
        return True
    greets = any(block.kind is BlockKind.GREETING for block in laid_out)
    if greets and FIRST_PERSON.search(prose):
        return True
    marks = {found.group().lower() for found in LETTER_MARK.finditer(prose)}
    first_person = sum(1 for _ in FIRST_PERSON.finditer(prose))
    return first_person >= 3 and (kind.is_answers or len(marks) >= 2)


def _blank(prose: str, found: tuple[Mask, ...]) -> str:
    pieces: list[str] = []
    offset = 0
    for mask in sorted(found, key=lambda mask: mask.start):
        if mask.kind in SILENT_MASKS and mask.start >= offset:
            pieces += [prose[offset : mask.start], hostile.blank(prose[mask.start : mask.end])]
            offset = mask.end
    return "".join([*pieces, prose[offset:]])
