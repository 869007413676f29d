"""Scores of the house rules, 1 to 4 a criterion, by the anchors of data/rubric.json.

A score rests on quotes or names what was looked for. What rules can't tell honestly is None.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coach.criteria import CRITERIA
from coach.language import PROOFREAD, detect
from coach.letters import (
    Coverage,
    Criterion,
    Edit,
    EditKind,
    Finding,
    Kind,
    Score,
    Severity,
    Strength,
)
from coach.questions import questions
from coach.rules import hostile
from coach.rules.blocks import Block, Sentence
from coach.rules.evidence import proofs
from coach.rules.leftovers import sections
from coach.rules.length import LIMITS, ONE_AND_A_HALF
from coach.rules.letter import Letter
from coach.rules.signs import Sign
from coach.texts import say


@dataclass(frozen=True, slots=True)
class Material:
    """What scores are made from."""

    letter: Letter
    findings: tuple[Finding, ...]
    edits: tuple[Edit, ...]
    coverage: tuple[Coverage, ...] = ()

    def found(self, *rules: str) -> list[Finding]:
        """The findings of these rules."""
        return [finding for finding in self.findings if finding.rule in rules]

    def showing(self, *wanted: Sign) -> list[Sentence]:
        """The sentences that show one of these signs and nothing hostile."""
        return [
            sentence
            for sentence, read in self.letter.body
            if read.intersection(wanted) and self.letter.is_honest(sentence.start, sentence.end)
        ]

    def outcomes(self) -> list[Sentence]:
        """What came of the writer's deeds: effects told in a paragraph in which they act."""
        acting = {
            sentence.block
            for sentence, read in self.letter.body
            if Sign.DEED in read or SUBJECT.search(sentence.text)
        }
        doubted = self.found("number-without-context")
        return [
            sentence
            for sentence in self.showing(Sign.OUTCOME)
            if sentence.block in acting and not _overlaps(sentence, doubted)
        ]


SUBJECT = re.compile(r"\b(?:I|[Ww]e|[Яя]|[Мм]ы)\b")


def _overlaps(sentence: Sentence, findings: Sequence[Finding]) -> bool:
    return any(one.start < sentence.end and sentence.start < one.end for one in findings)


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the letter."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A score with the places that it rests on; `reason` chooses the words."""

    score: int | None
    places: Sequence[Sentence | Finding | Place] = ()
    reason: str = ""


QUOTES = 2
LONGEST_QUOTE = 240


def score(material: Material, language: str) -> tuple[Score, ...]:
    """A score for every criterion that applies to this kind of document."""
    return tuple(
        _put(criterion, judge(material), material.letter, language)
        for criterion, judge in JUDGES.items()
        if criterion in CRITERIA[material.letter.kind]
    )


def _put(criterion: Criterion, judged: Judged, letter: Letter, language: str) -> Score:
    places = [place for place in judged.places if place.start < place.end][:QUOTES]
    reason = judged.reason or str(judged.score)
    return Score(
        criterion,
        judged.score,
        tuple(quote(letter, place.start, place.end) for place in places),
        say(language, f"critique.why.{criterion.value}.{reason}"),
    )


def quote(letter: Letter, start: int, end: int) -> str:
    """The writer's words, cut after a whole word where they run long."""
    words = letter.text[start:end]
    if len(words) <= LONGEST_QUOTE:
        return words
    return words[: words.rfind(" ", 0, LONGEST_QUOTE) + 1].rstrip() or words[:LONGEST_QUOTE]


WHY = re.compile(r"(?i)\b(?:why|what draws|motivat\w+|warum|weshalb|почему|зачем)\b")


def _unasked(letter: Letter) -> bool:
    """A form that doesn't ask why can't be blamed for an answer that doesn't say."""
    asked = " ".join(each.text for each in questions(letter.prose))
    return letter.kind is Kind.SHORT_ANSWERS and not WHY.search(asked)


def _motivation(material: Material) -> Judged:
    letter = material.letter
    if _unasked(letter):
        return Judged(None, reason="none")
    wishes, caused = material.showing(Sign.WISH), _caused(material)
    if caused and material.found("reason-without-cause"):
        return Judged(2, [*material.found("reason-without-cause"), *caused])
    if caused:
        theirs = [one for one in caused if _is_theirs(letter, one)]
        return Judged(4, theirs) if theirs else Judged(3, caused)
    named = _names_addressee(letter) or material.showing(Sign.THEIR_FACT)
    return Judged(2, wishes) if wishes and named else Judged(1)


