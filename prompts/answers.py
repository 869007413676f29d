"""What the model may answer: one type per prompt, checked before anything else sees it.

Fields stand in the order in which they are to be written: proof before judgement, so that a
score is given after its quotes. No field is a map, because servers that enforce a schema know
none. The schema demands every field; defaults forgive what a server left out nonetheless.
"""

from typing import Annotated, Any, Literal, TypeAlias, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

from coach.letters import Criterion, EditKind, Severity, Strength

Fields = dict[str, Any]


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _lower(value: object) -> object:
    """A choice as the schema writes it, however it was written."""
    return value.strip().lower().replace(" ", "_") if isinstance(value, str) else value


def _dashed(value: object) -> object:
    return (
        value.strip().lower().replace("_", "-").replace(" ", "-")
        if isinstance(value, str)
        else value
    )


def _whole(value: object) -> object:
    """A number that was written as text or with a zero behind the point."""
    if isinstance(value, str) and value.strip().isdigit():
        return int(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


Words: TypeAlias = Annotated[list[str], BeforeValidator(_listed)]
Number: TypeAlias = Annotated[int, BeforeValidator(_whole)]
Judged: TypeAlias = Annotated[
    Literal[
        Criterion.MOTIVATION_FIT,
        Criterion.SPECIFICITY_TO_ADDRESSEE,
        Criterion.EVIDENCE,
        Criterion.TRANSITION_STORY,
        Criterion.REQUIREMENT_COVERAGE,
        Criterion.STRUCTURE_LENGTH,
        Criterion.CLARITY_VOICE,
    ],
    BeforeValidator(_lower),
]
"""The criteria that a model is asked for: all but mechanics, which is counted."""


class Part(BaseModel):
    """What an answer consists of. A field that nobody asked for is passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Whole(Part):
    """An answer. What was cut off is empty, but an answer to another question is none."""

    @model_validator(mode="before")
    @classmethod
    def _is_an_answer(cls, data: object) -> object:
        if isinstance(data, dict) and cls.model_fields.keys().isdisjoint(cast("Fields", data)):
            raise ValueError(f"has none of the fields {', '.join(cls.model_fields)}")
        return cast("object", data)


class ScoreItem(Part):
    """A criterion, what it rests on, and the score; None when it doesn't apply."""

    criterion: Judged
    quotes: Words
    why: str
    score: Annotated[Literal[1, 2, 3, 4] | None, BeforeValidator(_whole)]


class IssueItem(Part):
    """Something a hiring reader will trip over."""

    quote: str
    criterion: Judged
    severity: Annotated[Severity, BeforeValidator(_lower)]
    why: str
    advice: str


class StrengthItem(Part):
    """Something that works and should stay."""

    quote: str
    why: str


class RewriteItem(Part):
    """A passage said better; what is missing is asked."""

    quote: str
    replacement: str
    why: str
    questions: Words


class CritiqueAnswer(Whole):
    """What a hiring reader will think of a letter."""

    strengths: list[StrengthItem] = []
    issues: list[IssueItem] = []
    scores: list[ScoreItem] = []
    rewrites: list[RewriteItem] = []
    summary: str = ""


class EditItem(Part):
    """A slip: the wrong words as they stand, the right ones, and which of several places."""

    quote: str
    replacement: str
    kind: Annotated[EditKind, BeforeValidator(_dashed)]
    occurrence: Number = 1


class TyposAnswer(Whole):
    """Which of the proofreader's candidates are right, and what it has missed."""

    confirm: list[Number] = []
    reject: list[Number] = []
    edits: list[EditItem] = []


class RewriteAnswer(Whole):
    """One passage said better; empty when that needs what is asked."""

    replacement: str = ""
    why: str = ""
    questions: Words = []


class CoverageItem(Part):
    """Where a letter answers a numbered requirement or question, and how well."""

    number: Number
    quote: str
    strength: Annotated[Strength, BeforeValidator(_lower)]
    advice: str


class MissedItem(Part):
    """A requirement that the rules didn't see, in the posting's words."""

    requirement: str
    must: bool
    quote: str
    strength: Annotated[Strength, BeforeValidator(_lower)]
    advice: str


class CoverageAnswer(Whole):
    """How a letter answers each requirement of a posting, and what the list of them lacks."""

    rows: list[CoverageItem] = []
    missed: list[MissedItem] = []


class AnswersAnswer(Whole):
    """How each answer of a form answers its question."""

    rows: list[CoverageItem] = []


class CardItem(Part):
    """A card about a passage; an empty back is the writer's to fill in."""

    quote: str
    front: str
    back: str
    why: str


class CardsAnswer(Whole):
    """Cards to learn from a letter."""

    cards: list[CardItem] = []


class ComparisonAnswer(Whole):
    """What a new version says better and worse, and which open point comes next; 0: none."""

    better: list[StrengthItem] = []
    worse: list[StrengthItem] = []
    next: Number = 0


OUTPUTS: dict[str, type[Whole]] = {
    answer.__name__: answer
    for answer in (
        *(CritiqueAnswer, TyposAnswer, RewriteAnswer),
        *(CoverageAnswer, AnswersAnswer, CardsAnswer, ComparisonAnswer),
    )
}
"""The answer types that a prompt's front matter may name."""
