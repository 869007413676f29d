"""Letters and what is said about them: the types that every other room passes on.

Every `start` and `end` counts Unicode code points in the letter's text, end excluded, and
`text[start:end]` equals the `wrong` or `quote` beside it.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What sort of document a letter is; each has its own criteria."""

    MOTIVATION_LETTER = "motivation_letter"
    COVER_LETTER = "cover_letter"
    APPLICATION_ANSWERS = "application_answers"
    """Requirement by requirement: the headings are what is asked for."""
    SHORT_ANSWERS = "short_answers"
    """A form's questions, each with its answer and perhaps a limit."""
    CV = "cv"

    @property
    def is_answers(self) -> bool:
        """Whether somebody asks and this answers, place by place."""
        return self in (Kind.APPLICATION_ANSWERS, Kind.SHORT_ANSWERS)


class EditKind(StrEnum):
    """What sort of slip an edit mends."""

    SPELLING = "spelling"
    SPLIT_WORD = "split-word"
    DOUBLED_WORD = "doubled-word"
    MOJIBAKE = "mojibake"
    PUNCTUATION = "punctuation"
    CONFUSION = "confusion"
    GRAMMAR = "grammar"
    STYLE = "style"


class Source(StrEnum):
    """Who proposed an edit; the writer proposes only in the chat."""

    PROOFREADER = "proofreader"
    MODEL = "model"
    BOTH = "both"
    WRITER = "writer"


class Severity(StrEnum):
    """How much an issue weighs: a blocker must not be sent, a major one changes the reader's
    decision, a minor one is polish (data/rubric.json)."""

    BLOCKER = "blocker"
    MAJOR = "major"
    MINOR = "minor"


class Criterion(StrEnum):
    """The rubric's criteria."""

    MOTIVATION_FIT = "motivation_fit"
    SPECIFICITY_TO_ADDRESSEE = "specificity_to_addressee"
    EVIDENCE = "evidence"
    TRANSITION_STORY = "transition_story"
    REQUIREMENT_COVERAGE = "requirement_coverage"
    STRUCTURE_LENGTH = "structure_length"
    CLARITY_VOICE = "clarity_voice"
    MECHANICS = "mechanics"


class Strength(StrEnum):
    """How well a letter answers a requirement."""

    STRONG = "strong"
    PARTIAL = "partial"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Edit:
    """One proposed correction, anchored in the text.

    `confidence` lies in 0..1. With `ask` it is shown as a question and never applied by
    "apply all".
    """

    start: int
    end: int
    wrong: str
    right: str
    kind: EditKind
    confidence: float
    ask: bool = False
    reason: str = ""
    source: Source = Source.PROOFREADER


@dataclass(frozen=True, slots=True)
class Finding:
    """What a house rule found at a place; an empty span speaks of the whole letter."""

    rule: str
    severity: Severity
    criterion: Criterion
    start: int
    end: int
    quote: str
    message: str
    advice: str


@dataclass(frozen=True, slots=True)
class Score:
    """A criterion's score, 1 to 4, with the quotes it rests on. None: not assessed."""

    criterion: Criterion
    score: int | None
    quotes: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that a hiring reader will trip over, with what to do about it."""

    criterion: Criterion
    severity: Severity
    quote: str
    start: int
    end: int
    why: str
    advice: str


@dataclass(frozen=True, slots=True)
class Praise:
    """Something that works and should stay."""

    quote: str
    why: str


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A passage said better with the writer's own facts; what is missing stays a question.

    An empty `replacement` was withheld because it said more than the writer has: only the
    questions are shown.
    """

    quote: str
    start: int
    end: int
    replacement: str
    why: str
    questions: tuple[str, ...] = ()


SHORTEST_LETTER = 40
"""Words. Anything shorter that was typed into the chat is asked about, not reviewed."""

HOUSE_RULES = "house rules"
"""The engine's name when no model took part; it never pretends to be one."""


@dataclass(frozen=True, slots=True)
class Critique:
    """What a hiring reader will think. `engine` is HOUSE_RULES or the model's name."""

    engine: str
    label: str
    summary: str
    scores: tuple[Score, ...] = ()
    issues: tuple[Issue, ...] = ()
    strengths: tuple[Praise, ...] = ()
    rewrites: tuple[Rewrite, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """How the letter answers one requirement of a posting; `must`: it can't be done without."""

    requirement: str
    quote: str | None
    strength: Strength
    advice: str
    must: bool = True


@dataclass(frozen=True, slots=True)
class PlanCard:
    """A card worth learning because of this letter."""

    front: str
    back: str
    why: str


@dataclass(frozen=True, slots=True)
class PlanHabit:
    """A habit of the catalogue that answers a gap of this letter."""

    id: str
    why: str


@dataclass(frozen=True, slots=True)
class PlanProject:
    """One weekend's work that answers a requirement: what to do, and how one knows it is done."""

    requirement: str
    title: str
    task: str
    done: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do after the letter."""

    cards: tuple[PlanCard, ...] = ()
    habits: tuple[PlanHabit, ...] = ()
    project: PlanProject | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """What the model was asked to do for one review, in tokens."""

    calls: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.calls + other.calls,
            self.prompt_tokens + other.prompt_tokens,
            self.cached_tokens + other.cached_tokens,
            self.completion_tokens + other.completion_tokens,
        )


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that was said about one version of a letter."""

    kind: Kind
    language: str
    critique: Critique
    edits: tuple[Edit, ...] = ()
    findings: tuple[Finding, ...] = ()
    coverage: tuple[Coverage, ...] | None = None
    plan: Plan = field(default_factory=Plan)
    usage: Usage = field(default_factory=Usage)
    notes: tuple[str, ...] = ()


def words(text: str) -> int:
    """How many words a text has, counted as its writer would: by white space."""
    return len(text.split())


def _is_torn(text: str, edit: Edit) -> bool:
    """Whether a doubled word would end within a word: "the the" in "the theory"."""
    return edit.kind is EditKind.DOUBLED_WORD and bool(_GOES_ON.match(text, edit.end))


_GOES_ON = re.compile(r"['’]?[^\W\d_]")


def unmistakable(text: str, start: int, end: int, right: str) -> tuple[int, str]:
    """The end and the replacement of an edit of text[start:end], with as much of what follows as
    tells the text before it from the text after it.

    An edit of "-" into "--" before another "-" would look applied already.
    """
    if not (right.startswith(text[start:end]) and text.startswith(right, start)):
        return end, right
    pairs = zip(right + text[end:], text[start:], strict=False)
    same = next((at for at, (new, old) in enumerate(pairs) if new != old), len(text) - start)
    upto = min(len(text), end + same + 1 - len(right))
    return upto, right + text[end:upto]


def apply_edits(text: str, edits: list[Edit] | tuple[Edit, ...]) -> str:
    """The text with the edits applied, right to left so that no offset moves.

    A text that doesn't say every `wrong` at its place isn't the one the edits were made for and
    stays as it is; so does a place that says `right` already. Applying the same edits to the
    result therefore changes nothing more. Of two that overlap the later one counts.
    """
    if any(text[edit.start : edit.end] != edit.wrong or _is_torn(text, edit) for edit in edits):
        return text
    upper = len(text)
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
        done = edit.right.startswith(edit.wrong) and text.startswith(edit.right, edit.start)
        if edit.end <= upper and not done:
            text = text[: edit.start] + edit.right + text[edit.end :]
            upper = edit.start
    return text
