"""A refusal means the same whoever's words it comes in."""

from datetime import UTC, datetime, timedelta

import pytest

from coach.texts import LANGUAGES
from prompts.asking import Failure, ModelFailed
from prompts.refusals import Refusal, retry_after

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "words", "code", "cause"),
    [
        (401, "Incorrect API key provided", Failure.REFUSED, None),
        (403, "forbidden", Failure.REFUSED, None),
        (402, "Payment required", Failure.REFUSED, "quota"),
        (429, "insufficient_quota You exceeded your quota", Failure.REFUSED, "quota"),
        (429, "Rate limit reached", Failure.UNREACHABLE, "busy"),
        (404, "The model `gpt-9` does not exist", Failure.REFUSED, "model"),
        (404, 'model "llama9" not found, try pulling it first', Failure.REFUSED, "model"),
        (404, "<h1>Not Found</h1>", Failure.REFUSED, None),
        (400, "gpt-9 is not a valid model ID; model not found", Failure.REFUSED, "model"),
        (400, "what is this?", Failure.REFUSED, "request"),
        (400, "The response was filtered: content_filter", Failure.REFUSED, "content"),
        (413, "", Failure.TOO_LONG, None),
        (400, "This model's maximum context length is 8192 tokens", Failure.TOO_LONG, None),
        (400, "request exceeds the available context size", Failure.TOO_LONG, None),
        (500, "context size exceeded", Failure.TOO_LONG, None),
        (500, "oops", Failure.UNREACHABLE, None),
        (503, "loading the model", Failure.UNREACHABLE, None),
        (None, "", Failure.UNREACHABLE, None),
    ],
)
def test_a_refusal_comes_to(
    status: int | None, words: str, code: Failure, cause: str | None
) -> None:
    failure = Refusal(status, words).failure()
    assert (failure.code, failure.cause) == (code, cause)
    for language in LANGUAGES:
        assert failure.sentence(language)


@pytest.mark.parametrize("code", list(Failure))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_failure_has_a_sentence(code: Failure, language: str) -> None:
    assert ModelFailed(code).sentence(language).endswith(".")


def test_waiting_follows_what_the_server_says_and_ends() -> None:
    busy = Refusal(429, "slow down", timedelta(seconds=3))
    assert [busy.pause(times) for times in range(4)] == [timedelta(seconds=3)] * 3 + [None]
    assert Refusal(429).pause(2) == timedelta(seconds=4)


def test_a_broken_connection_is_tried_once_more_and_a_wrong_key_never() -> None:
    assert Refusal().pause(0) is not None
    assert Refusal().pause(1) is None
    assert Refusal(401).pause(0) is None


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("2", timedelta(seconds=2)),
        ("0.5", timedelta(seconds=0.5)),
        ("-1", timedelta(0)),
        ("Fri, 20 Nov 2026 09:00:07 GMT", timedelta(seconds=7)),
        ("Fri, 20 Nov 2020 09:00:07 GMT", timedelta(0)),
        ("soon", None),
        ("inf", None),
        ("", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(said: str, wait: timedelta | None) -> None:
    assert retry_after(said, NOW) == wait
