"""The model's door without sockets: what is off, what is sent, and who pays over time."""

import asyncio
import subprocess
import sys
from datetime import timedelta

import httpx2
import pytest

from bot.ledger import NoLedger, StoredLedger
from bot.model import Model, model_of
from bot.settings import Settings
from prompts.asking import Failure, ModelFailed
from storage import people, spending
from storage.spending import ModelCall
from tests.fakes.asking import FakeAsk
from tests.fakes.prompting import NotesPrompt, notes, quotes

WITHOUT_MODEL = """
import sys
from bot.clock import Clock
from bot.ledger import NoLedger
from bot.model import Model, model_of
from bot.settings import Settings
assert model_of(Settings(_env_file=None), Clock(), NoLedger()) is None
Model("http://localhost/v1", None, "m", clock=Clock(), ledger=NoLedger())
assert not {"openai", "httpx2", "aiogram"} & set(sys.modules)
"""


def call(person_id, tokens, at):
    return ModelCall(person_id, "notes", "1", "m", "ok", tokens, 0, 0, at, timedelta(seconds=1))


def test_with_no_key_and_no_address_there_is_no_model_and_no_library(tmp_path):
    subprocess.run([sys.executable, "-c", WITHOUT_MODEL], check=True, env={})


@pytest.mark.parametrize(
    "given", [{"openai_api_key": "k"}, {"openai_base_url": "http://localhost:1/v1"}]
)
def test_a_key_or_an_address_is_enough_for_a_model(given, clock, monkeypatch):
    model = model_of(Settings(_env_file=None, openai_model="m", **given), clock, NoLedger())
    assert model is not None
    assert model.name == "m"


@pytest.mark.parametrize(
    ("base_url", "key", "address", "sent"),
    [
        (None, "k", "https://api.openai.com/v1/chat/completions", "Bearer k"),
        ("http://l:1/v1", None, "http://l:1/v1/chat/completions", "Bearer none"),
    ],
)
async def test_the_environment_has_no_say(base_url, key, address, sent, clock, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://elsewhere/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "another")
    seen = []

    def answer(request):
        seen.append((str(request.url), request.headers["authorization"]))
        return httpx2.Response(401, json={"error": {"message": "no"}})

    client = httpx2.AsyncClient(transport=httpx2.MockTransport(answer))
    model = Model(base_url, key, "m", clock=clock, ledger=NoLedger(), http_client=client)
    with pytest.raises(ModelFailed):
        await model(NotesPrompt(), person_id=None, letter="Hello")
    await model.close()
    assert seen == [(address, sent)]


async def test_a_share_is_for_any_24_hours(store, clock):
    await store.write(people.seen, id=7, language="en", now=clock.now())
    ledger = StoredLedger(store, clock, daily_tokens=1_000)
    await ledger.record(call(7, 600, clock.now()))
    assert await ledger.allowed(7, 400)
    assert not await ledger.allowed(7, 401)
    assert await ledger.allowed(8, 1_000)
    clock.move(timedelta(hours=24, seconds=1))
    assert await ledger.allowed(7, 1_000)


async def test_the_operator_has_no_share_and_zero_is_no_limit(store, clock):
    assert await StoredLedger(store, clock, daily_tokens=10).allowed(None, 1_000)
    assert await StoredLedger(store, clock, daily_tokens=0).allowed(7, 10**9)


async def test_failed_calls_count_too(store, clock):
    def refuse(_):
        return httpx2.Response(200, text="data: {}\n\n")

    client = httpx2.AsyncClient(transport=httpx2.MockTransport(refuse))
    await store.write(people.seen, id=7, language="en", now=clock.now())
    ledger = StoredLedger(store, clock, daily_tokens=5_000)
    model = Model("http://l/v1", None, "m", clock=clock, ledger=ledger, http_client=client)
    with pytest.raises(ModelFailed):
        await model(NotesPrompt(), person_id=7, letter="Hello " * 100)
    await model.close()
    spent = await store.read(spending.usage_since, 7, clock.now() - timedelta(hours=1))
    assert spent.calls == 2
    assert spent.prompt_tokens > 300


async def test_the_fake_asking_answers_fails_waits_and_stops():
    ask, heard, stop = FakeAsk(), [], asyncio.Event()

    async def hear(said):
        heard.append(said)

    ask.enqueue(notes(), partials=[{"summary": "Pl"}])
    ask.enqueue(Failure.TIMEOUT)
    ask.enqueue(notes(), hold=asyncio.Event())
    answer = await ask(NotesPrompt(), person_id=7, on_partial=hear, letter="Hello")
    assert quotes(answer.value) == ["I led a team"]
    assert heard == [{"summary": "Pl"}]
    with pytest.raises(ModelFailed):
        await ask(NotesPrompt(), person_id=7, letter="Hello")
    waiting = asyncio.create_task(ask(NotesPrompt(), person_id=7, stop=stop, letter="Hi"))
    await ask.reached.wait()
    stop.set()
    with pytest.raises(ModelFailed, match="stopped"):
        await waiting
    assert [asked.inputs["letter"] for asked in ask.asked] == ["Hello", "Hello", "Hi"]
