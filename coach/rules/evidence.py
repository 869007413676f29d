"""Whether claims are shown: deeds, effects, numbers that mean something."""

import re
from collections.abc import Iterator

from coach.letters import Criterion, Kind, Severity
from coach.rules import phrases
from coach.rules.blocks import BlockKind, Sentence
from coach.rules.length import ONE_MORE
from coach.rules.letter import Letter
from coach.rules.registry import Hit, rule
from coach.rules.signs import Sign
from coach.rules.skills import LIST_HEADING

DUTIES_TOLD = 2
"""So many empty duties are told: the emptiest first; the rest say the same."""

EMPTY_ITEM = re.compile(
    r"(?i)^\W*+(?:responsible|work(?:ed|ing)?\s+(?:closely\s+)?(?:on|with|in)|participat\w+"
    r"|involved|assist\w+|help(?:ed|ing)?|support\w*|handl\w+|tasked|various|duties|in\s+charge"
    r"|отвечал\w*|участи\w+|участвовал\w*|помощь|помогал\w*|работал?а?\s+с|взаимодейств\w+)\b"
)
"""How a line of a CV begins that tells a task and nothing else."""
GERUND = re.compile(r"^\W*+(?:\d++\W++)?(?:\w+ly\s+)?[A-Z]\w+ing\b")
SUBJECTLESS = re.compile(
    r"^\W*+(?:\w+ly\s+)?(?:Responsible|Worked|Participat|Involved|Assist|Handled|Tasked)"
)
SPEAKS_OF_SELF = re.compile(r"\b(?:I|I['’]\w+|[Mm]y|[Ww]e|[Oo]ur|[Яя]|мо[йяеи])\b")


@rule("no-evidence", Severity.MAJOR, Criterion.EVIDENCE)
def no_evidence(letter: Letter) -> Iterator[Hit]:
    """A letter without a single deed that has an effect, a number or a link beside it."""
    if letter.may_lack and not any(True for _ in proofs(letter)):
        yield Hit(0, 0)


def proofs(letter: Letter) -> Iterator[tuple[Sentence, frozenset[Sign]]]:
    """The sentences with something done and what came of it, how much of it, or where to see it."""
    links = letter.proof_links
    if letter.kind is Kind.CV:
        yield from _entries(letter)
        return
    acting = {sentence.block for sentence, read in letter.body if Sign.DEED in read}
    done_in = -1
    for sentence, read in letter.body:
        shown = read & {Sign.OUTCOME, Sign.NUMBER} or links.within(sentence.start, sentence.end)
        came = Sign.OUTCOME in read and sentence.block in acting
        came = came or (Sign.NUMBER in read and sentence.block == done_in)
        done_in = sentence.block if Sign.DEED in read else -1
        if came or (Sign.DEED in read and (shown or BUILT_THAT.search(sentence.text))):
            yield sentence, read


YEARS = re.compile(r"\b(?:\d{1,2}[./])?(?:19|20)\d\d\b|\b[ABC][12]\b|\+?\d[\d ()-]{6,}")
"""Numbers of a CV that count nothing: years, levels of a language, telephone numbers."""
ENTRY_WORDS = 4
COUNTED = re.compile(r"\d|(?i:\b(?:dozens?|hundreds?|thousands?|half|twice|daily|every day)\b)")


def _entries(letter: Letter) -> Iterator[tuple[Sentence, frozenset[Sign]]]:
    """The lines of a CV that show something: in a CV nobody says "I", so a count is enough."""
    links = letter.proof_links
    for sentence, read in letter.body:
        said = YEARS.sub("", sentence.text)
        counted = Sign.OUTCOME in read or COUNTED.search(said)
        if links.within(sentence.start, sentence.end) or (
            counted and len(said.split()) >= ENTRY_WORDS
        ):
            yield sentence, read


BUILT_THAT = re.compile(
    r"\b(?:built|wrote|made|trained|designed|developed|created)\b[^.]{3,80}\b(?:that|which"
    r"|to)\s+\w+"
)


