"""Whatever a server does, asking it ends in time with an answer or a reason, written down."""

import asyncio
import json
import logging
import traceback
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import StandingClock
from bot.model import Model
from coach.letters import Usage
from prompts.asking import Failure, ModelFailed
from storage.spending import ModelCall
from tests.fakes.openai_server import FakeModel
from tests.fakes.prompting import NotesPrompt, note, notes, quotes

LETTER = "Dear Zebulon, I led a team of walruses."
KEY = "sk-test-0123456789abcdef"
SOON = timedelta(seconds=0.2)
LATE = timedelta(seconds=30)


@dataclass
class Book:
    """A ledger in memory."""

    allows: bool = True
    calls: list[ModelCall] = field(default_factory=list)
    estimates: list[int] = field(default_factory=list)

    async def allowed(self, person_id: int | None, estimate: int) -> bool:
        self.estimates.append(estimate)
        return self.allows

    async def record(self, call: ModelCall) -> None:
        self.calls.append(call)

    @property
    def outcomes(self) -> list[str]:
        return [call.outcome for call in self.calls]


class HastyClock(StandingClock):
    """Sleeps at once and remembers how long it should have; a second passes at every look."""

    def __init__(self) -> None:
        super().__init__(datetime(2026, 11, 20, 9, 0, tzinfo=UTC))
        self.slept: list[float] = []

    def now(self) -> datetime:
        self.move(timedelta(seconds=1))
        return super().now()

    async def sleep(self, duration: timedelta) -> None:
        self.slept.append(duration.total_seconds())


@pytest.fixture
async def fake():
    async with FakeModel() as fake:
        yield fake


@pytest.fixture
def book():
    return Book()


@pytest.fixture
def hasty():
    return HastyClock()


@pytest.fixture
async def model_at(book, hasty):
    """`model_at(url, timeout=…, first_token_timeout=…)`; closed after the test."""
    made = []

    def make(url, **limits):
        given = {"timeout": LATE, "first_token_timeout": LATE, **limits}
        made.append(Model(url, KEY, "tiny", clock=hasty, ledger=book, **given))
        return made[-1]

    yield make
    for model in made:
        await model.close()


def ask(model, **more):
    return model(NotesPrompt(), person_id=7, letter=LETTER, **more)


async def failure_of(model, **more):
    with pytest.raises(ModelFailed) as failed:
        await ask(model, **more)
    return failed.value


async def test_a_good_server_is_asked_once_and_paid_as_it_says(fake, model_at, book):
    usage = {
        "prompt_tokens": 120,
        "completion_tokens": 30,
        "prompt_tokens_details": {"cached_tokens": 100},
    }
    fake.enqueue(notes(note("Grüße “😀”")), usage=usage)
    answer = await ask(model_at(fake.url))
    assert quotes(answer.value) == ["Grüße “😀”"]
    assert answer.usage == Usage(1, 120, 100, 30)
    assert answer.model == "tiny"
    [asked] = fake.asked
    assert asked.key == f"Bearer {KEY}"
    assert asked.shape == "json_schema"
    assert asked.body["temperature"] == 0.2
    [call] = book.calls
    assert (call.person_id, call.prompt, call.version) == (7, "notes", "3")
    assert (call.model, call.outcome) == ("tiny", "ok")
    assert (call.prompt_tokens, call.cached_tokens, call.completion_tokens) == (120, 100, 30)


async def test_without_the_servers_word_a_call_is_paid_by_guess(fake, model_at, book):
    fake.enqueue(notes())
    answer = await ask(model_at(fake.url))
    assert answer.usage.prompt_tokens > 10
    assert answer.usage.completion_tokens > 10


async def test_the_delimiter_is_new_in_every_call(fake, model_at):
    prompt, model = NotesPrompt(), model_at(fake.url)
    for _ in range(2):
        fake.enqueue(notes())
        await model(prompt, person_id=7, letter=LETTER)
    first, second = prompt.delimiters
    assert first != second
    assert min(len(first), len(second)) >= 16


async def test_who_has_nothing_left_is_told_before_anything_is_sent(fake, model_at, book):
    book.allows = False
    failure = await failure_of(model_at(fake.url))
    assert failure.code is Failure.BUDGET
    assert (fake.asked, book.calls) == ([], [])
    assert book.estimates[0] > NotesPrompt.max_output_tokens


