"""How a letter begins and ends: the first sentence, the greeting, the name, filler at the end."""

import re
from collections.abc import Iterator
from itertools import islice

from coach.letters import Criterion, Kind, Severity
from coach.rules.blocks import BlockKind
from coach.rules.letter import Letter
from coach.rules.registry import Hit, rule
from coach.rules.signs import Sign

FORMULA = re.compile(
    r"(?i)^\W*(?:(?:I\s+am|I['’]m)\s+(?:writing|applying|contacting|reaching)\b"
    r"|I\s+(?:would|should|['’]d)?\s*(?:like|wish|want)\s+to\s+(?:apply|express|submit)"
    r"|I\s+(?:hereby\s+)?(?:apply|submit)|with\s+(?:great|this)\s+\w+|please\s+(?:accept|find|consider)"
    r"|this\s+letter|(?:my\s+name\s+is|I\s+am|I['’]m)\s+(?:\[|[A-Z]\w+[ ,.]|a\s+\d)"
    r"|hi,?\s+I(?:['’]m|\s+am)|I\s+hope\s+this|it\s+is\s+with|as\s+an?\s+(?:highly|passionate|driven)"
    r"|меня\s+зовут|прошу\s+рассмотреть|хочу\s+предложить|пишу\s+вам,?\s+чтобы|здравствуйте,\s+меня"
    r"|hiermit\s+bewerbe|mit\s+(?:großem|grossem)\s+interesse|ich\s+bewerbe\s+mich)"
)
SUBSTANCE = {
    Sign.DEED, Sign.OUTCOME, Sign.CAUSE, Sign.THEIR_FACT, Sign.INITIATIVE,
}  # fmt: skip
"""What makes a reader go on reading."""


@rule("flat-opening", Severity.MINOR, Criterion.STRUCTURE_LENGTH)
def flat_opening(letter: Letter) -> Iterator[Hit]:
    """A first sentence that says what the reader knows, with nothing of substance behind it."""
    if not letter.may_lack or letter.length < OPENED_WORDS:
        return
    opening = list(islice(letter.body, LOOKED_AT))
    if opening and FORMULA.search(opening[0][0].text):
        first, _ = opening[0]
        if not any(read & SUBSTANCE for _, read in opening):
            yield Hit(first.start, first.end)


LOOKED_AT = 3
"""Sentences in which a plain beginning can still be made good."""


OPENED_WORDS = 60
"""A shorter letter has no room for an opening; its length is told instead."""

SIGNED = re.compile(r"(?:[A-ZА-ЯЁ][\w'’.-]+\s*){1,4}[.!]?|\[[^\]\n]{1,40}\]")
HELLO = re.compile(
    r"(?i)^\W*(?:dear|hi|hello|hallo|hey|greetings|to\s+whom|good\s+(?:morning|day)|sehr\s+geehrte"
    r"|liebe|guten\s+tag|здравствуйте|добрый|уважаем|дорог)"
)


@rule("missing-frame", Severity.MINOR, Criterion.STRUCTURE_LENGTH)
def missing_frame(letter: Letter) -> Iterator[Hit]:
    """A letter that greets nobody, or that ends without a name."""
    if not letter.is_letter or letter.length < FRAMED_WORDS or not letter.blocks:
        return
    greeted = any(block.kind is BlockKind.GREETING for block in letter.blocks)
    cover = letter.kind is Kind.COVER_LETTER
    if cover and not greeted and not any(HELLO.search(said.text) for said, _ in letter.body):
        yield Hit(0, 0, "greeting")
    last = letter.blocks[-1]
    signed = last.kind is BlockKind.CLOSING or SIGNED.fullmatch(last.text.splitlines()[-1].strip())
    if greeted and not signed and "@" not in last.text:
        yield Hit(last.end, last.end, "name")


FRAMED_WORDS = 100

FILLER = re.compile(
    r"(?im)^[^\w\n]{0,6}(?:references?\s+(?:are\s+|can\s+be\s+|will\s+be\s+)?(?:available|provided|furnished)?"
    r"\s*(?:up)?on\s+request|рекомендации\s+(?:предоставлю\s+)?по\s+(?:запросу|требованию)"
    r"|referenzen\s+auf\s+anfrage)\b[^\n]{0,20}"
    r"|(?<=[.!?]\s)(?:References?|My\s+references)\s+[^.\n]{0,40}\brequest\b\.?"
)


@rule("filler-line", Severity.MINOR, Criterion.STRUCTURE_LENGTH)
def filler_line(letter: Letter) -> Iterator[Hit]:
    """A line that everybody writes and nobody needs."""
    for found in FILLER.finditer(letter.prose):
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        yield Hit(start, found.end())


@rule("buried-strength", Severity.MINOR, Criterion.STRUCTURE_LENGTH)
def buried_strength(letter: Letter) -> Iterator[Hit]:
    """The first thing that came of the writer's work stands where few readers still are."""
    if not letter.may_lack or letter.length < BURIED_WORDS:
        return
    told = [said for said, read in letter.body if Sign.OUTCOME in read or read >= COUNTED]
    if told and told[0].start > BURIED * len(letter.text):
        yield Hit(told[0].start, told[0].end)


COUNTED = {Sign.DEED, Sign.NUMBER}
BURIED = 0.55
BURIED_WORDS = 180
"""In a shorter letter everything is seen at once."""
