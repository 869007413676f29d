"""What to do after a letter: cards from the person's own words, habits that answer its gaps.

Nothing is invented: a card's words are the letter's or the correction's, and what only the
person can know stays a question to them.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from itertools import islice
from typing import Any

from coach.changes import applied
from coach.letters import (
    Coverage,
    Edit,
    EditKind,
    Finding,
    Plan,
    PlanCard,
    PlanHabit,
    PlanProject,
    Strength,
    apply_edits,
)
from coach.projects import project
from coach.rules import honest
from coach.rules.blocks import BlockKind
from coach.rules.signs import Sign, read
from coach.texts import say

MOST_CARDS = 8
"""More cards than this from one letter are not made, because nobody would learn them."""

MOST_HABITS = 3

OF_EACH = 3
"""Cards of one sort, so that ten typos don't crowd out the claim that will be asked about."""

LEARNABLE = frozenset({EditKind.SPELLING, EditKind.SPLIT_WORD, EditKind.CONFUSION})

AROUND = 40
"""Characters of the letter on each side of a card's gap."""

MARKDOWN_LINK = re.compile(r"\[([^\]]+)\]\([^)\s]*\)")

HABIT_FOR = {
    "coverage": "pub-poc",
    "no-evidence": "pub-project-depth",
    "cookie-cutter-project": "pub-poc",
    "duty-without-result": "cv-demonstrate",
    "no-addressee-detail": "cl-why-them",
    "reason-without-cause": "cl-transition",
    "skill-list": "cv-skills-trim",
    "unlinked-work": "cv-oss-links",
    "number-without-context": "cv-metric-context",
    "self-damage": "craft-5-patience",
    "too-long": "cl-concise-last-pass",
    "thin-answer": "pub-teach",
    "cliche": "cv-demonstrate",
    "common-skill": "cv-no-basics",
    "undefined-abbreviation": "cv-abbrev",
    "impersonal-greeting": "cl-email-small",
    "placeholder": "cv-pdf",
    "note-to-self": "cv-pdf",
    "template-code": "cv-pdf",
    "spelling": "priv-anki",
}
"""The habit that answers what a rule found; the most telling gaps first, since a plan has room
for three. Blockers stand low: they are mended in a minute, not by a habit."""

REPEATED_SLIPS = 3
"""So many misspelled words make cards worth the habit."""


def plan(
    text: str,
    *,
    edits: Sequence[Edit],
    findings: Sequence[Finding],
    coverage: Sequence[Coverage] | None,
    language: str = "en",
) -> Plan:
    """At most eight cards and three habits for the writer of a letter, said in `language`.

    Cards quote the letter with its sure corrections; what is only asked about stays as it is.
    """
    sure = [edit for edit in edits if not edit.ask]
    sorts = (
        _spelling_cards(text, edits, language),
        _claim_cards(apply_edits(text, sure), language),
        gap_cards(coverage or (), language),
        _abbreviation_cards(findings, language),
    )
    cards = [card for sort in sorts for card in islice(sort, OF_EACH)]
    work = project(coverage or (), language)
    habits = _habits(edits, findings, coverage or (), work, language)
    return Plan(tuple(cards[:MOST_CARDS]), tuple(islice(habits, MOST_HABITS)), work)


@cache
def habits() -> Mapping[str, Mapping[str, Any]]:
    """The catalogue of habits by id."""
    source = resources.files("coach") / "data" / "habits.json"
    return {habit["id"]: habit for habit in json.loads(source.read_text("utf-8"))["items"]}


def _spelling_cards(text: str, edits: Sequence[Edit], language: str) -> Iterator[PlanCard]:
    """One card a word: what was wrong more often first, then the longer word. A word that is
    asked about anywhere may be right, so nobody has to learn another."""
    asked = {edit.wrong.casefold() for edit in edits if edit.ask}
    sure = [edit for edit in edits if not edit.ask]
    slips = [edit for edit in sure if edit.kind in LEARNABLE and edit.right]
    slips = [edit for edit in slips if edit.wrong.casefold() not in asked]
    times = Counter(edit.right.casefold() for edit in slips)
    slips.sort(key=lambda edit: (-times[edit.right.casefold()], -len(edit.right), edit.start))
    seen: set[str] = set()
    for edit in slips:
        if edit.right.casefold() not in seen:
            seen.add(edit.right.casefold())
            yield _spelling_card(text, edit, sure, language)


