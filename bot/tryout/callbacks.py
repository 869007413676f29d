"""Presses of inline buttons that wait for the bot's answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.tryout.refusals import bad_request

LIFE = timedelta(seconds=60)
"""How long a press can be answered. Telegram names no figure; clients stop waiting much earlier."""


@dataclass(slots=True)
class Press:
    """One press of a button by one person."""

    id: str
    person: int
    chat: int
    message_id: int
    pressed_at: datetime
    answered: bool = False

    def take_answer(self, now: datetime) -> None:
        """Note the answer. Raises Refusal for a second answer or one that comes too late."""
        if self.answered or now - self.pressed_at > LIFE:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        self.answered = True
