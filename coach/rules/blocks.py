"""How a letter is laid out: greeting, headings, list items, paragraphs, closing, sentences.

Works on wrapped and unwrapped text alike: a line break inside a sentence is white space, one
before a bullet, a heading or a new paragraph is a border.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block is to a reader."""

    GREETING = "greeting"
    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of lines that belong together. `after_gap`: a blank line stands before it."""

    kind: BlockKind
    start: int
    end: int
    text: str
    after_gap: bool = True


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence (or a list item without a full stop) of block number `block`."""

    start: int
    end: int
    text: str
    block: int
    kind: BlockKind


LINE = re.compile(r"[^\n\r]+")
BULLET = re.compile(r"[ \t]*(?:[●•▪◦‣∙·*+–—-]|\d{1,2}[.)]|[a-z]\))[ \t]+(?=\S)")
NUMBERED = re.compile(r"[ \t]*(?:\d{1,2}[.)])[ \t]+")
HASHES = re.compile(r"[ \t]{0,3}#{1,6}[ \t]+\S|[ \t]*\*\*[^*\n]{2,90}\*\*:?[ \t]*$")
GREETING = re.compile(
    r"(?i)\s*(?:dear|hello|hi|hey|greetings|good (?:morning|day|afternoon|evening)|to whom"
    r"|sehr geehrte[rs]?|liebe[rs]?|guten tag|hallo|уважаем[а-яё]+|дорог(?:ой|ая|ие)"
    r"|здравствуйте|добрый (?:день|вечер)|привет)\b"
    r"(?:[^.?]|\b(?:Dr|Prof|Mr|Mrs|Ms|Hr|Fr)\.){0,70}[,!:.]?\s*$"
)
CLOSING = re.compile(
    r"(?i)\s*(?:(?:with )?(?:(?:my |very )?(?:best|kind|warm|kindest|warmest"
    r"|many))? ?(?:regards|wishes|thanks)"
    r"|(?:yours )?(?:sincerely|faithfully|truly)(?: yours)?|yours|cheers|best|all the best"
    r"|respectfully(?: yours)?"
    r"|thank you(?: for[^.]{0,40})?"
    r"|(?:mit )?(?:freundlichen|herzlichen|besten|viele[nr]?) grü(?:ß|ss)en?"
    r"|beste grüße|hochachtungsvoll|с (?:глубоким )?уважением"
    r"|с наилучшими пожеланиями|искренне ваш[аи]?|всего доброго)\s*[,.!]?\s*$"
)
SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]+[\"”’)\]*_]*(?=\s|$)")
ABBREVIATION = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|St|No|vs|cf|approx|Fig|Inc|Ltd|etc|e\.g|i\.e|a\.k\.a|[A-Z]"
    r"|т\.е|т\.д|г))\.$"
)
OPENS = "\"“‘'([{$€£_*"
SHORT_LINE = 50
"""A line this short ends where its writer ended it, not where the page did (characters)."""
HEADING_WORDS = 14
SIGNATURE_LINES = 3


def split(prose: str) -> tuple[Block, ...]:
    """The blocks of a text, in order; white space and empty lines belong to none."""
    blocks = _sign_off(_join(prose, list(_lines(prose))))
    return tuple(_headings(blocks))


def sentences(blocks: tuple[Block, ...]) -> Iterator[Sentence]:
    """The sentences of every block, headings and greetings included, in order."""
    for number, block in enumerate(blocks):
        for start, end in _cut(block.text):
            yield Sentence(
                block.start + start, block.start + end, block.text[start:end], number, block.kind
            )


def _lines(prose: str) -> Iterator[Block]:
    previous_end = 0
    for found in LINE.finditer(prose):
        line = found.group().rstrip()
        if line.strip():
            indent = len(line) - len(line.lstrip())
            start = found.start() + indent
            gap = prose.count("\n", previous_end, start) > 1 or previous_end == 0
            yield Block(_kind_of(line), start, start + len(line) - indent, line.lstrip(), gap)
            previous_end = start + len(line) - indent