def _spelling_card(text: str, edit: Edit, sure: Sequence[Edit], language: str) -> PlanCard:
    """The word is asked for by its place and first letter: the slip itself stays off the front,
    and the word too where it stands a second time."""
    others = [
        replace(other, right=f"{other.right[0]}___")
        if other.right.casefold() == edit.right.casefold()
        else other
        for other in sure
    ]
    before, after = _around(text, edit.start, edit.end, others)
    front = say(language, "plans.spelling.front", before=before, hint=edit.right[0], after=after)
    why = say(language, "plans.spelling.why", wrong=edit.wrong)
    return PlanCard(front, edit.right, why)


def _around(text: str, start: int, end: int, sure: Sequence[Edit]) -> tuple[str, str]:
    """What stands around a place with the `sure` edits in it, cut at a word's edge, white space
    folded."""
    before = applied(text, sure, max(0, start - AROUND), start)
    after = applied(text, sure, end, min(len(text), end + AROUND))
    if start > AROUND:
        before = "… " + before.partition(" ")[2]
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0] + " …"
    return _folded(before), _folded(after)


def _folded(passage: str) -> str:
    """White space as single blanks, those at the edges kept."""
    lead = " " if passage[:1].isspace() else ""
    tail = " " if passage[-1:].isspace() else ""
    return f"{lead}{' '.join(passage.split())}{tail}"


def _claim_cards(text: str, language: str) -> Iterator[PlanCard]:
    """The letter's own claims with something to ask about; what came of it and how much first."""
    claims = [
        (len(signs & {Sign.OUTCOME, Sign.NUMBER}), sentence)
        for sentence in honest.said(text)
        if sentence.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)
        and Sign.DEED in (signs := read(sentence.text))
    ]
    for shown, sentence in sorted(claims, key=lambda claim: (-claim[0], claim[1].start)):
        if shown:
            quote = MARKDOWN_LINK.sub(r"\1", " ".join(sentence.text.split()))
            yield PlanCard(
                say(language, "plans.claim.front", quote=quote),
                say(language, "plans.claim.back"),
                say(language, "plans.claim.why"),
            )


def gap_cards(coverage: Iterable[Coverage], language: str) -> Iterator[PlanCard]:
    """A card for each requirement of a posting that a letter doesn't answer yet."""
    for row in coverage:
        if row.strength is Strength.MISSING:
            yield PlanCard(
                say(language, "plans.gap.front", requirement=row.requirement),
                say(language, "plans.gap.back"),
                say(language, "plans.gap.why"),
            )


def _abbreviation_cards(findings: Iterable[Finding], language: str) -> Iterator[PlanCard]:
    names = [finding.quote for finding in findings if finding.rule == "undefined-abbreviation"]
    for name in dict.fromkeys(names):
        yield PlanCard(
            say(language, "plans.abbreviation.front", name=name),
            say(language, "plans.abbreviation.back"),
            say(language, "plans.abbreviation.why", name=name),
        )


def _habits(
    edits: Iterable[Edit],
    findings: Iterable[Finding],
    coverage: Iterable[Coverage],
    work: PlanProject | None,
    language: str,
) -> Iterator[PlanHabit]:
    """One habit a gap, the most telling gap first; a habit that answers two is named once."""
    gaps = {finding.rule for finding in findings}
    if work or any(row.strength is Strength.MISSING for row in coverage):
        gaps.add("coverage")
    if len({edit.right.casefold() for edit in edits if edit.kind in LEARNABLE}) >= REPEATED_SLIPS:
        gaps.add("spelling")
    named: set[str] = set()
    for gap, habit in HABIT_FOR.items():
        if gap in gaps and habit not in named:
            named.add(habit)
            why = f"{work.task} {work.done}" if work and gap == "coverage" else ""
            yield PlanHabit(habit, why or say(language, f"plans.habit.{gap}"))
