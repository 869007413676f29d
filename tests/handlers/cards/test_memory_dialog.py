"""The deck as a picture, from the wall."""

from dataclasses import replace
from datetime import timedelta

from coach.cards import State
from coach.memory import Memory
from coach.notes import NoteKind
from storage import cards, notes
from storage.notes import NewNote

PNG = b"\x89PNG\r\n"


async def memory_of(dialog, person):
    dialog.telegram.send_text(person, "/progress")
    await dialog.settle()
    dialog.telegram.press_label(person, "My memory")
    await dialog.settle()
    return dialog.telegram.answers(person)[-1]


async def keep(dialog, person):
    """Two cards, one of them met yesterday."""
    yesterday = dialog.clock.now().date() - timedelta(days=1)

    def keep(db):
        new = [NewNote(NoteKind.BASIC, front, "Answer") for front in ("Precision?", "Recall?")]
        notes.add(db, person_id=person, notes=new, now=dialog.clock.now())
        first, _ = cards.new(db, person, 2)
        cards.save(db, person, replace(first, state=State(Memory(9.0, 5.0, yesterday), 1, 1, 0)))

    await dialog.store.write(keep)


async def test_the_deck_is_a_picture_with_its_words_under_it(dialog, anna):
    await keep(dialog, anna)

    shown = await memory_of(dialog, anna)

    assert dialog.telegram.file(shown.file_id).startswith(PNG)
    assert shown.text == (
        "Asked today, you would know about 98 % of the 1 card you have met. "
        "1 strong, 0 fair, 0 fading. 1 not met yet. 1 due within a week, 1 of it today."
    )


async def test_without_cards_the_picture_says_so(dialog, anna):
    assert (await memory_of(dialog, anna)).text.startswith("No card has been met yet")


async def test_nobody_sees_somebody_elses_deck(dialog, anna):
    await keep(dialog, anna)
    boris = dialog.telegram.add_person("Boris", "en", "boris").id
    dialog.telegram.start(boris)
    await dialog.settle()

    assert (await memory_of(dialog, boris)).text.startswith("No card has been met yet")
