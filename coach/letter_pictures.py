"""Pictures of a letter: the scores of its versions, their slips, and what comes back in others.

The same card as the month's (coach/pictures.py). It is for its writer alone: it quotes their slips.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal

from coach.lettering import Line, fit, wrap
from coach.letters import Criterion, Edit, EditKind, Review, words
from coach.pictures import (
    BACK,
    BACK_INK,
    HEAT,
    INK,
    LONGEST_CAPTION,
    MARGIN,
    PANEL,
    RIGHT,
    SOFT,
    TODAY,
    card,
)
from coach.texts import say, speakable

VERSIONS = 6
"""Versions that are shown, the newest ones: more columns can't be read on a phone."""

FAULTS = 3
"""Slips that are named as coming back."""


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """A version that was read: its number from 1, its local day, the criteria that were scored 1
    to 4, and its slips per 100 words."""

    number: int
    day: date
    scores: Mapping[Criterion, int]
    slips: float


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """A letter with its versions, the oldest first, and the slips that came more than once in all
    of the person's letters, with how often."""

    title: str
    versions: Sequence[VersionFacts]
    repeated: Sequence[tuple[str, str, int]] = field(default_factory=tuple[tuple[str, str, int]])

    @property
    def shown(self) -> Sequence[VersionFacts]:
        """The newest versions."""
        return self.versions[-VERSIONS:]

    @property
    def criteria(self) -> list[Criterion]:
        """What at least one version that is shown was scored by, in the rubric's order."""
        return [one for one in Criterion if any(one in each.scores for each in self.shown)]


def version_facts(number: int, day: date, text: str, review: Review) -> VersionFacts:
    """What a picture needs to know of a version."""
    scores = {one.criterion: one.score for one in review.critique.scores if one.score is not None}
    per_100 = 100 * sum(map(is_slip, review.edits)) / max(1, words(text))
    return VersionFacts(number, day, scores, per_100)


def is_slip(edit: Edit) -> bool:
    """Whether it is a mistake beyond doubt, and not a question or a matter of taste."""
    return not edit.ask and edit.kind is not EditKind.STYLE


def repeated(reviews: Iterable[Review]) -> tuple[tuple[str, str, int], ...]:
    """Words that were wrong more than once, the most frequent first: wrong, right, how often.
    `reviews` are those of the newest version of each letter."""
    counts = Counter(
        (edit.wrong.casefold(), edit.right.casefold())
        for review in reviews
        for edit in review.edits
        if is_slip(edit) and any(letter.isalpha() for letter in edit.wrong)
    )
    often = [(*pair, count) for pair, count in counts.most_common() if count > 1]
    return tuple(often[:FAULTS])


def letter(facts: LetterFacts, language: str) -> str:
    """The letter as an SVG card of SIZE × SIZE; nothing of it lies outside."""
    language = speakable(language)
    if not facts.versions:
        return card(_nothing(language))
    parts = [
        *_head(facts, language),
        *_scores(facts, language),
        *_slips(facts, language),
        *_faults(facts, language),
    ]
    return card(parts)


def caption(facts: LetterFacts, language: str) -> str:
    """The picture in words, at most LONGEST_CAPTION characters."""
    language = speakable(language)
    if not facts.versions:
        return say(language, "charts.letters.none")
    last, first = facts.shown[-1], facts.shown[0]
    told = [say(language, "charts.letters.of", title=facts.title, count=len(facts.versions))]
    told += [_step(each, first, last, language) for each in facts.criteria if each in last.scores]
    slips = _number(last.slips, language)
    if last is first:
        told.append(say(language, "charts.letters.slips_are", now=slips))
    else:
        before = _number(first.slips, language)
        told.append(say(language, "charts.letters.slips_were", before=before, now=slips))
    if facts.repeated:
        told.append(f"{say(language, 'charts.letters.repeated')}: {_faults_in_words(facts)}.")
    return " ".join(told)[:LONGEST_CAPTION]


def _step(criterion: Criterion, first: VersionFacts, last: VersionFacts, language: str) -> str:
    name, now = say(language, f"names.criterion.{criterion}"), last.scores[criterion]
    before = first.scores.get(criterion, now)
    return f"{name}: {now}." if before == now else f"{name}: {before} → {now}."


def _faults_in_words(facts: LetterFacts) -> str:
    return ", ".join(f"{wrong} → {right} ×{count}" for wrong, right, count in facts.repeated)


def _number(slips: float, language: str) -> str:
    return format_decimal(slips, format="0.#", locale=language)


def _nothing(language: str) -> Iterator[str]:
    yield fit(say(language, "charts.letters.title"), 900, 56, weight="bold", least=36).svg(
        MARGIN, 118, fill=INK
    )
    for place, line in enumerate(
        wrap(say(language, "charts.letters.none"), RIGHT - MARGIN, 40, lines=4)
    ):
        yield line.svg(MARGIN, 230 + 54 * place, fill=INK)


# The head: which letter, how many versions, from when to when.


