"""Pictures: the month as a card, a heat map of days with its weeks, its row and its steadiness.

A picture is SVG text made from plain data alone; bot/drawing.py turns it into PNG. Cards are light
and opaque to the edge, so that they look the same in Telegram's dark and light modes. What a day
holds is told by shapes as well as by colour, and `caption` says the whole picture in words.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from babel import Locale
from babel.dates import format_date

from coach.fonts import FAMILY
from coach.lettering import Line, fit, wrap
from coach.texts import say, speakable
from coach.weeks import WEEK, Account, State, monday_of

SIZE = 1080
"""Width and height of a card in pixels: sharp on a phone, untouched by Telegram's scaling."""

LONGEST_CAPTION = 1024
"""Characters that Telegram allows under a photo."""

MARGIN = 64
RIGHT = SIZE - MARGIN

PAPER, PANEL, INK, SOFT = "#F3F1EB", "#FFFFFF", "#1E2B26", "#5B6862"
HEAT = ("#E6E9E3", "#D6EDDC", "#B2DDC0", "#86C9A1", "#56B383")
"""No day to a full one; ink on the darkest still has a contrast above 5 to 1."""
TODAY, BACK, BACK_INK = "#1F7A52", "#FFF0C9", "#5A4300"


class DrawingError(Exception):
    """A picture couldn't be drawn. Its text, which holds a person's name, isn't in the message."""


@dataclass(frozen=True, slots=True)
class Day:
    """What a person did on one local day: proofs put on the wall, letters sent in for a critique,
    cards answered."""

    proofs: int = 0
    letters: int = 0
    cards: int = 0

    @property
    def heat(self) -> int:
        """0 to 4, an index of HEAT. What others can see weighs double; twenty cards are a full
        session."""
        made = 2 * (self.proofs + self.letters)
        return min(4, made + (self.cards > 0) + (self.cards >= 20))


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """A person's month: any day of it, the local day it is drawn on, what was done by day, what
    became of the weeks by their Monday (those without an entry weren't asked about), how the weeks
    stand today, whatever the month. Days of other months in `days` are left out."""

    month: date
    today: date
    account: Account
    days: Mapping[date, Day] = field(default_factory=dict[date, Day])
    weeks: Mapping[date, State] = field(default_factory=dict[date, State])
    name: str = ""

    @property
    def over(self) -> bool:
        """Whether the month lies before the one of today."""
        return (self.month.year, self.month.month) < (self.today.year, self.today.month)

    @property
    def back(self) -> bool:
        """Whether the picture celebrates a return: one of this month does."""
        return self.account.returned and not self.over

    @property
    def of_month(self) -> dict[date, Day]:
        """The days of this month on which something was done."""
        wanted = self.month.year, self.month.month
        return {
            day: done
            for day, done in sorted(self.days.items())
            if (day.year, day.month) == wanted and done != Day()
        }

    @property
    def total(self) -> Day:
        """What the month holds altogether."""
        done = self.of_month.values()
        return Day(
            sum(day.proofs for day in done),
            sum(day.letters for day in done),
            sum(day.cards for day in done),
        )


def month(facts: MonthFacts, language: str) -> str:
    """The month as an SVG card of SIZE × SIZE; nothing of it lies outside."""
    language = speakable(language)
    return card([*_head(facts, language), *_grid(facts, language), *_foot(facts, language)])


