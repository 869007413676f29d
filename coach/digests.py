"""The digest of a cohort: its weeks as a picture and in words, for all to look back on.

A column is a week and a disc is a member in it. Those who showed something lie at the bottom, with
their initials if they share links; who was away or silent is a disc like any other, so that the
picture says who was there and never who was not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coach.cohorts import Standing, Tally
from coach.fonts import FAMILY
from coach.lettering import Line, drawable, fit, wrap
from coach.pictures import (
    BACK,
    BACK_INK,
    HEAT,
    INK,
    LONGEST_CAPTION,
    MARGIN,
    PANEL,
    PAPER,
    RIGHT,
    SIZE,
    SOFT,
    TODAY,
)
from coach.texts import say, speakable


@dataclass(frozen=True, slots=True)
class Digest:
    """A cohort's round up to a week: `so_far` holds a tally for each week that has begun, the
    week that is told of being the last; `weeks` is the length of the round."""

    title: str
    weeks: int
    so_far: Sequence[Tally]

    @property
    def week(self) -> int:
        return len(self.so_far)

    @property
    def now(self) -> Tally:
        return self.so_far[-1]

    @property
    def shown(self) -> int:
        """How many weeks' work was shown since the round began."""
        return sum(len(week.done) for week in self.so_far)


def picture(digest: Digest, language: str) -> str:
    """The weeks as an SVG card of SIZE × SIZE; nothing of it lies outside."""
    language = speakable(language)
    parts = [*_head(digest, language), *_columns(digest, language), *_foot(digest, language)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{SIZE}"'
        f' viewBox="0 0 {SIZE} {SIZE}" font-family="{FAMILY}">'
        f'<rect width="{SIZE}" height="{SIZE}" fill="{PAPER}"/>{"".join(parts)}</svg>'
    )


def caption(digest: Digest, language: str, more: Sequence[str] = ()) -> str:
    """The picture in words, for the line under it; at most LONGEST_CAPTION characters. Whoever
    returns comes first, then who showed something, with links of those who share them; `more`
    are lines that stand before those, such as how the quiz went."""
    language, now = speakable(language), digest.now
    told = [
        say(language, "digests.title", title=digest.title, week=digest.week, weeks=digest.weeks)
    ]
    if back := returned(now):
        told.append(say(language, "digests.returned", names=", ".join(back)))
    told.append(_counted(digest, language))
    if now.done and now.quiet:
        told.append(say(language, "digests.quiet", count=now.quiet))
    return _within([*told, *more, *(_shown(one, language) for one in now.done)])


def returned(week: Tally) -> list[str]:
    """The names of those who are back."""
    return [one.name for one in week.done if one.returned]


def initials(name: str) -> str:
    """At most two letters that stand for a name; "" when it has none that can be drawn."""
    words = [word for word in drawable(name).split() if word[0].isalnum()]
    return "".join(word[0] for word in (*words[:1], *words[1:][-1:])).upper()


def _counted(digest: Digest, language: str) -> str:
    now = digest.now
    if not now.done:
        return say(language, "digests.nobody")
    return say(language, "digests.counted", count=len(now.done), members=now.members)


def _shown(one: Standing, language: str) -> str:
    if one.link:
        return say(language, "digests.link", name=one.name, link=one.link)
    return say(language, "digests.name", name=one.name)


def _within(told: Sequence[str]) -> str:
    """As many lines as fit, none of them cut: a link that is cut leads nowhere."""
    kept = list[str]()
    for line in told:
        if sum(map(len, kept)) + len(kept) + len(line) <= LONGEST_CAPTION:
            kept.append(line)
    return "\n".join(kept)


# The head: whose weeks these are.


def _head(digest: Digest, language: str) -> Iterator[str]:
    title = fit(digest.title, RIGHT - MARGIN, 56, least=34, weight="bold")
    yield title.svg(MARGIN, 118, fill=INK)
    week = say(language, "digests.week_of", week=digest.week, weeks=digest.weeks)
    yield Line(week, 34).svg(MARGIN, 172, fill=SOFT)


# The columns: a week each, filled from the bottom by those who showed something.

TOP, FLOOR = 226, 752
TALLEST = 74
"""The height of a disc with its gap, when there are few."""


def _columns(digest: Digest, language: str) -> Iterator[str]:
    width = (RIGHT - MARGIN) / digest.weeks
    most = max((week.members for week in digest.so_far), default=1)
    step = min(TALLEST, (FLOOR - TOP) / max(most, 1), width - 8)
    for number in range(1, digest.weeks + 1):
        middle = MARGIN + (number - 0.5) * width
        if number == digest.week:
            yield (
                f'<rect x="{middle - width / 2 + 3:g}" y="{TOP - 14}" width="{width - 6:g}"'
                f' height="{FLOOR - TOP + 74}" rx="22" fill="{PANEL}"/>'
            )
        label = Line(str(number), 30, "bold" if number == digest.week else "regular")
        yield label.svg(
            middle, FLOOR + 42, fill=INK if number <= digest.week else SOFT, anchor="middle"
        )
        if number <= digest.week:
            yield from _column(digest.so_far[number - 1], middle, step)
        else:
            yield f'<circle cx="{middle:g}" cy="{FLOOR - step / 2:g}" r="5" fill="{HEAT[0]}"/>'


def _column(week: Tally, middle: float, step: float) -> Iterator[str]:
    radius = step * 0.43
    for place in range(week.members):
        y = FLOOR - (place + 0.5) * step
        if place >= len(week.done):
            yield f'<circle cx="{middle:g}" cy="{y:g}" r="{radius:g}" fill="{HEAT[0]}"/>'
            continue
        yield from _disc(week.done[place], middle, y, radius)


def _disc(one: Standing, x: float, y: float, radius: float) -> Iterator[str]:
    """Somebody who showed something; a ring around who came back."""
    fill = BACK if one.returned else HEAT[3]
    edge = f' stroke="{TODAY}" stroke-width="3"' if one.returned else ""
    yield f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{fill}"{edge}/>'
    if one.link and (letters := initials(one.name)):
        line = fit(letters, radius * 1.5, radius * 0.9, least=8, weight="bold")
        ink = BACK_INK if one.returned else INK
        yield line.svg(x, y + line.size * 0.36, fill=ink, anchor="middle")


# The foot: who is back, this week in a number, and all that was shown so far.

FOOT_TOP, FOOT_HEIGHT, PAD = 842, 190, 32


def _foot(digest: Digest, language: str) -> Iterator[str]:
    yield (
        f'<rect x="{MARGIN}" y="{FOOT_TOP}" width="{RIGHT - MARGIN}" height="{FOOT_HEIGHT}"'
        f' rx="24" fill="{PANEL}"/>'
    )
    room, x, y = RIGHT - MARGIN - 2 * PAD, MARGIN + PAD, FOOT_TOP + 56
    back = [one.name for one in digest.now.done if one.returned and one.link]
    if back:
        words = say(language, "digests.returned", names=", ".join(back))
        yield fit(words, room, 32, least=22, weight="bold").svg(x, y, fill=BACK_INK)
        y += 50
    for line in wrap(_counted(digest, language), room, 32, lines=2 - bool(back)):
        yield line.svg(x, y, fill=INK)
        y += 46
    total = say(language, "digests.shown", count=digest.shown)
    yield fit(total, room, 28, least=20).svg(x, FOOT_TOP + FOOT_HEIGHT - 30, fill=SOFT)
