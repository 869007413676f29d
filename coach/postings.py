"""How well a letter answers a posting: by rules, with quotes.

Rules see words, not meaning, so they claim little. "Strong" needs a deed with an effect, a
number or a link beside the match, most of the requirement's words, and no "I would like to";
anything less is "partial", and nothing found is "missing", without a quote.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coach import terms
from coach.letters import Coverage, Kind, Strength
from coach.questions import questions
from coach.requirements import Requirement, own_requirements, requirements
from coach.rules import honest
from coach.rules.blocks import BlockKind, Sentence
from coach.rules.signs import Sign, read
from coach.terms import phrase
from coach.texts import say

__all__ = [
    "Requirement",
    "cover",
    "form",
    "own_requirements",
    "requirements",
    "told_of",
    "unjudged",
    "worth",
]

LONGEST_QUOTE = 240
"""Characters; a quote is there to be recognised, not to be read again."""

ENOUGH = 0.5
"""The share of a requirement's weight that a strong answer touches."""

LINK = re.compile(r"https?://|www\.|\]\(|\b(?:github|gitlab)\.com/")
LACKS = re.compile(r"(?i)^\W*(?:partial|no\b|not yet|none|частично|нет\b)|would not call")
"""The beginning of an answer that says it is none."""

HAS_NONE = phrase("phrases", "has_none")
WISHES = phrase("phrases", "wishes")
CREDENTIAL = phrase("phrases", "credential")
HOLDS = phrase("phrases", "holds")
"""A degree or a licence is shown by having it."""

APPLIES = phrase("phrases", "applies")
"""A sentence that names the post speaks the posting's words without answering it."""

NOTE = re.compile(r"(?i)\b(?:TBD|TODO|XXX)\b|\?\?\?|\[[^\]]*(?:add|insert|here)[^\]]*\]|^\W*$")
ASKED_YEARS = re.compile(
    r"(?i)(\d{1,2})\s*(?:\+|[-–]\s*\d+)?\s*(?:or more\s*)?(?:years?|лет|года?)\b"
)
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
SAID_YEARS = re.compile(rf"(?i)\b(\d{{1,2}}|{'|'.join(NUMBERS)})\+?\s*(?:years?|лет|года?)\b")
SINCE = re.compile(r"(?i)\b(?:since|с)\s+(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence of the letter that answers a requirement, and how much of it."""

    place: int
    sentence: Sentence
    share: float


def cover(
    asked: Sequence[Requirement], letter: str, *, language: str = "en"
) -> tuple[Coverage, ...]:
    """How a letter answers each requirement, in order. Quotes are passages of the letter, word
    for word; advice is said in `language`."""
    said = [
        sentence
        for sentence in honest.said(letter)
        if sentence.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)
    ]
    return tuple(_covered(requirement, said, language) for requirement in asked)


def _covered(requirement: Requirement, said: list[Sentence], language: str) -> Coverage:
    match = _best(requirement, said)
    if match is None:
        return _missing(requirement, language)
    verdict = _verdict(requirement, match, said)
    if verdict == "admitted":
        return _none(requirement, _advice(language, verdict))
    strength = Strength.STRONG if verdict == "strong" else Strength.PARTIAL
    advice = _advice(language, verdict, count=_asked_years(requirement.text) or 0)
    quote = _quote(match.sentence)
    return Coverage(requirement.text, quote, strength, advice, requirement.must)


def form(text: str, kind: Kind) -> tuple[Requirement, ...]:
    """What a form asks, each with the span of its answer: its headings, else its questions; empty
    for any other document."""
    if not kind.is_answers:
        return ()
    return own_requirements(text) or tuple(
        Requirement(each.text, answer=each.answer) for each in questions(text)
    )


def told_of(asked: Sequence[Requirement], rows: Sequence[Coverage] | None) -> bool:
    """Whether the rows speak of exactly what is asked, in its order."""
    return bool(rows) and [row.requirement for row in rows] == [one.text for one in asked]


