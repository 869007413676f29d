"""What each kind of document is judged by: its criteria, the weightiest first, and the house rules
that don't speak of it."""

from collections.abc import Mapping

from coach.letters import Criterion, Kind

WHOLE_PERSON = (
    Criterion.SPECIFICITY_TO_ADDRESSEE,
    Criterion.MOTIVATION_FIT,
    Criterion.TRANSITION_STORY,
)
"""What only somebody who writes to somebody can show."""

FORM = (Criterion.STRUCTURE_LENGTH, Criterion.CLARITY_VOICE, Criterion.MECHANICS)
SUBSTANCE = (Criterion.EVIDENCE, Criterion.REQUIREMENT_COVERAGE)

CRITERIA: Mapping[Kind, tuple[Criterion, ...]] = {
    Kind.COVER_LETTER: (*SUBSTANCE, *WHOLE_PERSON, *FORM),
    Kind.MOTIVATION_LETTER: (
        Criterion.MOTIVATION_FIT,
        Criterion.EVIDENCE,
        Criterion.SPECIFICITY_TO_ADDRESSEE,
        Criterion.TRANSITION_STORY,
        Criterion.REQUIREMENT_COVERAGE,
        *FORM,
    ),
    Kind.APPLICATION_ANSWERS: (*reversed(SUBSTANCE), *WHOLE_PERSON, *FORM),
    Kind.SHORT_ANSWERS: (*reversed(SUBSTANCE), *WHOLE_PERSON, *FORM),
    Kind.CV: (*SUBSTANCE, *FORM),
}
"""A summary names the weakest criterion; of two that are equally weak, the weightier."""

FRAME = frozenset(
    {
        "impersonal-greeting",
        "too-short",
        "missing-frame",
        "flat-opening",
        "buried-strength",
        "bulleted-letter",
    }
)
"""What only a letter has that is read from its greeting to its end."""

SILENT: Mapping[Kind, frozenset[str]] = {
    Kind.CV: frozenset(
        {
            "no-addressee-detail",
            "impersonal-greeting",
            "reason-without-cause",
            "too-short",
            "hobbies-last",
            "thin-answer",
            "crowded-paragraph",
            "wall-of-text",
            "bulleted-letter",
            "flat-opening",
            "buried-strength",
            "missing-frame",
            "repeated-opening",
            "unexplained-change",
            "long-sentence",
            "flattery",
            "empty-section",
            "undefined-abbreviation",
        }
    ),
    Kind.SHORT_ANSWERS: FRAME | {"no-addressee-detail"},
    Kind.APPLICATION_ANSWERS: FRAME,
}
"""A CV greets nobody, lists skills and names of things, is all headings, and says nothing of why;
a form's answers greet nobody and are as short as the form wants them."""


def applies(rule: str, kind: Kind) -> bool:
    """Whether a house rule speaks of such a document."""
    return rule not in SILENT.get(kind, frozenset())
