"""Whatever a server does wrong, asking it ends with an answer or a reason that quotes nobody."""

import logging
import traceback

import pytest

from prompts.asking import Failure
from tests.fakes.model_door import KEY, LETTER, ask, failure_of
from tests.fakes.prompting import notes, quotes


@pytest.mark.parametrize(
    "body",
    ["", "<h1>Welcome</h1>", "data: not json\n\n", "data: 5\n\n", 'data: {"choices": 7}\n\n',
     'data: {"choices": [{"delta": null}]}\n\ndata: [DONE]\n\n', "data: [1]\n\n"],
)  # fmt: skip
async def test_a_body_that_is_no_answer_is_rubbish(body, fake, model_at, book):
    for _ in range(2):
        fake.say(body)
    assert (await failure_of(model_at(fake.url))).code is Failure.RUBBISH
    assert book.outcomes == ["rubbish", "rubbish"]


async def test_words_instead_of_json_twice_are_rubbish(fake, model_at):
    fake.enqueue("Of course! I'd love to help with your letter.")
    fake.enqueue("Here it is: {")
    assert (await failure_of(model_at(fake.url))).code is Failure.RUBBISH


async def test_a_broken_stream_is_asked_for_once_more(fake, model_at, book, hasty):
    fake.enqueue(notes(), break_after=20)
    fake.enqueue(notes())
    assert quotes((await ask(model_at(fake.url))).value) == ["I led a team"]
    assert book.outcomes == ["unreachable", "ok"]
    assert book.calls[0].completion_tokens > 0
    assert hasty.slept == [0.5]


async def test_a_stream_that_keeps_breaking_is_unreachable(fake, model_at, book):
    fake.enqueue(notes(), break_after=20)
    fake.drop()
    assert (await failure_of(model_at(fake.url))).code is Failure.UNREACHABLE
    assert book.outcomes == ["unreachable", "unreachable"]


async def test_a_server_that_is_not_there_is_unreachable(free_port, model_at, book):
    model = model_at(f"http://127.0.0.1:{free_port}/v1")
    assert (await failure_of(model)).code is Failure.UNREACHABLE
    assert book.outcomes == ["unreachable", "unreachable"]


async def test_a_busy_server_is_waited_for_as_long_as_it_says(fake, model_at, hasty):
    fake.refuse(429, "slow down", headers={"Retry-After": "3"})
    fake.refuse(429, "slow down")
    fake.enqueue(notes())
    await ask(model_at(fake.url))
    assert hasty.slept == [3, 2]


async def test_a_server_busy_for_longer_than_there_is_time_is_not_waited_for(fake, model_at, hasty):
    fake.refuse(429, "slow down", headers={"Retry-After": "3600"})
    failure = await failure_of(model_at(fake.url))
    assert (failure.code, failure.cause) == (Failure.UNREACHABLE, "busy")
    assert hasty.slept == []


@pytest.mark.parametrize(
    ("status", "message", "code", "cause"),
    [
        (401, "wrong key", Failure.REFUSED, None),
        (404, "The model `tiny` does not exist", Failure.REFUSED, "model"),
        (400, "maximum context length is 10 tokens", Failure.TOO_LONG, None),
        (413, "too large", Failure.TOO_LONG, None),
    ],
)
async def test_what_cannot_change_is_not_tried_again(status, message, code, cause, fake, model_at):
    fake.refuse(status, f"{message}: {LETTER}")
    failure = await failure_of(model_at(fake.url))
    assert (failure.code, failure.cause) == (code, cause)
    assert len(fake.asked) == 1


async def test_a_server_that_keeps_failing_is_unreachable(fake, model_at):
    fake.refuse(500)
    fake.refuse(502)
    assert (await failure_of(model_at(fake.url))).code is Failure.UNREACHABLE


async def test_an_error_inside_the_stream_counts_as_the_servers(fake, model_at):
    fake.say('data: {"error": {"message": "the slot died", "code": 500}}\n\n')
    fake.enqueue(notes())
    await ask(model_at(fake.url))
    assert len(fake.asked) == 2


@pytest.mark.parametrize(
    "choice",
    ['{"delta": {"refusal": "I cannot"}}', '{"delta": {}, "finish_reason": "content_filter"}'],
)
async def test_a_model_that_declines_is_not_pressed(choice, fake, model_at, book):
    fake.say(f'data: {{"choices": [{choice}]}}\n\n')
    failure = await failure_of(model_at(fake.url))
    assert (failure.code, failure.cause) == (Failure.REFUSED, "content")
    assert book.outcomes == ["refused"]


async def test_neither_letter_nor_key_reach_a_log_or_an_exception(fake, model_at, caplog):
    caplog.set_level(logging.DEBUG)
    for status in (400, 401, 404, 429, 500):
        fake.refuse(status, f"{LETTER} {KEY}", headers={"Retry-After": "9999"})
        fake.refuse(status, f"{LETTER} {KEY}")
        fake.enqueue(f"{LETTER} {KEY}")
        fake.enqueue({"summary": LETTER, "notes": [{"quote": KEY}]})
        failure = await failure_of(model_at(fake.url))
        told = "".join(traceback.format_exception(failure)) + failure.sentence("en")
        assert "walruses" not in told + caplog.text
        assert KEY not in told + caplog.text