def _caused(material: Material) -> list[Sentence]:
    """The wishes that have their cause in the same paragraph."""
    causes = {sentence.block for sentence in material.showing(Sign.CAUSE)}
    worn = material.found("cliche", "no-addressee-detail")
    return [
        sentence
        for sentence in material.showing(Sign.WISH, Sign.THEIR_FACT)
        if sentence.block in causes and not _overlaps(sentence, worn)
    ]


def _is_theirs(letter: Letter, sentence: Sentence) -> bool:
    """The wish stands beside something true of this addressee alone, in one paragraph."""
    return any(
        Sign.THEIR_FACT in read and other.block == sentence.block for other, read in letter.body
    )


NAMED = re.compile(
    r"(?:Dear|Hello|Hi)\s+(?:(?:Dr|Mr|Ms|Mrs|Prof|Professor)\.?\s+)?(?!Sir|Madam|Hiring|Team"
    r"|Recruit|Committee|All|Selection|Colleague|Admission)[A-Z][\w'’-]+"
    r"|\b(?:join|joining|apply\w*\s+(?:to|for)(?:\s+\w+){0,5}\s+(?:at|in|with))\s+[A-Z]\w+"
)


def _names_addressee(letter: Letter) -> bool:
    return bool(NAMED.search(letter.prose))


def _specificity(material: Material) -> Judged:
    facts = material.showing(Sign.THEIR_FACT)
    if not facts and _unasked(material.letter):
        return Judged(None, reason="none")
    if len(facts) >= 2:
        return Judged(4, facts)
    if facts:
        return Judged(3, facts)
    general = material.found("no-addressee-detail")
    return Judged(2, general) if _names_addressee(material.letter) else Judged(1, general)


def _evidence(material: Material) -> Judged:
    if material.letter.kind is Kind.CV:
        shown = [sentence for sentence, _ in proofs(material.letter)]
        if len(shown) >= 2:
            return Judged(4 if material.letter.proof_links else 3, shown)
        return Judged(2, shown) if shown else Judged(1, material.found("duty-without-result"))
    outcomes = material.outcomes()
    if len(outcomes) >= 2 and material.letter.proof_links:
        return Judged(4, outcomes)
    if outcomes:
        return Judged(3, outcomes)
    deeds = material.showing(Sign.DEED)
    return Judged(2, deeds) if deeds else Judged(1, material.found("duty-without-result"))


def _transition(material: Material) -> Judged:
    changes = material.showing(Sign.CHANGE)
    if not changes:
        return Judged(None, reason="none")
    steps = [*material.showing(Sign.STEP), *material.outcomes()]
    carried = material.showing(Sign.CARRIED)
    if steps and carried:
        return Judged(4, [carried[0], steps[0]])
    if steps:
        return Judged(3, [changes[0], steps[0]])
    return Judged(2 if material.showing(Sign.CAUSE, Sign.WISH) else 1, changes)


def _coverage(material: Material) -> Judged:
    if material.coverage:
        return _against_posting(material)
    if not material.letter.kind.is_answers:
        return Judged(None, reason="none")
    answers = list(sections(material.letter))
    weak = material.found("empty-section", "thin-answer")
    if not answers:
        return Judged(None, reason="none")
    if 3 * len({finding.start for finding in weak}) > len(answers):
        return Judged(1, weak)
    strong = sum(1 for _, body in answers if _is_proven(material, body))
    if weak or 2 * strong < len(answers):
        return Judged(2, weak)
    return Judged(4 if strong == len(answers) else 3, material.outcomes())


def _against_posting(material: Material) -> Judged:
    """The rubric's anchors: 1 when more than a third is missing, 2 when every must-have is touched,
    3 when every must-have is shown, 4 when everything is."""
    coverage, text = material.coverage, material.letter.text
    missing = [row for row in coverage if row.strength is Strength.MISSING]
    quoted = [row.quote for row in coverage if row.quote and row.quote in text]
    places = [Place(at := text.index(quote), at + len(quote)) for quote in dict.fromkeys(quoted)]
    must = [row for row in coverage if row.must] or list(coverage)
    if 3 * len(missing) > len(coverage):
        return Judged(1, places)
    if any(row.strength is not Strength.STRONG for row in must):
        return Judged(2, places)
    return Judged(3 if missing else 4, places)


