"""The house rules: a linter for letters.

    findings = check(text, kind=Kind.COVER_LETTER, language="en")

Each rule is a pure function over a `Letter`; the groups below register theirs on import. What
each one asks for and why stands in docs/rules.md; the words of its findings in coach/texts.
"""

from coach.criteria import applies
from coach.letters import Finding, Kind, Severity
from coach.rules import (
    addressee,
    answers,
    evidence,
    hidden,
    leftovers,
    length,
    personal,
    skills,
    voice,
)
from coach.rules.letter import Letter
from coach.rules.registry import RULES, Rule

__all__ = ["RULES", "USEFUL_FIRST", "Letter", "Rule", "check", "examine"]

GROUPS = (hidden, leftovers, evidence, addressee, answers, skills, length, voice, personal)
"""Imported so that their rules register themselves."""

USEFUL_FIRST = (
    "instruction-to-machine",
    "hidden-text",
    "template-code",
    "placeholder",
    "note-to-self",
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
    "self-damage",
    "too-short",
    "too-long",
    "repeated-sentence",
    "empty-link",
    "contradicting-level",
    "number-without-context",
    "cookie-cutter-project",
    "hobbies-last",
    "common-skill",
    "wrong-term",
    "impersonal-greeting",
    "unlinked-work",
    "undefined-abbreviation",
    "personal-data",
    "school-years",
    "informal",
    "mixed-spelling",
    "cliche",
)
"""Within a severity: first what changes most for the reader, last what is mere polish."""

WEIGHT = {Severity.BLOCKER: 0, Severity.MAJOR: 1, Severity.MINOR: 2}


def check(text: str, *, kind: Kind, language: str = "en") -> tuple[Finding, ...]:
    """What the house rules find in a letter, the most useful first.

    `language` is the reader's, in which messages and advice speak. Never raises on any text.
    """
    return examine(Letter.of(text, kind), language)


def examine(letter: Letter, language: str = "en") -> tuple[Finding, ...]:
    """The findings on a letter that is already laid out, by the rules that speak of its kind."""
    speaking = [rule for rule in RULES.values() if applies(rule.id, letter.kind)]
    found = [finding for rule in speaking for finding in rule.findings(letter, language)]
    return tuple(sorted(found, key=_usefulness))


def _usefulness(finding: Finding) -> tuple[int, int]:
    """Findings of one rule stay as it tells them."""
    return WEIGHT[finding.severity], USEFUL_FIRST.index(finding.rule)
