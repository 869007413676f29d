"""The review of one letter without a model: everything the coach can decide alone."""

from collections.abc import Collection

from coach import kinds, language, plans, postings, proofread, rules
from coach.critique import house_critique
from coach.letters import Kind, Review


def review(
    text: str,
    *,
    kind: Kind | None = None,
    reader: str = "en",
    posting: str | None = None,
    known: Collection[str] = (),
    notes: tuple[str, ...] = (),
) -> Review:
    """Everything the house can say about a letter.

    `kind` is guessed when it is not given; `reader` is the language in which the findings
    speak; `known` are words that the writer has called right; without a `posting` a file of
    requirement headings with answers counts as its own.
    """
    written_in = language.detect(text)
    kind = kind or kinds.guess(text)
    edits = tuple(proofread.proofread(text, language=written_in, known=frozenset(known)))
    findings = rules.check(text, kind=kind, language=reader)
    asked = postings.requirements(posting) if posting else postings.own_requirements(text)
    coverage = postings.cover(asked, text, language=reader) if posting or asked else None
    return Review(
        kind=kind,
        language=written_in,
        critique=house_critique(text, kind=kind, findings=findings, edits=edits, language=reader),
        edits=edits,
        findings=findings,
        coverage=coverage,
        plan=plans.plan(text, edits=edits, findings=findings, coverage=coverage, language=reader),
        notes=notes,
    )
