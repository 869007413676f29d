"""Pictures of a deck: how much of it is remembered today, and what falls due in the days ahead.

The same card as the month's (coach/pictures.py): light, opaque, told by shapes and in words.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import fmean

from babel.dates import format_date

from coach.cards import Card, due_day, remembered
from coach.interviews import Interview, ahead
from coach.lettering import Line, fit, wrap
from coach.pictures import HEAT, INK, MARGIN, PANEL, RIGHT, SOFT, TODAY, card
from coach.scheduling import Wishes
from coach.texts import say, speakable

AHEAD = 21
"""Days that are shown: three weeks are as far as a plan for the day still holds."""

STRONG, FAIR = 0.9, 0.7
"""The chances of remembering from which on a card counts as strong and as fair."""


@dataclass(frozen=True, slots=True)
class DeckFacts:
    """A deck on a study day: the chance, 0–1, of each card that was met, how many were not, how
    many fall due on each day (what was due before today counts for today), and the interview."""

    today: date
    chances: Sequence[float]
    new: int
    due: Mapping[date, int] = field(default_factory=dict[date, int])
    interview: Interview | None = None

    @property
    def expected(self) -> float | None:
        """The share of the cards met that is remembered today; None before the first."""
        return fmean(self.chances) if self.chances else None

    @property
    def shares(self) -> tuple[int, int, int]:
        """How many cards are strong, fair and fading."""
        strong = sum(chance >= STRONG for chance in self.chances)
        fair = sum(FAIR <= chance < STRONG for chance in self.chances)
        return strong, fair, len(self.chances) - strong - fair

    @property
    def days(self) -> list[tuple[date, int]]:
        """The days that are shown, each with what falls due."""
        ahead = (self.today + timedelta(n) for n in range(AHEAD))
        return [(day, self.due.get(day, 0)) for day in ahead]


def deck_of(
    cards: Iterable[Card], today: date, wishes: Wishes, interview: Interview | None = None
) -> DeckFacts:
    """What a picture needs to know of somebody's cards."""
    kept = [each for each in cards if not each.suspended]
    due: dict[date, int] = {}
    for each in kept:
        if falls := due_day(each, ahead(interview, today)):
            day = max(today, falls)
            due[day] = due.get(day, 0) + 1
    chances = [remembered(each, today, wishes) for each in kept if each.state]
    return DeckFacts(today, chances, len(kept) - len(chances), due, interview)


def deck(facts: DeckFacts, language: str) -> str:
    """The deck as an SVG card of SIZE × SIZE; nothing of it lies outside."""
    language = speakable(language)
    parts = [*_head(facts, language), *_shares(facts, language), *_ahead(facts, language)]
    return card(parts)


def caption(facts: DeckFacts, language: str) -> str:
    """The picture in words."""
    language = speakable(language)
    told = [_headline(facts, language)]
    if facts.chances:
        strong, fair, fading = facts.shares
        told.append(say(language, "memory.shares", strong=strong, fair=fair, fading=fading))
    if facts.new:
        told.append(say(language, "memory.new", count=facts.new))
    if facts.chances:
        week = sum(count for _, count in facts.days[:7])
        told.append(say(language, "memory.week", count=week, today=facts.days[0][1]))
    if facts.interview and facts.interview.on >= facts.today:
        day = format_date(facts.interview.on, "d MMMM", locale=language)
        told.append(say(language, "memory.interview", day=day))
    return " ".join(told)


def _headline(facts: DeckFacts, language: str) -> str:
    if facts.expected is None:
        return say(language, "memory.none_met")
    return say(
        language, "memory.expected", percent=_percent(facts.expected), count=len(facts.chances)
    )


def _percent(share: float) -> int:
    return round(share * 100)


# The head: how much would be remembered if it were asked now.


def _head(facts: DeckFacts, language: str) -> Iterator[str]:
    title = fit(say(language, "memory.title"), 640, 56, least=36, weight="bold")
    yield title.svg(MARGIN, 118, fill=INK)
    day = format_date(facts.today, "d MMMM y", locale=language)
    yield fit(day, 300, 32, least=20).svg(RIGHT, 116, fill=SOFT, anchor="end")
    if facts.expected is None:
        for place, line in enumerate(wrap(_headline(facts, language), RIGHT - MARGIN, 40, lines=3)):
            yield line.svg(MARGIN, 230 + 52 * place, fill=INK)
        return
    number = Line(f"{_percent(facts.expected)} %", 120, "bold")
    yield number.svg(MARGIN, 258, fill=TODAY)
    room = RIGHT - MARGIN - number.width - 40
    words = wrap(
        say(language, "memory.expected_beside", count=len(facts.chances)), room, 34, lines=2
    )
    for place, line in enumerate(words):
        yield line.svg(MARGIN + number.width + 40, 214 + 46 * place, fill=INK)


