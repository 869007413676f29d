"""What is refused: by Telegram to the bot, and by an app to a person."""

from typing import Any


class Refusal(Exception):
    """A call that Telegram refuses, with the code and the words it uses for it."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def answer(self) -> dict[str, Any]:
        """The body of the answer, as the Bot API writes it."""
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(words: str, **parameters: int) -> Refusal:
    """400, the first letter lowered as Telegram does unless the word is a code."""
    if words[1:2].islower() or words[1:2] == " ":
        words = words[0].lower() + words[1:]
    return Refusal(400, f"Bad Request: {words}", **parameters)


def forbidden(words: str) -> Refusal:
    """403: the bot may not do this in that chat."""
    return Refusal(403, f"Forbidden: {words}")


def conflict(words: str) -> Refusal:
    """409: somebody else receives the updates."""
    return Refusal(409, f"Conflict: {words}")


def too_many(seconds: int) -> Refusal:
    """429: to be tried again after so many seconds."""
    words = f"Too Many Requests: retry after {seconds}"
    return Refusal(429, words, retry_after=seconds)


class NotPossible(Exception):
    """Something a person cannot do in an app; the message says why."""


class Missing(NotPossible):
    """There is no such person, chat, message or file."""
