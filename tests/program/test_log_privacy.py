"""What a running bot writes down: never what people wrote, their names, or a secret."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest
import pytest_asyncio

from tests.fakes.openai_server import FakeModel
from tests.program.health import free_port
from tests.program.processes import Program, running

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(300),
]

KEY = "sk-program-test-0123456789"
OTHER_KEY = "a key of no known shape"
SECRET = "webhook-secret-4711"

LETTER = """Dear Professor Quokkaberg,

in my last year as a lamplighter in Zanzibarville I wrote a small model that predicts which lanterns
fail. It cut the number of dark streets from 40 to 12 a week, and I recieve the alerts myself. My
friends Xanthippe and Wolfgango call it the lanternoscope. I would like to help with your
telescopes, write to zelmira.quuxfield@example.org or call [phone].

Kind regards,
Zelmira Quuxfield
"""
POSTING = "You bring:\n- two years of marmaladesmithing\n- a driving licence for velocipedists\n"
WORDS = """quokkaberg lamplighter zanzibarville lanterns recieve xanthippe wolfgango lanternoscope
telescopes zelmira quuxfield zquux marmaladesmith velocipedist"""

FORMS = {"text": {"LOG_FORMAT": "text"}, "json": {"LOG_FORMAT": "json", "WEBHOOK_SECRET": SECRET}}


@dataclass(frozen=True)
class Life:
    """What is left of a bot's life: all that it wrote, and how it ended."""

    form: str
    printed: str
    metrics: str
    status: int


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=FORMS)
async def life(request, tmp_path_factory) -> AsyncIterator[Life]:
    """A bot that polls and writes text, and one behind a webhook that writes JSON."""
    folder, port = tmp_path_factory.mktemp("program"), free_port()
    webhook = {"WEBHOOK_URL": f"http://127.0.0.1:{port}/hook", "WEB_PORT": str(port)}
    settings = {"WEB_PORT": str(port)} if request.param == "text" else webhook
    settings |= FORMS[request.param] | {"LOG_LEVEL": "DEBUG", "OPENAI_LOG": "debug"}
    settings["OPENAI_API_KEY"] = KEY if request.param == "text" else OTHER_KEY
    async with FakeModel() as model:
        repeat_the_request(model)
        settings["OPENAI_BASE_URL"] = model.url
        first_call = "getUpdates" if request.param == "text" else "setWebhook"
        async with running(folder, first_call=first_call, **settings) as program:
            await live(program, port)
            metrics = await scraped(port)
            status = await program.end()
        yield Life(request.param, program.printed(), metrics, status)


def repeat_the_request(model: FakeModel) -> None:
    """Every refusal says the letter back, as some servers do."""
    for status in (500, 401, 429, 403, 404, 500, 401, 403):
        model.refuse(status, f"I can't answer {LETTER} with {KEY} {OTHER_KEY}")
    model.otherwise = lambda asked: f"I'd rather repeat it: {asked.text}"


async def live(program: Program, port: int) -> None:
    """Everything that can happen to a letter, the bad things too."""
    zelmira = program.newcomer("Zelmira", "zquux")
    program.telegram.start(zelmira)
    await program.says(zelmira, "a coach for the letter")
    await read_a_letter(program, zelmira)
    program.telegram.send_file(zelmira, "Zelmira-Quuxfield.txt", LETTER.encode())
    await program.says(zelmira, "What a hiring reader will think", times=3)
    broken = b"%PDF-1.7\n" + LETTER.encode() + b"\nxref trailer <</Root 1 0 R>>"
    program.telegram.send_file(zelmira, "Quokkaberg.pdf", broken)
    await program.says(zelmira, "damaged and I can't open it")
    await suffer_from_telegram(program, zelmira)
    await hear_from_strangers(port)


async def read_a_letter(program: Program, person: int) -> None:
    program.telegram.send_text(person, LETTER)
    await program.says(person, "A model can read this letter too")
    await program.answers_press(person, "What would leave?")
    await program.answers_press(person, "Yes, let it read")
    await program.says(person, "What a hiring reader will think", times=2)
    await program.answers_press(person, "Ask again")
    await program.answers_press(person, "Apply all")
    await program.answers_press(person, "Download")
    program.telegram.send_text(person, f"/posting {POSTING}")
    await program.says(person, "Against the posting")


async def suffer_from_telegram(program: Program, person: int) -> None:
    """Calls that fail, an update that can't be read, a message that Telegram doesn't take."""
    telegram = program.telegram
    telegram.fault("dropped", "getFile")
    telegram.fault("server_error", "sendMessage")
    telegram.fault("wrong_json", "editMessageText")
    telegram.send_file(person, "Quuxfield.txt", LETTER.encode())
    await program.says(person, "What a hiring reader will think", times=3)
    telegram.send_content(person, {"text": LETTER, "entities": "Quokkaberg"})
    await program.until(lambda: "ValidationError" in program.printed())


async def hear_from_strangers(port: int) -> None:
    """Somebody knocks at the webhook without the secret; without a webhook nobody is there."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(
            f"http://127.0.0.1:{port}/hook?letter=Quokkaberg",
            headers={"X-Telegram-Bot-Api-Secret-Token": f"{SECRET}-or-so"},
            data=LETTER,
        ) as response,
    ):
        assert response.status >= 400


async def scraped(port: int) -> str:
    url = f"http://127.0.0.1:{port}/metrics"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return await response.text()


async def test_it_wrote_down_what_an_operator_needs(life):
    """And so the tests below look at something."""
    assert life.status == 0
    assert "DEBUG" in life.printed
    assert "no answer for critique from the model" in life.printed
    assert "ValidationError" in life.printed
    assert "stopping: finishing what is in hand" in life.printed
    assert "sogood_updates_total" in life.metrics


async def test_a_letter_can_be_followed_from_its_update_to_its_last_message(life):
    if life.form != "json":
        pytest.skip("read from the other form")
    followed: dict[str, set[str]] = {}
    for line in map(json.loads, life.printed.splitlines()):
        if "request" in line:
            kind = line["about"].partition(" ")[0]
            followed.setdefault(line["request"], set()).add(kind)
    letters = [kinds for kinds in followed.values() if "review" in kinds]
    assert {"update", "review", "send"} <= letters[0]
    assert all(
        request.partition(" ")[0] == "update"
        for request in followed
        if "review" in followed[request]
    )


async def test_no_word_of_a_letter_and_no_name(life):
    written = (life.printed + life.metrics).lower()
    assert [word for word in WORDS.split() if word in written] == []


async def test_no_secret(life):
    token = "1234567:local-telegram"
    assert [one for one in (token, KEY, OTHER_KEY, SECRET) if one in life.printed] == []


async def test_every_line_has_the_form_that_was_asked_for(life):
    if life.form == "json":
        assert all(json.loads(line)["message"] for line in life.printed.splitlines())
    else:
        assert all(line.startswith("20") for line in life.printed.splitlines())
