"""That's a word: one button, undoable, and it is never flagged again."""

import pytest

from storage import letters, own_words, reviews

LETTER = """Dear hiring team,

I built the labelstudio scheme and recieve its alerts. My labelstudio runs evry night on our
farm, and the mechanics plan their week with it. I would like to do this work with people who read
failures as carefully as successes.

Kind regards,
Sam Example
"""


async def press(dialog, person, label):
    pressed = dialog.telegram.press_label(person, label)
    await dialog.settle()
    return pressed


@pytest.fixture
async def walking(dialog, anna):
    """Anna stands before the first slip of her letter."""
    dialog.telegram.send_text(anna, LETTER)
    await dialog.settle()
    await press(dialog, anna, "One by one")


async def flagged(dialog, anna):
    def read(db):
        version = letters.latest(db, anna)
        return [
            (one.edit.wrong, one.state.value)
            for one in reviews.edits(db, reviews.latest(db, version.id).id)
        ]

    return await dialog.store.read(read)


async def to_word(dialog, anna, word):
    """Skips until a word is asked about; its answer."""
    while word not in dialog.said(anna)[-1].split("After")[0]:
        await press(dialog, anna, "Skip")


async def test_a_word_called_right_stays_and_is_kept(dialog, anna, walking):
    said = await press(dialog, anna, "That's a word")

    words = await dialog.store.read(own_words.of_person, anna)
    first = (await flagged(dialog, anna))[0]
    assert words == [first[0].lower()]
    assert first[1] == "skipped"
    assert "a word of yours" in said.answer


async def test_in_the_next_letter_it_is_not_flagged(dialog, anna, walking):
    word = (await flagged(dialog, anna))[0][0]
    await press(dialog, anna, "That's a word")

    dialog.telegram.send_text(anna, LETTER.replace("farm", "quiet farm"))
    await dialog.settle()

    assert word not in [wrong for wrong, _ in await flagged(dialog, anna)]


async def test_back_undoes_it(dialog, anna, walking):
    await press(dialog, anna, "That's a word")
    await press(dialog, anna, "Back")

    assert await dialog.store.read(own_words.of_person, anna) == []
    assert {state for _, state in await flagged(dialog, anna)} == {"open"}


async def test_pressed_twice_it_is_one_word(dialog, anna, walking):
    dialog.telegram.press_label(anna, "That's a word")
    dialog.telegram.press_label(anna, "That's a word")
    await dialog.settle()

    assert len(await dialog.store.read(own_words.of_person, anna)) == 1
    assert [state for _, state in await flagged(dialog, anna)].count("skipped") <= 2


async def test_a_word_leaves_the_list_in_settings(dialog, anna, walking):
    await press(dialog, anna, "That's a word")
    dialog.telegram.send_text(anna, "/settings")
    await dialog.settle()
    await press(dialog, anna, "My words")
    assert dialog.said(anna)[-1].startswith("One word that I never flag")

    await press(dialog, anna, "✕")

    assert dialog.said(anna)[-1].startswith("You have no words of your own yet.")
    assert await dialog.store.read(own_words.of_person, anna) == []


async def test_one_persons_words_are_no_other_persons(dialog, anna, walking):
    await press(dialog, anna, "That's a word")
    boris = dialog.telegram.add_person("Boris", "en").id
    dialog.telegram.start(boris)
    dialog.telegram.send_text(boris, LETTER)
    await dialog.settle()

    assert await dialog.store.read(own_words.of_person, boris) == []
    assert await flagged(dialog, boris)
