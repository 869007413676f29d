"""What is said of a version next to the one before: fixed, new, still there, and the scores."""

import asyncio
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from coach.letters import Edit, Finding, Review, Severity
from coach.review import review
from coach.texts import say
from coach.versions import Change, Comparison, compare, without
from handlers.chat.formatting import Said, Style
from handlers.chat.presses import Told
from handlers.chat.replies import Button
from handlers.letters.recognition import day_of, perhaps, title_of
from handlers.letters.version_buttons import VersionStep, apart_button, join_button, version_button
from handlers.reviews.answers import before_and_after, shortened
from storage import Db, Store, letters, own_words, reviews
from storage.letters import Letter, Version
from storage.people import Person
from storage.reviews import EditState

T = TypeVar("T", Edit, Finding)

SHOWN = 5
"""Slips or points of a sort that are shown; the others are counted."""

POINT_SHOWN = 100
FIRST_SENTENCE = re.compile(r"(?<=[.!?]) ")


@dataclass(frozen=True, slots=True)
class Before:
    """The version before, the slips that were left as they are in it, what the letter is called,
    and whether the person has others."""

    version: Version
    left: tuple[Edit, ...]
    title: str
    others: bool
    known: list[str]


async def beside(
    store: Store,
    version: Version,
    person: Person,
    now: datetime,
    default_zone: str,
    reviewed: Review | None = None,
) -> Told | None:
    """What to say of a version because of what came before: what changed since, or the question
    whether it is a next version. None for a letter that has nothing to do with another."""
    pair = await next_to(store, version, person, reviewed)
    if pair is None:
        return _asked(
            await _named(store, person, await perhaps(store, version)),
            version,
            person,
            now,
            default_zone,
        )
    before, compared = pair
    day = day_of(before.version.created_at, person, default_zone, now)
    said = since(person.language, compared, before, version, day)
    rows: list[list[Button]] = [[apart_button(person.language, version.id)]]
    if before.others:
        rows.append([version_button(person.language, "pick", VersionStep.PICK, version.id)])
    return said, rows


async def next_to(
    store: Store, version: Version, person: Person, reviewed: Review | None = None
) -> tuple[Before, Comparison] | None:
    """The version before, and what changed since; None for a first version."""
    before = await store.read(_before, version, person)
    if before is None:
        return None
    return before, await asyncio.to_thread(_compared, before, version, person.language, reviewed)


def still_open(compared: Comparison) -> list[str]:
    """The points that stayed, the gravest first, as they are said to their writer."""
    open_now = sorted(
        _of(compared.points, "still"), key=lambda one: list(Severity).index(one.severity)
    )
    return [one.message for one in open_now][:SHOWN]


def _before(db: Db, version: Version, person: Person) -> Before | None:
    before = letters.before(db, version)
    letter = letters.get(db, version.letter_id, version.person_id)
    if before is None or letter is None:
        return None
    said = reviews.latest(db, before.id)
    decided = reviews.edits(db, said.id) if said else []
    left = tuple(one.edit for one in decided if one.state is EditState.SKIPPED)
    others = letters.count(db, person.id) > 1
    known = own_words.of_person(db, person.id)
    return Before(before, left, title_of(db, letter, person.language), others, known)


def _compared(
    before: Before, version: Version, language: str, reviewed: Review | None
) -> Comparison:
    """Both are read by the rules of today, so that a rule that changed in between changes neither
    count; what a model once found is left aside for the same reason."""
    known = before.known
    earlier = review(before.version.text, kind=version.kind, reader=language, known=known)
    later = reviewed or review(version.text, kind=version.kind, reader=language, known=known)
    return compare(before.version.text, earlier, version.text, later)


Named = tuple[Letter, str]


async def _named(store: Store, person: Person, found: Sequence[Letter]) -> list[Named]:
    def name(db: Db) -> list[Named]:
        return [(letter, title_of(db, letter, person.language)) for letter in found]

    return await store.read(name)


def _asked(
    found: Sequence[Named], version: Version, person: Person, now: datetime, default_zone: str
) -> Told | None:
    """The question whether a letter is the next version of one of these."""
    language = person.language
    if not found:
        return None
    rows = [[join_button(language, version.id, letter.id, title)] for letter, title in found]
    rows.append([version_button(language, "leave", VersionStep.LEAVE, version.id)])
    if len(found) > 1:
        return say(language, "versions.perhaps.ask_several"), rows
    [(letter, title)] = found
    day = day_of(letter.touched_at, person, default_zone, now)
    return say(language, "versions.perhaps.ask", title=title, date=day), rows


