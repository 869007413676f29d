"""The week as one card worth showing to others: what was made, on which days, how many in a row.

Nothing of a letter stands on it, no score and nothing that was missed: who shares it shows what
they did, and no more. The same card as the month's (coach/pictures.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from babel import Locale
from babel.dates import format_date

from coach.lettering import Line, fit, wrap
from coach.pictures import (
    HEAT,
    INK,
    LONGEST_CAPTION,
    MARGIN,
    MARKS,
    PANEL,
    RIGHT,
    SOFT,
    TODAY,
    Day,
    card,
    counted,
    mark,
)
from coach.texts import say, speakable
from coach.weeks import Account

WORKS = 3
"""Proofs that are named."""


@dataclass(frozen=True, slots=True)
class WeekFacts:
    """A person's week: its Monday, what was done by day, the proofs of the week in words (the
    newest first), how the weeks stand, and their first name."""

    monday: date
    days: Mapping[date, Day] = field(default_factory=dict[date, Day])
    works: Sequence[str] = ()
    account: Account = field(default_factory=Account)
    name: str = ""

    @property
    def of_week(self) -> list[tuple[date, Day]]:
        """Its seven days."""
        seven = (self.monday + timedelta(days=number) for number in range(7))
        return [(day, self.days.get(day, Day())) for day in seven]

    @property
    def total(self) -> Day:
        """What the week holds altogether."""
        done = [day for _, day in self.of_week]
        return Day(
            sum(day.proofs for day in done),
            sum(day.letters for day in done),
            sum(day.cards for day in done),
        )


def week(facts: WeekFacts, language: str) -> str:
    """The week as an SVG card of SIZE × SIZE; nothing of it lies outside."""
    language = speakable(language)
    parts = [
        *_head(facts, language),
        *_days(facts, language),
        *_works(facts, language),
        *_foot(facts, language),
    ]
    return card(parts)


def caption(facts: WeekFacts, language: str) -> str:
    """The picture in words, at most LONGEST_CAPTION characters."""
    language = speakable(language)
    if facts.total == Day():
        told = [say(language, "charts.week.empty", week=_span(facts, language))]
    else:
        marks = ", ".join(_done(facts, language))
        told = [say(language, "charts.week.said", week=_span(facts, language), marks=marks)]
        told += [f"{'; '.join(facts.works[:WORKS])}."] * bool(facts.works)
    if facts.account.streak > 1:
        told.append(f"{_row(facts, language)}.")
    return " ".join(told)[:LONGEST_CAPTION]


def _done(facts: WeekFacts, language: str) -> list[str]:
    """What there is of each kind; a kind of which there is nothing isn't named."""
    words = counted(facts.total, language)
    return [words[kind] for kind in MARKS if getattr(facts.total, kind)]


def _span(facts: WeekFacts, language: str) -> str:
    """The days of the week as "16–22 November", or with both months."""
    monday, sunday = facts.monday, facts.monday + timedelta(days=6)
    till = format_date(sunday, "d MMMM", locale=language)
    if monday.month == sunday.month:
        return f"{monday.day}–{till}"
    return f"{format_date(monday, 'd MMMM', locale=language)} – {till}"


def _row(facts: WeekFacts, language: str) -> str:
    return f"{facts.account.streak} {say(language, 'pictures.row', count=facts.account.streak)}"


# The head: whose week, and which.

WIDEST_NAME = 600


def _head(facts: WeekFacts, language: str) -> Iterator[str]:
    name = fit(facts.name, WIDEST_NAME, 64, least=52, weight="bold").text
    said = say(language, f"charts.week.{'whose' if name else 'mine'}", name=name)
    title = fit(said, RIGHT - MARGIN, 64, least=40, weight="bold")
    yield title.svg(MARGIN, 130, fill=INK)
    yield fit(_span(facts, language), RIGHT - MARGIN, 38, least=26).svg(MARGIN, 190, fill=SOFT)


# The days: seven cells, marked as in the month.

DAYS_TOP, CELL, GAP = 240, 124, 14
HEIGHT = 150


def _days(facts: WeekFacts, language: str) -> Iterator[str]:
    names = Locale(language).days["stand-alone"]["abbreviated"]
    for place, (day, done) in enumerate(facts.of_week):
        x = MARGIN + place * (CELL + GAP)
        yield (
            f'<rect x="{x}" y="{DAYS_TOP}" width="{CELL}" height="{HEIGHT}" rx="20"'
            f' fill="{HEAT[done.heat]}"/>'
        )
        name = fit(names[day.weekday()], CELL - 16, 26, least=16)
        ink = SOFT if done == Day() else INK
        yield name.svg(x + CELL / 2, DAYS_TOP + 42, fill=ink, anchor="middle")
        kinds = [kind for kind in MARKS if getattr(done, kind)]
        for number, kind in enumerate(kinds):
            middle = x + CELL / 2 + (number - (len(kinds) - 1) / 2) * 34
            yield mark(kind, middle, DAYS_TOP + 98)


# What was made, in words, or what the week still has room for.

WORKS_TOP, WORKS_HEIGHT, PAD = 416, 404, 40


def _works(facts: WeekFacts, language: str) -> Iterator[str]:
    yield (
        f'<rect x="{MARGIN}" y="{WORKS_TOP}" width="{RIGHT - MARGIN}" height="{WORKS_HEIGHT}"'
        f' rx="28" fill="{PANEL}"/>'
    )
    room, x = RIGHT - MARGIN - 2 * PAD, MARGIN + PAD
    if not facts.works:
        key = "charts.week.empty_note" if facts.total == Day() else "charts.week.quietly"
        for place, line in enumerate(wrap(say(language, key), room, 38, lines=4)):
            yield line.svg(x, WORKS_TOP + 84 + place * 54, fill=INK)
        return
    shown = facts.works[:WORKS]
    size, lines = (40, 5) if len(shown) == 1 else (34, 2)
    y = float(WORKS_TOP + 46 + size / 2)
    for work in shown:
        yield f'<circle cx="{x + 10}" cy="{y - size / 3:g}" r="10" fill="{TODAY}"/>'
        for line in wrap(work, room - 40, size, lines=lines):
            yield line.svg(x + 40, y, fill=INK)
            y += size * 1.3
        y += 22
    if (more := len(facts.works) - WORKS) > 0:
        said = fit(say(language, "charts.week.more", count=more), room - 40, 28, least=20)
        yield said.svg(x + 40, y, fill=SOFT)


# The foot: how much of each kind, the row of weeks, and where it comes from.

FOOT_TOP = 888


def _foot(facts: WeekFacts, language: str) -> Iterator[str]:
    x = float(MARGIN)
    for kind in (kind for kind in MARKS if getattr(facts.total, kind)):
        line = fit(counted(facts.total, language)[kind], 260, 34, least=22, weight="bold")
        yield mark(kind, x + 14, FOOT_TOP - 12)
        yield line.svg(x + 40, FOOT_TOP, fill=INK)
        x += 40 + line.width + 44
    if facts.account.streak > 1:
        number = Line(str(facts.account.streak), 84, "bold")
        words = say(language, "pictures.row", count=facts.account.streak)
        beside = fit(words, 480, 34, least=24, weight="bold")
        yield number.svg(MARGIN, 1004, fill=TODAY)
        yield beside.svg(MARGIN + number.width + 20, 1002, fill=INK)
    yield fit("Sogood", 200, 30, weight="bold", least=20).svg(RIGHT, 1004, fill=SOFT, anchor="end")
