"""Drafts: the message that grows in a private chat while the bot still writes it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

LIFE = timedelta(seconds=30)
"""How long a draft stays without a change (Bot API, sendMessageDraft)."""


@dataclass(slots=True)
class Draft:
    """A streamed draft; an empty text shows "Thinking…"."""

    id: int
    text: str
    changed_at: datetime
    entities: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    can_stop: bool = False
    keep_on_stop: bool = False
    stopped: bool = False
    thread: int | None = None

    def alive(self, now: datetime) -> bool:
        """Whether apps still show it: not after Stop, unless it was to be kept."""
        return now - self.changed_at < LIFE and (self.keep_on_stop or not self.stopped)

    def seen(self) -> dict[str, Any]:
        """The draft as the people API shows it."""
        return {
            "draft_id": self.id,
            "text": self.text,
            "entities": self.entities,
            "can_stop": self.can_stop and not self.stopped,
            "message_thread_id": self.thread,
            "until": (self.changed_at + LIFE).isoformat(),
        }
