"""/admin: whoever runs the bot sees numbers and causes, mends what was given up, and nobody else
finds out that there is such a thing."""

from datetime import timedelta

import pytest

from coach.texts import say
from handlers.chat.deployment import Deployment
from storage import jobs, people, spending
from storage.jobs import Job
from storage.spending import ModelCall

SECRET = "Dear Zanzibar"


@pytest.fixture
def trouble():
    return {"is": None}


@pytest.fixture
async def operator(dialog, trouble) -> int:
    """Olga runs the bot."""
    olga = dialog.telegram.add_person("Olga", "en", "olga").id

    async def problem():
        return trouble["is"]

    dialog.context["deployment"] = Deployment(
        operators={olga}, daily_tokens=1000, problem=problem, alias=lambda id: f"p{id % 97:02}"
    )
    dialog.telegram.start(olga)
    await dialog.settle()
    return olga


async def told(dialog, person, text):
    dialog.telegram.send_text(person, text)
    await dialog.settle()
    return dialog.said(person)[-1]


async def press(dialog, person, label):
    pressed = dialog.telegram.press_label(person, label)
    await dialog.settle()
    return pressed.answer or dialog.said(person)[-1]


async def bury(dialog, key, kind="review", error="TimeoutError", **owner):
    """Something that was given up, with a letter in it."""
    now = dialog.clock.now()

    def give_up(db):
        jobs.add(db, kind=kind, key=key, payload={"text": SECRET}, due_at=now, **owner)
        row = db.one("SELECT id FROM jobs WHERE key = :key", key=key)
        db.run("UPDATE jobs SET state = 'claimed', owner = 'me' WHERE id = :id", id=row["id"])
        jobs.bury(db, Job(row["id"], kind, key, None, now, 0, "me", {}, now), error=error, now=now)

    await dialog.store.write(give_up)


async def dead(dialog):
    return [one.key for one in await dialog.store.read(jobs.dead)]


async def test_the_panel_tells_how_much_there_is_and_whether_all_is_well(
    dialog, anna, operator, trouble
):
    said = await told(dialog, operator, "/admin")
    assert "🟢 Ready" in said
    assert "People: 2 · 2 today · 2 in 7 days" in said
    assert "Nothing waits." in said

    trouble["is"] = "database: full"
    await dialog.later(timedelta(days=2))
    said = await press(dialog, operator, "Refresh")
    assert "🔴 Not ready: database: full" in said
    assert "People: 2 · 0 today · 2 in 7 days" in said
    assert dialog.said(operator).count(said) == 1, "one message, changed by its buttons"


async def test_to_anybody_else_there_is_no_such_command(dialog, anna, operator):
    assert await told(dialog, anna, "/admin") == "I don't know /admin. /help shows what I can do."


async def test_a_button_that_somebody_else_sends_is_one_of_a_bot_that_is_no_more(
    dialog, anna, operator
):
    await bury(dialog, "a")
    await told(dialog, operator, "/admin")
    shown = dialog.telegram.answers(anna)[-1]
    pressed = dialog.telegram.press(anna, shown, "admin:drop:1", stale=True)
    await dialog.settle()
    assert pressed.answer == say("en", "letters.answer.gone")
    assert await dead(dialog) == ["a"]


async def test_what_waits_is_told_by_kind_with_the_age_of_the_oldest(dialog, operator):
    now = dialog.clock.now()
    for number, kind in enumerate(["kind-a", "kind-a", "kind-b"]):
        due = now + timedelta(hours=number)
        await dialog.store.write(jobs.add, kind=kind, key=str(number), payload={}, due_at=due)
    await dialog.later(timedelta(minutes=30))
    said = await told(dialog, operator, "/admin")
    assert "kind-a: 2, the oldest due for 30 min" in said
    assert "kind-b: 1, none due yet" in said


async def test_a_dead_letter_shows_its_cause_and_none_of_its_words(dialog, anna, operator):
    await bury(dialog, f"letter-of-{anna}", person_id=anna)
    await dialog.later(timedelta(hours=3))
    await told(dialog, operator, "/admin")
    said = await press(dialog, operator, "Dead letters: 1")
    assert "1. review · 3 hr ago · TimeoutError" in said
    assert SECRET not in said
    assert str(anna) not in said
    assert "Anna" not in said


async def test_one_is_tried_again_and_a_second_press_finds_nothing(dialog, operator):
    await bury(dialog, "a", kind="other")
    await bury(dialog, "b", kind="other")
    await told(dialog, operator, "/admin")
    await press(dialog, operator, "Dead letters: 2")
    screen = dialog.telegram.answers(operator)[-1]
    data = screen.body["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    first = dialog.telegram.press(operator, screen, data)
    second = dialog.telegram.press(operator, screen, data)
    await dialog.settle()
    assert not first.answer
    assert second.answer == "That one isn't there any more."
    assert await dead(dialog) == ["a"]
    assert "Dead letters: 1" in dialog.said(operator)[-1]


async def test_all_are_tried_again_but_for_what_waits_for_people_who_are_gone(dialog, operator):
    for key in "abcdefg":
        await bury(dialog, key, kind="other")
    await bury(dialog, "gone", kind="send", error="blocked")
    said = await told(dialog, operator, "/admin")
    assert "1 message waits for somebody who has left" in said
    await press(dialog, operator, "Dead letters: 7")
    assert "6. other" in await press(dialog, operator, "Older")
    assert "Nothing was given up." in await press(dialog, operator, "Retry all 7")
    assert await dead(dialog) == ["gone"]


async def test_one_is_dropped_for_good_after_one_more_press(dialog, operator):
    await bury(dialog, "a", kind="other")
    await told(dialog, operator, "/admin")
    await press(dialog, operator, "Dead letters: 1")
    assert "for good?" in await press(dialog, operator, "Drop 1")
    assert await dead(dialog) == ["a"]
    assert "Nothing was given up." in await press(dialog, operator, "Drop it")
    assert await dead(dialog) == []


async def test_budgets_tell_who_is_near_without_telling_who_it_is(dialog, anna, operator):
    def call(tokens, outcome="ok"):
        now = dialog.clock.now()
        facts = ("critique", "v1", "tiny", outcome, tokens, 0, 0, now, timedelta(seconds=1))
        return ModelCall(anna, *facts)

    for one in (call(850), call(0, "timeout")):
        await dialog.store.write(spending.add, one)
    await told(dialog, operator, "/admin")
    said = await press(dialog, operator, "Budgets")
    assert "2 calls, 1 of them failed, 850 tokens" in said
    assert f"p{anna % 97:02}: 85% of it used" in said
    assert str(anna) not in said
    await dialog.later(timedelta(days=1, minutes=1))
    await press(dialog, operator, "Back")
    assert "Nobody is near that." in await press(dialog, operator, "Budgets")


async def test_it_speaks_the_operators_language(dialog, operator):
    await dialog.store.write(people.set_language, operator, "ru")
    assert "Готов к работе" in await told(dialog, operator, "/admin")
