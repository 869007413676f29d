"""What Telegram's errors mean for a message."""

from datetime import UTC, datetime, timedelta

import pytest
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import SendMessage
from hypothesis import given
from hypothesis import strategies as st

from bot.fates import WINDOW, WORDS_OF_400, WORDS_OF_403, Ending, fate, next_try
from storage.chats import UNREACHABLE

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
CALL = SendMessage(chat_id=7, text="Dear Sir")


@pytest.mark.parametrize(
    ("words", "ending", "code"),
    [
        ("Bad Request: message is not modified: specified …", Ending.DONE, "not_modified"),
        ("Bad Request: message to edit not found", Ending.LOST, "message_gone"),
        ("Bad Request: message can't be edited", Ending.LOST, "message_fixed"),
        ("Bad Request: chat not found", Ending.GONE, "chat_not_found"),
        ("Bad Request: message is too long", Ending.DEAD, "too_long"),
        ("Bad Request: BUTTON_DATA_INVALID", Ending.DEAD, "bad_buttons"),
        ("Bad Request: not enough rights to send text messages", Ending.DEAD, "no_rights"),
        ("Bad Request: TOPIC_CLOSED", Ending.SHUT, "topic_closed"),
        ("Bad Request: message thread not found", Ending.SHUT, "topic_gone"),
        ("Bad Request: something new", Ending.DEAD, "bad_request"),
    ],
)
def test_a_400_means_what_its_words_say(words, ending, code):
    end = fate(TelegramBadRequest(CALL, words))
    assert (end.ending, end.code) == (ending, code)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Forbidden: bot was blocked by the user", "blocked"),
        ("Forbidden: user is deactivated", "deactivated"),
        ("Forbidden: bot was kicked from the group chat", "kicked"),
        ("Forbidden: bot can't initiate conversation with a user", "not_started"),
        ("Forbidden: the group chat was deleted", "deleted"),
        ("Forbidden: bot is not a member of the supergroup chat", "kicked"),
        ("Forbidden: whatever", "forbidden"),
    ],
)
def test_a_403_means_that_nobody_is_there(words, code):
    end = fate(TelegramForbiddenError(CALL, words))
    assert (end.ending, end.code) == (Ending.GONE, code)


def test_other_errors():
    assert fate(TelegramRetryAfter(CALL, "x", 7)).seconds == 7
    assert fate(TelegramMigrateToChat(CALL, "x", -1007)).chat_id == -1007
    assert fate(TelegramServerError(CALL, "Bad Gateway")).ending is Ending.AGAIN
    assert fate(TelegramNetworkError(CALL, "Server disconnected")).ending is Ending.AGAIN
    assert fate(ClientDecodeError("x", ValueError(), "{")).ending is Ending.AGAIN
    assert fate(TelegramUnauthorizedError(CALL, "Unauthorized")).ending is Ending.NOT_SENT
    assert fate(ValueError()).ending is Ending.DEAD


@given(st.text())
def test_the_code_of_a_refusal_never_quotes_it(words):
    known = {"bad_request"} | {code for _, _, code in WORDS_OF_400}
    assert fate(TelegramBadRequest(CALL, words)).code in known


def test_tries_come_after_1_4_and_16_seconds_then_every_minute_for_a_day():
    pauses = [next_try(attempt, NOW, NOW) - NOW for attempt in range(1, 7)]
    assert [pause.total_seconds() for pause in pauses] == [1, 4, 16, 60, 60, 60]
    assert next_try(9, NOW, NOW + WINDOW - timedelta(seconds=1)) is not None
    assert next_try(9, NOW, NOW + WINDOW) is None


def test_everything_that_says_nobody_is_there_is_known_to_the_store():
    gone = {code for _, ending, code in WORDS_OF_400 if ending is Ending.GONE}
    gone |= {code for _, code in WORDS_OF_403} | {"forbidden"}
    assert gone == UNREACHABLE
