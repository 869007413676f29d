"""Messages as they stand in a chat."""

from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from bot.tryout.refusals import Missing

Body = dict[str, Any]
FILE_KINDS = ("document", "audio", "video", "voice")


@dataclass(slots=True)
class Message:
    """One message. `body` is what the Bot API shows of it; the rest only apps know.

    `keyboard` is the whole reply_markup, `only_for` the one member who sees an ephemeral
    message, `reactions` the emoji of each person, `sender` the real person behind an anonymous
    administrator.
    """

    body: Body
    by_bot: bool
    sender: int = 0
    keyboard: Body | None = None
    only_for: int | None = None
    reactions: dict[int, list[str]] = field(default_factory=dict[int, list[str]])

    @property
    def id(self) -> int:
        """The message's id within its chat; 0 for an ephemeral message."""
        return self.body["message_id"]

    @property
    def key(self) -> int:
        """Where it lies in its chat: its id, below 0 for an ephemeral message."""
        return self.id or -self.body["ephemeral_message_id"]

    @property
    def thread(self) -> int | None:
        """The forum topic it stands in."""
        return self.body.get("message_thread_id")

    @property
    def text(self) -> str:
        """Its text or caption."""
        return self.body.get("text") or self.body.get("caption") or ""

    @property
    def file_id(self) -> str:
        """The file it carries. Raises Missing."""
        for kind in FILE_KINDS:
            if kind in self.body:
                return self.body[kind]["file_id"]
        if "photo" in self.body:
            return self.body["photo"][-1]["file_id"]
        raise Missing("This message carries no file.")

    def quoted(self) -> Body:
        """The message as it appears in `reply_to_message`: without what it replied to itself."""
        body = deepcopy(self.body)
        body.pop("reply_to_message", None)
        return body

    def button(self, data: str) -> Body | None:
        """The inline button with this callback data, if it is still there."""
        for row in (self.keyboard or {}).get("inline_keyboard", ()):
            for button in row:
                if button.get("callback_data") == data:
                    return button
        return None

    def reaction_counts(self) -> list[Body]:
        """Every emoji with the people who chose it."""
        emojis = dict.fromkeys(emoji for chosen in self.reactions.values() for emoji in chosen)
        return [
            {"emoji": emoji, "people": [who for who, had in self.reactions.items() if emoji in had]}
            for emoji in emojis
        ]
