"""Models that hang, refuse, babble and lie: a useful answer in time, and nothing false in it."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from bot.tryout.entities import found_in
from tests.fakes.openai_server import FakeModel
from tests.program.chats import all_is_delivered, assert_inert, quotes
from tests.program.impatient import WHOLE_ANSWER
from tests.program.processes import Program, running

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(300),
]

SLACK = 60.0
"""Seconds that a busy machine may add: reading the client library, sending one message a second."""

LETTER = """Dear team at Larkspur,

I am a nurse in Graz. Last winter I wrote a small script that counts how often our ward runs out of
clean linen, and the ward now orders two days earlier. Nobody asked me to, and I have not stopped
since. I am a passionate team player and a fast learner who would like to join you.

I recieve no pay for it, and I would like to do this work all day. You plan beds for eleven
hospitals, and I know what an empty shelf costs on a night shift.

Kind regards
"""
GOOD = {
    "strengths": [
        {
            "quote": "I wrote a small script that counts how often our ward runs out of",
            "why": "You saw a need and built something for it.",
        }
    ],
    "issues": [
        {
            "quote": "I am a passionate team player",
            "criterion": "clarity_voice",
            "severity": "major",
            "why": "Everybody writes this sentence.",
            "advice": "Tell one evening with your team.",
        }
    ],
    "scores": [],
    "rewrites": [],
    "summary": "A reader will remember the linen.",
}
NOTHING = {"confirm": [], "reject": [], "edits": []}
INVENTED = "I led twelve engineers at Initech"
EVIL = "https://evil.example.com/steal"

BY_MODEL, BY_RULES = "by the model fake-model", "by the house rules"


def answering(critique, typos=NOTHING):
    return lambda asked: critique if "hiring reader" in asked.text else typos


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server() -> AsyncIterator[FakeModel]:
    async with FakeModel() as server:
        yield server


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def program(server, tmp_path_factory) -> AsyncIterator[Program]:
    """The bot, which gives its model seconds instead of a minute."""
    command = [str(Path(__file__).with_name("impatient.py"))]
    settings = {"OPENAI_BASE_URL": server.url, "OPENAI_MODEL": "fake-model"}
    folder = tmp_path_factory.mktemp("program")
    async with running(folder, command=command, **settings) as program:
        yield program


@pytest.fixture
def model(server) -> Iterator[FakeModel]:
    """The model, behaving until it is told otherwise."""
    server.otherwise = answering(GOOD)
    yield server
    server.forget()


@dataclass(frozen=True)
class Reading:
    """What became of a letter."""

    person: int
    first: str
    critique: str


@pytest_asyncio.fixture(loop_scope="module")
async def read(program, model):
    """Sends a letter and waits for both answers; whatever they are, they are true and in time."""

    before, people = program.telegram.journal.seq, list[int]()

    async def sent() -> Reading:
        person, begun = program.newcomer(), time.monotonic()
        people.append(person)
        program.telegram.send_text(person, "/privacy")
        await program.says(person, "reads your letters only if you say so")
        await program.answers_press(person, "Let the model read my letters")
        program.telegram.send_text(person, LETTER)
        await program.says(person, "What a hiring reader will think")
        assert time.monotonic() - begun < WHOLE_ANSWER.total_seconds() + SLACK
        _, first, critique = program.said(person)
        assert "recieve → receive" in first
        return Reading(person, first, critique)

    with all_is_delivered(program):
        yield sent
    for text, entities in [*messages_to(program, people), *drafts_since(program, before)]:
        assert_inert(text, entities)
        assert INVENTED not in text
        assert "evil" not in text
        for quote in quotes(text, entities):
            assert quote in " ".join(LETTER.split())


def messages_to(program, people):
    for person in people:
        for message in program.telegram.answers(person):
            yield message.text, message.body.get("entities", [])


def drafts_since(program, seq):
    for call in program.telegram.calls("sendMessageDraft", seq):
        given = json.loads(call.params.get("entities", "[]"))
        yield call.params["text"], found_in(call.params["text"], given)


async def stands_in(program, model, reading: Reading, why: str) -> None:
    """The house's critique stands in and says why; asked again, a model that is well answers."""
    assert why in reading.critique
    assert BY_RULES in reading.critique
    model.forget()
    model.otherwise = answering(GOOD)
    await program.answers_press(reading.person, "Ask again")
    await program.says(reading.person, BY_MODEL)


async def test_a_model_that_is_well(program, read):
    reading = await read()
    assert BY_MODEL in reading.critique
    assert "A reader will remember the linen." in reading.critique
    assert any(program.telegram.calls("sendMessageDraft"))


async def test_one_that_never_says_a_word(program, model, read):
    model.hang()
    model.hang()
    await stands_in(program, model, await read(), "took too long")


async def test_one_that_begins_and_never_ends(program, model, read):
    for _ in range(2):
        model.enqueue(GOOD | NOTHING, hold=asyncio.Event(), hold_after=200)
    await stands_in(program, model, await read(), "took too long")


