"""Cards as people type them: `front :: back`, both ways, gaps, and out of somebody's message.

The signs are those that people bring along: `::` and `:::` from Obsidian and Mochi, a tab from
spreadsheets and Anki's plain text, `{{c1::…}}` from Anki, `Q:` and `A:` from their notes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from coach.notes import NoteKind

LONGEST_SIDE = 1000
"""Characters of one side. A longer one isn't a card but a page, and wouldn't fit on a phone."""

MOST = 40
"""Cards in one message; whoever has more of them has a file."""

GAP = re.compile(r"\{\{c[1-9]\d?::(?!::)[^{}]+?\}\}", re.DOTALL)
"""A gap of a cloze, as Anki writes it: its number, the word, perhaps a hint."""

BROKEN_GAP = re.compile(r"\{\{c\d|\{\{.*?::", re.DOTALL)
"""What was meant for a gap and isn't one."""

ALONE = re.compile(r"^[ \t]*(:::?)[ \t]*$", re.MULTILINE)
SPACED = re.compile(r"(?:^|(?<=\s))(:::?)(?=\s|$)")
TAB = re.compile(r"(\t)")
TIGHT = re.compile(r"(?<!:)(:::?)(?!:)")
QUESTION = re.compile(
    r"(?:Q|В|Question|Вопрос)[:.]\s*(?P<front>.+?)\n\s*(?:A|О|Answer|Ответ)[:.]\s*(?P<back>.+)",
    re.DOTALL | re.IGNORECASE,
)
ANSWER = re.compile(r"\s*(?:A|О|Answer|Ответ)[:.]\s", re.IGNORECASE)
BULLET = re.compile(r"\s*(?:[-*•–—]|\d{1,3}[.)])\s+")
CONTROL = re.compile(r"[^\S \t\n]|[\x00-\x08\x0e-\x1f\x7f]")
"""What no card should hold: other white space, and the signs that Anki parts fields with."""


@dataclass(frozen=True, slots=True)
class Written:
    """A card as it was typed. The back of a cloze is what is shown beside its answer, or ""."""

    kind: NoteKind
    front: str
    back: str


