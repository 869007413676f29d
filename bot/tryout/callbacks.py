"""Presses of inline buttons that wait for the bot's answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.tryout.refusals import bad_request

LIFE = timedelta(seconds=60)
"""How long a press can be answered. Telegram names no figure; clients stop waiting much earlier."""


@dataclass(slots=True)
class Press:
    """One press of a button by one person.

    `answer` is what the bot showed for it: "" when it only took notice, None before it did.
    `alert`: whether that stood in a window that has to be closed; `url`: where it led.
    """

    id: str
    person: int
    chat: int
    message_id: int
    pressed_at: datetime
    answer: str | None = None
    alert: bool = False
    url: str | None = None

    def take_answer(self, text: str, alert: bool, url: str | None, now: datetime) -> None:
        """Note the answer. Raises Refusal for a second answer or one that comes too late."""
        if self.answer is not None or now - self.pressed_at > LIFE:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        self.answer, self.alert, self.url = text, alert, url
