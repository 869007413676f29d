"""A server that answers is understood in whatever dialect, and what holds of its answer is kept."""

import asyncio
import json

import pytest

from coach.letters import Usage
from prompts.asking import Failure
from tests.fakes.model_door import KEY, LETTER, SOON, ask, failure_of
from tests.fakes.openai_server import FakeModel
from tests.fakes.prompting import NotesPrompt, note, notes, quotes


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


async def test_the_same_letter_is_asked_about_in_the_same_words_so_that_servers_remember(
    fake, model_at
):
    prompt, model = NotesPrompt(), model_at(fake.url)
    for letter in (LETTER, LETTER, f"{LETTER} And more."):
        fake.enqueue(notes())
        await model(prompt, person_id=7, letter=letter)
    first, second, other = prompt.delimiters
    assert first == second != other
    assert fake.asked[0].body["messages"] == fake.asked[1].body["messages"]


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


async def test_what_a_refusal_repeats_of_the_letter_is_not_read_as_its_reason(fake, model_at):
    fake.refuse(400, f"bad request: {'.' * 1_000} json_schema context length")
    failure = await failure_of(model_at(fake.url))
    assert (failure.code, failure.cause) == (Failure.REFUSED, "request")
    assert len(fake.asked) == 1


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
    assert '"required":["summary","notes"]' in second.messages[0]["content"]


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
    answer = await ask(model_at(fake.url, timeout=5 * SOON))
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


async def test_many_ask_at_once_and_each_gets_its_own(model_at, book):
    async with FakeModel(otherwise=lambda asked: notes(note(asked.text[-40:-36]))) as fake:
        model = model_at(fake.url)
        await asyncio.gather(*(ask(model) for _ in range(20)))
    assert book.outcomes == ["ok"] * 20
