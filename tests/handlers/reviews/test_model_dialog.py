"""A model reads the letter after the house has answered; whatever it does, the answer is useful."""

import asyncio

import pytest

from handlers.chat.work import ModelFacts
from prompts import Failure
from storage import people
from tests.fakes.asking import FakeAsk

LETTER = """Dear hiring team at Nordwind,

I am applying for the junior machine learning role. For two years I have cleaned sensor data at a
small farm-equipment company, and last spring I built a model that predicts which pumps fail. It
cut unplanned stops by a third in one season, and the mechanics now plan their week with it.

I recieve the alerts myself, so I know which ones are wrong. I would like to do this work with
people who read failures as carefully as successes.

Kind regards,
Sam Example
"""

NOTHING_TO_ADD = {"confirm": [1], "reject": [], "edits": []}

CRITIQUE = {
    "strengths": [
        {"quote": "It cut unplanned stops by a third in one season", "why": "Outcome with context."}
    ],
    "issues": [
        {
            "quote": "I would like to do this work with people who read failures",
            "criterion": "specificity_to_addressee",
            "severity": "major",
            "why": "Any team would nod at this, so it does not tell why Nordwind.",
            "advice": "Name what Nordwind does that you want to work on.",
        },
        {
            "quote": "I led a team of forty engineers at Google",
            "criterion": "evidence",
            "severity": "major",
            "why": "Invented.",
            "advice": "",
        },
    ],
    "scores": [
        {
            "criterion": "evidence",
            "quotes": ["I built a model that predicts which pumps fail"],
            "why": "A project with your part and its outcome.",
            "score": 3,
        }
    ],
    "rewrites": [],
    "summary": "A reader will remember the pumps.",
}


@pytest.fixture
async def ask(dialog, anna) -> FakeAsk:
    """A model, which Anna lets read."""
    ask = FakeAsk()
    dialog.context |= {"ask": ask, "model_on": True, "model": ModelFacts(True, "tiny", "localhost")}
    await dialog.store.write(people.agree_to_model, anna, dialog.clock.now())
    return ask


async def test_the_house_answers_first_and_the_model_after_it(dialog, anna, ask) -> None:
    ask.enqueue(NOTHING_TO_ADD)
    ask.enqueue(CRITIQUE)
    dialog.telegram.send_text(anna, LETTER)
    await dialog.settle()

    first, critique = dialog.said(anna)[1:]
    assert "recieve → receive" in first
    assert "by the model fake-model" in critique
    assert "A reader will remember the pumps." in critique
    assert "Any team would nod at this" in critique


async def test_a_quote_that_the_model_invented_is_not_shown(dialog, anna, ask) -> None:
    ask.enqueue(NOTHING_TO_ADD)
    ask.enqueue(CRITIQUE)
    dialog.telegram.send_text(anna, LETTER)
    await dialog.settle()

    assert "Google" not in "".join(dialog.said(anna))


@pytest.mark.parametrize("failure", [Failure.TIMEOUT, Failure.UNREACHABLE, Failure.RUBBISH])
async def test_when_the_model_fails_the_house_stands_in_and_it_can_be_asked_again(
    dialog, anna, ask, failure
) -> None:
    ask.enqueue(failure)
    ask.enqueue(failure)
    dialog.telegram.send_text(anna, LETTER)
    await dialog.settle()
    assert "house rules" in dialog.said(anna)[-1]

    ask.enqueue(NOTHING_TO_ADD)
    ask.enqueue(CRITIQUE)
    dialog.telegram.press_label(anna, "Ask again")
    await dialog.settle()

    assert "by the model fake-model" in dialog.said(anna)[-1]


async def test_ask_again_pressed_twice_asks_once(dialog, anna, ask) -> None:
    for _ in range(2):
        ask.enqueue(Failure.TIMEOUT)
    dialog.telegram.send_text(anna, LETTER)
    await dialog.settle()
    for _ in range(2):
        ask.enqueue(Failure.TIMEOUT)

    dialog.telegram.press_label(anna, "Ask again")
    second = dialog.telegram.press_label(anna, "Ask again")
    await dialog.settle()

    assert second.answer == "That is done already."
    assert len(ask.asked) == 4


async def test_the_critique_grows_as_a_draft_and_stop_ends_it(dialog, anna, ask) -> None:
    never = asyncio.Event()
    ask.enqueue(NOTHING_TO_ADD)
    ask.enqueue(CRITIQUE, partials=[{"summary": "", "issues": CRITIQUE["issues"]}], hold=never)
    dialog.telegram.send_text(anna, LETTER)
    reading = asyncio.create_task(dialog.settle())
    await ask.reached.wait()

    (draft,) = dialog.telegram.drafts(anna)
    assert "Any team would nod at this" in draft.text
    dialog.telegram.stop(anna, draft.id)
    await dialog.hear()  # by another worker, while the job goes on
    await reading

    assert dialog.said(anna)[-1].startswith("Stopped.")
    assert "house rules" in dialog.said(anna)[-1]


async def test_what_was_decided_while_the_model_read_stays_decided(dialog, anna, ask) -> None:
    go_on = asyncio.Event()
    ask.enqueue(NOTHING_TO_ADD)
    ask.enqueue(CRITIQUE, hold=go_on)
    dialog.telegram.send_text(anna, LETTER)
    reading = asyncio.create_task(dialog.settle())
    await ask.reached.wait()

    while await dialog.send():
        pass
    dialog.telegram.press_label(anna, "Apply all")
    await dialog.hear()
    go_on.set()
    await reading

    assert "1 fix applied." in dialog.said(anna)[1]
