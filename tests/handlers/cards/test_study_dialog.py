"""How cards come: each wish by its button, and its effect before it is taken."""

import pytest

from coach.batches import Limits
from coach.notes import NoteKind
from handlers.cards.studies import StudyButton, answered, overview
from storage import notes, people, studies
from storage.notes import NewNote


async def say(dialog, person, text):
    dialog.telegram.send_text(person, text)
    await dialog.settle()


async def press(dialog, person, label):
    dialog.telegram.press_label(person, label)
    await dialog.settle()
    return dialog.said(person)[-1]


@pytest.fixture
async def wishes(dialog, anna):
    """Opens the wishes; returns what is kept of them."""
    note = NewNote(NoteKind.BASIC, "Precision?", "TP / (TP + FP)")
    await dialog.store.write(notes.add, person_id=anna, notes=[note], now=dialog.clock.now())
    await say(dialog, anna, "/deck")
    await press(dialog, anna, "How they come")

    async def kept():
        return await dialog.store.read(studies.get, anna)

    return kept


async def test_everything_is_said_in_one_message(dialog, anna, wishes):
    assert dialog.said(anna)[-1].splitlines() == [
        "How your cards come",
        "Up to 20 reviews a day",
        "Up to 5 new cards a day",
        "Aim: to remember 90 %",
        "Longest interval: no limit",
        "Light days: none",
        "Even one card is worth a reminder",
    ]


async def test_row_68_a_higher_limit_makes_room_today(dialog, anna, wishes):
    await press(dialog, anna, "Reviews: 20")
    said = await press(dialog, anna, "30")

    assert "Up to 30 reviews a day" in said
    assert "room for 10 more today" in said
    assert (await wishes()).limits == Limits(30, 5)
    await press(dialog, anna, "New: 5")
    assert "room for" not in await press(dialog, anna, "10")


async def test_row_58_what_another_aim_does_is_said_before_it_is_taken(dialog, anna, wishes):
    await press(dialog, anna, "Aim: 90 %")
    said = await press(dialog, anna, "85 %")

    assert "At 85 % a new card that you keep knowing comes back after 4, 31, 173 days" in said
    assert (await wishes()).wishes.retention == 0.9
    assert "Aim: to remember 90 %" in await press(dialog, anna, "Keep 90 %")
    await press(dialog, anna, "Aim: 90 %")
    await press(dialog, anna, "95 %")
    assert "Aim: to remember 95 %" in await press(dialog, anna, "Change to 95 %")
    assert (await wishes()).wishes.retention == 0.95


async def test_light_days_are_turned_on_and_off(dialog, anna, wishes):
    await press(dialog, anna, "Light days")
    await press(dialog, anna, "Sun")
    await press(dialog, anna, "Mon")
    await press(dialog, anna, "✓ Mon")
    said = await press(dialog, anna, "Back")

    assert "Light days: Sunday" in said
    assert (await wishes()).wishes.light == {7: 0.5}


async def test_a_light_day_pressed_twice_is_light(dialog, anna, wishes):
    await press(dialog, anna, "Light days")
    dialog.telegram.press_label(anna, "Sun")
    dialog.telegram.press_label(anna, "Sun")
    await dialog.settle()

    assert (await wishes()).wishes.light == {7: 0.5}


async def test_a_limit_is_offered_with_the_minutes_it_takes(dialog, anna, wishes):
    await press(dialog, anna, "Reviews: 20")

    rows = dialog.telegram.answers(anna)[-1].keyboard["inline_keyboard"]
    assert [button["text"] for button in rows[0]] == ["5 · 2 min", "10 · 3 min", "20 · 6 min"]


async def test_a_longest_interval_can_be_had(dialog, anna, wishes):
    await press(dialog, anna, "Longest: no limit")
    said = await press(dialog, anna, "a year")

    assert "Longest interval: a year" in said
    assert (await wishes()).wishes.longest == 365


async def test_small_sessions_can_be_put_together(dialog, anna, wishes):
    said = await press(dialog, anna, "Put small sessions together")
    assert "wait until there are three" in said
    assert (await wishes()).gathers_few
    await press(dialog, anna, "Remind me of every card")
    assert not (await wishes()).gathers_few


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("reviews", "100000"),
        ("new", "-1"),
        ("aim", "0.1"),
        ("aim", "?2"),
        ("longest", "0"),
        ("light", "+8"),
        ("light", "7"),
        ("few", "x"),
    ],
)
async def test_what_was_never_on_offer_changes_nothing(dialog, anna, wishes, what, value):
    before = await wishes()

    def forge(db):
        pressed = StudyButton(what=what, value=value)
        answered(db, people.get(db, anna), studies.get(db, anna), pressed)

    await dialog.store.write(forge)
    assert await wishes() == before


def test_every_wish_is_said_in_russian_too():
    said, rows = overview(studies.Study(), "ru")

    assert "Цель: помнить 90 %" in said.text
    assert rows