def card(parts: Iterable[str]) -> str:
    """What stands on a card of SIZE × SIZE, with the paper beneath."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{SIZE}"'
        f' viewBox="0 0 {SIZE} {SIZE}" font-family="{FAMILY}">'
        f'<rect width="{SIZE}" height="{SIZE}" fill="{PAPER}"/>{"".join(parts)}</svg>'
    )


def caption(facts: MonthFacts, language: str) -> str:
    """The picture in words, for the line under it; at most LONGEST_CAPTION characters."""
    language = speakable(language)
    account, total, name = facts.account, facts.total, _month_name(facts, language)
    if total == Day():
        told = [say(language, f"pictures.caption.{'quiet' if facts.over else 'empty'}", month=name)]
    else:
        marks = say(language, "pictures.caption.marks", **counted(total, language))
        told = [
            say(language, "pictures.caption.month", month=name, marks=marks),
            say(language, "pictures.caption.active", count=len(facts.of_month)),
        ]
    told += [_row(facts, language), _beside(account, language)]
    if account.steadiness is not None:
        score = round(account.steadiness * 100)
        told.append(say(language, _standing_today(facts, "pictures.caption.score"), score=score))
    if facts.back:
        told.append(say(language, "pictures.headline.returned"))
    return " ".join(told)[:LONGEST_CAPTION]


def counted(total: Day, language: str) -> dict[str, str]:
    """Proofs, letters and cards with their numbers, in words, by their kind."""
    counts = {"proofs": total.proofs, "letters": total.letters, "cards": total.cards}
    return {
        kind: f"{count} {say(language, f'pictures.{kind}', count=count)}"
        for kind, count in counts.items()
    }


def _standing_today(facts: MonthFacts, key: str) -> str:
    """The words for how the weeks stand; in a month that is over they name the day."""
    return f"{key}_today" if facts.over else key


def _row(facts: MonthFacts, language: str) -> str:
    """The row of weeks in one sentence."""
    account, key = facts.account, _standing_today(facts, "pictures.row")
    if account.streak:
        return f"{account.streak} {say(language, key, count=account.streak)}."
    return say(language, f"pictures.headline.{'new_row' if account.done else 'begin'}")


def _beside(account: Account, language: str) -> str:
    """What goes with the row: the reserves, or what stays though no row runs."""
    if account.streak:
        left = {0: "none", 1: "one_left"}.get(account.reserves, "two")
        return say(language, f"pictures.reserves.{left}")
    if account.longest > 1:
        weeks = say(language, "progress.weeks", count=account.longest)
        return say(language, "pictures.headline.longest", weeks=weeks)
    return say(language, f"pictures.headline.{'new_row' if account.done else 'begin'}_note")


# The head: whose month it is.

WIDEST_NAME = 420


def _head(facts: MonthFacts, language: str) -> Iterator[str]:
    title = fit(_month_name(facts, language), 520, 60, least=40, weight="bold")
    yield title.svg(MARGIN, 120, fill=INK)
    if fit(facts.name, WIDEST_NAME, 34, least=26).text:
        text = say(language, "pictures.name", name=facts.name)
        yield fit(text, WIDEST_NAME, 34, least=26).svg(RIGHT, 118, fill=SOFT, anchor="end")


def _month_name(facts: MonthFacts, language: str) -> str:
    name = format_date(facts.month, "LLLL y", locale=language)
    return name[:1].upper() + name[1:]


# The grid: a row a week, a cell a day, and at its end what became of the week.

TOP = 208
GRID_HEIGHT = 492
CELL, GAP = 104, 10
WEEK_X = MARGIN + 7 * (CELL + GAP) + 8


def _grid(facts: MonthFacts, language: str) -> Iterator[str]:
    first = facts.month.replace(day=1)
    mondays = _mondays(first)
    step = GRID_HEIGHT / len(mondays)
    names = Locale(language).days["stand-alone"]["abbreviated"]
    for weekday in range(7):
        line = fit(names[weekday], CELL, 24, least=16)
        yield line.svg(_x(weekday) + CELL / 2, TOP - 22, fill=SOFT, anchor="middle")
    for number, monday in enumerate(mondays):
        top = TOP + number * step
        for weekday in range(7):
            day = monday + timedelta(days=weekday)
            if day.month == first.month:
                yield from _cell(facts, day, _x(weekday), top, step - GAP)
        yield from _week(facts, monday, top + (step - GAP) / 2, language)


def _mondays(first: date) -> list[date]:
    monday = monday_of(first)
    found: list[date] = []
    while (monday + timedelta(days=6)) < first or monday.replace(day=1) <= first:
        found.append(monday)
        monday += WEEK
    return found


def _x(weekday: int) -> float:
    return MARGIN + weekday * (CELL + GAP)


def _cell(facts: MonthFacts, day: date, x: float, y: float, height: float) -> Iterator[str]:
    done = facts.days.get(day, Day())
    ahead = day > facts.today and done == Day()
    fill = PANEL if ahead else HEAT[done.heat]
    edge = _edge(day == facts.today, ahead)
    yield (
        f'<rect x="{x:g}" y="{y:g}" width="{CELL}" height="{height:g}" rx="14"'
        f' fill="{fill}"{edge}/>'
    )
    yield Line(str(day.day), 22).svg(x + 14, y + 29, fill=SOFT if done == Day() else INK)
    kinds = [kind for kind in MARKS if getattr(done, kind)]
    for place, kind in enumerate(kinds):
        middle = x + CELL / 2 + (place - (len(kinds) - 1) / 2) * 31
        yield mark(kind, middle, y + height - 20)


def _edge(is_today: bool, ahead: bool) -> str:
    if is_today:
        return f' stroke="{TODAY}" stroke-width="4"'
    return f' stroke="{HEAT[0]}" stroke-width="2"' if ahead else ""


MARKS = ("proofs", "letters", "cards")


def mark(kind: str, x: float, y: float) -> str:
    """A mark around a point: a disc is a proof, an envelope a letter, two leaves cards."""
    if kind == "proofs":
        return f'<circle cx="{x:g}" cy="{y:g}" r="10" fill="{INK}"/>'
    outline = f'fill="{PANEL}" stroke="{INK}" stroke-width="2.5" stroke-linejoin="round"'
    if kind == "letters":
        return (
            f'<path d="M{x - 12:g} {y - 8.5:g}h24v17h-24z" {outline}/>'
            f'<path d="M{x - 12:g} {y - 8.5:g}l12 9l12 -9" {outline}/>'
        )
    return (
        f'<rect x="{x - 4:g}" y="{y - 11:g}" width="13" height="18" rx="2.5" {outline}/>'
        f'<rect x="{x - 9:g}" y="{y - 6:g}" width="13" height="18" rx="2.5" {outline}/>'
    )


def _week(facts: MonthFacts, monday: date, middle: float, language: str) -> Iterator[str]:
    """What became of a week; an open one, and one that wasn't asked about, says nothing."""
    state = facts.weeks.get(monday)
    held = monday in facts.account.covered
    word = (
        "reserve"
        if held
        else {State.DONE: "done", State.SKIPPED: "skipped"}.get(state or State.OPEN)
    )
    if word is None:
        return
    strong = word == "done"
    line = fit(
        say(language, f"pictures.week.{word}"),
        RIGHT - WEEK_X - (32 if strong else 0),
        24,
        least=16,
        weight="bold" if strong else "regular",
    )
    if strong:
        yield (
            f'<path d="M{WEEK_X} {middle:g}l8 9l14 -18" fill="none" stroke="{TODAY}"'
            ' stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/>'
        )
    yield line.svg(WEEK_X + (32 if strong else 0), middle + 8, fill=TODAY if strong else SOFT)


