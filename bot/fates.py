"""What becomes of a message after a try to send it: pure decisions about Telegram's errors."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiohttp import ClientConnectorError

RETRIES = (1, 4, 16, 60)
"""Seconds between tries while Telegram is away; the last one is kept up."""

WINDOW = timedelta(hours=24)
"""For so long a message is worth delivering. Telegram itself keeps updates for 24 hours."""


class Ending(StrEnum):
    """How a try ended."""

    SENT = "sent"
    DONE = "done"  # the chat already shows what we wanted
    WAIT = "wait"  # flood control
    AGAIN = "again"  # Telegram is away; whether it took the message is unknown
    NOT_SENT = "not_sent"  # Telegram is away and certainly took nothing
    GONE = "gone"  # nobody there to read it
    MOVED = "moved"  # the group has a new id
    LOST = "lost"  # the message to be changed isn't there
    SHUT = "shut"  # its topic takes nothing; the group itself does
    DEAD = "dead"  # Telegram will never take this


@dataclass(frozen=True, slots=True)
class Fate:
    """`code` names the reason and quotes nothing. `seconds` belongs to WAIT, `chat_id` (the new
    one) to MOVED, `message_id` (None when the call brought none) and the poll's own id to SENT."""

    ending: Ending
    code: str
    seconds: int = 0
    chat_id: int = 0
    message_id: int | None = None
    poll_id: str | None = None


WORDS_OF_400 = (
    ("message is not modified", Ending.DONE, "not_modified"),
    ("message to edit not found", Ending.LOST, "message_gone"),
    ("message_id_invalid", Ending.LOST, "message_gone"),
    ("message can't be edited", Ending.LOST, "message_fixed"),
    ("message to delete not found", Ending.DONE, "message_gone"),
    ("message can't be deleted", Ending.DONE, "message_fixed"),
    ("chat not found", Ending.GONE, "chat_not_found"),
    ("user not found", Ending.GONE, "chat_not_found"),
    ("peer_id_invalid", Ending.GONE, "chat_not_found"),
    ("group chat was deactivated", Ending.GONE, "deactivated"),
    ("rights", Ending.DEAD, "no_rights"),
    ("chat_admin_required", Ending.DEAD, "no_rights"),
    ("chat_write_forbidden", Ending.DEAD, "no_rights"),
    ("topic_closed", Ending.SHUT, "topic_closed"),
    ("message thread not found", Ending.SHUT, "topic_gone"),
    ("replied not found", Ending.DEAD, "reply_gone"),
    ("too long", Ending.DEAD, "too_long"),
    ("message_too_long", Ending.DEAD, "too_long"),
    ("parse entities", Ending.DEAD, "bad_entities"),
    ("entit", Ending.DEAD, "bad_entities"),
    ("empty", Ending.DEAD, "empty"),
    ("button", Ending.DEAD, "bad_buttons"),
    ("keyboard", Ending.DEAD, "bad_buttons"),
    ("file", Ending.DEAD, "bad_file"),
)
"""Words in the description of a 400, lower case, with what they mean; the first that fits counts.
The description itself may quote the message and is kept nowhere."""

WORDS_OF_403 = (
    ("blocked by the user", "blocked"),
    ("user is deactivated", "deactivated"),
    ("kicked", "kicked"),
    ("not a member", "kicked"),
    ("can't initiate", "not_started"),
    ("chat was deleted", "deleted"),
)


def fate(error: Exception) -> Fate:
    """What an error says about the message that was to be sent."""
    match error:
        case TelegramRetryAfter():
            return Fate(Ending.WAIT, "flood", seconds=error.retry_after)
        case TelegramMigrateToChat():
            return Fate(Ending.MOVED, "migrated", chat_id=error.migrate_to_chat_id)
        case TelegramForbiddenError():
            return Fate(Ending.GONE, _reason_of_403(error.message.lower()))
        case TelegramEntityTooLarge():
            return Fate(Ending.DEAD, "too_big")
        case TelegramBadRequest():
            return _fate_of_400(error.message.lower())
        case TelegramNotFound():
            return Fate(Ending.DEAD, "no_such_method")
        case TelegramUnauthorizedError():
            return Fate(Ending.NOT_SENT, "token_refused")
        case TelegramNetworkError():
            refused = isinstance(error.__cause__, ClientConnectorError)
            return Fate(Ending.NOT_SENT if refused else Ending.AGAIN, "network")
        case TelegramServerError():
            return Fate(Ending.AGAIN, "server")
        case ClientDecodeError():
            return Fate(Ending.AGAIN, "answer_unreadable")
        case TelegramAPIError():
            return Fate(Ending.DEAD, "refused")
        case _:
            return Fate(Ending.DEAD, "bad_params")


def next_try(attempts: int, created_at: datetime, now: datetime) -> datetime | None:
    """When a message is tried again that could not be delivered `attempts` times; None when it
    isn't worth it any more."""
    if now - created_at >= WINDOW:
        return None
    return now + timedelta(seconds=RETRIES[min(attempts, len(RETRIES)) - 1])


def _fate_of_400(words: str) -> Fate:
    for known, ending, code in WORDS_OF_400:
        if known in words:
            return Fate(ending, code)
    return Fate(Ending.DEAD, "bad_request")


def _reason_of_403(words: str) -> str:
    return next((reason for known, reason in WORDS_OF_403 if known in words), "forbidden")
