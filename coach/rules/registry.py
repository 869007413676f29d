"""The book of rules: every rule registers here with its id, weight and criterion."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from coach.letters import Criterion, Finding, Severity
from coach.rules.letter import Letter
from coach.texts import say


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that a rule names. An empty span (start == end) speaks of the whole letter.

    `variant` chooses the text (`rules.ID.VARIANT.message`); `facts` fill it. A rule may lift or
    lower the severity of one hit, or count it to another criterion.
    """

    start: int
    end: int
    variant: str = ""
    facts: Mapping[str, object] = field(default_factory=dict[str, object])
    severity: Severity | None = None
    criterion: Criterion | None = None


Check = Callable[[Letter], Iterator[Hit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the house."""

    id: str
    severity: Severity
    criterion: Criterion
    check: Check

    def findings(self, letter: Letter, language: str) -> Iterator[Finding]:
        for hit in self.check(letter):
            key = f"rules.{self.id}.{hit.variant}" if hit.variant else f"rules.{self.id}"
            yield Finding(
                rule=self.id,
                severity=hit.severity or self.severity,
                criterion=hit.criterion or self.criterion,
                start=hit.start,
                end=hit.end,
                quote=letter.text[hit.start : hit.end],
                message=say(language, f"{key}.message", **hit.facts),
                advice=say(language, f"{key}.advice", **hit.facts),
            )


RULES: dict[str, Rule] = {}
"""Every rule by its id."""


def rule(id: str, severity: Severity, criterion: Criterion) -> Callable[[Check], Check]:
    """Registers a check under an id. Raises ValueError when the id is taken."""

    def register(check: Check) -> Check:
        if id in RULES:
            raise ValueError(f"two rules are called {id}")
        RULES[id] = Rule(id, severity, criterion, check)
        return check

    return register
