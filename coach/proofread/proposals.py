"""What each check proposes before its sentence is written: a place, a replacement, a confidence."""

from dataclasses import dataclass

from coach.letters import Edit, EditKind
from coach.texts import say


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

    def edit(self, text: str, reader: str) -> Edit:
        """The same with its sentence, said in the language of the `reader`."""
        return Edit(
            start=self.start,
            end=self.end,
            wrong=text[self.start : self.end],
            right=self.right,
            kind=self.kind,
            confidence=self.confidence,
            ask=self.ask,
            reason=say(reader, f"proofread.{self.reason}"),
        )