def unjudged(asked: Sequence[Requirement], language: str) -> tuple[Coverage, ...]:
    """A row a question that says no more than whether anything stands below it: whether that
    answers it, rules can't tell."""
    return tuple(
        _none(each, "" if each.answer and each.answer[0] < each.answer[1] else empty)
        for empty in [_advice(language, "empty")]
        for each in asked
    )


def worth(passage: str) -> Strength:
    """The most that a passage can prove of anything: nothing when it denies or only names the
    post, strong with two of a deed, an effect, a number and a link."""
    if HAS_NONE.search(passage) or APPLIES.search(passage):
        return Strength.MISSING
    shown = len(read(passage) & {Sign.DEED, Sign.OUTCOME, Sign.NUMBER})
    return Strength.STRONG if shown + bool(LINK.search(passage)) >= 2 else Strength.PARTIAL


def _missing(requirement: Requirement, language: str) -> Coverage:
    verdict = "empty" if requirement.answer else "missing_nice"
    if requirement.must and not requirement.answer:
        verdict = "missing_must"
    return _none(requirement, _advice(language, verdict))


def _none(requirement: Requirement, advice: str) -> Coverage:
    return Coverage(requirement.text, None, Strength.MISSING, advice, requirement.must)


def _advice(language: str, verdict: str, **facts: object) -> str:
    return say(language, f"postings.advice.{verdict}", **facts)


def _best(requirement: Requirement, said: list[Sentence]) -> Match | None:
    """The sentence that says most about a requirement; among equals the one with evidence."""
    if requirement.answer:
        return _best_answer(requirement, said)
    matches = [
        Match(place, sentence, share)
        for place, sentence in enumerate(said)
        if (share := _share(requirement.text, sentence.text)) > 0
        and not APPLIES.search(sentence.text)
    ]
    return max(matches, key=lambda match: _merit(match, said), default=None)


def _best_answer(requirement: Requirement, said: list[Sentence]) -> Match | None:
    """Under its own heading everything answers: the sentence with the best evidence."""
    start, end = requirement.answer or (0, 0)
    answers = [
        Match(place, sentence, max(ENOUGH, _share(requirement.text, sentence.text)))
        for place, sentence in enumerate(said)
        if start <= sentence.start < end and not NOTE.search(sentence.text)
    ]
    if not answers:
        return None
    if _says_lacking(answers[0].sentence.text[:60]):
        said_more = next((one for one in answers if len(one.sentence.text.split()) > 2), answers[0])
        return Match(said_more.place, said_more.sentence, 0.0)
    return max(answers, key=lambda match: _merit(match, said))


def _says_lacking(beginning: str) -> bool:
    return bool(LACKS.search(beginning) or HAS_NONE.search(beginning))


def _merit(match: Match, said: list[Sentence]) -> tuple[float, bool, int]:
    evident = _evident(match, said)
    wished = bool(WISHES.search(match.sentence.text))
    return match.share + 0.5 * evident - 0.3 * wished, evident, -match.place


def _share(requirement: str, sentence: str) -> float:
    """How much of a requirement's weight a sentence touches, 0 to 1; 0 when what it touches is
    one ordinary word of several."""
    wanted = terms.weights(_without_examples(requirement))
    spoken = terms.stems(sentence)
    named = terms.names(sentence)
    touched = {word: 2.0 if word in named else wanted[word] for word in wanted.keys() & set(spoken)}
    weight = sum(touched.values())
    related = _relative(requirement, spoken) or bool(touched.keys() & _alternatives(requirement))
    if not related and weight < 2 and len(wanted) > 2:
        return 0.0
    if OR.search(requirement) and 2.0 in touched.values():
        return 1.0
    whole = sum(wanted.values()) or 1.0
    return min(1.0, max(weight / whole, 0.6 * related))


OR = re.compile(r"(?i)\b(?:or|oder|или)\b")