def _head(facts: LetterFacts, language: str) -> Iterator[str]:
    title = fit(facts.title, RIGHT - MARGIN, 52, least=34, weight="bold")
    yield title.svg(MARGIN, 112, fill=INK)
    days = [format_date(each.day, "d MMM", locale=language) for each in facts.versions]
    span = days[0] if days[0] == days[-1] else f"{days[0]} – {days[-1]}"
    count = say(language, "versions.count", count=len(facts.versions))
    line = fit(f"{count} · {span}", RIGHT - MARGIN, 32, least=20)
    yield line.svg(MARGIN, 164, fill=SOFT)


# The scores: a row for each criterion, a column for each version.

NAMES = 440
TOP, ROWS = 262, 420
FIRST_COLUMN = MARGIN + NAMES


def _column(facts: LetterFacts) -> float:
    """The width of a version's column."""
    return min(220, (RIGHT - FIRST_COLUMN) / len(facts.shown))


def _scores(facts: LetterFacts, language: str) -> Iterator[str]:
    wide = _column(facts)
    heading = fit(say(language, "charts.letters.scores"), NAMES - 20, 32, least=20, weight="bold")
    yield heading.svg(MARGIN, TOP - 20, fill=INK)
    for place, version in enumerate(facts.shown):
        label = say(language, "charts.letters.version", number=version.number)
        x = FIRST_COLUMN + (place + 0.5) * wide
        yield fit(label, wide - 8, 28, least=14).svg(x, TOP - 20, fill=SOFT, anchor="middle")
    step = min(76, ROWS / max(1, len(facts.criteria)))
    for row, criterion in enumerate(facts.criteria):
        yield from _row(facts, criterion, TOP + row * step, step, language)


def _row(
    facts: LetterFacts, criterion: Criterion, top: float, step: float, language: str
) -> Iterator[str]:
    name = fit(say(language, f"names.criterion.{criterion}"), NAMES - 20, 33, least=20)
    yield name.svg(MARGIN, top + step / 2 + 6, fill=INK)
    wide = _column(facts)
    for place, version in enumerate(facts.shown):
        score = version.scores.get(criterion)
        fill = HEAT[score] if score else PANEL
        x = FIRST_COLUMN + place * wide
        yield (
            f'<rect x="{x + 4:g}" y="{top + 3:g}" width="{wide - 8:g}" height="{step - 6:g}"'
            f' rx="12" fill="{fill}"/>'
        )
        number = Line(str(score) if score else "–", 32, "bold" if score else "regular")
        middle = x + wide / 2
        yield number.svg(middle, top + step / 2 + 10, fill=INK if score else SOFT, anchor="middle")


# The slips: a bar for each version, in the column of its scores. Fewer is better.

FLOOR, HIGHEST = 838, 84


def _slips(facts: LetterFacts, language: str) -> Iterator[str]:
    heading = wrap(say(language, "charts.letters.slips"), NAMES - 20, 32, lines=2, weight="bold")
    for place, line in enumerate(heading):
        yield line.svg(MARGIN, FLOOR - 54 + place * 36, fill=INK)
    wide, most = _column(facts), max(each.slips for each in facts.shown)
    for place, version in enumerate(facts.shown):
        x = FIRST_COLUMN + place * wide
        height = max(4, HIGHEST * version.slips / most if most else 0)
        fill = TODAY if version is facts.shown[-1] else HEAT[3]
        yield (
            f'<rect x="{x + wide / 2 - 26:g}" y="{FLOOR - height:g}" width="52"'
            f' height="{height:g}" rx="{min(8, height / 2):g}" fill="{fill}"/>'
        )
        number = fit(_number(version.slips, language), wide - 8, 30, least=16, weight="bold")
        yield number.svg(x + wide / 2, FLOOR - height - 12, fill=INK, anchor="middle")


# What comes back, over all letters.

PANEL_TOP, PANEL_HEIGHT, PAD = 872, 156, 32


def _faults(facts: LetterFacts, language: str) -> Iterator[str]:
    fill = BACK if facts.repeated else PANEL
    yield (
        f'<rect x="{MARGIN}" y="{PANEL_TOP}" width="{RIGHT - MARGIN}" height="{PANEL_HEIGHT}"'
        f' rx="24" fill="{fill}"/>'
    )
    ink, room = BACK_INK if facts.repeated else SOFT, RIGHT - MARGIN - 2 * PAD
    if not facts.repeated:
        text = say(language, "charts.letters.no_repeats")
        for place, line in enumerate(wrap(text, room, 32, lines=2)):
            yield line.svg(MARGIN + PAD, PANEL_TOP + 54 + place * 38, fill=ink)
        return
    title = fit(say(language, "charts.letters.repeated"), room, 30, least=20, weight="bold")
    yield title.svg(MARGIN + PAD, PANEL_TOP + 46, fill=ink)
    for place, line in enumerate(wrap(_faults_in_words(facts), room, 31, lines=2)):
        yield line.svg(MARGIN + PAD, PANEL_TOP + 90 + place * 38, fill=ink)