# The foot: what the marks mean and how many there are; the row of weeks; steadiness; a return.

PANEL_TOP = 790
PANEL_HEIGHT = 226
PAD = 36
SCORE_X = 708


def _foot(facts: MonthFacts, language: str) -> Iterator[str]:
    yield from _legend(facts.total, language)
    yield (
        f'<rect x="{MARGIN}" y="{PANEL_TOP}" width="{RIGHT - MARGIN}" height="{PANEL_HEIGHT}"'
        f' rx="24" fill="{PANEL}"/>'
    )
    steadiness = facts.account.steadiness
    room = (SCORE_X - 32 if steadiness is not None else RIGHT - PAD) - MARGIN - PAD
    yield from _standing(facts, room, language)
    if steadiness is not None:
        label = say(language, _standing_today(facts, "pictures.score.label"))
        yield from _steadiness(steadiness, label, language)


def _legend(total: Day, language: str) -> Iterator[str]:
    room = (RIGHT - MARGIN) / len(MARKS)
    for place, (kind, text) in enumerate(counted(total, language).items()):
        x = MARGIN + place * room
        yield mark(kind, x + 14, 742)
        yield fit(text, room - 56, 30, least=18).svg(x + 40, 753, fill=INK)


def _standing(facts: MonthFacts, room: float, language: str) -> Iterator[str]:
    """The row of weeks large, and below it the reserves, or a return in their place."""
    x, top, account = MARGIN + PAD, PANEL_TOP + 30, facts.account
    if account.streak:
        number = Line(str(account.streak), 84, "bold")
        words = say(language, _standing_today(facts, "pictures.row"), count=account.streak)
        beside = fit(words, room - number.width - 20, 36, least=20, weight="bold")
        yield number.svg(x, top + 66, fill=TODAY)
        yield beside.svg(x + number.width + 20, top + 64, fill=INK)
        below = top + (120 if facts.back else 112)
    else:
        lines = wrap(_row(facts, language), room, 36, lines=2, weight="bold")
        for place, line in enumerate(lines):
            yield line.svg(x, top + 36 + place * 44, fill=INK)
        below = top + 36 + len(lines) * 44 + 8
    text = say(language, "pictures.headline.returned") if facts.back else _beside(account, language)
    lines = wrap(text, room, 27, lines=2)
    if facts.back:
        yield (
            f'<rect x="{x - 16}" y="{below - 34:g}" width="{room + 24:g}"'
            f' height="{36 * len(lines) + 12}" rx="14" fill="{BACK}"/>'
        )
    for place, line in enumerate(lines):
        yield line.svg(x, below + place * 36, fill=BACK_INK if facts.back else SOFT)


def _steadiness(score: float, said: str, language: str) -> Iterator[str]:
    """The forgiving score (coach.weeks) as a number, a bar and one line that says what it is."""
    x, top, room = SCORE_X, PANEL_TOP + 30, RIGHT - PAD - SCORE_X
    number = Line(str(round(score * 100)), 60, "bold")
    label = fit(said, room, 27, least=18)
    unit = fit(say(language, "pictures.score.of"), room - number.width - 12, 27, least=18)
    note = fit(say(language, "pictures.score.note"), room, 22, least=14)
    yield label.svg(x, top + 22, fill=SOFT)
    yield number.svg(x, top + 86, fill=INK)
    yield unit.svg(x + number.width + 12, top + 84, fill=SOFT)
    bar = f'x="{x}" y="{top + 108}" height="16" rx="8"'
    yield f'<rect {bar} width="{room}" fill="{HEAT[0]}"/>'
    yield f'<rect {bar} width="{max(16, room * score):g}" fill="{HEAT[4]}"/>'
    yield note.svg(x, top + 160, fill=SOFT)