def _alternatives(requirement: str) -> set[str]:
    """The words on either side of an "or", and before its commas: one of them is enough."""
    bare = _without_examples(requirement)
    sides = [list(terms.weights(part)) for part in re.split(f"{OR.pattern}|,", bare)]
    if not OR.search(bare) or not all(sides):
        return set()
    return {sides[0][-1], *(side[0] for side in sides[1:])}


EXAMPLES = re.compile(r"\([^()]*\)|,? (?:such as|like|e\.g\.|z\. ?B\.|например)[^,;]*$")


def _without_examples(requirement: str) -> str:
    """What is asked, without what is only named as an instance of it."""
    rest = EXAMPLES.sub(" ", requirement)
    return rest if terms.weights(rest) else requirement


def _relative(requirement: str, spoken: Sequence[str]) -> bool:
    line = f" {' '.join(spoken)} "
    return any(
        f" {' '.join(phrase)} " in line
        for group in terms.groups_in(requirement)
        for phrase in group
    )


def _verdict(requirement: Requirement, match: Match, said: list[Sentence]) -> str:
    """What keeps a match from being strong, or "strong"."""
    text = match.sentence.text
    if HAS_NONE.search(_clause(requirement.text, text)) and not requirement.answer:
        return "admitted"
    if match.share < ENOUGH:
        return "touched"
    if _is_list(match.sentence):
        return "listed"
    if CREDENTIAL.search(requirement.text) and _holds(text):
        return "strong"
    if not _evident(match, said):
        return "wished" if WISHES.search(text) else "no_evidence"
    return "strong" if _long_enough(requirement.text, text) else "years"


def _holds(text: str) -> bool:
    return bool(CREDENTIAL.search(text) and HOLDS.search(text)) and not WISHES.search(text)


def _clause(requirement: str, text: str) -> str:
    """The part of a sentence that touches the requirement: what is denied in another part isn't
    denied here."""
    parts = re.split(r"[,;:]\s|\bbut\b|\band\b|\bно\b", text)
    return max(parts, key=lambda part: _share(requirement, part))


def _evident(match: Match, said: list[Sentence]) -> bool:
    """A deed with an effect, a number or a link beside it: in the sentence or in the next one of
    the same paragraph."""
    here = match.sentence
    after = said[match.place + 1 : match.place + 2]
    beside = here.text + "".join(f" {each.text}" for each in after if each.block == here.block)
    shown = LINK.search(beside) or read(beside) & {Sign.OUTCOME, Sign.NUMBER}
    told = f"{here.text} {after[0].text}" if _goes_on(here, after) else here.text
    return Sign.DEED in read(told) and bool(shown)


REFERS = re.compile(r"(?i)\b(?:them|it|these|those|их|его|её|ею|ими|sie|ihn)\b")


def _goes_on(here: Sentence, after: Sequence[Sentence]) -> bool:
    """Whether the next sentence tells what was done with what this one names."""
    return bool(after) and after[0].block == here.block and bool(REFERS.search(after[0].text))


def _is_list(sentence: Sentence) -> bool:
    """Four things with commas between them and nobody doing anything."""
    commas = sentence.text.count(",") + sentence.text.count(";")
    return commas >= 3 and Sign.DEED not in read(sentence.text)


def _asked_years(requirement: str) -> int | None:
    found = ASKED_YEARS.search(requirement)
    return int(found[1]) if found else None


def _long_enough(requirement: str, text: str) -> bool:
    """Whether the years that a sentence names are as many as asked; none asked: always."""
    asked = _asked_years(requirement)
    if asked is None or SINCE.search(text):
        return True
    return any(_number(found) >= asked for found in SAID_YEARS.findall(text))


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS.index(word.casefold()) + 1


def _quote(sentence: Sentence) -> str:
    """The sentence, or its beginning up to a word's end: always a passage of the letter."""
    text = sentence.text.strip()
    if len(text) <= LONGEST_QUOTE:
        return text
    return text[: text.rindex(" ", 0, LONGEST_QUOTE)] if " " in text[:LONGEST_QUOTE] else text
