"""Pauses: a while in which a person hears nothing at all and loses nothing."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Pause:
    """From one instant to another, or until the person comes back (`until` is None)."""

    since: datetime
    until: datetime | None

    def holds(self, now: datetime) -> bool:
        """Whether it is still on; at `until` it is over."""
        return self.until is None or now < self.until
