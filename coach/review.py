"""The review of one letter without a model: everything the coach can decide alone."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from coach import kinds, language, own_words, plans, postings, proofread, rules
from coach.critique import house_critique
from coach.letters import HOUSE_RULES, Coverage, Edit, Finding, Kind, Review, Severity
from coach.proofread import consistency
from coach.rules import hostile


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
    speak; `known` are words that the writer has called right, to which the names of the letter
    and the words of the posting come; without a `posting` a file of requirement headings with
    answers counts as its own.
    """
    written_in = language.detect(text)
    kind = kind or kinds.guess(text)
    findings = rules.check(text, kind=kind, language=reader, posting=posting)
    own = {*known, *own_words.in_letter(text), *own_words.in_posting(posting or "")}
    edits = unsure_in_leftovers(_slips(text, written_in, own, reader), findings)
    asked = postings.requirements(posting) if posting else postings.own_requirements(text)
    coverage = postings.cover(asked, text, language=reader) if posting or asked else None
    critique = house_critique(
        text,
        kind=kind,
        findings=findings,
        edits=edits,
        coverage=(coverage or ()) if posting else (),
        language=reader,
    )
    return Review(
        kind=kind,
        language=written_in,
        critique=critique,
        edits=edits,
        findings=findings,
        coverage=coverage,
        plan=plans.plan(text, edits=edits, findings=findings, coverage=coverage, language=reader),
        notes=notes,
    )


def against(text: str, review: Review, posting: str, *, reader: str) -> Review:
    """The same review, held against a posting that came later; a model's critique stays."""
    findings = rules.check(text, kind=review.kind, language=reader, posting=posting)
    coverage = postings.cover(postings.requirements(posting), text, language=reader)
    critique = review.critique
    if critique.engine == HOUSE_RULES:
        critique = house_critique(
            text,
            kind=review.kind,
            findings=findings,
            edits=review.edits,
            coverage=coverage,
            language=reader,
        )
    told = replace(review, findings=findings, critique=critique)
    return covering(text, told, coverage, reader=reader)


def covering(text: str, review: Review, coverage: tuple[Coverage, ...], *, reader: str) -> Review:
    """The same review with these rows, whoever found them, and what to do about them."""
    made = plans.plan(
        text, edits=review.edits, findings=review.findings, coverage=coverage, language=reader
    )
    return replace(review, coverage=coverage, plan=made)


def _slips(text: str, written_in: str, known: Collection[str], reader: str) -> list[Edit]:
    """The slips of a letter, and what in it doesn't go with the rest where no slip stands."""
    edits = proofread.proofread(text, language=written_in, known=frozenset(known), reader=reader)
    if written_in != "en":
        return edits
    asked = consistency.questions(text, known=known, reader=reader)
    free = [one for one in asked if not any(_overlap(one, edit) for edit in edits)]
    return sorted([*edits, *free], key=lambda edit: edit.start)


def _overlap(one: Edit, other: Edit) -> bool:
    return one.start < other.end and other.start < one.end


def unsure_in_leftovers(edits: Iterable[Edit], findings: Iterable[Finding]) -> tuple[Edit, ...]:
    """Inside a placeholder or another leftover a spelling fix would hide what is missing, so
    there it is only asked about. What only takes a disguise off hides nothing."""
    leftovers = [f for f in findings if f.severity is Severity.BLOCKER and f.start < f.end]
    return tuple(
        replace(edit, ask=True)
        if not hostile.undisguises(edit)
        and any(edit.start < place.end and place.start < edit.end for place in leftovers)
        else edit
        for edit in edits
    )
