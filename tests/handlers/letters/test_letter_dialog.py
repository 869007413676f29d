"""A person sends a letter and talks with the coach about it."""

from datetime import timedelta

import pytest

LETTER = """Dear hiring team at Nordwind,

I am applying for the junior machine learning role. For two years I have cleaned sensor data at a
small farm-equipment company, and last spring I built a model that predicts which pumps fail. It
cut unplanned stops by a third in one season, and the mechanics now plan thier week with it.

I recieve the alerts myself, so I know which ones are wrong. I would like to do this work with
people who read the the failures as carefully as the successes.

Kind regards,
Sam Example
"""

OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le")


async def test_a_pasted_letter_is_acknowledged_and_answered(dialog, anna) -> None:
    dialog.telegram.send_text(anna, LETTER)
    await dialog.settle()

    first, critique = dialog.said(anna)[1:]
    assert first.startswith("Got it: ")
    assert "English" in first
    assert "recieve → receive" in first
    assert "What a hiring reader will think" in critique
    assert "house rules" in critique


async def test_apply_all_accepts_the_sure_fixes_and_download_brings_them(dialog, anna) -> None:
    dialog.telegram.send_text(anna, LETTER)
    await dialog.settle()

    press = dialog.telegram.press_label(anna, "Apply all")
    await dialog.settle()
    dialog.telegram.press_label(anna, "Download")
    await dialog.settle()

    assert "Done" in press.answer
    sent = dialog.telegram.answers(anna)[-1]
    corrected = dialog.telegram.file(sent.file_id).decode()
    assert "I receive the alerts" in corrected
    assert corrected.replace("receive", "recieve", 1).split()[:20] == LETTER.split()[:20]


async def test_a_second_press_of_apply_all_does_nothing(dialog, anna) -> None:
    dialog.telegram.send_text(anna, LETTER)
    await dialog.settle()
    summary = dialog.telegram.answers(anna)[1]
    data = summary.keyboard["inline_keyboard"][0][0]["callback_data"]

    dialog.telegram.press(anna, summary, data)
    await dialog.settle()
    before = dialog.said(anna)
    again = dialog.telegram.press(anna, summary, data, stale=True)
    await dialog.settle()

    assert again.answer == "That is done already."
    assert dialog.said(anna) == before


async def test_one_by_one_shows_each_slip_in_one_message_that_edits_itself(dialog, anna) -> None:
    dialog.telegram.send_text(anna, LETTER)
    await dialog.settle()

    dialog.telegram.press_label(anna, "One by one")
    await dialog.settle()
    count = len(dialog.telegram.answers(anna))
    assert "1 of " in dialog.said(anna)[-1]
    dialog.telegram.press_label(anna, "Accept")
    await dialog.settle()
    assert "2 of " in dialog.said(anna)[-1]
    dialog.telegram.press_label(anna, "Skip")
    await dialog.settle()
    dialog.telegram.press_label(anna, "Finish")
    await dialog.settle()

    assert len(dialog.telegram.answers(anna)) == count
    assert "1 fix applied." in dialog.said(anna)[1]
    assert "1 left as it was." in dialog.said(anna)[1]


async def test_what_was_put_off_is_applied_where_the_button_stands_and_in_the_first_answer(
    dialog, anna
) -> None:
    dialog.telegram.send_text(anna, LETTER)
    await dialog.settle()
    for label in ("One by one", "Skip", "Finish"):
        dialog.telegram.press_label(anna, label)
        await dialog.settle()
    assert dialog.said(anna)[-1].startswith("What you decided is kept")

    dialog.telegram.press_label(anna, "Apply all")
    await dialog.settle()

    assert "applied." in dialog.said(anna)[1]
    assert "applied." in dialog.said(anna)[-1]
    assert sum(said.startswith("Got it") for said in dialog.said(anna)) == 1


async def test_a_long_paste_that_telegram_cut_becomes_one_letter(dialog, anna) -> None:
    long = "\n\n".join(f"Paragraph {n}. " + LETTER.replace("\n", " ") for n in range(8))
    assert len(long) > 4096

    parts = dialog.telegram.send_text(anna, long)
    await dialog.settle()
    assert len(parts) > 1
    assert len(dialog.said(anna)) == 1, "the paste may go on, so nothing is said yet"
    await dialog.later(timedelta(seconds=2))

    receipts = [said for said in dialog.said(anna) if said.startswith("Got it")]
    assert len(receipts) == 1
    assert f"{len(long.split())} words" in receipts[0]


