"""What a reader does not need to know about the person."""

import re
from collections.abc import Iterator

from coach.letters import Criterion, Severity
from coach.rules.letter import Letter
from coach.rules.registry import Hit, rule

AGE_OR_FAMILY = re.compile(
    r"(?i:\b(?:I\s+am|I['’]m)\s+(?:\d{2}|(?:twenty|thirty|forty"
    r"|fifty)(?:[- ]\w+)?)(?:\s+years?\s+old)?(?=[,.;]| and\b| years?\b))"
    r"|(?i:(?<!about a )\b\d{2}(?:\s+|-)years?(?:\s+|-)old\b(?=,? (?:and|from|I)\b|,))"
    r"|(?i:\b(?:I\s+am|I['’]m)\s+(?:married|single|divorced|pregnant|catholic|orthodox"
    r"|muslim|christian|jewish|atheist)\b)"
    r"|(?i:(?<=, )(?:married|divorced|unmarried)(?=,| (?:with|and)))"
    r"|(?i:\b(?:date\s+of\s+birth|marital\s+status|nationality|religion)\s*:[^\n]{0,40})"
    r"|(?i:\bмне\s+\d{2}\s+(?:лет|год|года)\b)"
)
HOBBIES = re.compile(
    r"(?i)\b(?:hobb(?:y|ies)|in my (?:free|spare|leisure) time|outside (?:of )?work,? I"
    r"|when I['’]?a?m not (?:working|coding)|в свободное время|хобби|увлечения)\b"
)
SCHOOL_YEARS = re.compile(
    r"(?i)\b(?:(?:in|during|at|since) (?:my )?(?:high |secondary )?school(?: years| days)?"
    r"|school years|as a schoolchild|as a pupil|в школе|в школьные годы)\b(?! of)"
)
SCHOOL_DEED = re.compile(
    r"(?i)\b(?:organi[sz]ed|events?|counsell?or|olympiads?|competitions?|president of"
    r"|captain|volunteer\w*|camps?|shifts?|prizes?|class)\b"
)


@rule("personal-data", Severity.MINOR, Criterion.CLARITY_VOICE)
def personal_data(letter: Letter) -> Iterator[Hit]:
    """Age, family, faith: no evidence, and it invites bias."""
    if letter.is_letter:
        for found in AGE_OR_FAMILY.finditer(letter.prose):
            yield Hit(*found.span())


@rule("hobbies-last", Severity.MINOR, Criterion.STRUCTURE_LENGTH)
def hobbies_last(letter: Letter) -> Iterator[Hit]:
    """Hobbies as the last word: the place where a reader looks for what happens next."""
    body = [sentence for sentence, _ in letter.body]
    if letter.is_letter and len(body) >= 3 and HOBBIES.search(body[-1].text):
        yield Hit(body[-1].start, body[-1].end)


@rule("school-years", Severity.MINOR, Criterion.STRUCTURE_LENGTH)
def school_years(letter: Letter) -> Iterator[Hit]:
    """School-age merits in the letter of someone who has worked or studied since."""
    if not letter.is_letter:
        return
    for sentence, _ in letter.body:
        if SCHOOL_YEARS.search(sentence.text) and SCHOOL_DEED.search(sentence.text):
            yield Hit(sentence.start, sentence.end)
            return
