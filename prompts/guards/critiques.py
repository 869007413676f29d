"""A model's critique, as far as it holds up against the letter.

Scores rest on anchored quotes, blockers of the house rules stay first, mechanics is counted, the
label is computed, and a rewrite is offered only without invention.
"""

from collections.abc import Iterable, Iterator, Sequence

from coach.anchors import Span
from coach.critique import label
from coach.letters import Criterion, Critique, Issue, Praise, Rewrite, Score, Severity
from coach.texts import say
from prompts.answers import CritiqueAnswer, RewriteItem, ScoreItem
from prompts.guards.letters import Letter
from prompts.guards.quotes import Evidence
from prompts.guards.rewrites import offered

MOST_ISSUES = 7
MOST_STRENGTHS = 4
MOST_REWRITES = 3
MOST_QUOTES = 3

LEAST_ANCHORED = 0.5
"""A critique of whose quotes fewer than this share stand in the letter is about another text."""


def critique(
    answer: CritiqueAnswer, letter: Letter, *, engine: str, partial: bool = False
) -> Critique | None:
    """What of the answer may be shown; None when nothing holds up, or too little.

    `engine` is the model's name. With `partial` the answer is still being written, so that
    nothing is said yet about what it lacks.
    """
    evidence = letter.evidence
    if _share_anchored(answer, evidence) < LEAST_ANCHORED:
        return None
    issues = tuple(_issues(answer, letter, evidence))
    strengths = tuple(_strengths(answer, evidence))[:MOST_STRENGTHS]
    scores = () if partial else tuple(_scores(answer, letter, evidence))
    if not (strengths or any(issue not in letter.house.issues for issue in issues)):
        return None
    return Critique(
        engine=engine,
        label="" if partial else label(scores, issues, letter.edits, letter.reader),
        summary=evidence.remark(answer.summary) or ("" if partial else letter.house.summary),
        scores=scores,
        issues=issues,
        strengths=strengths,
        rewrites=tuple(_rewrites(answer.rewrites, letter, evidence))[:MOST_REWRITES],
    )


def _share_anchored(answer: CritiqueAnswer, evidence: Evidence) -> float:
    quotes = [
        *(item.quote for item in (*answer.strengths, *answer.issues, *answer.rewrites)),
        *(quote for item in answer.scores for quote in item.quotes),
    ]
    return sum(evidence.find(quote) is not None for quote in quotes) / max(1, len(quotes))


def _issues(answer: CritiqueAnswer, letter: Letter, evidence: Evidence) -> Iterator[Issue]:
    """The blockers that rules have found, then the model's issues, one a passage."""
    blockers = [one for one in letter.house.issues if one.severity is Severity.BLOCKER]
    yield from blockers
    taken = [Span(one.start, one.end) for one in blockers]
    for issue in list(_anchored_issues(answer, evidence))[: MOST_ISSUES + len(taken)]:
        if len(taken) < MOST_ISSUES and not _touches(taken, issue.start, issue.end):
            taken.append(Span(issue.start, issue.end))
            yield issue


def _touches(taken: Iterable[Span], start: int, end: int) -> bool:
    return any(span.touches(start, end) for span in taken)


def _anchored_issues(answer: CritiqueAnswer, evidence: Evidence) -> Iterator[Issue]:
    for item in answer.issues:
        span, why = evidence.find(item.quote), evidence.remark(item.why)
        if span and why:
            quote, advice = evidence.shown(span), evidence.remark(item.advice)
            yield Issue(item.criterion, item.severity, quote, span.start, span.end, why, advice)


def _strengths(answer: CritiqueAnswer, evidence: Evidence) -> Iterator[Praise]:
    for item in answer.strengths:
        span, why = evidence.find(item.quote), evidence.remark(item.why)
        if span and why:
            yield Praise(evidence.shown(span), why)


def _scores(answer: CritiqueAnswer, letter: Letter, evidence: Evidence) -> Iterator[Score]:
    """Every criterion of the house's critique in its order; mechanics is the house's own."""
    given = {item.criterion: item for item in reversed(answer.scores)}
    for own in letter.house.scores:
        if own.criterion is Criterion.MECHANICS:
            yield own
        else:
            yield _score(own, given.get(own.criterion), letter, evidence)


def _score(own: Score, item: ScoreItem | None, letter: Letter, evidence: Evidence) -> Score:
    """A score that rests on quotes, or on the naming of what is absent; else not assessed."""
    if item is None:
        return Score(own.criterion, None, (), say(letter.reader, "model.not_assessed"))
    spans = [span for quote in item.quotes if (span := evidence.find(quote))]
    why = evidence.remark(item.why)
    proved = spans or (item.score == 1 and not item.quotes) or item.score is None
    if not proved or not why:
        return Score(own.criterion, None, (), say(letter.reader, "model.not_assessed"))
    quotes = dict.fromkeys(evidence.shown(span) for span in spans)
    return Score(own.criterion, item.score, tuple(quotes)[:MOST_QUOTES], why)


def _rewrites(
    items: Sequence[RewriteItem], letter: Letter, evidence: Evidence
) -> Iterator[Rewrite]:
    taken: list[Span] = []
    for item in items:
        span = evidence.find(item.quote)
        if span is None or _touches(taken, span.start, span.end):
            continue
        if rewrite := offered(item, span, letter, evidence):
            taken.append(span)
            yield rewrite
