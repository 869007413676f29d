"""The critique that the house makes without any model, from rules alone, and says so."""

from collections.abc import Iterable, Sequence

from coach.letters import (
    HOUSE_RULES,
    Criterion,
    Critique,
    Edit,
    Finding,
    Issue,
    Kind,
    Praise,
    Score,
    Severity,
)
from coach.rules.blocks import Sentence
from coach.rules.letter import Letter
from coach.rules.signs import Sign
from coach.scores import Material, quote, score, slips_of
from coach.texts import say

FIRST_ISSUES = 5
"""So many issues a reader takes in at once; the rest stand behind them, on demand."""
PRAISED = 4


def house_critique(
    text: str,
    *,
    kind: Kind,
    findings: tuple[Finding, ...],
    edits: Sequence[Edit],
    language: str = "en",
) -> Critique:
    """What a hiring reader will think, as far as rules can tell.

    Issues come most useful first; passages that hide or command count in none of the scores.
    `language` is the reader's.
    """
    letter = Letter.of(text, kind)
    scores = score(Material(letter, findings, tuple(edits)), language)
    issues = rank(findings, language)
    strengths = _strengths(letter, language)
    verdict = _verdict(scores, issues, edits)
    return Critique(
        engine=HOUSE_RULES,
        label=say(language, f"critique.label.{verdict}", count=_passages(issues)),
        summary=_summary(verdict, scores, strengths, language),
        scores=scores,
        issues=issues,
        strengths=strengths,
    )


def rank(findings: Iterable[Finding], language: str) -> tuple[Issue, ...]:
    """One issue a rule: blockers first, then what changes the decision, then polish.

    Within a severity every criterion speaks once before any speaks twice, so that the first few
    show the whole letter.
    """
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    issues = [_issue(same, language) for same in by_rule.values()]
    blockers, majors, minors = (
        [issue for issue in issues if issue.severity is severity] for severity in Severity
    )
    return (*blockers, *_in_rounds(majors), *_in_rounds(minors))


def _issue(same: list[Finding], language: str) -> Issue:
    """The first finding of a rule speaks for the others, and tells how many there are."""
    first = same[0]
    places = len(same) - 1
    more = f" {say(language, 'critique.more_places', count=places)}" if places else ""
    return Issue(
        first.criterion,
        first.severity,
        first.quote,
        first.start,
        first.end,
        first.message + more,
        first.advice,
    )


def _in_rounds(issues: list[Issue]) -> list[Issue]:
    rounds: dict[Criterion, int] = {}
    placed: list[tuple[int, int, Issue]] = []
    for number, issue in enumerate(issues):
        turn = rounds[issue.criterion] = rounds.get(issue.criterion, 0) + 1
        placed.append((turn, number, issue))
    return [issue for _, _, issue in sorted(placed, key=lambda one: one[:2])]


PRAISE: tuple[tuple[Sign, float, str], ...] = (
    (Sign.OUTCOME, 3.0, "outcome"),
    (Sign.INITIATIVE, 1.5, "initiative"),
    (Sign.THEIR_FACT, 1.2, "their_fact"),
    (Sign.CAUSE, 0.8, "cause"),
    (Sign.DEED, 0.7, "deed"),
)
"""What makes a sentence worth keeping, with its weight and the word of praise."""


def _strengths(letter: Letter, language: str) -> tuple[Praise, ...]:
    """The sentences that prove something, the strongest first, each praised for what it does."""
    links = letter.proof_links
    weighed = [
        (_strength(read, bool(links.within(sentence.start, sentence.end))), sentence, read)
        for sentence, read in letter.body
        if letter.is_honest(sentence.start, sentence.end)
    ]
    best = sorted((one for one in weighed if one[0] >= 1.5), key=lambda one: -one[0])[:PRAISED]
    return tuple(
        _praise(letter, sentence, read, bool(links.within(sentence.start, sentence.end)), language)
        for _, sentence, read in best
    )


def _strength(read: frozenset[Sign], linked: bool) -> float:
    own = Sign.DEED in read or Sign.INITIATIVE in read or Sign.THEIR_FACT in read
    weight = sum(weight for sign, weight, _ in PRAISE if sign in read)
    return weight + 0.7 * (Sign.NUMBER in read) + 1.2 * linked if own else 0.0


def _praise(
    letter: Letter, sentence: Sentence, read: frozenset[Sign], linked: bool, language: str
) -> Praise:
    reason = next((word for sign, _, word in PRAISE if sign in read), "deed")
    if linked and reason != "outcome":
        reason = "link"
    if reason == "outcome" and Sign.NUMBER in read:
        reason = "measured"
    return Praise(
        quote(letter, sentence.start, sentence.end), say(language, f"critique.praise.{reason}")
    )


def _verdict(scores: Sequence[Score], issues: Sequence[Issue], edits: Sequence[Edit]) -> str:
    """The rubric's label rule (data/rubric.json)."""
    given = [one.score for one in scores if one.score is not None]
    if any(issue.severity is Severity.BLOCKER for issue in issues):
        return "not_ready"
    if min(given) <= 1 or sum(1 for one in given if one == 2) >= 2:
        return "rewrite"
    return "after_fixes" if min(given) < 3 or slips_of(edits) else "ready"


def _passages(issues: Sequence[Issue]) -> int:
    """How many passages want rewriting: what changes the decision, at least one."""
    return max(1, sum(1 for issue in issues if issue.severity is Severity.MAJOR))


SHORT_QUOTE = 110


def _summary(
    verdict: str, scores: Sequence[Score], strengths: Sequence[Praise], language: str
) -> str:
    """Where the letter stands, what to build on, what is in the way."""
    told = [say(language, f"critique.summary.{verdict}")]
    if strengths:
        told.append(say(language, "critique.summary.best", quote=_short(strengths[0].quote)))
    if gap := _weakest(scores):
        told.append(say(language, f"critique.gap.{gap.value}"))
    return " ".join(told)


def _weakest(scores: Sequence[Score]) -> Criterion | None:
    """The weakest criterion that is not good enough; of two, the one that weighs more."""
    weak = [
        (one.score, GAPS.index(one.criterion))
        for one in scores
        if one.score is not None and one.score < 3 and one.criterion in GAPS
    ]
    return GAPS[min(weak)[1]] if weak else None


GAPS = (
    Criterion.EVIDENCE,
    Criterion.REQUIREMENT_COVERAGE,
    Criterion.SPECIFICITY_TO_ADDRESSEE,
    Criterion.MOTIVATION_FIT,
    Criterion.TRANSITION_STORY,
    Criterion.STRUCTURE_LENGTH,
    Criterion.CLARITY_VOICE,
)
"""What a summary may speak of, the weightier first; slips are counted elsewhere."""


def _short(words: str) -> str:
    words = " ".join(words.split())
    if len(words) <= SHORT_QUOTE:
        return words
    return words[: words.rfind(" ", 0, SHORT_QUOTE)].rstrip(",;: ") + " …"
