"""The month as a picture: drawn, told in words, turned back, and never worth losing its words."""

from datetime import UTC, datetime, timedelta

import pytest

from coach.pictures import DrawingError
from handlers.months import first_day, month_number

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)

PULL = "https://github.com/psf/requests/pull/12"
PNG = b"\x89PNG\r\n"


async def say(dialog, anna, text):
    dialog.telegram.send_text(anna, text)
    await dialog.settle()
    return dialog.said(anna)[-1]


async def press(dialog, anna, label):
    pressed = dialog.telegram.press_label(anna, label)
    await dialog.settle()
    return pressed


async def month_of(dialog, anna, label="My month"):
    await say(dialog, anna, "/progress")
    await press(dialog, anna, label)
    return dialog.telegram.answers(anna)[-1]


async def test_a_month_is_a_picture_with_its_words_under_it(dialog, anna):
    await say(dialog, anna, "/progress")
    await press(dialog, anna, "Add a proof")
    await say(dialog, anna, PULL)

    shown = await month_of(dialog, anna)

    assert dialog.telegram.file(shown.file_id).startswith(PNG)
    assert "November 2026: 1 proof, 0 letters, 0 cards." in shown.text
    assert "1 week in a row" in shown.text


async def test_an_empty_month_lies_ahead(dialog, anna):
    shown = await month_of(dialog, anna)

    assert shown.text.startswith("November 2026: nothing marked yet")


async def test_months_are_turned_back_as_far_as_there_is_something(dialog, anna):
    await say(dialog, anna, "/progress")
    await press(dialog, anna, "Add a proof")
    await say(dialog, anna, PULL)
    dialog.clock.move(timedelta(days=31))

    shown = await month_of(dialog, anna)
    assert "December 2026" in shown.text
    await press(dialog, anna, "November")
    shown = dialog.telegram.answers(anna)[-1]
    assert "November 2026: 1 proof" in shown.text
    await press(dialog, anna, "December")
    assert "December 2026" in dialog.telegram.answers(anna)[-1].text


@pytest.mark.parametrize("number", [0, -5, 10**9, month_number(NOON.date()) + 1])
def test_a_month_that_was_never_on_offer_is_this_month(number):
    assert first_day(number, NOON.date()) == NOON.date().replace(day=1)


async def test_the_same_press_twice_brings_one_picture(dialog, anna):
    await say(dialog, anna, "/progress")
    dialog.telegram.fault("duplicate_update")
    await press(dialog, anna, "My month")

    assert sum("photo" in one.body for one in dialog.telegram.answers(anna)) == 1


async def test_what_cannot_be_drawn_is_said(dialog, anna):
    async def broken(svg):
        raise DrawingError

    dialog.context["draw"] = broken

    shown = await month_of(dialog, anna)

    assert "photo" not in shown.body
    assert shown.text.startswith("I couldn't draw the picture this time")
    assert "November 2026: nothing marked yet" in shown.text


async def test_a_month_is_told_in_the_persons_language(dialog):
    boris = dialog.telegram.add_person("Boris", "ru", "boris").id
    dialog.telegram.start(boris)
    await dialog.settle()

    shown = await month_of(dialog, boris, "Мой месяц")

    assert shown.text.startswith("Ноябрь 2026")