# The bar: strong, fair, fading, new, with a mark and a number for each.

BAR_TOP, BAR_HEIGHT = 322, 56
FILLS = (HEAT[4], HEAT[2], "#F2D9A0", HEAT[0])
KINDS = ("strong", "fair", "fading", "unmet")


def _shares(facts: DeckFacts, language: str) -> Iterator[str]:
    counts = (*facts.shares, facts.new)
    total = sum(counts)
    x = float(MARGIN)
    for count, fill in zip(counts, FILLS, strict=True):
        width = (RIGHT - MARGIN) * count / total if total else 0
        if count:
            yield (
                f'<rect x="{x:g}" y="{BAR_TOP}" width="{max(width - 4, 2):g}"'
                f' height="{BAR_HEIGHT}" rx="{min(10, max(width - 4, 2) / 2):g}" fill="{fill}"/>'
            )
        x += width
    room = (RIGHT - MARGIN) / len(KINDS)
    for place, (kind, count, fill) in enumerate(zip(KINDS, counts, FILLS, strict=True)):
        left = MARGIN + place * room
        yield (
            f'<rect x="{left:g}" y="{BAR_TOP + 86}" width="26" height="26" rx="7" fill="{fill}"'
            f' stroke="{SOFT}" stroke-width="1.5"/>'
        )
        text = f"{count} {say(language, f'memory.{kind}', count=count)}"
        yield fit(text, room - 50, 28, least=16).svg(left + 38, BAR_TOP + 109, fill=INK)


# The days ahead: a column each, today first.

AHEAD_TOP, FLOOR = 560, 930


def _ahead(facts: DeckFacts, language: str) -> Iterator[str]:
    yield (
        f'<rect x="{MARGIN}" y="{AHEAD_TOP - 76}" width="{RIGHT - MARGIN}"'
        f' height="{FLOOR - AHEAD_TOP + 160}" rx="24" fill="{PANEL}"/>'
    )
    title = fit(say(language, "memory.ahead"), RIGHT - MARGIN - 64, 32, least=20, weight="bold")
    yield title.svg(MARGIN + 32, AHEAD_TOP - 24, fill=INK)
    most = max((count for _, count in facts.days), default=0)
    width = (RIGHT - MARGIN - 64) / AHEAD
    for place, (day, count) in enumerate(facts.days):
        yield from _column(facts, day, count, MARGIN + 32 + place * width, width, most, language)


def _column(
    facts: DeckFacts, day: date, count: int, x: float, width: float, most: int, language: str
) -> Iterator[str]:
    height = (FLOOR - AHEAD_TOP - 40) * count / most if most else 0
    first, interview = day == facts.today, facts.interview and facts.interview.on == day
    fill = TODAY if first else HEAT[3]
    if count:
        top = FLOOR - max(height, 4)
        yield (
            f'<rect x="{x + 3:g}" y="{top:g}" width="{width - 6:g}" height="{max(height, 4):g}"'
            f' rx="5" fill="{fill}"/>'
        )
        yield fit(str(count), width + 4, 20, least=10).svg(
            x + width / 2, top - 8, fill=INK, anchor="middle"
        )
    else:
        yield f'<circle cx="{x + width / 2:g}" cy="{FLOOR - 5:g}" r="3" fill="{HEAT[0]}"/>'
    if interview:
        yield (
            f'<path d="M{x + width / 2:g} {AHEAD_TOP - 6}V{FLOOR - max(height, 4) - 34:g}"'
            f' stroke="{INK}" stroke-width="2.5" stroke-dasharray="7 7"/>'
        )
        yield _interview_word(x + width / 2, language)
    if name := _name(facts, day, language):
        line = fit(name, width * 3, 22, least=14, weight="bold" if first else "regular")
        left = x + 3 if first else x + width / 2
        ink = INK if first or interview else SOFT
        yield line.svg(left, FLOOR + 36, fill=ink, anchor="start" if first else "middle")


def _interview_word(x: float, language: str) -> str:
    """What the dashed line stands for, on the side that has room."""
    line = fit(say(language, "memory.interview_line"), 300, 22, least=14)
    right = x + 10 + line.width < RIGHT - 16
    return line.svg(
        x + 10 if right else x - 10, AHEAD_TOP + 12, fill=INK, anchor="start" if right else "end"
    )


APART = timedelta(days=4)
"""Days between two names below the columns, so that they don't run into each other."""


def _name(facts: DeckFacts, day: date, language: str) -> str:
    """What stands below a column: today, the interview, and Mondays that are far enough away."""
    on = facts.interview.on if facts.interview else facts.today
    if day == facts.today:
        return say(language, "memory.today")
    near = min(abs(day - facts.today), abs(day - on)) < APART
    if day == on or (day.isoweekday() == 1 and not near):
        return format_date(day, "d MMM", locale=language)
    return ""
