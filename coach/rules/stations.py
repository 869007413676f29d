"""The stations of a CV: its sections, their lines, and the spans of time that they name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum


class Section(StrEnum):
    """What a part of a CV is about."""

    WORK = "work"
    STUDY = "study"
    SUMMARY = "summary"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a CV, without the white space around it."""

    start: int
    end: int
    text: str
    section: Section


@dataclass(frozen=True, slots=True)
class Station:
    """A job or a course of study: months are counted from year 0, `last` is None while it goes
    on. `exact`: both ends name a month."""

    start: int
    end: int
    first: int
    last: int | None
    exact: bool
    section: Section
    title: str
    items: tuple[Line, ...] = ()


WORDS = {
    Section.WORK: (
        r"(?:(?:work|professional|employment|relevant|practical|beruflich\w+)\s+)?"
        r"(?:experience|employment|work|history|career|berufserfahrung|werdegang|berufspraxis"
        r"|erfahrung|опыт(?:\s+работы)?|трудовой\s+стаж)(?:\s+history)?"
    ),
    Section.STUDY: (
        r"(?:education|studies|academic\s+background|ausbildung|studium|bildungsweg|bildung"
        r"|образование|обучение)(?:\s+(?:and|und|и)\s+\w+)?"
    ),
    Section.SUMMARY: (
        r"(?:(?:career|professional)\s+)?(?:objective|summary|profile)|about\s+me|profil|ziel"
        r"|о\s+себе|обо\s+мне|цель"
    ),
    Section.OTHER: (
        r"(?:(?:technical|key|personal|selected|other|it)\s+)?(?:skills|languages|projects|interests"
        r"|hobbies|certificates|certifications|publications|awards|references|contact|courses"
        r"|volunteering|training|tools|kenntnisse|sprachen|projekte|interessen|hobbys|zertifikate"
        r"|навыки|языки|проекты|интересы|хобби|курсы|сертификаты|контакты|публикации)"
    ),
}
HEADINGS = {
    section: re.compile(rf"(?i)[\s#*_>·•-]*(?:{words})[\s*_]*:?\s*")
    for section, words in WORDS.items()
}
DATE = (
    r"(?:(?P<m{n}>\d{{1,2}})[./]|(?P<name{n}>[A-Za-zА-Яа-яäé]{{3,9}})\.?\s+)?"
    r"(?P<y{n}>(?:19|20)\d\d)"
)
OPEN = (
    r"present|today|now|current(?:ly)?|ongoing|date|heute|н\.\s*в\w*\.?|наст\w+(?:\s+время)?|сейчас"
)
RANGE = re.compile(
    rf"(?i)\b{DATE.format(n=1)}\s*(?:г\.?|года?)?\s*(?:[-–—]+|\bto\b|\buntil\b|\bbis\b|\bпо\b)\s*"
    rf"(?:{DATE.format(n=2)}|(?P<open>{OPEN}))\b"
)
MONTHS = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    "янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек",
    "jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez",
)  # fmt: skip
BULLET = re.compile(r"[●•▪◦‣∙·*+–—-]\s+")


def lines(text: str) -> Iterator[tuple[Line, Section | None]]:
    """The lines that say something, each with its section; of a heading also which it opens."""
    section = Section.OTHER
    for found in re.finditer(r"[^\n\r]+", text):
        said = found.group().strip()
        if said:
            opened = next((name for name, words in HEADINGS.items() if words.fullmatch(said)), None)
            section = opened or section
            start = found.start() + found.group().index(said[0])
            yield Line(start, start + len(said), said, section), opened


def stations(text: str) -> tuple[Station, ...]:
    """Every line with a span of time, with the list items below it, in order."""
    found: list[Station] = []
    title = ""
    for line, opened in lines(text):
        if opened:
            title = ""
        elif spanned := RANGE.search(line.text):
            found.append(_station(line, spanned, title))
            title = ""
        elif found and found[-1].section is line.section and BULLET.match(line.text):
            found[-1] = replace(found[-1], items=(*found[-1].items, line))
        else:
            title = line.text
    return tuple(found)


def _station(line: Line, spanned: re.Match[str], title: str) -> Station:
    first, exact = _month(spanned, 1)
    last, ends_exact = (None, True) if spanned["open"] else _month(spanned, 2)
    start = line.start + spanned.start()
    end = line.start + spanned.end()
    said = f"{title} {line.text}"
    return Station(start, end, first, last, exact and ends_exact, line.section, said)


def _month(spanned: re.Match[str], number: int) -> tuple[int, bool]:
    """The month of an end of a span, counted from year 0; and whether it is named."""
    year = 12 * int(spanned[f"y{number}"])
    if spanned[f"m{number}"]:
        return year + int(spanned[f"m{number}"]), True
    name = (spanned[f"name{number}"] or "")[:3].lower()
    return (year + MONTHS.index(name) % 12 + 1, True) if name in MONTHS else (year, False)


def months_worked(found: tuple[Station, ...]) -> int:
    """At least so many months of work; what goes on counts up to the last year that is named."""
    known = [one.last or one.first for one in found]
    latest = max(known, default=0)
    worked = [one for one in found if one.section is Section.WORK]
    return sum(max(0, (one.last or latest) - one.first) for one in worked)
