"""RETENTION_DAYS: who is silent for so long is warned, and forgotten a month later; a word is
enough to stay."""

from datetime import timedelta

import pytest

from handlers.chat.work import Keeping
from handlers.leaving.silences import MONTH
from storage import people
from tests.handlers.leaving.test_forget_dialog import found
from tests.handlers.peers.steps import press, write

YEAR = timedelta(days=365)
DAY = timedelta(days=1)


@pytest.fixture
def keeping(dialog):
    dialog.context["keeping"] = Keeping(backups=7, silence=365)


async def pass_time(dialog, by):
    dialog.clock.move(by)
    await dialog.tick()


def warnings(dialog, person):
    return [said for said in dialog.said(person) if "I haven't heard from you" in said]


async def test_without_the_setting_nobody_is_ever_forgotten(dialog, lived):
    await pass_time(dialog, 3 * YEAR)
    assert not warnings(dialog, lived)
    assert await dialog.store.read(people.get, lived)


async def test_who_says_nothing_is_warned_once_and_forgotten_a_month_later(dialog, keeping, lived):
    await pass_time(dialog, YEAR - DAY)
    assert not warnings(dialog, lived)

    await pass_time(dialog, 2 * DAY)
    [said] = warnings(dialog, lived)
    assert "since 24 November 2026" in said
    assert "on 25 December 2027 I forget you" in said

    await pass_time(dialog, MONTH - DAY)
    assert len(warnings(dialog, lived)) == 1
    assert await dialog.store.read(people.get, lived)

    await pass_time(dialog, DAY)
    assert found(dialog.store) == []


async def test_a_press_keeps_everything_and_the_count_begins_anew(dialog, keeping, lived):
    await pass_time(dialog, YEAR + DAY)
    await press(dialog, lived, "Keep")
    assert not warnings(dialog, lived)
    assert any("Everything stays" in said for said in dialog.said(lived))

    await pass_time(dialog, MONTH + DAY)
    assert await dialog.store.read(people.get, lived)
    await pass_time(dialog, YEAR)
    assert warnings(dialog, lived)


async def test_any_word_keeps_everything(dialog, keeping, lived):
    await pass_time(dialog, YEAR + DAY)
    await write(dialog, lived, "/today")
    await pass_time(dialog, MONTH + DAY)
    assert await dialog.store.read(people.get, lived)


async def test_who_cannot_be_written_to_is_forgotten_at_the_same_day(dialog, keeping, lived):
    dialog.telegram.block(lived)
    await dialog.settle()
    await pass_time(dialog, YEAR + DAY)
    assert await dialog.store.read(people.get, lived)
    await pass_time(dialog, MONTH)
    assert await dialog.store.read(people.get, lived) is None
