"""Whether a change of field is told as a decision, with what was done about it."""

from collections.abc import Iterator

from coach.letters import Criterion, Severity
from coach.rules.letter import Letter
from coach.rules.registry import Hit, rule
from coach.rules.signs import Sign

DONE = (Sign.STEP, Sign.INITIATIVE, Sign.OUTCOME)
TOLD = {Sign.CAUSE, Sign.OUTCOME}


@rule("unexplained-change", Severity.MAJOR, Criterion.TRANSITION_STORY)
def unexplained_change(letter: Letter) -> Iterator[Hit]:
    """A change of field that is a wish only: no step taken, or no reason given near it."""
    if not letter.may_lack:
        return
    body = list(letter.body)
    changes = [place for place, (_, read) in enumerate(body) if Sign.CHANGE in read]
    if not changes:
        return
    first = body[changes[0]][0]
    if not letter.has(*DONE):
        yield Hit(first.start, first.end, "no_step")
    elif not any(read & TOLD for at in changes for _, read in body[max(0, at - 2) : at + 3]):
        yield Hit(first.start, first.end)
