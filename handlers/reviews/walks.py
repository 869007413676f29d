"""Going through the slips of a review: what is decided together, and how far one has come."""

from collections.abc import Sequence
from dataclasses import dataclass

from coach.changes import decision
from coach.letters import Edit
from storage.reviews import EditState, StoredEdit

Slip = tuple[StoredEdit, ...]
"""The open places of one decision, in the order of the text."""


@dataclass(frozen=True, slots=True)
class Walk:
    """Where somebody stands who decides slip by slip.

    `steps` counts the decisions taken on the way; what was applied all at once was not walked
    through, so it is in none of the numbers.
    """

    steps: int
    last_step: int
    ahead: tuple[Slip, ...]
    accepted: tuple[Edit, ...]

    @property
    def position(self) -> int:
        """The place of the next decision, counted from 1."""
        return self.steps + 1

    @property
    def total(self) -> int:
        """All decisions of the way."""
        return self.steps + len(self.ahead)


def walk(edits: Sequence[StoredEdit]) -> Walk:
    """How far the deciding has come."""
    steps = {stored.step for stored in edits if stored.step is not None}
    ahead: dict[object, list[StoredEdit]] = {}
    for stored in edits:
        if stored.state is EditState.OPEN:
            ahead.setdefault(decision(stored.edit), []).append(stored)
    return Walk(
        steps=len(steps),
        last_step=max(steps, default=0),
        ahead=tuple(tuple(places) for places in ahead.values()),
        accepted=tuple(one.edit for one in edits if one.state is EditState.ACCEPTED),
    )


def slip_of(ahead: Walk, number: int) -> Slip:
    """The decision that an edit belongs to; empty when that is taken."""
    for slip in ahead.ahead:
        if any(stored.number == number for stored in slip):
            return slip
    return ()
