"""A model adds to what rules said: to the table, the form, the cards, the word on a new version.
Whatever it does, the rules' word stands."""

import pytest

from handlers.chat.work import ModelFacts
from prompts import Failure
from storage import letters as kept
from storage import people, reviews
from tests.fakes.asking import FakeAsk

LETTER = """Dear hiring team at Nordwind,

I am applying for the junior machine learning role. For two years I have cleaned sensor data at a
small farm-equipment company, and last spring I built a model that predicts which pumps fail. It
cut unplanned stops by a third in one season, and the mechanics now plan their week with it.

I recieve the alerts myself, so I know which ones are wrong. I would like to do this work with
people who read the failures as carefully as the successes.

Kind regards,
Sam Example
"""
POSTING = """You have:
- experience with sensor data
- shipped software that colleagues rely on
- a forklift licence
"""
FORM = """Tell us about something you built that went wrong. (100 words)

I like to learn and to work with people, and I read a lot about machine learning in the evenings.

Why do you want to join this residency?

Because my model told the mechanics of two farms which pumps fail, and I could not say how sure
it was. I want to learn how to say that.
"""
SLIPS = {"confirm": [], "reject": [], "edits": []}
CRITIQUE = {
    "strengths": [
        {"quote": "I built a model that predicts which pumps fail", "why": "You made it."}
    ],
    "issues": [],
    "scores": [],
    "rewrites": [],
    "summary": "A start.",
}
USED = "the mechanics now plan their week with it"
ROWS = {
    "rows": [
        {"number": 2, "quote": USED, "strength": "partial", "advice": "Who asked for it first?"},
        {"number": 3, "quote": "I have a forklift licence", "strength": "strong", "advice": ""},
    ],
    "missed": [],
}


@pytest.fixture
async def ask(dialog, anna):
    ask = FakeAsk()
    dialog.context |= {"ask": ask, "model_on": True, "model": ModelFacts(True, "tiny", "localhost")}
    await dialog.store.write(people.agree_to_model, anna, dialog.clock.now())
    return ask


@pytest.fixture
def say(dialog, anna):
    async def say(text: str) -> str:
        dialog.telegram.send_text(anna, text)
        await dialog.settle()
        return dialog.said(anna)[-1]

    return say


@pytest.fixture
async def reviewed(ask, say):
    """A letter that the model has read."""
    for answer in (SLIPS, CRITIQUE):
        ask.enqueue(answer)
    await say(LETTER)
    return ask


async def rows(dialog, anna):
    version = await dialog.store.read(kept.latest, anna)
    return (await dialog.store.read(reviews.latest, version.id)).review.coverage


async def test_the_models_proof_comes_into_the_table_where_its_quote_stands(
    dialog, anna, reviewed, say
) -> None:
    reviewed.enqueue(ROWS)
    before = len(dialog.said(anna))
    table = await say(f"/posting {POSTING}")

    assert len(dialog.said(anna)) == before + 1
    assert "read by the model fake-model" in table
    assert "◐ shipped software that colleagues rely on: partial" in table
    assert USED in table
    assert "a forklift licence: missing" in table
    assert [row.strength for row in await rows(dialog, anna)] == ["strong", "partial", "missing"]


@pytest.mark.parametrize(
    "failure", [Failure.UNREACHABLE, {"rows": [ROWS["rows"][1]], "missed": []}]
)
async def test_when_the_model_fails_the_rules_table_stands(
    dialog, anna, reviewed, say, failure
) -> None:
    reviewed.enqueue(failure)
    table = await say(f"/posting {POSTING}")

    assert "read by the model" not in table
    assert "✓ experience with sensor data: strong" in table


async def test_names_and_employers_do_not_leave(reviewed, say) -> None:
    reviewed.enqueue(ROWS)
    await say(f"/posting Nordwind, jobs@nordwind.example\n\n{POSTING}")

    told = str(reviewed.asked[-1].inputs)
    assert reviewed.asked[-1].prompt.id == "coverage"
    for word in ("Nordwind", "nordwind.example", "Sam Example"):
        assert word not in told


async def test_without_agreement_nothing_is_asked(dialog, anna, reviewed, say) -> None:
    asked = len(reviewed.asked)
    await dialog.store.write(people.decline_model, anna, dialog.clock.now())
    await say(f"/posting {POSTING}")
    dialog.telegram.press_label(anna, "Make cards")
    await dialog.settle()

    assert len(reviewed.asked) == asked


async def test_the_critique_knows_the_posting_and_a_table_that_came_meanwhile_stays(
    dialog, anna, ask, say
) -> None:
    await say(f"/posting {POSTING}")
    for answer in (SLIPS, CRITIQUE, ROWS):
        ask.enqueue(answer)
    await say(LETTER)

    critique = next(one for one in ask.asked if one.prompt.id == "critique")
    assert "forklift" in critique.inputs["posting"]
    assert [row.strength for row in await rows(dialog, anna)] == ["strong", "partial", "missing"]


async def test_each_answer_of_a_form_is_held_against_its_question(dialog, anna, ask, say) -> None:
    which = "my model told the mechanics of two farms which pumps fail"
    for answer in (SLIPS, CRITIQUE):
        ask.enqueue(answer)
    ask.enqueue(
        {
            "rows": [
                {"number": 1, "quote": which, "strength": "strong", "advice": "What went wrong?"},
                {"number": 2, "quote": which, "strength": "strong", "advice": ""},
            ]
        }
    )
    await say(FORM)

    [table] = [one for one in dialog.said(anna) if one.startswith("Answer by answer")]
    assert "– Tell us about something you built" in table
    assert "→ What went wrong?" in table
    assert "read by the model fake-model" in table


async def test_more_cards_come_into_an_offer_that_nobody_touched(
    dialog, anna, reviewed, say
) -> None:
    question = "How did you know which alerts were wrong?"
    quote = "the alerts myself, so I know which ones are wrong"
    reviewed.enqueue(
        {"cards": [{"quote": quote, "front": question, "back": "", "why": "They doubt it."}]}
    )
    before = len(dialog.said(anna))
    dialog.telegram.press_label(anna, "Make cards")
    await dialog.settle()

    assert len(dialog.said(anna)) == before + 1
    assert question in dialog.said(anna)[-1]


async def test_what_a_new_version_brought_is_said_below_the_counts(
    dialog, anna, reviewed, say
) -> None:
    new = "Two of the three alerts last week were right"
    for answer in (SLIPS, CRITIQUE):
        reviewed.enqueue(answer)
    reviewed.enqueue(
        {
            "better": [
                {"quote": new, "why": "You show how you know."},
                {"quote": "I built a model", "why": "It was there."},
            ],
            "worse": [],
            "next": 0,
        }
    )
    await say(LETTER.replace("I recieve the alerts myself", f"{new}, and I get them myself"))

    [since] = [one for one in dialog.said(anna) if one.startswith("Version 2")]
    assert "What got better" in since
    assert new in since
    assert "It was there" not in since


async def test_a_failed_comparison_leaves_the_counts(dialog, anna, reviewed, say) -> None:
    for answer in (SLIPS, CRITIQUE, Failure.TIMEOUT):
        reviewed.enqueue(answer)
    await say(LETTER.replace("one season", "one summer season"))

    [since] = [one for one in dialog.said(anna) if one.startswith("Version 2")]
    assert "What got better" not in since