@rule("duty-without-result", Severity.MAJOR, Criterion.EVIDENCE)
def duty_without_result(letter: Letter) -> Iterator[Hit]:
    """Duties in general words: the emptiest of a list, and the emptiest sentences."""
    if not letter.is_letter:
        return
    empty = [
        (_emptiness(letter, sentence), sentence)
        for sentence, read in _without_effect(letter)
        if _is_duty(letter, sentence, read)
    ]
    empty = [one for one in empty if one[0] >= EMPTY]
    for _, sentence in sorted(empty, key=lambda one: (-one[0], one[1].start))[:DUTIES_TOLD]:
        yield Hit(sentence.start, sentence.end)


EMPTY = 1.0
CHAINED = re.compile(r"(?:\bI|,|\band)\s+(?:\w+ly\s+|was\s+)?\w+ed\b")
CHAIN = 4
"""So many tasks in one breath are a list of duties."""


def _without_effect(letter: Letter) -> Iterator[tuple[Sentence, frozenset[Sign]]]:
    """Sentences with no effect, number or link in themselves or in the next one."""
    links = letter.proof_links
    body = list(letter.body)
    for place, (sentence, read) in enumerate(body):
        following = body[place + 1][1] if place + 1 < len(body) else frozenset[Sign]()
        told_next = Sign.OUTCOME in following and _goes_on(sentence, body[place + 1][0])
        if not (
            read & {Sign.OUTCOME, Sign.NUMBER}
            or told_next
            or links.within(sentence.start, sentence.end)
        ):
            yield sentence, read


def _goes_on(sentence: Sentence, following: Sentence) -> bool:
    return following.block == sentence.block and not ONE_MORE.match(following.text)


def _is_duty(letter: Letter, sentence: Sentence, read: frozenset[Sign]) -> bool:
    if letter.kind is Kind.CV:
        return bool(EMPTY_ITEM.search(sentence.text) or GERUND.match(sentence.text))
    if sentence.kind is BlockKind.ITEM:
        return bool(GERUND.match(sentence.text)) and not _in_skill_list(letter, sentence)
    if Sign.DUTY not in read:
        return False
    if letter.language == "ru":
        return True
    return bool(SPEAKS_OF_SELF.search(sentence.text) or SUBJECTLESS.match(sentence.text))


def _in_skill_list(letter: Letter, sentence: Sentence) -> bool:
    for block in reversed(letter.blocks[: sentence.block]):
        if block.kind is not BlockKind.ITEM:
            return block.kind is BlockKind.HEADING and bool(LIST_HEADING.search(block.text))
    return False


def _emptiness(letter: Letter, sentence: Sentence) -> float:
    """How many general words a duty holds; the shorter it is, the emptier."""
    vague = sum(1 for _ in phrases.find("vague", letter.prose, letter.words_in(sentence)))
    if letter.kind is Kind.CV:
        return (
            vague + 1.5 * bool(EMPTY_ITEM.search(sentence.text))
            if vague or (len(sentence.text.split()) <= 8)
            else 0.0
        )
    vague += len(CHAINED.findall(sentence.text)) >= CHAIN
    bare = sentence.kind is BlockKind.ITEM and len(sentence.text.split()) <= 15
    return vague + 0.5 * bare - 0.05 * len(sentence.text.split()) if vague >= 2 else 0.0


IMPROVED = re.compile(
    r"(?i)\b(?:increas|improv|reduc|decreas|boost|optimi[sz]|cut|grew|grow|rais|sped|speed"
    r"|accelerat|sav|enhanc|lower|faster|slower)\w*\b"
)
PERCENT = re.compile(r"(?<![\w.])\d[\d.,]*\s?(?:%|per\s?cent\b|percent\b|x\b|times\b)")
CONTEXT = re.compile(
    r"(?i)\b(?:from|compared|baseline|against|instead\s+of|out\s+of|per\s+(?!cent)"
    r"|over\s+(?:the|a|\w+\s+(?:weeks|months|years))|within|than\s+(?:the|before|in)"
    r"|by\s+(?!about|around|up|over|more|almost|nearly|\d)\w+ing|using|through|when\s"
    r"|after\s|because|measured|while|keeping|such\s+as\s+\w+ing|to\s+\d)\b"
    r"|\b\w+ing\s+[^.]{3,60}\bto\s+\w+\s+the\b"
)