@pytest.mark.parametrize(
    ("refuses", "shapes"),
    [
        ({"json_schema"}, ["json_schema", "json_object"]),
        ({"json_schema", "json_object"}, ["json_schema", "json_object", "text"]),
    ],
)
async def test_a_server_without_schemas_is_asked_in_words_and_remembered(
    refuses, shapes, model_at, book
):
    async with FakeModel(refuses=refuses, otherwise=lambda _: notes()) as fake:
        model = model_at(fake.url)
        await ask(model)
        assert [asked.shape for asked in fake.asked] == shapes
        assert '"required":["summary","notes"]' in fake.asked[-1].text
        await ask(model)
        assert [asked.shape for asked in fake.asked] == [*shapes, shapes[-1]]
    assert book.outcomes == ["refused"] * len(refuses) + ["ok", "ok"]
    assert book.calls[0].prompt_tokens == 0


async def test_a_server_that_chokes_on_its_grammar_is_asked_more_loosely_this_once(fake, model_at):
    model = model_at(fake.url)
    fake.refuse(500, "does not match the expected peg-native format")
    fake.enqueue(notes())
    await ask(model)
    fake.enqueue(notes())
    await ask(model)
    assert [asked.shape for asked in fake.asked] == ["json_schema", "json_object", "json_schema"]


async def test_newer_models_get_the_parameters_they_want(fake, model_at):
    fake.refuse(400, "'max_tokens' is not supported. Use 'max_completion_tokens'.")
    fake.refuse(400, "'temperature' does not support 0.2 with this model.")
    fake.enqueue(notes())
    await ask(model_at(fake.url))
    assert fake.asked[-1].body["max_completion_tokens"] == 500
    assert not {"max_tokens", "temperature"} & set(fake.asked[-1].body)


async def test_a_wrong_answer_is_mended_once(fake, model_at, book):
    fake.enqueue(notes(note(score=9)))
    fake.enqueue(notes(note(score=4)))
    answer = await ask(model_at(fake.url))
    assert answer.value.notes[0].score == 4
    assert answer.usage.calls == 2
    assert book.outcomes == ["rubbish", "ok"]
    first, second = fake.asked
    assert [message["role"] for message in second.messages] == [
        "system",
        "user",
        "assistant",
        "user",
    ]
    assert second.messages[1] == first.messages[1]
    assert "notes.0.score: Input should be less than or equal to 4" in second.text
    assert second.text.count("walruses") == 1


async def test_an_answer_that_stays_wrong_keeps_the_items_that_hold(fake, model_at, book):
    for _ in range(2):
        fake.enqueue(notes(note("good"), note("bad", 9), {"quote": "worse"}))
    answer = await ask(model_at(fake.url))
    assert quotes(answer.value) == ["good"]
    assert book.outcomes == ["rubbish", "rubbish"]


async def test_when_mending_fails_the_first_answer_serves(fake, model_at):
    fake.enqueue(notes(note("good"), note("bad", 9)))
    fake.refuse(401)
    assert quotes((await ask(model_at(fake.url))).value) == ["good"]


async def test_when_mending_takes_too_long_the_first_answer_serves(fake, model_at, book):
    fake.enqueue(notes(note("good"), note("bad", 9)))
    fake.hang()
    answer = await ask(model_at(fake.url, timeout=2 * SOON))
    assert quotes(answer.value) == ["good"]
    assert book.outcomes == ["rubbish", "timeout"]


async def test_of_an_answer_cut_at_its_limit_the_whole_items_stay(fake, model_at, book):
    whole = json.dumps(notes(note("first"), note("second")))
    fake.enqueue(whole[:-8], finish="length")
    answer = await ask(model_at(fake.url))
    assert quotes(answer.value) == ["first"]
    assert len(fake.asked) == 1


async def test_a_server_that_never_ends_is_cut_off(fake, model_at):
    fake.enqueue('{"summary": "' + "so " * 5_000)
    failure = await failure_of(model_at(fake.url))
    assert failure.code is Failure.RUBBISH
    assert len(fake.asked) == 1


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


