"""Cards taken along in a dialog: a package for Anki, a table, or a word that there is nothing."""

import csv
import zipfile
from io import BytesIO, StringIO

from handlers.cards.exports import ExportButton, Form


async def say(dialog, person, text) -> str:
    dialog.telegram.send_text(person, text)
    await dialog.settle()
    return dialog.said(person)[-1]


async def press(dialog, person, label) -> str:
    dialog.telegram.press_label(person, label)
    await dialog.settle()
    return dialog.said(person)[-1]


async def own(dialog, person) -> None:
    await say(dialog, person, "/add recall :: TP / (TP + FN)\nprecision ::: TP / (TP + FP)")
    await say(dialog, person, "/deck")


def sent(dialog, person) -> tuple[str, bytes]:
    """Name and content of the last file."""
    message = dialog.telegram.answers(person)[-1]
    return message.body["document"]["file_name"], dialog.telegram.file(message.file_id)


async def test_the_deck_is_taken_along_for_anki(dialog, anna) -> None:
    await own(dialog, anna)
    assert "As what?" in await press(dialog, anna, "Export")
    assert "2 cards with what you remember" in await press(dialog, anna, "For Anki")

    name, data = sent(dialog, anna)
    assert name == "sogood-2026-11-20.apkg"
    assert zipfile.ZipFile(BytesIO(data)).namelist() == ["collection.anki2", "media"]


async def test_the_deck_is_taken_along_as_a_table(dialog, anna) -> None:
    await own(dialog, anna)
    await press(dialog, anna, "Export")
    assert "2 cards as a table" in await press(dialog, anna, "As a table")

    name, data = sent(dialog, anna)
    assert name == "sogood-2026-11-20.csv"
    lines = data.decode().splitlines()
    rows = list(csv.reader(StringIO("\n".join(line for line in lines if line[0] != "#"))))
    assert [row[1:5] for row in rows] == [
        ["Basic", "Sogood", "recall", "TP / (TP + FN)"],
        ["Basic (and reversed card)", "Sogood", "precision", "TP / (TP + FP)"],
    ]


async def test_an_old_button_over_an_empty_deck_says_so(dialog, anna) -> None:
    shown = await say(dialog, anna, "/deck")
    assert "No cards yet" in shown
    message = dialog.telegram.answers(anna)[-1]
    for form in (Form.ANKI, Form.TABLE):
        dialog.telegram.press(anna, message, ExportButton(form=form).pack(), stale=True)
        await dialog.settle()
        assert "No cards to export yet" in dialog.said(anna)[-1]
