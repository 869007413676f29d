"""Files of cards in a dialog: shown before they are kept, kept once, no letter among them."""

import pytest

from storage import cards, grades, notes
from tests.fakes.anki import BASIC, BOTH, CLOZE, Notes, package, zipped

TABLE = b"front,back,tags\nrecall,TP / (TP + FN),ml\nprecision,TP / (TP + FP),\n"


def deck():
    notes = Notes().note(BASIC, "<b>Recall</b>?", "TP / (TP + FN)", tags=" ml ", deck=2)
    notes.note(CLOZE, "{{c1::Precision}} and {{c2::recall::hint}}", "", ords=(0, 1))
    notes.note(BOTH, "Hund", "dog", ords=(0, 1)).note(BASIC, "<img src=x>", "a")
    return notes.learnt(10, due=-1, ivl=9, answers=[(13, 3, 3, 0), (10, 3, 9, 1)])


async def send(dialog, person, data, name) -> str:
    dialog.telegram.send_file(person, name, data)
    await dialog.settle()
    return dialog.said(person)[-1]


async def press(dialog, person, label) -> list[str]:
    dialog.telegram.press_label(person, label)
    await dialog.settle()
    return dialog.said(person)


async def fronts(dialog, person) -> list[str]:
    return [note.front for note in await dialog.store.read(notes.of_person, person)]


@pytest.mark.parametrize("new", [True, False])
async def test_a_package_is_shown_before_it_is_kept(dialog, anna, new) -> None:
    said = await send(dialog, anna, package(deck(), new), "ML.apkg")
    assert said.startswith("ML.apkg\n3 notes: 3 new\nDecks: ML::Metrics, My own\n")
    assert "With your progress: 1 card you have learnt, 2 answers." in said
    assert "1 note stays behind" in said
    assert "[Precision] and [recall]" in said
    assert await fronts(dialog, anna) == []

    said = await press(dialog, anna, "Keep, with progress")
    assert any("Done: 3 new." in text for text in said)
    assert "When shall" in said[-1] or "cards" in said[-1]
    assert len(await fronts(dialog, anna)) == 3
    [known] = await dialog.store.read(cards.known, anna)
    assert known.state.reps == 2
    assert len(await dialog.store.read(grades.of_card, anna, known.id)) == 2


async def test_the_same_file_again_brings_nothing(dialog, anna) -> None:
    await send(dialog, anna, package(deck()), "ML.apkg")
    await press(dialog, anna, "Keep, with progress")
    said = await send(dialog, anna, package(deck(), new=False), "other name.apkg")
    assert "3 notes: 3 you have" in said
    assert "You have all of them already" in said
    assert dialog.telegram.answers(anna)[-1].keyboard is None


async def test_progress_can_stay_behind(dialog, anna) -> None:
    await send(dialog, anna, package(deck()), "ML.apkg")
    await press(dialog, anna, "Keep as new cards")
    assert len(await fronts(dialog, anna)) == 3
    assert await dialog.store.read(cards.known, anna) == []


async def test_a_table_is_kept_too(dialog, anna) -> None:
    said = await send(dialog, anna, TABLE, "words.csv")
    assert "2 notes: 2 new" in said
    await press(dialog, anna, "Keep")
    assert await fronts(dialog, anna) == ["recall", "precision"]


async def test_nothing_is_kept_of_what_is_not_wanted(dialog, anna) -> None:
    await send(dialog, anna, TABLE, "words.csv")
    assert "Nothing was kept" in (await press(dialog, anna, "Not now"))[-1]
    assert await fronts(dialog, anna) == []


async def test_a_second_press_keeps_nothing_twice(dialog, anna) -> None:
    await send(dialog, anna, TABLE, "words.csv")
    question = dialog.telegram.answers(anna)[-1]
    data = question.keyboard["inline_keyboard"][0][0]["callback_data"]
    for _ in range(2):
        dialog.telegram.press(anna, question, data, stale=True)
        await dialog.settle()
    assert "decided already" in " ".join(dialog.said(anna))
    assert len(await fronts(dialog, anna)) == 2


async def test_a_button_of_somebody_else_tells_nothing(dialog, anna) -> None:
    await send(dialog, anna, TABLE, "words.csv")
    data = dialog.telegram.answers(anna)[-1].keyboard["inline_keyboard"][0][0]["callback_data"]
    ben = dialog.telegram.add_person("Ben", "en", "ben").id
    dialog.telegram.start(ben)
    await dialog.settle()
    dialog.telegram.press(ben, dialog.telegram.answers(ben)[-1], data, stale=True)
    await dialog.settle()
    assert "gone" in dialog.said(ben)[-1]
    assert await fronts(dialog, ben) == []


@pytest.mark.parametrize(
    ("data", "name", "word"),
    [
        (package(deck())[:900], "deck.apkg", "damaged"),
        (zipped({"media": b"{}"}), "deck.apkg", "no cards in this archive"),
        (b"#separator:tab\n", "notes.txt", "no cards in this file"),
        (package(deck(), also="DROP TABLE revlog"), "deck.colpkg", "damaged"),
    ],
)
async def test_a_file_that_cannot_be_read_ends_in_a_sentence(
    dialog, anna, data, name, word
) -> None:
    said = await send(dialog, anna, data, name)
    assert word in said
    assert "\n" not in said


async def test_a_letter_stays_a_letter(dialog, anna) -> None:
    letter = "Dear Ms Lee,\n\nI recieve data, clean it, and ship it.\n\nYours,\nAnna"
    await send(dialog, anna, letter.encode(), "letter.csv")
    assert "letter" in " ".join(dialog.said(anna)).lower()
    assert await fronts(dialog, anna) == []


async def test_the_decks_say_which_files_can_be_sent(dialog, anna) -> None:
    dialog.telegram.send_text(anna, "/deck")
    await dialog.settle()
    assert ".apkg" in (await press(dialog, anna, "Import"))[-1]


async def test_a_large_file_is_kept_in_steps(dialog, anna, monkeypatch) -> None:
    monkeypatch.setattr("handlers.cards.imports.AT_ONCE", 1)
    await send(dialog, anna, package(deck()), "ML.apkg")
    said = await press(dialog, anna, "Keep, with progress")
    assert any("Done: 3 new." in text for text in said)
