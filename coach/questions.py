"""Questions of an application form with the answers below them, and how long those may be."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a form counts."""

    WORDS = "words"
    CHARACTERS = "characters"


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that an answer may have; characters count with blanks, as forms count them."""

    most: int
    unit: Unit

    def used(self, answer: str) -> int:
        """How much of it an answer takes."""
        return len(answer.split()) if self.unit is Unit.WORDS else len(answer.strip())


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its span, the span of its answer, and its limit if it names one."""

    text: str
    start: int
    end: int
    answer: tuple[int, int]
    limit: Limit | None = None


LONGEST_QUESTION = 60
"""Words; a longer paragraph is an answer, whatever it ends with."""
SHORTEST_QUESTION = 2

MOST = (
    r"(?:max(?:imum|imal)?\.?(?:\s+of)?|up to|at most|no(?:t)? more than|(?:in\s+)?under|within"
    r"|limit(?:ed)?(?:\s*(?:to|of|:))?|fewer than|less than|about|approx\w*\.?|in(?:\s+about)?"
    r"|höchstens|maximal|bis zu|nicht mehr als|до|не более|не больше|максимум|примерно|в)"
)
COUNTED = (
    r"(?P<most>\d{1,2}[.,\u00a0 ]?\d{3}|\d{2,4})\s*[- ]?"
    r"(?P<unit>words?|characters?|chars?|symbols?|wörtern?|worte?n?|zeichen|слов\w*|знак\w*"
    r"|символ\w*)\b"
)
LIMITS = (
    re.compile(rf"(?i)\b{MOST}\s*{COUNTED}"),
    re.compile(rf"(?i)[(\[][^()\[\]]{{0,30}}?{COUNTED}[^()\[\]]{{0,30}}[)\]]"),
    re.compile(rf"(?i)\b{COUNTED}\s+(?:or (?:less|fewer)|max(?:imum|imal)?\b|limit|at most)"),
)
IN_SENTENCES = re.compile(
    r"(?i)[(\[][^()\[\]]{0,20}\b(?:sentences?|sätzen?|satz|предложени\w+)\b[^()\[\]]{0,20}[)\]]"
)
ASKS = re.compile(r"\?[\"”’)\]*_]*\s*(?:[(\[][^()\[\]]{1,60}[)\]])?\W*$")
INVITES = re.compile(
    r"(?i)\W*(?:(?:q(?:uestion)?|frage|вопрос)?\s*№?\s*\d{1,2}\s*[.):]\s*)?"
    r"(?:please\s+)?(?:describe|tell us|explain|give (?:us )?an example|share an?|write about"
    r"|beschreiben sie|beschreibe|erzählen sie|schildern sie|erläutern sie|nennen sie"
    r"|расскажите|опишите|объясните|приведите пример|поделитесь)\b"
)
FOR_ALL = re.compile(r"(?i)\b(?:each|every|all|jeder?|alle|кажд\w+|все[хм]?)\b")
PARAGRAPH = re.compile(r"\S(?:.*\S)?(?:\n[ \t]*\S.*)*")
MARKS = re.compile(r"^[\s#*_>]+")


def limit_of(question: str) -> Limit | None:
    """The limit that a question names."""
    found = _limit(question)
    if found is None:
        return None
    words = found["unit"].lower().startswith(("word", "wört", "wort", "слов"))
    return Limit(int(re.sub(r"\D", "", found["most"])), Unit.WORDS if words else Unit.CHARACTERS)


def _limit(said: str) -> re.Match[str] | None:
    return next((found for limit in LIMITS if (found := limit.search(said))), None)


def is_question(line: str) -> bool:
    """Whether a line asks for an answer: a question, an invitation, or a limit in brackets."""
    words = len(line.split())
    if not SHORTEST_QUESTION <= words <= LONGEST_QUESTION:
        return False
    if IN_SENTENCES.search(line) or _limit(line):
        return True
    asks = bool(ASKS.search(line)) and line.count(".") <= 2
    return asks or bool(INVITES.match(line))


def questions(text: str) -> tuple[Question, ...]:
    """The questions of a form in their order; each answer reaches up to the next question.

    What is said above them for all of them ("no more than 120 words each") counts for each.
    """
    places = list(_places(text))
    ends = [*(start for start, _ in places), len(text)][1:]
    found: list[Question] = []
    general: Limit | None = None
    for (start, end), until in zip(places, ends, strict=True):
        said, answer = text[start:end], text[end:until].strip()
        if not answer and FOR_ALL.search(said) and "?" not in said:
            general = limit_of(said)
            continue
        at = text.find(answer, end) if answer else end
        limit = limit_of(said) or general
        found.append(Question(" ".join(said.split()), start, end, (at, at + len(answer)), limit))
    return tuple(found)


def _places(text: str) -> Iterator[tuple[int, int]]:
    """The spans of lines or paragraphs that ask."""
    for found in PARAGRAPH.finditer(text):
        first = found[0].split("\n", 1)[0]
        if is_question(MARKS.sub("", " ".join(found[0].split()))) and not _first_asks(found[0]):
            yield found.span()
        elif is_question(MARKS.sub("", first)):
            yield found.start(), found.start() + len(first)


def _first_asks(paragraph: str) -> bool:
    first, _, rest = paragraph.partition("\n")
    return bool(rest) and bool(ASKS.search(first) or _limit(first))