def since(language: str, compared: Comparison, before: Before, version: Version, day: str) -> Said:
    """A version next to the one before."""
    facts = {"number": version.number, "before": before.version.number, "date": day}
    title = say(language, "versions.since.title", title=before.title, **facts)
    said = Said().line(title, Style.BOLD)
    if compared.same_words:
        return said.line(say(language, "versions.since.same"))
    slips, left = without(compared.slips, before.left)
    said.line(" · ".join(_counts(language, slips, compared.points)))
    texts = before.version.text, version.text
    for change in ("fixed", "new", "still"):
        _part(said, language, change, texts, slips, compared.points)
    if left:
        said.line().line(say(language, "versions.since.left", count=left), Style.ITALIC)
    _scores(said, language, compared)
    return said


def _counts(language: str, slips: Change[Edit], points: Change[Finding]) -> Iterable[str]:
    """How many there were and are; a place where only the writer can decide is no slip."""
    was = Counter(edit.ask for edit in (*slips.fixed, *(was for was, _ in slips.still)))
    now = Counter(edit.ask for edit in (*slips.new, *(now for _, now in slips.still)))
    counts = {
        "slips": (was[False], now[False]),
        "questions": (was[True], now[True]),
        "points": (points.before, points.after),
    }
    for name, (before, after) in counts.items():
        if before or after:
            yield say(language, f"versions.since.{name}", before=before, after=after)


def _part(
    said: Said,
    language: str,
    change: str,
    texts: tuple[str, str],
    slips: Change[Edit],
    points: Change[Finding],
) -> None:
    """One of fixed, new and still there: how much, then what."""
    edits, findings = sorted(_of(slips, change), key=lambda one: one.ask), _of(points, change)
    questions = sum(edit.ask for edit in edits)
    counts = {
        "slip": len(edits) - questions,
        "question": questions,
        "point": len(findings),
    }
    what = [say(language, f"versions.since.{name}", count=n) for name, n in counts.items() if n]
    if not what:
        return
    heading = say(language, f"versions.since.{change}", what=", ".join(what))
    said.line().line(heading, Style.BOLD)
    for edit in edits[:SHOWN]:
        before_and_after(said, texts[change != "fixed"], edit).line("?" if edit.ask else "")
    places = _points(findings)
    for words, quoted in places[:SHOWN]:
        said.line(words, *([Style.QUOTE] if quoted else []))
    rest = max(0, len(edits) - SHOWN) + max(0, len(places) - SHOWN)
    if rest:
        said.line(say(language, "versions.since.more", count=rest))


def _points(findings: Sequence[Finding]) -> list[tuple[str, bool]]:
    """The writer's words, the gravest first and the same once; of what speaks of the whole letter,
    the first sentence said of it. And whether they are the writer's."""
    gravest = sorted(findings, key=lambda one: list(Severity).index(one.severity))
    counted = Counter(
        (shortened(one.quote, POINT_SHOWN), True)
        if one.quote
        else (f"– {FIRST_SENTENCE.split(one.message, 1)[0]}", False)
        for one in gravest
    )
    return [
        (f"{words} ×{times}" if times > 1 else words, quoted)
        for (words, quoted), times in counted.items()
    ]


def _of(change: Change[T], name: str) -> Sequence[T]:
    if name == "still":
        return [now for _, now in change.still]
    return change.fixed if name == "fixed" else change.new


def _scores(said: Said, language: str, compared: Comparison) -> None:
    if not compared.steps:
        return
    said.line().line(say(language, "versions.since.scores"), Style.ITALIC)
    stayed: list[str] = []
    for step in compared.steps:
        name = say(language, f"names.criterion.{step.criterion}")
        if step.before == step.after:
            stayed.append(say(language, "versions.since.named", name=name, score=step.after))
        else:
            facts = {"before": step.before, "after": step.after}
            said.line(say(language, "versions.since.step", name=name, **facts), Style.BOLD)
    if stayed:
        said.line(say(language, "versions.since.unchanged", names=" · ".join(stayed)))
