"""The letters and the week as pictures, asked for at the wall and on Sunday."""

from datetime import date

import pytest

from coach.pictures import DrawingError
from coach.texts import say as words

PNG = b"\x89PNG\r\n"
SLIPS = "I recieve letters and I recieve answers to seperate questions about them every week. "
PLAIN = "I receive letters and I answer separate questions about them every single week now. "
PULL = "https://github.com/psf/requests/pull/12"


async def say(dialog, anna, text):
    dialog.telegram.send_text(anna, text)
    await dialog.settle()
    return dialog.said(anna)[-1]


async def press(dialog, anna, label):
    pressed = dialog.telegram.press_label(anna, label)
    await dialog.settle()
    return pressed


async def picture(dialog, anna, label):
    await say(dialog, anna, "/progress")
    await press(dialog, anna, label)
    return dialog.telegram.answers(anna)[-1]


async def test_a_letter_is_a_picture_of_its_versions_with_its_words_under_it(dialog, anna):
    await say(dialog, anna, f"Dear team, {SLIPS * 6}")
    await say(dialog, anna, f"Dear team, {SLIPS * 2}{PLAIN * 4}")
    shown = await picture(dialog, anna, "My letters")

    assert dialog.telegram.file(shown.file_id).startswith(PNG)
    assert "Slips per 100 words: " in shown.text
    assert "recieve → receive" in shown.text


async def test_without_a_letter_it_says_how_to_send_one(dialog, anna):
    shown = await picture(dialog, anna, "My letters")
    assert shown.text == words("en", "charts.letters.none")


async def test_another_letter_is_one_press_away_and_nobody_elses_is_shown(dialog, anna):
    await say(dialog, anna, f"Dear Nordwind, {SLIPS * 6}")
    await say(dialog, anna, "To whom it may concern, the harbour and its cranes at dawn. " * 8)
    first = await picture(dialog, anna, "My letters")
    [other] = [row[0] for row in first.keyboard["inline_keyboard"]]
    await press(dialog, anna, other["text"])
    assert dialog.telegram.answers(anna)[-1].text != first.text

    ben = dialog.telegram.add_person("Ben", "en", "ben").id
    dialog.telegram.start(ben)
    await dialog.settle()
    question = dialog.telegram.answers(ben)[-1]
    dialog.telegram.press(ben, question, other["callback_data"], stale=True)
    await dialog.settle()
    assert dialog.said(ben)[-1] == words("en", "charts.letters.none")


async def test_the_week_shows_what_was_made_and_nothing_of_a_letter(dialog, anna):
    await say(dialog, anna, f"Dear team, {SLIPS * 6}")
    await say(dialog, anna, "/progress")
    await press(dialog, anna, "Add a proof")
    await say(dialog, anna, PULL)
    shown = await picture(dialog, anna, "My week")

    assert dialog.telegram.file(shown.file_id).startswith(PNG)
    assert shown.text.startswith("16–22 November: 1 proof, 1 letter. Pull request")
    assert "recieve" not in shown.text


async def test_a_button_that_names_a_week_shows_that_week(dialog, anna):
    shown = await picture(dialog, anna, "My week")
    named = f"wall:week:{date(2026, 11, 9).toordinal()}"
    dialog.telegram.press(anna, shown, named, stale=True)
    await dialog.settle()
    assert dialog.said(anna)[-1].startswith("9–15 November: nothing marked yet")


@pytest.mark.parametrize("number", ["-5", "99999999", "0"])
async def test_a_forged_week_is_this_one(dialog, anna, number):
    shown = await picture(dialog, anna, "My week")
    dialog.telegram.press(anna, shown, f"wall:week:{number}", stale=True)
    await dialog.settle()
    assert dialog.said(anna)[-1] == shown.text


@pytest.mark.parametrize("label", ["My letters", "My week"])
async def test_what_cannot_be_drawn_is_said(dialog, anna, label):
    async def broken(svg):
        raise DrawingError

    dialog.context["draw"] = broken
    shown = await picture(dialog, anna, label)
    assert shown.text.startswith(words("en", "pictures.not_drawn"))
