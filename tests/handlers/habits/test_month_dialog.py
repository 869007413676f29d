"""The month as a picture: drawn, told in words, turned back, and never worth losing its words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.drawing import draw
from coach.cards import Grade
from coach.letters import Kind
from coach.memory import Rating
from coach.pictures import DrawingError
from coach.weeks import State
from handlers.habits.months import month_number
from storage import grades, habits, letters

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
THIS = month_number(NOON.date())

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


def labels(message):
    rows = (message.keyboard or {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


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


async def test_months_that_hold_cards_alone_are_turned_back_to(dialog, anna):
    grade = Grade("1", Rating.GOOD, NOON, date(2026, 9, 30), None, 1, "fsrs-6")
    await dialog.store.write(grades.add, person_id=anna, grade=grade)

    await month_of(dialog, anna)
    await press(dialog, anna, "October")
    assert "October 2026: a quiet month" in dialog.telegram.answers(anna)[-1].text
    await press(dialog, anna, "September")
    shown = dialog.telegram.answers(anna)[-1]
    assert "September 2026: 0 proofs, 0 letters, 1 card." in shown.text
    assert labels(shown) == ["October"]


async def test_every_letter_of_the_month_is_counted(dialog, anna):
    for number in range(23):
        await dialog.store.write(
            letters.add,
            person_id=anna,
            chat_id=anna,
            source_key=f"a:{number}",
            name="letter.txt",
            media_type="text/plain",
            kind=Kind.COVER_LETTER,
            language="en",
            text="Dear team,",
            now=NOON - timedelta(days=number % 5),
        )

    shown = await month_of(dialog, anna)

    assert "0 proofs, 23 letters, 0 cards. Marks on 5 days." in shown.text


async def test_the_picture_names_whose_month_it_is(dialog, anna):
    drawn = []

    async def listening(svg):
        drawn.append(svg)
        return await draw(svg)

    dialog.context["draw"] = listening
    await month_of(dialog, anna)

    assert ">for Anna</text>" in drawn[0]


@pytest.mark.parametrize("number", [0, 1, 11, -5, 10**9, THIS - 1, THIS + 1])
async def test_a_month_that_was_never_on_offer_is_this_month(dialog, anna, number):
    """A button made by hand, or one whose month lost its only proof."""
    await say(dialog, anna, "/progress")
    wall = dialog.telegram.answers(anna)[-1]
    dialog.telegram.press(anna, wall.id, f"wall:month:{number}", stale=True)
    await dialog.settle()

    shown = dialog.telegram.answers(anna)[-1]
    assert shown.text.startswith("November 2026")
    assert labels(shown) == []


async def test_the_button_of_another_shows_ones_own_month(dialog, anna):
    await say(dialog, anna, "/progress")
    await press(dialog, anna, "Add a proof")
    await say(dialog, anna, PULL)
    boris = dialog.telegram.add_person("Boris", "en", "boris").id
    dialog.telegram.start(boris)
    await dialog.settle()

    greeting = dialog.telegram.answers(boris)[-1]
    before = len(dialog.telegram.answers(anna))
    dialog.telegram.press(boris, greeting.id, f"wall:month:{THIS}", stale=True)
    await dialog.settle()

    assert "nothing marked yet" in dialog.telegram.answers(boris)[-1].text
    assert len(dialog.telegram.answers(anna)) == before


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

    assert shown.text.startswith("Ноябрь 2026: отметок пока нет")


async def test_months_are_turned_in_the_persons_language(dialog):
    boris = dialog.telegram.add_person("Борис", "ru", "boris").id
    dialog.telegram.start(boris)
    await dialog.settle()
    await dialog.store.write(
        habits.settle, person_id=boris, monday=date(2026, 10, 5), state=State.DONE, now=NOON
    )

    shown = await month_of(dialog, boris, "Мой месяц")
    assert labels(shown) == ["Октябрь"]
    await press(dialog, boris, "Октябрь")

    shown = dialog.telegram.answers(boris)[-1]
    assert shown.text.startswith("Октябрь 2026: тихий месяц, без отметок. 1 неделя подряд на сег")
    assert labels(shown) == ["Ноябрь"]