@rule("number-without-context", Severity.MINOR, Criterion.EVIDENCE)
def number_without_context(letter: Letter) -> Iterator[Hit]:
    """A percentage of improvement with no base line, method, time span or reader who cares."""
    for sentence, _ in letter.body:
        percents = list(PERCENT.finditer(sentence.text))
        numbers = NUMBER.findall(sentence.text)
        if len(percents) != 1 or len(numbers) != 1 or not IMPROVED.search(sentence.text):
            continue
        own = letter.kind is Kind.CV or SPEAKS_OF_SELF.search(sentence.text)
        if own and not CONTEXT.search(sentence.text):
            start, end = _clause(sentence, percents[0])
            yield Hit(start, end, facts={"number": percents[0][0]})


NUMBER = re.compile(r"(?<![\w.])\d[\d.,]*")


def _clause(sentence: Sentence, number: re.Match[str]) -> tuple[int, int]:
    """From the improving verb to the number: the part that lacks a context."""
    verbs = list(IMPROVED.finditer(sentence.text))
    start = min(number.start(), verbs[0].start())
    near = verbs[-1].start() - number.end() < 15
    end = max(number.end(), verbs[-1].end()) if near else number.end()
    return sentence.start + start, sentence.start + end


SHOWABLE = re.compile(
    r"(?i)\b(?:github|gitlab|hugging\s?face(?:\s+spaces?)?|kaggle\s+profile|portfolio"
    r"|open[- ]source\s+(?:project|library|package)|demo|my\s+blog|google\s+scholar)\b"
)


@rule("unlinked-work", Severity.MINOR, Criterion.EVIDENCE)
def unlinked_work(letter: Letter) -> Iterator[Hit]:
    """Work that could be seen, in a letter without one link."""
    if not letter.is_letter or letter.proof_links:
        return
    for sentence, _ in letter.body:
        found = SHOWABLE.search(sentence.text)
        if found:
            yield Hit(sentence.start + found.start(), sentence.start + found.end())
            return


NAMED_OTHERWISE = {
    "deutsch": "german",
    "englisch": "english",
    "немецкий": "german",
    "английский": "english",
}
LANGUAGES = (
    "german|english|french|spanish|russian|italian|dutch|chinese|japanese|polish|portuguese|"
    + "|".join(NAMED_OTHERWISE)
)
LANGUAGE = re.compile(rf"(?i)\b(?:{LANGUAGES})\b")
LITTLE = re.compile(
    r"(?i)\b(?:a\s+(?:little|bit)(?:\s+of)?|bisschen|basic|basics|beginner|elementary|some"
    r"|A1|A2|немного|базовый)\b"
)
MUCH = re.compile(r"(?i)\b(?:fluent(?:ly)?|C1|C2|B2|native|proficient|advanced|свободн\w+)\b")
NEAR = 40


@rule("contradicting-level", Severity.MINOR, Criterion.EVIDENCE)
def contradicting_level(letter: Letter) -> Iterator[Hit]:
    """A language called weak in one place and strong in another."""
    weak: dict[str, Sentence] = {}
    strong: dict[str, str] = {}
    for sentence, _ in letter.body:
        for found in LANGUAGE.finditer(sentence.text):
            said = found.group().lower()
            name = NAMED_OTHERWISE.get(said, said)
            around = sentence.text[max(0, found.start() - NEAR) : found.end() + NEAR]
            if level := MUCH.search(around):
                strong.setdefault(name, level.group())
            elif LITTLE.search(around):
                weak.setdefault(name, sentence)
    for name, sentence in weak.items():
        if name in strong:
            yield Hit(sentence.start, sentence.end, facts={"level": strong[name]})
