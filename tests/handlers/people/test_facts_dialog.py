"""My facts: told, listed, deleted, and nobody else's."""

import pytest

from coach.facts import LONGEST_FACT, MOST_FACTS, Fact
from storage import facts


async def press(dialog, person, label):
    pressed = dialog.telegram.press_label(person, label)
    await dialog.settle()
    return pressed


async def write(dialog, person, text):
    dialog.telegram.send_text(person, text)
    await dialog.settle()


async def known(dialog, person):
    return [fact.answer for fact in await dialog.store.read(facts.of_person, person)]


@pytest.fixture
async def telling(dialog, anna):
    """Anna is about to tell a fact."""
    await write(dialog, anna, "/settings")
    await press(dialog, anna, "My facts")
    assert "no facts about you" in dialog.said(anna)[-1]
    await press(dialog, anna, "Add a fact")


async def test_a_fact_that_is_told_is_kept_and_listed(dialog, anna, telling):
    await write(dialog, anna, "I teach  evening classes\nin Graz.")
    said = dialog.said(anna)[-1]
    assert said.startswith("I'll remember that.")
    assert "1. I teach evening classes in Graz." in said
    assert await known(dialog, anna) == ["I teach evening classes in Graz."]


async def test_it_is_deleted_with_one_press_and_a_second_does_nothing(dialog, anna, telling):
    await write(dialog, anna, "I teach.")
    await press(dialog, anna, "Add a fact")
    await write(dialog, anna, "I sing.")
    dialog.telegram.press_label(anna, "✕ I teach.")
    dialog.telegram.press_label(anna, "✕ I teach.")
    await dialog.settle()
    assert await known(dialog, anna) == ["I sing."]
    assert "I teach." not in dialog.said(anna)[-1]


async def test_back_ends_the_telling(dialog, anna, telling):
    await press(dialog, anna, "Back")
    await write(dialog, anna, "I teach.")
    assert await known(dialog, anna) == []


async def test_a_fact_is_a_sentence_or_two(dialog, anna, telling):
    await write(dialog, anna, "x" * (LONGEST_FACT + 1))
    assert "a sentence or two" in dialog.said(anna)[-1]
    await write(dialog, anna, "I teach.")
    assert await known(dialog, anna) == ["I teach."]


async def test_a_full_list_says_so_and_loses_nothing(dialog, anna, telling):
    def fill(db):
        for number in range(MOST_FACTS):
            fact = Fact(f"I sing number {number}.", "What do you sing?")
            facts.add(db, person_id=anna, key=str(number), fact=fact, now=dialog.clock.now())

    await dialog.store.write(fill)
    await write(dialog, anna, "I teach.")
    assert dialog.said(anna)[-1].startswith("That is as many facts as I can hold.")
    assert len(await known(dialog, anna)) == MOST_FACTS
    assert "I teach." not in await known(dialog, anna)


async def test_a_stranger_can_delete_nothing(dialog, anna, telling):
    await write(dialog, anna, "I teach.")
    keyboard = dialog.telegram.answers(anna)[-1].keyboard["inline_keyboard"]
    boris = dialog.telegram.add_person("Boris", "ru").id
    dialog.telegram.start(boris)
    await dialog.settle()
    message = dialog.telegram.answers(boris)[-1]
    dialog.telegram.press(boris, message, keyboard[0][0]["callback_data"], stale=True)
    await dialog.settle()
    assert await known(dialog, anna) == ["I teach."]
    assert "I teach." not in "".join(dialog.said(boris))
