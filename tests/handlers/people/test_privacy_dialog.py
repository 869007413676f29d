"""Nothing leaves for a model before its writer agreed, and then no name does."""

import re
from pathlib import Path

import pytest

from coach.texts import say
from handlers.chat.work import Keeping, ModelFacts
from storage import retention
from storage.privacy import OWNERS, SUBJECTS
from tests.fakes.asking import FakeAsk

LETTER = """Dear hiring team at Nordwind,

I am applying for the junior machine learning role. For two years I have cleaned sensor data at a
small farm-equipment company, and last spring I built a model that predicts which pumps fail. It
cut unplanned stops by a third in one season, and the mechanics now plan their week with it.

I recieve the alerts myself; write to sam@example.org or see https://example.org/sam.

Kind regards,
Sam Example
"""
SECRETS = ("Nordwind", "Sam", "example.org")
NOTHING_TO_ADD = {"confirm": [1], "reject": [], "edits": []}
CRITIQUE = {
    "strengths": [{"quote": "It cut unplanned stops by a third", "why": "An outcome."}],
    "issues": [],
    "scores": [],
    "rewrites": [],
    "summary": "Name1 will remember the pumps.",
}


@pytest.fixture
def ask(dialog) -> FakeAsk:
    ask = FakeAsk()
    dialog.context |= {"ask": ask, "model_on": True, "model": ModelFacts(True, "tiny", "localhost")}
    return ask


@pytest.fixture
async def sent(dialog, anna, ask):
    """Anna's letter is answered by the house, and she is asked."""
    dialog.telegram.send_text(anna, LETTER)
    await dialog.settle()
    return dialog.said(anna)[-1]


async def press(dialog, person, label):
    pressed = dialog.telegram.press_label(person, label)
    await dialog.settle()
    return pressed


async def test_the_house_answers_and_asks_before_anything_leaves(sent, ask, dialog, anna) -> None:
    assert "What a hiring reader will think" in dialog.said(anna)[-2]
    assert sent.startswith("A model can read this letter too")
    assert "tiny at localhost" in sent
    assert ask.asked == []


async def test_with_a_yes_the_model_reads_this_letter_without_its_names(
    sent, ask, dialog, anna
) -> None:
    ask.enqueue(NOTHING_TO_ADD)
    ask.enqueue(CRITIQUE)
    await press(dialog, anna, "Yes, let it read")

    assert "Nordwind will remember the pumps." in dialog.said(anna)[-1]
    told = str([question.inputs for question in ask.asked])
    assert not [secret for secret in SECRETS if secret in told]


async def test_a_second_yes_asks_the_model_no_second_time(sent, ask, dialog, anna) -> None:
    ask.enqueue(NOTHING_TO_ADD)
    ask.enqueue(CRITIQUE)
    dialog.telegram.press_label(anna, "Yes, let it read")
    dialog.telegram.press_label(anna, "Yes, let it read")
    await dialog.settle()

    assert len(ask.asked) == 2


async def test_with_a_no_nothing_leaves_and_nobody_asks_again(sent, ask, dialog, anna) -> None:
    await press(dialog, anna, "No, rules only")
    assert "stays between us" in dialog.said(anna)[-1]

    dialog.telegram.send_text(anna, LETTER.replace("two years", "three years"))
    await dialog.settle()

    assert ask.asked == []
    assert not dialog.said(anna)[-1].startswith("A model can read")


async def test_what_would_leave_is_shown_word_for_word(sent, dialog, anna) -> None:
    await press(dialog, anna, "What would leave?")

    shown = dialog.said(anna)[-1]
    assert "built a model that predicts which pumps fail" in shown
    assert not [secret for secret in SECRETS if secret in shown]


async def test_names_go_along_once_somebody_wants_that(sent, ask, dialog, anna) -> None:
    dialog.telegram.send_text(anna, "/privacy")
    await dialog.settle()
    assert "only if you say so" in dialog.said(anna)[-1]

    await press(dialog, anna, "Let the model read my letters")
    assert "Names, employers, addresses and links stay here" in dialog.said(anna)[-1]

    await press(dialog, anna, "Let it read names too")
    assert "because you chose so" in dialog.said(anna)[-1]

    ask.enqueue(NOTHING_TO_ADD)
    ask.enqueue(CRITIQUE)
    ask.enqueue({"better": [], "worse": [], "next": 0})  # of the version before
    dialog.telegram.send_text(anna, LETTER.replace("two years", "three years"))
    await dialog.settle()
    assert ask.asked[0].inputs["letter"].startswith("Dear hiring team at Nordwind")


async def test_who_takes_it_back_is_read_by_the_house_alone(sent, ask, dialog, anna) -> None:
    for label in ("Let the model read my letters", "No model for my letters"):
        dialog.telegram.send_text(anna, "/privacy")
        await dialog.settle()
        await press(dialog, anna, label)

    dialog.telegram.send_text(anna, LETTER.replace("two years", "three years"))
    await dialog.settle()
    assert ask.asked == []
    assert "by the house rules" in dialog.said(anna)[-1]


async def test_a_stranger_who_presses_the_question_gets_no_letter_read(
    sent, ask, dialog, anna
) -> None:
    ben = dialog.telegram.add_person("Ben", "en").id
    dialog.telegram.start(ben)
    await dialog.settle()
    data = dialog.telegram.answers(anna)[-1].body["reply_markup"]["inline_keyboard"][0][0]
    dialog.telegram.press(ben, dialog.telegram.answers(ben)[-1], data["callback_data"], stale=True)
    await dialog.settle()

    assert ask.asked == []


async def test_without_a_model_privacy_says_that_nothing_leaves(dialog, anna) -> None:
    dialog.telegram.send_text(anna, "/privacy")
    await dialog.settle()

    assert "No model is connected, so nothing leaves for one." in dialog.said(anna)[-1]


async def test_privacy_tells_what_is_kept_for_how_long_and_who_sees_it(dialog, anna) -> None:
    notice = "https://example.org/privacy"
    dialog.context["keeping"] = Keeping(backups=7, silence=730, notice=notice)
    dialog.telegram.send_text(anna, "/privacy")
    await dialog.settle()

    said = dialog.said(anna)[-1]
    assert all(say("en", f"privacy.kept.{subject}") in said for subject in SUBJECTS)
    for told in ("730 days", "kept for 7 days", "/forget", "/export", "Telegram carries", notice):
        assert told in said


def test_every_table_belongs_to_a_subject() -> None:
    told = [table for tables in SUBJECTS.values() for table in tables]
    assert sorted(told) == sorted(OWNERS)


def test_the_page_for_users_names_every_table_and_every_setting() -> None:
    page = (Path(__file__).parents[3] / "docs" / "privacy.md").read_text("utf-8")
    rows = [line.split("|")[-2] for line in page.splitlines() if line.endswith("` |")]
    assert sorted(re.findall(r"`(\w+)`", "".join(rows))) == sorted(OWNERS)
    for setting in ("RETENTION_DAYS", "BACKUPS_KEPT", "PRIVACY_URL"):
        assert setting in page
    for days in (
        retention.KEPT_SLOTS,
        retention.KEPT_DEAD,
        retention.KEPT_TALK,
        retention.KEPT_CALLS,
        retention.KEPT_IMPORTS,
        retention.KEPT_POSTINGS,
        retention.KEPT_MARKS,
    ):
        assert f"{days.days} days" in page
