"""The critique that the house makes without any model, from rules alone, and says so."""

import re
from collections.abc import Iterable, Sequence

from coach.criteria import CRITERIA
from coach.letters import (
    HOUSE_RULES,
    Coverage,
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
from coach.rules.signs import PATTERNS, Sign
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
    coverage: Sequence[Coverage] = (),
    language: str = "en",
) -> Critique:
    """What a hiring reader will think, as far as rules can tell.

    Issues come most useful first; passages that hide or command count in none of the scores.
    `language` is the reader's.
    """
    letter = Letter.of(text, kind)
    material = Material(letter, findings, tuple(edits), tuple(coverage))
    scores = score(material, language)
    issues = rank(findings, language)
    strengths = _strengths(material, language)
    verdict = _verdict(scores, issues, edits)
    return Critique(
        engine=HOUSE_RULES,
        label=label(scores, issues, edits, language),
        summary=_summary(verdict, kind, scores, strengths, language),
        scores=scores,
        issues=issues,
        strengths=strengths,
    )


def rank(findings: Iterable[Finding], language: str) -> tuple[Issue, ...]:
    """One issue a rule, of a few two: blockers first, then what changes the decision, then polish.

    Within a severity every criterion speaks once before any speaks twice, so that the first few
    show the whole letter.
    """
    by_rule: dict[tuple[str, bool], list[Finding]] = {}
    for finding in findings:
        second = finding.rule in SPEAKS_TWICE and (finding.rule, False) in by_rule
        by_rule.setdefault((finding.rule, second), []).append(finding)
    issues = [_issue(same, language) for same in by_rule.values()]
    blockers, majors, minors = (
        [issue for issue in issues if issue.severity is severity] for severity in Severity
    )
    return (*blockers, *_in_rounds(majors), *_in_rounds(minors))


SPEAKS_TWICE = frozenset(
    {"duty-without-result", "unproven-claim", "thin-answer", "no-example", "over-limit"}
)
"""Rules of which each place wants words of its own; the second place is an issue of its own."""


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
    """Of one criterion, what can be shown in the letter comes before what it misses as a whole."""
    rounds: dict[Criterion, int] = {}
    placed: list[tuple[int, int, Issue]] = []
    shown_first = sorted(enumerate(issues), key=lambda one: one[1].start == one[1].end)
    for number, issue in shown_first:
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


def _strengths(material: Material, language: str) -> tuple[Praise, ...]:
    """The sentences that prove something, the strongest first, each praised for what it does."""
    letter, links = material.letter, material.letter.proof_links
    outcomes = set(material.outcomes())
    weighed: list[tuple[float, Sentence, str]] = []
    for sentence, read in letter.body:
        if letter.is_honest(sentence.start, sentence.end):
            linked = bool(links.within(sentence.start, sentence.end))
            word = _word(read, linked=linked)
            shown = sentence in outcomes if Sign.OUTCOME in read else bool(read & OWN)
            weight = _strength(read, linked=linked) if shown else 0.0
            weighed.append((weight, sentence, word))
    best = sorted((one for one in weighed if one[0] >= STRONG), key=lambda one: -one[0])[:PRAISED]
    return tuple(
        Praise(quote(letter, said.start, said.end), say(language, f"critique.praise.{word}"))
        for _, said, word in best
    )


STRONG = 1.5
OWN = {Sign.DEED, Sign.INITIATIVE, Sign.THEIR_FACT}


def _strength(read: frozenset[Sign], *, linked: bool) -> float:
    weight = sum(weight for sign, weight, _ in PRAISE if sign in read)
    return weight + 0.7 * (Sign.NUMBER in read) + 1.2 * linked


def _word(read: frozenset[Sign], *, linked: bool) -> str:
    """The word of praise for a sentence."""
    word = next((word for sign, _, word in PRAISE if sign in read), "deed")
    if word == "outcome":
        return "measured" if Sign.NUMBER in read else "outcome"
    return "link" if linked else word


def label(
    scores: Sequence[Score], issues: Sequence[Issue], edits: Sequence[Edit], language: str
) -> str:
    """The overall label by the rubric's rule, whoever gave the scores; never asked of a model."""
    verdict = _verdict(scores, issues, edits)
    return say(language, f"critique.label.{verdict}", count=_passages(issues))


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
    verdict: str,
    kind: Kind,
    scores: Sequence[Score],
    strengths: Sequence[Praise],
    language: str,
) -> str:
    """Where the letter stands, what to build on, what is in the way."""
    told = [say(language, f"critique.summary.{_standing(kind, verdict)}")]
    if strengths:
        told.append(say(language, "critique.summary.best", quote=_short(strengths[0].quote)))
    if gap := _weakest(kind, scores):
        told.append(say(language, f"critique.gap.{gap.value}"))
    return " ".join(told)


def _standing(kind: Kind, verdict: str) -> str:
    return "rewrite_cv" if kind is Kind.CV and verdict == "rewrite" else verdict


def _weakest(kind: Kind, scores: Sequence[Score]) -> Criterion | None:
    """The weakest criterion that is not good enough; of two, the one that weighs more."""
    weight = CRITERIA[kind]
    weak = [
        (one.score, weight.index(one.criterion))
        for one in scores
        if one.score is not None and one.score < 3 and one.criterion in GAPS
    ]
    return weight[min(weak)[1]] if weak else None


GAPS = frozenset(
    {
        Criterion.EVIDENCE,
        Criterion.REQUIREMENT_COVERAGE,
        Criterion.SPECIFICITY_TO_ADDRESSEE,
        Criterion.MOTIVATION_FIT,
        Criterion.TRANSITION_STORY,
        Criterion.STRUCTURE_LENGTH,
        Criterion.CLARITY_VOICE,
    }
)
"""What a summary may speak of; slips are counted elsewhere."""


def _short(words: str) -> str:
    """So much of a quote as a summary holds: where it tells an outcome, that part of it."""
    words = LINK.sub(r"\1", " ".join(words.split()))
    told = PATTERNS[Sign.OUTCOME].search(words)
    start = 0
    if told and told.end() > SHORT_QUOTE:
        start = words.rfind(" ", 0, max(1, told.start() - LEAD)) + 1
    if len(words) - start <= SHORT_QUOTE:
        return "… " * bool(start) + words[start:]
    end = words.rfind(" ", start + LEAD, start + SHORT_QUOTE)
    return "… " * bool(start) + words[start:end].rstrip(",;: ") + " …"


LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
LEAD = 40
"""Characters of run-up that a reader needs before the outcome."""
