"""The house rules: a linter for letters.

    findings = check(text, kind=Kind.COVER_LETTER, language="en")

Each rule is a pure function over a `Letter`; the groups below register theirs on import. What
each one asks for and why stands in docs/rules.md; the words of its findings in coach/texts.
"""

from coach.criteria import applies
from coach.letters import Finding, Kind, Severity
from coach.rules import (
    actors,
    addressee,
    answers,
    claims,
    cv,
    employers,
    evidence,
    hidden,
    leftovers,
    length,
    opening,
    personal,
    skills,
    transition,
    voice,
)
from coach.rules.letter import Letter
from coach.rules.registry import RULES, Rule

__all__ = ["RULES", "USEFUL_FIRST", "Letter", "Rule", "check", "examine"]

GROUPS = (
    hidden, leftovers, employers, evidence, addressee, answers, skills, length, opening, claims,
    actors, transition, cv, voice, personal,
)  # fmt: skip
"""Imported so that their rules register themselves."""

USEFUL_FIRST = (
    "instruction-to-machine",
    "hidden-text",
    "template-code",
    "placeholder",
    "wrong-addressee",
    "note-to-self",
    "assistant-leftover",
    "no-evidence",
    "duty-without-result",
    "no-addressee-detail",
    "empty-section",
    "over-limit",
    "thin-answer",
    "no-example",
    "reason-without-cause",
    "skill-list",
    "crowded-paragraph",
    "wall-of-text",
    "self-damage",
    "unproven-claim",
    "unexplained-change",
    "contradicting-dates",
    "too-short",
    "too-long",
    "repeated-sentence",
    "cut-off",
    "empty-link",
    "disguised-link",
    "contradicting-level",
    "number-without-context",
    "cookie-cutter-project",
    "flat-opening",
    "buried-strength",
    "empty-objective",
    "flattery",
    "hidden-actor",
    "bulleted-letter",
    "hobbies-last",
    "common-skill",
    "wrong-term",
    "impersonal-greeting",
    "unlinked-work",
    "tense-mix",
    "old-grades",
    "section-order",
    "no-graduation-date",
    "missing-frame",
    "hedge",
    "long-sentence",
    "repeated-opening",
    "undefined-abbreviation",
    "personal-data",
    "school-years",
    "filler-line",
    "informal",
    "mixed-spelling",
    "cliche",
)
"""Within a severity: first what changes most for the reader, last what is mere polish."""

WEIGHT = {Severity.BLOCKER: 0, Severity.MAJOR: 1, Severity.MINOR: 2}


def check(
    text: str, *, kind: Kind, language: str = "en", posting: str | None = None
) -> tuple[Finding, ...]:
    """What the house rules find in a letter, the most useful first.

    `language` is the reader's, in which messages and advice speak; `posting` what the letter
    answers. Never raises on any text.
    """
    return examine(Letter.of(text, kind, posting or ""), language)


def examine(letter: Letter, language: str = "en") -> tuple[Finding, ...]:
    """The findings on a letter that is already laid out, by the rules that speak of its kind."""
    speaking = [rule for rule in RULES.values() if applies(rule.id, letter.kind)]
    found = [finding for rule in speaking for finding in rule.findings(letter, language)]
    return tuple(sorted(found, key=_usefulness))


def _usefulness(finding: Finding) -> tuple[int, int]:
    """Findings of one rule stay as it tells them."""
    return WEIGHT[finding.severity], USEFUL_FIRST.index(finding.rule)
