"""A day ahead as people type it: "20 Dec", "20.12.", "in 3 weeks", "завтра", "2026-12-20"."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from babel import Locale

from coach.monthdays import months_later
from coach.pauses import read_length
from coach.texts import LANGUAGES, say

FARTHEST = 366
"""Days ahead. What lies further has no plan yet that a day would change."""

JUST_PAST = timedelta(days=31)
"""A day without a year that lies so shortly behind was meant, and is refused as past."""

_NEAR = {
    "today": 0,
    "tomorrow": 1,
    "the day after tomorrow": 2,
    "сегодня": 0,
    "завтра": 1,
    "послезавтра": 2,
}

_IN = re.compile(r"(?:in|через)\s+(?P<length>.+)")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_NUMBERS = re.compile(r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})(?:[./](?P<year>\d{4}|\d{2})?)?")
_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th|-?го|\.)?\s*(?:of\s+)?(?P<name>[^\W\d_]+)\.?,?(?:\s+(?P<year>\d{4}))?"
)
_NAME_FIRST = re.compile(
    r"(?P<name>[^\W\d_]+)\.?\s*(?P<day>\d{1,2})(?:st|nd|rd|th)?,?(?:\s+(?P<year>\d{4}))?"
)
_FILLER = re.compile(r"^(?:(?:on|it is|it's|the|в|во|на|до|by|until)\s+)+|\s*(?:г\.?|года)$")


class DateError(ValueError):
    """What was typed is no day ahead: `code` is `unread`, `past` or `far`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def sentence(self, language: str) -> str:
        """What to type instead, with an example."""
        return say(language, f"interviews.refused.{self.code}")


def parse(text: str, today: date) -> date:
    """The day that is meant, today or later. A day without a year is its next one; of two numbers
    the day comes first, unless only the other order gives a day.

    Raises DateError.
    """
    words = _FILLER.sub("", " ".join(unicodedata.normalize("NFKC", text).casefold().split()))
    day = next((found for found in _meant(words, today) if found), None)
    if day is None:
        raise DateError("unread")
    if day < today:
        raise DateError("past")
    if (day - today).days > FARTHEST:
        raise DateError("far")
    return day


def _meant(words: str, today: date) -> Iterator[date | None]:
    if words in _NEAR:
        yield today + timedelta(days=_NEAR[words])
    if found := _IN.fullmatch(words):
        length = read_length(found["length"])
        yield length and length.after(today)
    yield _on_weekday(words, today)
    if found := _ISO.fullmatch(words):
        yield _day(found["day"], found["month"], found["year"], today)
    if found := _NUMBERS.fullmatch(words):
        yield _day(found["day"], found["month"], found["year"], today)
        yield _day(found["month"], found["day"], found["year"], today)
    if found := _DAY_FIRST.fullmatch(words) or _NAME_FIRST.fullmatch(words):
        month = _months().get(found["name"])
        yield _day(found["day"], month, found["year"], today) if month else None


def _on_weekday(words: str, today: date) -> date | None:
    """The next day of that name, today never."""
    iso = _weekdays().get(words.removeprefix("next ").removeprefix("следующий "))
    return today + timedelta(days=(iso - today.isoweekday() - 1) % 7 + 1) if iso else None


def _day(day: str, month: str | int, year: str | None, today: date) -> date | None:
    """That day of this year, or of the next when it is long past; None when there is none."""
    try:
        if year:
            return date(int(year) + 2000 * (len(year) == 2), int(month), int(day))
        this = date(today.year, int(month), int(day))
    except ValueError:
        return None
    return this if this >= today - JUST_PAST else months_later(this, 12)


@cache
def _months() -> dict[str, int]:
    """Every month by its names in every language we speak, also by its first three letters."""
    names: dict[str, int] = {}
    for language in LANGUAGES:
        months = Locale(language).months
        for context in ("format", "stand-alone"):
            for number, name in months[context]["wide"].items():
                low = name.casefold()
                names |= {low: number, low[:3]: number, low[:4]: number}
            for number, name in months[context]["abbreviated"].items():
                names[name.casefold().rstrip(".")] = number
    return names


@cache
def _weekdays() -> dict[str, int]:
    """Every weekday by its names; ISO numbers, Monday = 1. Russian "в среду" as well."""
    names: dict[str, int] = {"среду": 3, "пятницу": 5, "субботу": 6}
    for language in LANGUAGES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in Locale(language).days[context][width].items():
                    names[name.casefold().rstrip(".")] = number + 1
    return names
