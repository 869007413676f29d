"""Short answers held against their questions: how long they may be, and what was asked for."""

import re
from collections.abc import Iterator

from coach.letters import Criterion, Kind, Severity
from coach.questions import Limit, Question, Unit, questions
from coach.rules.letter import Letter
from coach.rules.registry import Hit, rule
from coach.rules.signs import Sign

EXAMPLE = re.compile(
    r"(?i)\b(?:(?:a|one|the|an) (?:\w+ ){0,3}(?:project|time|situation|example|mistake|failure"
    r"|problem|challenge|achievement)|something (?:that )?you(?:['’]ve| have)?\b"
    r"|what have you (?:built|made|done)|проект\w*|случа[йея]\w*|ситуаци\w+|пример\w*|ошибк\w+"
    r"|достижени\w+|самую? \w+ задач\w+)\b"
)
PLAN = re.compile(
    r"(?i)\b(?:would you|will you|do you (?:want|hope|plan)|favou?rite"
    r"|хотите|планируете|будете|бы вы)\b"
)
"""Questions about what isn't done yet."""
FEWEST_WORDS = 8
"""A shorter answer is thin, which is told elsewhere."""
READ = {Sign.DEED, Sign.OUTCOME, Sign.NUMBER, Sign.INITIATIVE}


def _asked(letter: Letter) -> Iterator[tuple[Question, str]]:
    if letter.kind.is_answers:
        for each in questions(letter.prose):
            start, end = each.answer
            yield each, letter.text[start:end]


@rule("over-limit", Severity.MAJOR, Criterion.STRUCTURE_LENGTH)
def over_limit(letter: Letter) -> Iterator[Hit]:
    """An answer that is longer than its question allows; the quote is what a form would cut."""
    for each, answer in _asked(letter):
        if each.limit and (used := each.limit.used(answer)) > each.limit.most:
            at = each.answer[0] + _allowed(answer, each.limit)
            facts = {"used": used, "most": each.limit.most, "over": used - each.limit.most}
            yield Hit(at, each.answer[1], each.limit.unit.value, facts)


def _allowed(answer: str, limit: Limit) -> int:
    """Where the answer has used up its limit; at a word's start."""
    words = list(re.finditer(r"\S+", answer))
    if limit.unit is Unit.WORDS:
        return words[limit.most].start()
    return max((word.start() for word in words if word.start() <= limit.most), default=0)


@rule("no-example", Severity.MAJOR, Criterion.EVIDENCE)
def no_example(letter: Letter) -> Iterator[Hit]:
    """A question for one case, answered with nothing that was done."""
    if letter.kind is not Kind.SHORT_ANSWERS or not LATIN_OR_RUSSIAN.search(letter.prose):
        return
    for each, answer in _asked(letter):
        asked = EXAMPLE.search(each.text) and not PLAN.search(each.text)
        if asked and len(answer.split()) >= FEWEST_WORDS and not _tells(letter, each):
            yield Hit(*each.answer)


LATIN_OR_RUSSIAN = re.compile(r"(?i)\b(?:the|and|that|that's|my|и|в|я|на)\b")
"""Deeds are recognised in English and Russian."""
PAST = re.compile(
    r"(?i)\b(?:\w+ed|was|were|had|did|made|wrote|built|found|ran|took|got|went|came|kept|thought"
    r"|lost|won|led|gave|told|saw|[а-яё]{2,}(?:л|ла|ло|ли|лся|лась|лось|лись))\b"
)


def _tells(letter: Letter, each: Question) -> bool:
    start, end = each.answer
    if PAST.search(letter.prose, start, end):
        return True
    told = (read for said, read in letter.body if said.start < end and start < said.end)
    return any(read & READ for read in told)
