"""A review written down: the JSON of `review --json`, and `critique.md` for people."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from coach.documents import Document
from coach.letters import (
    HOUSE_RULES,
    Coverage,
    Critique,
    Edit,
    Issue,
    Kind,
    PlanProject,
    Praise,
    Review,
    Rewrite,
    Score,
    Strength,
    words,
)
from coach.texts import say


def as_json(document: Document, review: Review, media_type: str = "") -> dict[str, Any]:
    """A review in the form that INTERFACES promises to scripts. `media_type` is what was sent, when
    it says more than the document."""
    return {
        "document": {
            "name": document.name,
            "media_type": media_type or document.media_type,
            "language": review.language,
            "kind": _kind(review.kind),
            "words": words(document.text),
            "text": document.text,
        },
        "edits": [_edit_row(number, edit) for number, edit in enumerate(review.edits, start=1)],
        "findings": [asdict(finding) for finding in review.findings],
        "critique": asdict(review.critique),
        "coverage": None if review.coverage is None else [_row(row) for row in review.coverage],
        "plan": {name: value for name, value in asdict(review.plan).items() if name != "project"},
        "usage": asdict(review.usage),
        "notes": list(review.notes),
    }


def _kind(kind: Kind) -> str:
    """INTERFACES knows one word for answers of either sort."""
    return Kind.APPLICATION_ANSWERS.value if kind.is_answers else kind.value


def _row(row: Coverage) -> dict[str, Any]:
    return {
        "requirement": row.requirement,
        "quote": row.quote,
        "strength": row.strength.value,
        "advice": row.advice,
    }


def _edit_row(number: int, edit: Edit) -> dict[str, Any]:
    return {
        "id": number,
        "start": edit.start,
        "end": edit.end,
        "wrong": edit.wrong,
        "right": edit.right,
        "kind": edit.kind.value,
        "source": edit.source.value,
        "confidence": round(edit.confidence, 3),
        "ask": edit.ask,
        "reason": edit.reason,
    }


def critique_markdown(name: str, review: Review, language: str) -> str:
    """The whole critique as a page: nothing shortened, every issue, every quote.

    What comes from the letter is escaped, so that none of it becomes markup or a link.
    """
    critique = review.critique
    parts = [
        f"# {say(language, 'letters.critique.title')}: {plain(name)}",
        f"*{_engine(critique, language)}*",
        f"**{plain(critique.label)}**",
        plain(critique.summary),
        *_section(language, "change", [_issue(issue, language) for issue in critique.issues]),
        *_section(language, "keep", [_praise(praise) for praise in critique.strengths]),
        *_section(language, "rewrites", [_rewrite(each, language) for each in critique.rewrites]),
        *_section(language, "scores", [_score(score, language) for score in critique.scores]),
    ]
    if review.coverage:
        parts.append(f"## {say(language, 'letters.coverage.title')}")
        parts.append(_table(review.coverage, language))
    if review.plan.project:
        parts.append(f"## {say(language, 'letters.coverage.project')}")
        parts.append(_project(review.plan.project, language))
    return "\n\n".join(part for part in parts if part) + "\n"


def plain(text: str) -> str:
    """Text of a letter or a model on one line, with everything escaped that Markdown reads."""
    return re.sub(r"([\\`*_\[\]<>!#|~])", r"\\\1", " ".join(text.split()))


def _engine(critique: Critique, language: str) -> str:
    if critique.engine == HOUSE_RULES:
        return say(language, "letters.critique.by_rules")
    return say(language, "letters.critique.by_model", model=plain(critique.engine))


def _section(language: str, name: str, entries: list[str]) -> list[str]:
    return [f"## {say(language, f'letters.critique.{name}')}", *entries] if entries else []


def _quote(quote: str) -> str:
    return f"> {plain(quote)}\n\n" if quote else ""


def _issue(issue: Issue, language: str) -> str:
    criterion = say(language, f"names.criterion.{issue.criterion}")
    severity = say(language, f"names.severity.{issue.severity}")
    advice = f"\n\n→ {plain(issue.advice)}" if issue.advice else ""
    return f"### {criterion} ({severity})\n\n{_quote(issue.quote)}{plain(issue.why)}{advice}"


def _praise(praise: Praise) -> str:
    return f"{_quote(praise.quote)}{plain(praise.why)}"


def _rewrite(rewrite: Rewrite, language: str) -> str:
    questions = "".join(
        f"\n\n*{say(language, 'letters.critique.questions', question=plain(question))}*"
        for question in rewrite.questions
    )
    said = f"→ {plain(rewrite.replacement)}" if rewrite.replacement else ""
    return f"{_quote(rewrite.quote)}{said}{questions}"


def _score(score: Score, language: str) -> str:
    said = (
        say(language, "letters.critique.not_assessed")
        if score.score is None
        else say(language, "letters.critique.score", score=score.score)
    )
    quotes = "".join(f"\n\n> {plain(quote)}" for quote in score.quotes)
    name = say(language, f"names.criterion.{score.criterion}")
    return f"**{name}: {said}.** {plain(score.why)}{quotes}"


SIGNS = {Strength.STRONG: "✓", Strength.PARTIAL: "◐", Strength.MISSING: "–"}
"""What stands before the word for how well a requirement is answered."""


def must_first(coverage: Iterable[Coverage]) -> list[Coverage]:
    """The rows as they are shown: what can't be done without first, otherwise as it is asked."""
    return sorted(coverage, key=lambda row: not row.must)


def _table(coverage: Sequence[Coverage], language: str) -> str:
    """A table with a row for each requirement; the whole of it, nothing shortened."""
    columns = ("requirement", "answered", "quote", "add")
    heads = [say(language, f"letters.coverage.column.{one}") for one in columns]
    rows = [heads, ["---"] * len(heads)]
    for row in must_first(coverage):
        strength = say(language, f"letters.coverage.{row.strength}")
        wish = "" if row.must else f" ({say(language, 'letters.coverage.nice')})"
        quote = f"“{plain(row.quote)}”" if row.quote else ""
        said = f"{SIGNS[row.strength]} {strength}"
        rows.append([plain(row.requirement) + wish, said, quote, plain(row.advice)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _project(project: PlanProject, language: str) -> str:
    done = say(language, "letters.coverage.done", done=plain(project.done))
    asked = say(language, "letters.coverage.answers", requirement=plain(project.requirement))
    return f"**{plain(project.title)}**\n\n{plain(project.task)}\n\n{done}\n\n{asked}"
