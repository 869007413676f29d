"""Logs: they tell where, never what somebody wrote, and hide every secret."""

import json
import logging

import pytest

from bot.logs import HIDDEN, JsonLines, TextLines, working_on
from coach.texts import say
from storage import StoreUnavailable

TOKEN = "1234567:AAFakeTokenThatIsLongEnough-x"


def record(message: str, *args: object, error: BaseException | None = None) -> logging.LogRecord:
    trouble = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("bot.inbox", logging.WARNING, "inbox.py", 7, message, args, trouble)


def raised(error: BaseException, cause: BaseException | None = None) -> BaseException:
    try:
        raise error from cause
    except BaseException as caught:
        return caught


def test_a_line_names_the_update_it_belongs_to():
    with working_on("update 7"):
        assert "[update 7] tried again" in TextLines().format(record("tried again"))
    assert "update 7" not in TextLines().format(record("tried again"))


def test_a_line_names_the_request_that_a_job_is_done_for():
    with working_on("send 12", "update 7"):
        assert "[send 12 < update 7] tried again" in TextLines().format(record("tried again"))
        row = json.loads(JsonLines().format(record("tried again")))
    assert (row["about"], row["request"]) == ("send 12", "update 7")


@pytest.mark.parametrize("lines", [TextLines, JsonLines])
def test_a_record_is_one_line_whatever_a_library_writes(lines):
    said = lines().format(record("zone found:\n%s\u2028", "Etc/UTC\r\n"))
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("lines", [TextLines, JsonLines])
def test_a_secret_is_hidden_wherever_it_stands(lines):
    error = raised(StoreUnavailable("busy"), raised(RuntimeError(f"/bot{TOKEN}/getUpdates")))
    said = lines(["hush-hush"]).format(record("%s to /bot%s/x", "hush-hush", TOKEN, error=error))
    assert "hush" not in said
    assert TOKEN not in said
    assert HIDDEN in said


def test_a_token_is_hidden_even_when_nobody_told_us_about_it():
    assert TOKEN not in TextLines().format(record("GET /file/bot%s/a.pdf", TOKEN))
    assert "sk-abcdefgh1" not in TextLines().format(record("key sk-abcdefgh1"))


def test_an_exception_tells_its_type_and_way_but_not_its_message():
    said = TextLines().format(record("failed", error=raised(ValueError("Dear hiring manager"))))
    assert "ValueError at bot/test_logs.py:" in said
    assert "hiring" not in said


def test_an_exception_of_ours_tells_its_message_because_it_quotes_nobody():
    error = raised(StoreUnavailable("full"), raised(OSError("Dear Sir")))
    said = TextLines().format(record("failed", error=error))
    assert say("en", "storage.full") in said
    assert "OSError" in said
    assert "Dear" not in said


def test_json_lines_are_json():
    with working_on("job 3"):
        row = json.loads(JsonLines().format(record("sent %d", 3)))
    assert (row["level"], row["about"], row["message"]) == ("WARNING", "job 3", "sent 3")
