"""What each check proposes before its sentence is written: a place, a replacement, a confidence."""

from dataclasses import dataclass

from coach.letters import EditKind


@dataclass(frozen=True, slots=True)
class Proposal:
    """A correction of text[start:end]. `reason` names a text in the catalogue `proofread`."""

    start: int
    end: int
    right: str
    kind: EditKind
    confidence: float
    reason: str
    ask: bool = False
