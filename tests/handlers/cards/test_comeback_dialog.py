"""Row 67: after forty days away a plan is offered, and no number is red."""

from dataclasses import replace
from datetime import timedelta

from coach.cards import State
from coach.memory import Memory
from coach.notes import NoteKind
from handlers.cards.comebacks import ComebackButton, comeback_button, pace_of
from handlers.chat import replies
from storage import cards, notes, studies
from storage.notes import NewNote


async def pile_up(dialog, person, count, days_away=40):
    """Cards that were met before a long absence."""
    today = dialog.clock.now().date()
    met = today - timedelta(days=days_away)

    def keep(db):
        new = [NewNote(NoteKind.BASIC, f"Question {n}", "Answer") for n in range(count)]
        notes.add(db, person_id=person, notes=new, now=dialog.clock.now())
        for n, card in enumerate(cards.new(db, person, count)):
            state = State(Memory(3.0 + n % 20, 5.0, met), 1 + n % 30, 3, 0)
            cards.save(db, person, replace(card, state=state))

    await dialog.store.write(keep)


async def press(dialog, person, data):
    """Presses a button that another room shows: it stands under a message of its own here."""

    def show(db):
        replies.send(
            db,
            key=f"door:{data}",
            chat_id=person,
            said="door",
            now=dialog.clock.now(),
            rows=[[("door", data)]],
        )

    await dialog.store.write(show)
    await dialog.settle()
    dialog.telegram.press_label(person, "door")
    await dialog.settle()
    return dialog.telegram.answers(person)[-1]


def labels(message):
    return [button["text"] for row in message.keyboard["inline_keyboard"] for button in row]


async def test_row_67_three_paces_each_with_the_day_by_which_it_ends(dialog, anna):
    await pile_up(dialog, anna, 300)

    offered = await press(dialog, anna, comeback_button("en")[1])

    assert "300 cards are waiting, and there is no hurry" in offered.text
    assert [label.split(" a day")[0] for label in labels(offered)] == ["20", "30", "40"]
    assert all("through by" in label for label in labels(offered))
    dialog.telegram.press_label(anna, "30 a day")
    await dialog.settle()
    assert "30 a day it is" in dialog.said(anna)[-1]
    assert (await dialog.store.read(studies.get, anna)).comeback == 30


async def test_a_plan_can_be_ended(dialog, anna):
    await pile_up(dialog, anna, 60)
    await press(dialog, anna, ComebackButton(a_day=40).pack())
    dialog.telegram.press_label(anna, "No plan")
    await dialog.settle()

    assert "up to 20 a day, as before" in dialog.said(anna)[-1]
    assert (await dialog.store.read(studies.get, anna)).comeback is None


async def test_where_nothing_is_piled_up_nothing_is_planned(dialog, anna):
    await pile_up(dialog, anna, 5)

    assert "Nothing is piled up" in (await press(dialog, anna, comeback_button("en")[1])).text


async def test_an_old_pace_plans_nothing_where_nothing_is_piled_up(dialog, anna):
    await pile_up(dialog, anna, 5)

    pressed = await press(dialog, anna, ComebackButton(a_day=40).pack())

    assert "Nothing is piled up" in pressed.text
    assert (await dialog.store.read(studies.get, anna)).comeback is None


async def test_a_plan_that_has_done_its_work_ends_by_itself(dialog, anna):
    await dialog.store.write(studies.change, anna, comeback=40)

    def pace(db, due):
        return pace_of(db, anna, studies.get(db, anna), due)

    assert await dialog.store.write(pace, 21) == 40
    assert await dialog.store.write(pace, 20) is None
    assert (await dialog.store.read(studies.get, anna)).comeback is None