async def test_a_model_that_declines_is_not_pressed(fake, model_at, book):
    fake.say('data: {"choices": [{"index": 0, "delta": {"refusal": "I cannot"}}]}\n\n')
    failure = await failure_of(model_at(fake.url))
    assert (failure.code, failure.cause) == (Failure.REFUSED, "content")
    assert book.outcomes == ["refused"]


async def test_a_server_that_says_nothing_is_given_up(fake, model_at, book):
    fake.hang()
    failure = await failure_of(model_at(fake.url, first_token_timeout=SOON))
    assert failure.code is Failure.TIMEOUT
    assert book.outcomes == ["timeout"]
    await asyncio.wait_for(fake.freed.wait(), 5)


async def test_a_server_that_stalls_is_given_up_and_paid_for(fake, model_at, book):
    fake.enqueue(notes(), hold=asyncio.Event(), hold_after=20)
    failure = await failure_of(model_at(fake.url, timeout=2 * SOON, first_token_timeout=LATE))
    assert failure.code is Failure.TIMEOUT
    assert book.outcomes == ["timeout"]
    assert book.calls[0].prompt_tokens > 0
    await asyncio.wait_for(fake.freed.wait(), 5)


async def test_the_first_token_may_be_late_no_longer_once_it_came(fake, model_at, until):
    hold = asyncio.Event()
    fake.enqueue(notes(), hold=hold, hold_after=20)
    asking = asyncio.create_task(ask(model_at(fake.url, first_token_timeout=2 * SOON)))
    await fake.reached.wait()
    await asyncio.wait({asking}, timeout=3 * SOON.total_seconds())
    hold.set()
    assert quotes((await asking).value) == ["I led a team"]


@pytest.mark.parametrize("hold_after", [0, 20])
async def test_stop_ends_the_asking_and_frees_the_server(hold_after, fake, model_at, book):
    fake.enqueue(notes(), hold=asyncio.Event(), hold_after=hold_after)
    stop = asyncio.Event()
    asking = asyncio.create_task(failure_of(model_at(fake.url), stop=stop))
    await fake.reached.wait()
    stop.set()
    assert (await asking).code is Failure.STOPPED
    assert book.outcomes == ["stopped"]
    await asyncio.wait_for(fake.freed.wait(), 5)


async def test_a_stop_that_came_before_sends_nothing(fake, model_at):
    stop = asyncio.Event()
    stop.set()
    assert (await failure_of(model_at(fake.url), stop=stop)).code is Failure.STOPPED
    assert fake.asked == []


async def test_cancelling_the_task_frees_the_server_and_is_written_down(fake, model_at, book):
    fake.enqueue(notes(), hold=asyncio.Event(), hold_after=20)
    asking = asyncio.create_task(ask(model_at(fake.url)))
    await fake.reached.wait()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert book.outcomes == ["stopped"]
    await asyncio.wait_for(fake.freed.wait(), 5)


async def test_the_answer_is_told_as_it_comes(fake, model_at, until):
    hold = asyncio.Event()
    fake.enqueue(notes(note("one"), note("two")), hold=hold, hold_after=77)
    heard = []

    async def hear(said):
        heard.append(said)

    asking = asyncio.create_task(ask(model_at(fake.url), on_partial=hear))
    await until(lambda: heard)
    assert heard[0]["summary"] == "Plain and warm."
    assert not asking.done()
    hold.set()
    await asking


async def test_a_listener_that_hangs_or_fails_does_not_hold_the_answer_up(fake, model_at):
    async def hang(_):
        await asyncio.Event().wait()

    async def fail(_):
        raise RuntimeError("no draft")

    for listener in (hang, fail):
        fake.enqueue(notes())
        await ask(model_at(fake.url), on_partial=listener)


async def test_many_ask_at_once_and_each_gets_its_own(model_at, book):
    async with FakeModel(otherwise=lambda asked: notes(note(asked.text[-40:-36]))) as fake:
        model = model_at(fake.url)
        await asyncio.gather(*(ask(model) for _ in range(20)))
    assert book.outcomes == ["ok"] * 20


async def test_neither_letter_nor_key_reach_a_log_or_an_exception(
    fake, model_at, caplog, monkeypatch
):
    monkeypatch.setenv("OPENAI_LOG", "debug")
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