def _is_proven(material: Material, body: tuple[Block, ...]) -> bool:
    start, end = (body[0].start, body[-1].end) if body else (0, 0)
    return any(start <= sentence.start < end for sentence, _ in proofs(material.letter))


def _structure(material: Material) -> Judged:
    letter = material.letter
    packed = material.found("skill-list", "crowded-paragraph", "empty-section")
    length = material.found("too-long", "too-short")
    rules = {finding.rule for finding in [*packed, *length]}
    if not letter.kind.is_answers and (
        letter.length > LIMITS.get(letter.kind, ONE_AND_A_HALF)
        or {"skill-list", "crowded-paragraph", "too-long"} <= rules
    ):
        return Judged(1, packed)
    if packed or any(finding.severity is Severity.MAJOR for finding in length):
        return Judged(2, packed)
    outcomes = material.outcomes()
    if not outcomes:
        return Judged(3, reason="plain")
    ordered = letter.kind in (Kind.MOTIVATION_LETTER, Kind.COVER_LETTER)
    if ordered and outcomes[0].start > LATE * len(letter.text):
        return Judged(2, outcomes, reason="late")
    return Judged(3 if material.found("too-long", "too-short", "hobbies-last") else 4, outcomes[:1])


LATE = 0.5
"""A strongest point that comes after so much of the letter is hidden by its order."""

VOICE_WEIGHT = {
    "cliche": 1.0,
    "self-damage": 2.0,
    "informal": 0.5,
    "common-skill": 0.5,
    "personal-data": 0.5,
    "wrong-term": 0.25,
}


def _voice(material: Material) -> Judged:
    """Never 4: whether a voice is one's own, no rule can hear."""
    slips = material.found(*VOICE_WEIGHT)
    weight = sum(VOICE_WEIGHT[finding.rule] for finding in slips)
    per_hundred = 100 * weight / max(100, material.letter.length)
    if not slips:
        return Judged(3, reason="clean")
    if weight <= 1 or per_hundred <= 0.8:
        return Judged(3, slips)
    return Judged(2 if per_hundred <= 2.5 else 1, slips)


LEFTOVERS = ("placeholder", "template-code", "note-to-self")
SLIPS = ("undefined-abbreviation", "mixed-spelling", "repeated-sentence", "empty-link")


def _mechanics(material: Material) -> Judged:
    """Counted: leftovers, and different slips in 100 words; the same slip repeated is one."""
    leftovers = material.found(*LEFTOVERS)
    if leftovers:
        return Judged(1, leftovers, reason="leftovers")
    told = material.found("hidden-text")
    shown = [edit for edit in slips_of(material.edits) if not (told and hostile.undisguises(edit))]
    slips = {(edit.wrong.lower(), edit.right.lower()) for edit in shown}
    count = len(slips) + 0.5 * len(material.found(*SLIPS))
    per_hundred = 100 * count / max(1, material.letter.length)
    if not count and detect(material.letter.text) not in PROOFREAD:
        return Judged(None, reason="none")
    if not count:
        return Judged(4)
    if count <= 1 or per_hundred < 0.5:
        return Judged(3)
    return Judged(2 if per_hundred <= 1 else 1)


def slips_of(edits: Sequence[Edit]) -> list[Edit]:
    """The edits that mend something certain: no question, no matter of style."""
    return [edit for edit in edits if not edit.ask and edit.kind is not EditKind.STYLE]


JUDGES: dict[Criterion, Callable[[Material], Judged]] = {
    Criterion.MOTIVATION_FIT: _motivation,
    Criterion.SPECIFICITY_TO_ADDRESSEE: _specificity,
    Criterion.EVIDENCE: _evidence,
    Criterion.TRANSITION_STORY: _transition,
    Criterion.REQUIREMENT_COVERAGE: _coverage,
    Criterion.STRUCTURE_LENGTH: _structure,
    Criterion.CLARITY_VOICE: _voice,
    Criterion.MECHANICS: _mechanics,
}