async def test_the_same_update_twice_is_one_letter(dialog, anna) -> None:
    dialog.telegram.fault("duplicate_update")
    dialog.telegram.send_text(anna, LETTER)
    await dialog.settle()

    assert sum(said.startswith("Got it") for said in dialog.said(anna)) == 1


async def test_a_link_to_a_document_is_answered_with_how_to_send_it(dialog, anna) -> None:
    dialog.telegram.send_text(anna, "My letter: https://docs.google.com/document/d/1a2b/edit")
    await dialog.settle()
    assert "Microsoft Word (.docx)" in dialog.said(anna)[-1]


async def test_a_short_text_is_asked_about_and_read_when_wished(dialog, anna) -> None:
    dialog.telegram.send_text(anna, "Dear team, I would like to work with you. Regards, Sam")
    await dialog.settle()
    assert "short for a letter" in dialog.said(anna)[-1]

    dialog.telegram.press_label(anna, "Read it anyway")
    await dialog.settle()

    assert any(said.startswith("Got it: 11 words") for said in dialog.said(anna))


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("empty.txt", b"", "no text"),
        ("noise.txt", bytes(range(256)) * 40, "text"),
        ("long.txt", b"word " * 60_000, "long"),
        ("letter.doc", OLD_WORD, "Save as"),
    ],
)
async def test_bad_input_gets_one_sentence_and_the_conversation_goes_on(
    dialog, anna, name, data, word
) -> None:
    dialog.telegram.send_file(anna, name, data)
    await dialog.settle()
    assert word in dialog.said(anna)[-1]

    dialog.telegram.send_text(anna, LETTER)
    await dialog.settle()
    assert any(said.startswith("Got it") for said in dialog.said(anna))


async def test_a_file_over_20_mb_is_refused_without_a_download(dialog, anna) -> None:
    dialog.telegram.send_file(anna, "letter.txt", bytes(21 * 1024 * 1024))
    await dialog.settle()

    assert "20 MB" in dialog.said(anna)[-1]
    assert not dialog.telegram.calls("getFile")


async def test_somebody_elses_button_changes_nothing_and_tells_nothing(dialog, anna) -> None:
    dialog.telegram.send_text(anna, LETTER)
    await dialog.settle()
    data = dialog.telegram.answers(anna)[1].keyboard["inline_keyboard"][0][0]["callback_data"]
    boris = dialog.telegram.add_person("Boris", "en", "boris").id
    dialog.telegram.start(boris)
    await dialog.settle()

    press = dialog.telegram.press(boris, dialog.telegram.answers(boris)[0], data, stale=True)
    await dialog.settle()

    assert "no longer have that letter" in press.answer
    assert "fix applied" not in dialog.said(anna)[1]


async def test_a_posting_is_held_against_the_last_letter(dialog, anna) -> None:
    dialog.telegram.send_text(anna, LETTER)
    await dialog.settle()
    dialog.telegram.press_label(anna, "Against a posting")
    await dialog.settle()
    assert "Send me the posting" in dialog.said(anna)[-1]

    dialog.telegram.send_text(
        anna, "You have:\n- experience with sensor data\n- knowledge of Kubernetes\n"
    )
    await dialog.settle()

    table = dialog.said(anna)[-1]
    assert "sensor data" in table
    assert "Kubernetes: missing" in table


async def test_the_button_under_an_older_letter_compares_that_letter(dialog, anna) -> None:
    other = LETTER.replace("sensor data", "old ledgers").replace("pumps", "prices")
    for letter in (LETTER, other):
        dialog.telegram.send_text(anna, letter)
        await dialog.settle()
    first = dialog.telegram.answers(anna)[1]
    button = first.keyboard["inline_keyboard"][-2][-1]
    assert button["text"] == "Against a posting"

    dialog.telegram.press(anna, first, button["callback_data"])
    await dialog.settle()
    dialog.telegram.send_text(anna, "You have:\n- sensor data\n- old ledgers\n")
    await dialog.settle()

    assert "old ledgers: missing" in dialog.said(anna)[-1]
    assert "sensor data: missing" not in dialog.said(anna)[-1]


async def test_a_russian_is_answered_in_russian_about_an_english_letter(dialog) -> None:
    boris = dialog.telegram.add_person("Борис", "ru", "boris").id
    dialog.telegram.start(boris)
    dialog.telegram.send_text(boris, LETTER)
    await dialog.settle()

    assert dialog.said(boris)[1].startswith("Получил: ")
    assert "английский" in dialog.said(boris)[1]
