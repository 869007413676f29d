"""What only a CV can get wrong: dates, tenses, grades, the order of its sections, its objective."""

import re
from collections.abc import Iterator
from itertools import combinations

from coach.letters import Criterion, Kind, Severity
from coach.rules import phrases
from coach.rules.letter import Letter
from coach.rules.registry import Hit, rule
from coach.rules.signs import IRREGULAR, Sign
from coach.rules.signs import read as read_signs
from coach.rules.stations import BULLET, Line, Section, Station, lines, months_worked, stations

BESIDE = re.compile(
    r"(?i)\b(?:part[- ]time|freelanc\w*|self[- ]employed|volunteer\w*|tutor\w*|intern\w*|founder"
    r"|board|consultan\w+|student assistant|werkstudent\w*|minijob|teilzeit|nebenberuflich"
    r"|ehrenamt\w*|совместит\w*|подработк\w*|фриланс\w*|волонт\w*|стаж[её]р\w*)\b"
)
"""Work that one does beside other work."""
YEAR = 12
TURN = 1
"""Months that a change of job may overlap."""


@rule("contradicting-dates", Severity.MAJOR, Criterion.MECHANICS)
def contradicting_dates(letter: Letter) -> Iterator[Hit]:
    """A span that ends before it begins, and two full jobs at one time."""
    if letter.kind is not Kind.CV:
        return
    found = stations(letter.prose)
    for one in found:
        if one.last is not None and one.last < one.first:
            yield Hit(one.start, one.end, "backwards")
    jobs = [one for one in found if one.section is Section.WORK and not BESIDE.search(one.title)]
    for one, other in combinations(jobs, 2):
        if _overlap(one, other):
            facts = {"other": letter.text[one.start : one.end]}
            yield Hit(other.start, other.end, "overlap", facts, Severity.MINOR)


def _overlap(one: Station, other: Station) -> bool:
    exact = one.exact and other.exact
    shared = min(_end(one), _end(other)) - max(one.first, other.first)
    apart = one.last == one.first or other.last == other.first
    return not apart and shared > (TURN if exact else YEAR - 1) and _end(one) > one.first


def _end(one: Station) -> float:
    return float("inf") if one.last is None else one.last


PRESENT = re.compile(
    r"(?i)(?:manage|lead|develop|build|help|write|create|maintain|support|design|teach|run|organi[sz]e"
    r"|coordinate|analy[sz]e|train|handle|answer|assist|prepare|own|oversee|conduct|perform|supervise"
    r"|implement|work|report|plan|review|monitor|ensure|provide|collaborate|take care)(?:e?s)?\b"
)
PAST = re.compile(rf"(?i)(?:\w+ed|{IRREGULAR})\b")


@rule("tense-mix", Severity.MINOR, Criterion.MECHANICS)
def tense_mix(letter: Letter) -> Iterator[Hit]:
    """A line in the present among past ones, in a job that has ended."""
    if letter.kind is not Kind.CV:
        return
    for one in stations(letter.prose):
        if one.last is None or one.section is not Section.WORK:
            continue
        past = [item for item in one.items if PAST.match(_said(item))]
        present = [item for item in one.items if PRESENT.match(_said(item)) and item not in past]
        if past:
            yield from (Hit(item.start, item.end) for item in present)


def _said(item: Line) -> str:
    return BULLET.sub("", item.text, count=1)


GRADE = re.compile(
    r"(?i)\b(?:GPA|grade\s+point\s+average|notenschnitt|средний\s+балл)\b[^\n,;]{0,14}"
)
COURSE_LIST = re.compile(
    r"(?i)^\W*(?:relevant\s+)?(?:courses?|coursework|modules|lehrveranstaltungen|курсы|дисциплины)\s*:"
    r"(?:[^,]+,){2}"
)
SCHOOL = re.compile(r"(?i)\b(?:high|secondary|middle|grammar)\s+school\b|\bgymnasium\b|\bшкола\b")
SEASONED = 24
"""After two years of work grades and courses give way to it (the seed notes' hiring manager)."""


@rule("old-grades", Severity.MINOR, Criterion.STRUCTURE_LENGTH)
def old_grades(letter: Letter) -> Iterator[Hit]:
    """Grades, lists of courses and school, in the CV of somebody with years of work."""
    if letter.kind is not Kind.CV or months_worked(stations(letter.prose)) < SEASONED:
        return
    study = [line for line, _ in lines(letter.prose) if line.section is Section.STUDY]
    for line in study:
        if found := GRADE.search(line.text):
            yield Hit(
                line.start + found.start(), line.start + len(found[0].rstrip()) + found.start()
            )
        elif COURSE_LIST.match(line.text) or (SCHOOL.search(line.text) and len(study) > 2):
            yield Hit(line.start, line.end)


@rule("section-order", Severity.MINOR, Criterion.STRUCTURE_LENGTH)
def section_order(letter: Letter) -> Iterator[Hit]:
    """Studies above years of work; or a student's studies below odd jobs."""
    if letter.kind is not Kind.CV:
        return
    opened = {section: line for line, section in lines(letter.prose) if section}
    work, study = opened.get(Section.WORK), opened.get(Section.STUDY)
    found = stations(letter.prose)
    if not work or not study:
        return
    studies_on = any(one.last is None for one in found if one.section is Section.STUDY)
    worked = months_worked(found)
    if study.start < work.start and worked >= SEASONED and not studies_on:
        yield Hit(study.start, study.end, "worked")
    if work.start < study.start and worked < SEASONED / 2 and studies_on:
        yield Hit(study.start, study.end, "studying")


EXPECTED = re.compile(r"(?i)\b(?:expected|graduat\w+|until|voraussichtlich|ожида\w+|окончани\w+)\b")


@rule("no-graduation-date", Severity.MINOR, Criterion.STRUCTURE_LENGTH)
def no_graduation_date(letter: Letter) -> Iterator[Hit]:
    """Studies that go on, with no word on when they end."""
    if letter.kind is not Kind.CV:
        return
    for one in stations(letter.prose):
        if one.section is Section.STUDY and one.last is None:
            after = letter.prose[one.end : one.end + 120]
            if not EXPECTED.search(one.title) and not EXPECTED.search(after):
                yield Hit(one.start, one.end)


GENERAL_WORDS = 2


@rule("empty-objective", Severity.MINOR, Criterion.CLARITY_VOICE)
def empty_objective(letter: Letter) -> Iterator[Hit]:
    """A summary at the top of a CV that would fit anybody."""
    if letter.kind is not Kind.CV:
        return
    for line, opened in lines(letter.prose):
        if line.section is Section.SUMMARY and not opened and _is_general(letter, line):
            yield Hit(line.start, line.end)
            return


def _is_general(letter: Letter, line: Line) -> bool:
    read = read_signs(line.text)
    if read & {Sign.OUTCOME, Sign.NUMBER, Sign.DEED}:
        return False
    words = [word for word in letter.words if line.start <= word.start < line.end]
    lists = ("vague", "cliches", "qualities")
    return (
        sum(1 for name in lists for _ in phrases.find(name, letter.prose, words)) >= GENERAL_WORDS
    )