def _kind_of(line: str) -> BlockKind:
    if HASHES.match(line):
        return BlockKind.HEADING
    if BULLET.match(line):
        return BlockKind.ITEM
    if GREETING.match(line):
        return BlockKind.GREETING
    if CLOSING.match(line):
        return BlockKind.CLOSING
    return BlockKind.PARAGRAPH


def _join(prose: str, lines: list[Block]) -> list[Block]:
    width = _wrap_width(lines)
    ends: list[tuple[Block, int]] = []
    last_line = ""
    for line in lines:
        if ends and _continues(ends[-1][0], last_line, line, width):
            ends[-1] = (ends[-1][0], line.end)
        else:
            ends.append((line, line.end))
        last_line = line.text
    return [replace(first, end=end, text=prose[first.start : end]) for first, end in ends]


def _wrap_width(lines: list[Block]) -> int:
    """The column at which a hard-wrapped text breaks its lines; 0 when it is not wrapped."""
    lengths = [len(line.text) for line in lines if len(line.text) <= 120]
    full = [length for length in lengths if length > 60]
    return max(full) if len(full) >= max(3, len(lines) // 3) else 0


def _continues(block: Block, last_line: str, line: Block, width: int) -> bool:
    if line.after_gap or line.kind is not BlockKind.PARAGRAPH:
        return False
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
        return False
    if line.text[0].islower():
        return True
    if not (line.text[0].isalnum() or line.text[0] in OPENS):
        return False
    if SENTENCE_END.search(last_line[-4:]) or last_line.endswith(":"):
        return bool(width) and 0.85 * width <= len(last_line) <= width
    return len(last_line) >= SHORT_LINE and len(last_line) <= max(width, 120)


def _sign_off(blocks: list[Block]) -> list[Block]:
    """What stands after the last closing formula is the signature, and part of it."""
    closings = [n for n, block in enumerate(blocks) if block.kind is BlockKind.CLOSING]
    if not closings or len(blocks) - closings[-1] - 1 > SIGNATURE_LINES:
        return [_unclose(block) for block in blocks]
    last = closings[-1]
    body = [_unclose(block) for block in blocks[:last]]
    return body + [replace(block, kind=BlockKind.CLOSING) for block in blocks[last:]]


def _unclose(block: Block) -> Block:
    if block.kind is BlockKind.CLOSING:
        return replace(block, kind=BlockKind.PARAGRAPH)
    return block


def _headings(blocks: list[Block]) -> Iterator[Block]:
    for number, block in enumerate(blocks):
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        if following and _is_heading(block, following):
            yield replace(block, kind=BlockKind.HEADING)
        else:
            yield block


def _is_heading(block: Block, following: Block) -> bool:
    if following.kind is BlockKind.CLOSING or "\n" in block.text:
        return False
    if len(block.text.split()) > HEADING_WORDS + 10 * block.text.endswith("?"):
        return False
    if block.text.endswith(":"):
        return block.kind is BlockKind.PARAGRAPH or following.kind is BlockKind.PARAGRAPH
    if block.text[-1] in ".!;,…" or not (block.after_gap and following.after_gap):
        return False
    if block.kind is BlockKind.ITEM:
        return bool(NUMBERED.match(block.text)) and not BULLET.match(following.text)
    return block.kind is BlockKind.PARAGRAPH


def _cut(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in SENTENCE_END.finditer(text):
        if _ends_here(text, found):
            yield start, found.end()
            start = _skip_white(text, found.end())
    if start < len(text):
        yield start, len(text)


def _skip_white(text: str, offset: int) -> int:
    while offset < len(text) and text[offset].isspace():
        offset += 1
    return offset


def _ends_here(text: str, found: re.Match[str]) -> bool:
    rest = text[found.end() : found.end() + 8].lstrip()
    if not rest:
        return True
    if ABBREVIATION.search(text[max(0, found.start() - 8) : found.end()]):
        return False
    first = rest.lstrip("\"“‘'(*_[")[:1]
    return first.isupper() or first.isdigit() or not first.isalnum()