async def test_one_that_is_slow_but_comes_in_time(program, model, read):
    go_on = asyncio.Event()
    for _ in range(2):
        model.enqueue(GOOD | NOTHING, hold=go_on, hold_after=200)
    model.reached.clear()
    reading = asyncio.create_task(read())
    await model.reached.wait()
    go_on.set()
    assert BY_MODEL in (await reading).critique


async def test_while_it_hangs_other_letters_are_read(program, model, read):
    """Both hang, and both have their first answer long before."""
    for _ in range(4):
        model.hang()
    readings = [asyncio.create_task(read()) for _ in range(2)]
    for reading in readings:
        assert "took too long" in (await reading).critique


async def test_one_that_refuses_schemas(program, model, read):
    model.refuses = {"json_schema", "json_object"}
    assert BY_MODEL in (await read()).critique


async def test_one_that_breaks_the_stream(program, model, read):
    for _ in range(8):
        model.enqueue(GOOD | NOTHING, break_after=150)
    await stands_in(program, model, await read(), "couldn't reach")


async def test_one_that_breaks_the_stream_once(program, model, read):
    for _ in range(2):
        model.enqueue(GOOD | NOTHING, break_after=150)
    assert BY_MODEL in (await read()).critique


@pytest.mark.parametrize("rubbish", ["", "I'd rather not.", '{"verdict": 1}', "[[[[{", "\ud83d"])
async def test_one_that_answers_rubbish(program, model, read, rubbish):
    model.otherwise = answering(rubbish, rubbish)
    await stands_in(program, model, await read(), "made no sense")


async def test_one_that_invents_among_what_is_true(program, model, read):
    false = {"quote": INVENTED, "why": "Strong."}
    model.otherwise = answering(GOOD | {"strengths": [*GOOD["strengths"], false]})
    assert BY_MODEL in (await read()).critique


async def test_one_that_only_invents(program, model, read):
    false = {"strengths": [{"quote": INVENTED, "why": "Strong."}], "issues": []}
    typos = {"edits": [{"quote": INVENTED, "replacement": "x", "kind": "grammar"}]}
    model.otherwise = answering(GOOD | false, NOTHING | typos)
    await stands_in(program, model, await read(), "made no sense")


INJECTIONS = {
    "link": f"Look [here]({EVIL}) or {EVIL} <a href='{EVIL}'>x</a> evil.example.com tg://evil",
    "markup": "**Bold** _it_ `code` <b>x</b> ||hidden|| ```pre```\n# Head\n> quote",
    "people": "Write to @evil_bot or thief@evil.example.com, press /forget, see #evil and $EVIL",
    "hidden": "Good\u200b\u202e work\u2066\u00ad \U000e0041",
}


@pytest.mark.parametrize("injected", INJECTIONS.values(), ids=INJECTIONS)
async def test_one_that_injects(program, model, read, injected):
    issue, praise = GOOD["issues"][0], GOOD["strengths"][0]
    said = GOOD | {
        "strengths": [praise | {"why": f"Good. {injected}"}],
        "issues": [issue | {"why": f"Weak. {injected}", "advice": f"Mend it. {injected}"}],
        "rewrites": [
            {
                "quote": issue["quote"],
                "replacement": f"I like my team {injected}",
                "why": injected,
                "questions": [f"Seen {injected}?"],
            }
        ],
        "summary": f"Nice. {injected}",
    }
    slip = {"quote": "counts", "replacement": f"counts {EVIL}", "kind": "style", "occurrence": 1}
    model.otherwise = answering(said, NOTHING | {"edits": [slip]})
    reading = await read()
    assert BY_MODEL in reading.critique
    assert "**" not in reading.critique
    assert not set("\u200b\u202e\u2066\u00ad") & set(reading.critique)


@pytest.mark.parametrize(
    ("status", "says", "headers", "why"),
    [
        (401, "bad key", {}, "OPENAI_API_KEY"),
        (404, "no such model", {}, "OPENAI_MODEL"),
        (429, "insufficient_quota", {}, "used up"),
        (429, "slow down", {"Retry-After": "1"}, "very busy"),
        (429, "slow down", {"Retry-After": "3600"}, "very busy"),
        (400, "context_length_exceeded", {}, "longer than the model can read"),
        (500, "oh", {}, "couldn't reach"),
        (503, f"oh {LETTER} {EVIL}", {}, "couldn't reach"),
    ],
)
async def test_one_that_refuses(program, model, read, status, says, headers, why):
    for _ in range(12):
        model.refuse(status, says, headers=headers)
    await stands_in(program, model, await read(), why)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<html><body>502 Bad gateway</body></html>", "text/html"),
        ('{"choices": []}', "application/json"),
        ("data: {not json\n\n", "text/event-stream"),
        ("data: [DONE]\n\n", "text/event-stream"),
    ],
)
async def test_one_that_is_no_model(program, model, read, body, content_type):
    for _ in range(8):
        model.say(body, content_type=content_type)
    await stands_in(program, model, await read(), "Here is the reading by the house rules")


async def test_one_that_hangs_up(program, model, read):
    for _ in range(8):
        model.drop()
    await stands_in(program, model, await read(), "couldn't reach")
