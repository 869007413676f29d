"""The interview: its day in a tap or in words, the pace, and an honest word about the day."""

from datetime import date, timedelta

import pytest

from coach.batches import Limits
from coach.interviews import Interview
from coach.notes import NoteKind
from storage import notes, studies
from storage.notes import NewNote

TODAY = date(2026, 11, 20)


async def say(dialog, person, text):
    dialog.telegram.send_text(person, text)
    await dialog.settle()
    return dialog.said(person)[-1]


async def press(dialog, person, label):
    dialog.telegram.press_label(person, label)
    await dialog.settle()
    return dialog.said(person)[-1]


async def keep(dialog, person, count):
    new = [NewNote(NoteKind.BASIC, f"Question {n}", "Answer") for n in range(count)]
    await dialog.store.write(notes.add, person_id=person, notes=new, now=dialog.clock.now())


async def interview_of(dialog, person):
    return (await dialog.store.read(studies.get, person)).interview


async def test_a_day_is_tapped_and_the_pace_is_said(dialog, anna):
    await keep(dialog, anna, 40)
    assert "When is the interview?" in await say(dialog, anna, "/interview")

    said = await press(dialog, anna, "In 4 weeks")

    assert said.startswith("Interview on 18 December, in 28 days")
    assert "new cards a day until" in said
    assert "expect to remember about" in said
    assert await interview_of(dialog, anna) == Interview(TODAY + timedelta(weeks=4), TODAY)


@pytest.mark.parametrize("typed", ["20 Dec", "20.12.", "in 30 days"])
async def test_a_day_is_typed(dialog, anna, typed):
    await say(dialog, anna, "/interview")
    said = await say(dialog, anna, typed)

    assert said.startswith("Interview on 20 December, in 30 days")
    assert "There are no cards to prepare with yet" in said


async def test_the_day_can_stand_behind_the_command(dialog, anna):
    await say(dialog, anna, "/interview 20 December")

    assert (await interview_of(dialog, anna)).on == date(2026, 12, 20)


@pytest.mark.parametrize(
    ("typed", "word"), [("soon", "can't read"), ("20 Nov 2020", "over"), ("1.1.2030", "a year")]
)
async def test_no_day_ahead_is_refused_and_asked_again(dialog, anna, typed, word):
    assert word in await say(dialog, anna, f"/interview {typed}")

    assert await interview_of(dialog, anna) is None
    await say(dialog, anna, "20 December")
    assert (await interview_of(dialog, anna)).on == date(2026, 12, 20)


async def test_row_61_a_thin_number_is_called_thin_and_the_better_one_taken_by_a_press(
    dialog, anna
):
    await keep(dialog, anna, 150)
    await dialog.store.write(studies.change, anna, limits=Limits(8, 2))

    said = await say(dialog, anna, "/interview in 30 days")

    assert "8 new cards a day until 11 December" in said
    assert "10 a day is thin for 150 cards in 30 days" in said
    [better] = [
        button["text"]
        for row in dialog.telegram.answers(anna)[-1].keyboard["inline_keyboard"]
        for button in row
        if "a day" in button["text"]
    ]
    said = await press(dialog, anna, better)
    limits = (await dialog.store.read(studies.get, anna)).limits
    assert better == f"Make it {limits.reviews + limits.new} a day"
    assert limits.new == 2
    assert f"At {limits.reviews + limits.new} cards a day" in said


async def test_the_day_moves_and_goes(dialog, anna):
    await say(dialog, anna, "/interview 20 December")
    await press(dialog, anna, "Another date")
    await say(dialog, anna, "22 December")
    assert (await interview_of(dialog, anna)).on == date(2026, 12, 22)

    assert "No interview date any more" in await press(dialog, anna, "No interview")
    assert await interview_of(dialog, anna) is None


async def test_on_the_day_there_is_a_kind_word_and_afterwards_it_is_over(dialog, anna):
    await say(dialog, anna, "/interview 20 December")
    dialog.clock.move(timedelta(days=30))
    assert "It is today" in await say(dialog, anna, "/interview")

    dialog.clock.move(timedelta(days=1))
    said = await say(dialog, anna, "/interview")
    assert said.startswith("Your interview was on 20 December.")
    assert await interview_of(dialog, anna) is None


async def test_an_old_button_takes_no_number_where_no_interview_lies_ahead(dialog, anna):
    await keep(dialog, anna, 150)
    await dialog.store.write(studies.change, anna, limits=Limits(8, 2))
    await say(dialog, anna, "/interview in 30 days")
    await say(dialog, anna, "/interview")
    dialog.telegram.press_label(anna, "No interview")
    await dialog.settle()
    older = dialog.telegram.answers(anna)[-2]
    better = older.keyboard["inline_keyboard"][0][0]["callback_data"]

    for _twice in range(2):
        dialog.telegram.press(anna, older, better, stale=True)
        await dialog.settle()

    assert dialog.said(anna)[-2] == "There is no interview date."
    assert (await dialog.store.read(studies.get, anna)).limits == Limits(8, 2)


async def test_the_number_that_was_taken_is_said_when_the_interview_is_over(dialog, anna):
    await dialog.store.write(studies.change, anna, limits=Limits(40, 5))
    await say(dialog, anna, "/interview 20 December")
    dialog.clock.move(timedelta(days=31))

    assert "up to 45 a day" in await say(dialog, anna, "/interview")
    assert "How your cards come" in await press(dialog, anna, "How they come")


async def test_while_it_is_worked_out_the_date_is_there(dialog, anna):
    await keep(dialog, anna, 10)
    dialog.telegram.send_text(anna, "/interview 20 December")
    await dialog.hear()

    await dialog.send()
    assert "in 30 days" in dialog.said(anna)[-1]
    assert "Working out what to expect" in dialog.said(anna)[-1]
    await dialog.settle()
    assert "Working out" not in dialog.said(anna)[-1]
    assert "expect to remember about" in dialog.said(anna)[-1]


async def test_the_same_answer_to_the_same_question(dialog, anna):
    await keep(dialog, anna, 60)
    first = await say(dialog, anna, "/interview in 30 days")

    assert await say(dialog, anna, "/interview") == first


async def test_a_long_text_is_a_letter_although_a_day_was_asked_for(dialog, anna):
    await say(dialog, anna, "/interview")
    letter = "Dear team, I would like to join you because I mend pipelines. " * 6

    said = await say(dialog, anna, letter)

    assert "I can't read that as a day" not in said


async def test_in_russian(dialog):
    boris = dialog.telegram.add_person("Boris", "ru", "boris").id
    dialog.telegram.start(boris)
    await dialog.settle()
    await keep(dialog, boris, 40)

    said = await say(dialog, boris, "/interview 20 декабря")

    assert said.startswith("Собеседование 20 декабря, через 30 дней")
