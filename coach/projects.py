"""One piece of work that answers a gap: a weekend of the job before one has it.

It is made of the posting's own words: the requirement that is missing, and the tools it names.
"""

import re
from collections.abc import Iterator, Sequence

from coach.letters import Coverage, PlanProject, Strength
from coach.terms import EMPTY_WORDS, WORD
from coach.texts import say

SORTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?i)\b(?:{words})"))
    for name, words in (
        (
            "language",
            r"nlp|llms?|language models?|natural language|prompt|rag\b|text classif|chatbots?"
            r"|translation|speech|asr\b|sprachmodell|языков\w+ модел|обработк\w+ текст",
        ),
        ("vision", r"computer vision|images?\b|opencv|object detection|segmentation|bildverarb"),
        (
            "running",
            r"docker|kubernetes|k8s|aws|gcp|azure|cloud|terraform|ci/cd|deploy\w*|mlops|linux"
            r"|production|monitoring|on-call|devops|serverless|betrieb|контейнер|продакшен",
        ),
        (
            "model",
            r"machine learning|deep learning|ml\b|pytorch|tensorflow|keras|jax|scikit|sklearn"
            r"|xgboost|models?\b|forecast\w*|recommend\w*|neural|maschinelle|машинн\w+ обучен",
        ),
        (
            "experiment",
            r"statistic\w*|a/b|experiment\w*|hypothes\w*|causal\w*|bayesian|statistik|статистик",
        ),
        (
            "data",
            r"sql|postgres\w*|bigquery|snowflake|spark|airflow|dbt|etl|pipelines?|kafka|hadoop"
            r"|data\b|warehouse|pandas|tableau|power ?bi|looker|dashboards?|excel|daten\w*|данны",
        ),
        (
            "service",
            r"python|java\b|javascript|typescript|react|go\b|golang|rust|c\+\+|c#|fastapi|django"
            r"|flask|api\w*|backend|frontend|microservices?|rest\b|graphql|git\b|testing|software",
        ),
        (
            "people",
            r"communicat\w*|present\w*|stakeholder\w*|teach\w*|mentor\w*|writing|document\w*"
            r"|workshop\w*|kommunik\w*|коммуникац|презентац|общат",
        ),
    )
)
"""What a requirement is about; the first that fits."""

WEEKEND_CAN_NOT = re.compile(
    r"(?i)\b(?:degree|bachelor|master['’]?s|ph\.?d|diploma|years?\b|licen[cs]e|permit|citizen|visa"
    r"|clearance|eligib\w+|travel|relocat\w*|fluent|fluency|native|english|german|french|deutsch\w*"
    r"|englisch\w*|studium|abschluss|ausbildung|führerschein|лет\b|года?\b|образовани|английск"
    r"|гражданств|переезд)"
)
"""What no piece of work proves."""
MOST_TOOLS = 3


def project(coverage: Sequence[Coverage], language: str) -> PlanProject | None:
    """The one piece of work that answers most: for a must-have that is missing rather than for
    one that is half there. None when no gap can be closed by work."""
    for row in sorted(coverage, key=_urgency):
        if row.strength is Strength.STRONG or not (sort := sort_of(row.requirement)):
            continue
        named = tools([row.requirement, *(other.requirement for other in _near(row, coverage))])
        facts = {"requirement": row.requirement, "tools": _listed(named, language)}
        return PlanProject(
            requirement=row.requirement,
            title=say(language, f"projects.{sort}.title", **facts),
            task=say(language, f"projects.{sort}.task", **facts),
            done=say(language, f"projects.{sort}.done", **facts),
        )
    return None


def _urgency(row: Coverage) -> tuple[bool, bool]:
    return not row.must, row.strength is not Strength.MISSING


def sort_of(requirement: str) -> str | None:
    """What sort of work shows it; None for what no work shows."""
    sort = next((name for name, words in SORTS if words.search(requirement)), None)
    if WEEKEND_CAN_NOT.search(requirement) and not tools([requirement]):
        return None
    return sort


def skill(requirement: str) -> bool:
    """Whether it names something that one can do, has learned, or holds a paper for."""
    known = WEEKEND_CAN_NOT.search(requirement) or any(w.search(requirement) for _, w in SORTS)
    return bool(known or tools([requirement]))


def _near(row: Coverage, coverage: Sequence[Coverage]) -> Iterator[Coverage]:
    """Other gaps of the same sort, whose tools go into the same weekend."""
    sort = sort_of(row.requirement)
    for other in coverage:
        is_gap = other is not row and other.strength is not Strength.STRONG
        if is_gap and sort_of(other.requirement) == sort:
            yield other


def tools(requirements: Sequence[str]) -> list[str]:
    """The names that requirements hold, in their order: written with capitals, digits or signs."""
    named: dict[str, str] = {}
    for said in requirements:
        for place, found in enumerate(WORD.finditer(said)):
            word = found[0].strip(".'’-")
            if _is_tool(word, place):
                named.setdefault(word.casefold(), word)
    return list(named.values())[:MOST_TOOLS]


def _is_tool(word: str, place: int) -> bool:
    if len(word) < 2 or word.casefold() in EMPTY_WORDS or WEEKEND_CAN_NOT.match(word):
        return False
    inside = any(sign.isupper() for sign in word[1:]) or any(sign in "+#" for sign in word)
    known = any(pattern.fullmatch(word) for _, pattern in SORTS) and word[0].isupper()
    return word.isascii() and (inside or (word[0].isupper() and place > 0) or known)


def _listed(named: Sequence[str], language: str) -> str:
    """Names joined as a sentence joins them; what one has, where none is named."""
    if not named:
        return say(language, "projects.any_tools")
    if len(named) == 1:
        return named[0]
    both = say(language, "projects.and")
    return f"{', '.join(named[:-1])} {both} {named[-1]}"