class Trouble(StrEnum):
    """Why a line is no card: nothing parts it, a side is empty, a gap is broken, it is a page,
    or there are too many for one message."""

    UNPARTED = "unparted"
    ONE_SIDE = "one_side"
    BROKEN_GAP = "broken_gap"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of a message that isn't a card, and why."""

    text: str
    trouble: Trouble


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message holds: its cards, and what could not be read, both in order."""

    cards: tuple[Written, ...]
    unread: tuple[Unread, ...]


def read(text: str) -> Reading:
    """The cards of a message, a line each; bullets below a line belong to its back."""
    cards: list[Written] = []
    unread: list[Unread] = []
    for block in _blocks(_clean(text)):
        card = read_one(block)
        if isinstance(card, Written) and len(cards) == MOST:
            card = Unread(block, Trouble.TOO_MANY)
        if isinstance(card, Written):
            cards.append(card)
        else:
            unread.append(card)
    return Reading(tuple(cards), tuple(unread))


def read_one(text: str) -> Written | Unread:
    """A whole text as one card, of however many lines."""
    text = _clean(text)
    if GAP.search(text):
        return _cloze(text)
    if BROKEN_GAP.search(text):
        return Unread(text, Trouble.BROKEN_GAP)
    if asked := QUESTION.fullmatch(text):
        return _sides(text, NoteKind.BASIC, asked["front"], asked["back"])
    parted = _parted(text)
    if parted is None:
        return Unread(text, Trouble.UNPARTED)
    front, sign, back = parted
    return _sides(text, NoteKind.BOTH if sign == ":::" else NoteKind.BASIC, front, back)


def written(card: Written) -> str:
    """A card as one would type it, so that it can be copied, changed and sent back."""
    sign = ":::" if card.kind is NoteKind.BOTH else "::"
    if card.kind is NoteKind.CLOZE and not card.back:
        return card.front
    simple = "\n" not in card.front + card.back and ":" not in card.front
    return f"{card.front} {sign} {card.back}" if simple else f"{card.front}\n{sign}\n{card.back}"


def are_cards(text: str) -> bool:
    """Whether a message that nobody asked for is clearly meant as cards, all of it."""
    blocks = list(_blocks(_clean(text)))
    return bool(blocks) and all(_is_clear(block) for block in blocks)


def from_message(text: str, asked: str = "") -> Reading:
    """A card out of a message that `/add` answers; `asked` is what stood behind the command.

    A front that is "" says that the message gives no question: only the person can ask it.
    """
    text, asked = _clean(text), _clean(asked)
    if not text:
        return read(asked) if asked else _reading(Unread("", Trouble.ONE_SIDE))
    if asked.startswith("::"):
        return _reading(_sides(text, NoteKind.BASIC, text, asked.lstrip(":")))
    if asked:
        whole = read(asked)
        return whole if whole.cards else _reading(_sides(text, NoteKind.BASIC, asked, text))
    if are_cards(text):
        return read(text)
    if len(text) > LONGEST_SIDE:
        return _reading(Unread(text, Trouble.TOO_LONG))
    front, back = _title(text)
    return _reading(Written(NoteKind.BASIC, front, back))


def _reading(card: Written | Unread) -> Reading:
    return Reading((card,), ()) if isinstance(card, Written) else Reading((), (card,))


def _title(text: str) -> tuple[str, str]:
    """A first line above others, or a question before its answer; else ("", text)."""
    for part in (r"(?P<front>[^\n]{1,200})\n+(?P<back>.+)", r"(?P<front>[^?]+\?)\s+(?P<back>.+)"):
        if found := re.fullmatch(part, text, re.DOTALL):
            return found["front"].strip(), found["back"].strip()
    return "", text


def _cloze(text: str) -> Written | Unread:
    """The sentence with its gaps; behind `::`, what is shown beside the answer."""
    masked = GAP.sub(lambda gap: "x" * len(gap[0]), text)
    if BROKEN_GAP.search(masked):
        return Unread(text, Trouble.BROKEN_GAP)
    sign = ALONE.search(masked) or SPACED.search(masked)
    front, back = (text[: sign.start()], text[sign.end() :]) if sign else (text, "")
    if not GAP.search(front):
        return Unread(text, Trouble.ONE_SIDE)
    return _fitting(text, Written(NoteKind.CLOZE, front.strip(), back.strip()))


def _sides(text: str, kind: NoteKind, front: str, back: str) -> Written | Unread:
    card = Written(kind, front.strip(), back.strip())
    if not (card.front and card.back):
        return Unread(text, Trouble.ONE_SIDE)
    return _fitting(text, card)


def _fitting(text: str, card: Written) -> Written | Unread:
    fits = max(len(card.front), len(card.back)) <= LONGEST_SIDE
    return card if fits else Unread(text, Trouble.TOO_LONG)


def _parted(text: str) -> tuple[str, str, str] | None:
    """Front, sign and back: at a line of its own, between blanks, at a tab, between words."""
    for sign in (ALONE, SPACED, TAB, TIGHT):
        if found := sign.search(text):
            return text[: found.start()], found[1], text[found.end() :]
    return None


def _is_clear(block: str) -> bool:
    """A sign between blanks, a gap, or question and answer; `std::sort` alone says nothing."""
    sure = SPACED.search(block) or GAP.search(block) or QUESTION.fullmatch(block)
    return bool(sure) and isinstance(read_one(block), Written)


def _blocks(text: str) -> Iterator[str]:
    """The text of each card: its line, and what is indented, listed or answered below it."""
    block = ""
    for line in text.split("\n"):
        if not line.strip():
            continue
        if block and _goes_on(block, line):
            block += "\n" + line.rstrip()
        else:
            if block:
                yield block
            block = BULLET.sub("", line, count=1).strip()
    if block:
        yield block


def _goes_on(block: str, line: str) -> bool:
    """A line belongs to the card above when it is listed below it, or answers its question."""
    if ALONE.fullmatch(line):
        return True
    if _parted(line) or GAP.search(line):
        return False
    waits = block.endswith("::")
    return bool(waits or BULLET.match(line) or line[:1].isspace() or ANSWER.match(line))


def _clean(text: str) -> str:
    """Without signs that nobody sees, and with one kind of line end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return CONTROL.sub(" ", text).strip(" \n")
