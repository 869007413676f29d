"""Answers as a model without any sense gives them: true to the schema, in random words."""

import random
import string

from coach.letters import Severity
from prompts.answers import (
    CritiqueAnswer,
    IssueItem,
    Judged,
    RewriteItem,
    ScoreItem,
    StrengthItem,
)

CRITERIA = Judged.__origin__.__args__


def random_answer(seed: int, text: str) -> CritiqueAnswer:
    """Noise; every third word comes from the letter, so that some of it nearly fits."""
    dice = random.Random(seed)
    own = text.split()

    def word() -> str:
        if dice.random() < 0.33:
            return dice.choice(own)
        return "".join(dice.choices(string.ascii_lowercase, k=dice.randint(1, 9)))

    def words() -> str:
        return " ".join(word() for _ in range(dice.randint(1, 8)))

    def some(make):
        return [make() for _ in range(dice.randint(1, 5))]

    return CritiqueAnswer(
        strengths=some(lambda: StrengthItem(quote=words(), why=words())),
        issues=some(
            lambda: IssueItem(
                quote=words(),
                criterion=dice.choice(CRITERIA),
                severity=dice.choice(list(Severity)),
                why=words(),
                advice=words(),
            )
        ),
        scores=some(
            lambda: ScoreItem(
                criterion=dice.choice(CRITERIA),
                quotes=some(words),
                why=words(),
                score=dice.choice([1, 2, 3, 4, None]),
            )
        ),
        rewrites=some(
            lambda: RewriteItem(
                quote=words(), replacement=words(), why=words(), questions=some(words)
            )
        ),
        summary=words(),
    )
