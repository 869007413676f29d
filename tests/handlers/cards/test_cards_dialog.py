"""The day's cards are announced once, put off, left out, and asked for a time: rows 25, 27, 47–49
and 68 of the acceptance table, with the words that are really said."""

from datetime import UTC, datetime, time, timedelta

import pytest

from coach.batches import Limits
from coach.cards import Card, State
from coach.habits import Goal
from coach.memory import Memory
from coach.notes import NoteKind
from coach.reminders import Kind
from storage import cards, habits, notes, people, reminders, slots, studies
from storage.notes import NewNote
from storage.slots import State as SlotState

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TODAY = MONDAY.date()
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
async def student(dialog, anna) -> int:
    """Anna on Monday at eight, with a reminder at nine every day."""
    dialog.clock.move(MONDAY - dialog.clock.now())
    await dialog.store.write(people.set_timezone, anna, "UTC")
    await plan(dialog, anna)
    return anna


async def plan(dialog, person, kind=Kind.SESSION, at=time(9)) -> None:
    await dialog.store.write(
        reminders.set_plan,
        person_id=person,
        chat_id=person,
        kind=kind,
        zone="UTC",
        at=at,
        now=dialog.clock.now(),
    )


async def due(dialog, person, count, new=0, on=TODAY) -> None:
    """So many cards due on a day, and so many new ones."""
    kept = [NewNote(NoteKind.BASIC, f"question {n}", "answer") for n in range(count + new)]
    await dialog.store.write(notes.add, person_id=person, notes=kept, now=dialog.clock.now())
    memory = Memory(8.0, 5.0, on - timedelta(8))
    for card in await dialog.store.read(cards.new, person, count):
        learnt = Card(card.id, card.note, State(memory, 8, 4, 0))
        await dialog.store.write(cards.save, person, learnt)


async def at(dialog, instant: datetime) -> None:
    dialog.clock.move(instant - dialog.clock.now())
    await dialog.tick()


def heard(dialog, person) -> list[str]:
    """What was said after the welcome."""
    return dialog.said(person)[1:]


def rows(dialog, person) -> list[list[str]]:
    keyboard = dialog.telegram.answers(person)[-1].keyboard or {}
    return [[button["text"] for button in row] for row in keyboard.get("inline_keyboard", [])]


async def press(dialog, person, label) -> str:
    dialog.telegram.press_label(person, label)
    await dialog.settle()
    return dialog.said(person)[-1]


async def write(dialog, person, text) -> str:
    dialog.telegram.send_text(person, text)
    await dialog.settle()
    return dialog.said(person)[-1]


async def test_row_25_after_days_of_downtime_one_message_says_what_waits(dialog, student) -> None:
    await due(dialog, student, 12)
    await at(dialog, MONDAY + timedelta(days=6, hours=4))
    assert heard(dialog, student) == ["12 cards today, about 4 min."]
    stored = await dialog.store.read(slots.of_chat, student)
    assert [one.state for one in stored] == [SlotState.MISSED] * 6 + [SlotState.CLAIMED]


async def test_row_27_cards_and_the_weeks_habit_are_one_message_with_two_buttons(
    dialog, student
) -> None:
    await due(dialog, student, 12)
    now = dialog.clock.now()
    await dialog.store.write(
        habits.begin, person_id=student, goal=Goal.VISIBLE, minutes=30, now=now
    )
    await plan(dialog, student, Kind.NUDGE)
    before = len(dialog.said(student))
    await at(dialog, MONDAY + 4 * HOUR)
    assert len(dialog.said(student)) == before + 1
    assert "12 cards today, about 4 min.\n\n" in dialog.said(student)[-1]
    assert rows(dialog, student) == [["Start"], ["Done"]]

    both = dialog.said(student)[-1]
    assert (await press(dialog, student, "Start")).startswith("1 of 12")
    assert dialog.said(student)[-2] == both


async def test_row_47_what_goes_beyond_the_limit_waits_without_reproach(dialog, student) -> None:
    await due(dialog, student, 37, new=8)
    await at(dialog, MONDAY + HOUR)
    said = "20 of 37 cards today, about 6 min. Plus 5 new ones, about 2 min."
    assert heard(dialog, student) == [said]
    assert rows(dialog, student) == [["Start", "Later today"], ["Skip today"]]
    assert (await press(dialog, student, "Start")).startswith("1 of 25")


async def test_row_48_nothing_due_brings_no_message(dialog, student) -> None:
    await due(dialog, student, 3, on=TODAY + DAY)
    await at(dialog, MONDAY + HOUR)
    assert heard(dialog, student) == []


@pytest.mark.parametrize(("gathers", "said"), [(True, 0), (False, 1)])
async def test_row_49_a_small_session_waits_only_when_that_is_wished(
    dialog, student, gathers, said
) -> None:
    await due(dialog, student, 1)
    await write(dialog, student, "/cards")
    for label in ("Start", "Show answer", "Finish"):
        await press(dialog, student, label)
    session_on_monday = await press(dialog, student, "Go on")
    assert "question" in session_on_monday
    await press(dialog, student, "Show answer")
    good = next(label for row in rows(dialog, student) for label in row if "Good" in label)
    await press(dialog, student, good)
    later = [NewNote(NoteKind.BASIC, "one more", "x"), NewNote(NoteKind.BASIC, "and one", "x")]
    await dialog.store.write(notes.add, person_id=student, notes=later, now=dialog.clock.now())
    await dialog.store.write(studies.change, student, gathers_few=gathers, announced=TODAY)
    before = len(dialog.said(student))
    await at(dialog, MONDAY + DAY + HOUR)
    assert len(dialog.said(student)) - before == said
    await at(dialog, MONDAY + 2 * DAY + HOUR)
    assert len(dialog.said(student)) - before == said + 1


async def test_row_68_a_higher_limit_brings_no_new_reminder(dialog, student) -> None:
    await due(dialog, student, 40)
    await at(dialog, MONDAY + HOUR)
    await dialog.store.write(studies.change, student, limits=Limits(30, 0))
    await plan(dialog, student, at=time(12))
    await at(dialog, MONDAY + 5 * HOUR)
    assert len(heard(dialog, student)) == 1


async def test_later_brings_the_cards_once_more(dialog, student) -> None:
    await due(dialog, student, 5)
    await at(dialog, MONDAY + HOUR)
    await press(dialog, student, "Later today")
    await at(dialog, MONDAY + 3 * HOUR)
    assert heard(dialog, student) == ["5 cards today, about 2 min."] * 2


async def test_what_was_begun_does_not_come_back_later(dialog, student) -> None:
    await due(dialog, student, 5)
    await at(dialog, MONDAY + HOUR)
    await press(dialog, student, "Later today")
    await press(dialog, student, "Start")
    await at(dialog, MONDAY + 3 * HOUR)
    assert len(heard(dialog, student)) == 1


async def test_skip_today_says_no_more_today_and_all_of_it_tomorrow(dialog, student) -> None:
    await due(dialog, student, 5)
    await at(dialog, MONDAY + HOUR)
    assert "nothing is lost" in await press(dialog, student, "Skip today")
    assert rows(dialog, student) == [["Start"]]
    await plan(dialog, student, at=time(12))
    await at(dialog, MONDAY + 5 * HOUR)
    assert len(heard(dialog, student)) == 1
    await at(dialog, MONDAY + DAY + 4 * HOUR)
    assert heard(dialog, student)[-1] == "5 cards today, about 2 min."


async def test_a_reminder_of_three_weeks_ago_starts_todays_cards(dialog, student) -> None:
    await due(dialog, student, 5)
    await at(dialog, MONDAY + HOUR)
    dialog.clock.move(timedelta(weeks=3))
    assert (await press(dialog, student, "Start")).startswith("1 of 5")


async def test_after_long_absence_a_plan_is_offered_beside_start(dialog, student) -> None:
    await due(dialog, student, 300, new=10)
    await at(dialog, MONDAY + HOUR)
    assert ["A plan to catch up"] in rows(dialog, student)
    assert "new" not in heard(dialog, student)[-1]
    await write(dialog, student, "/cards")
    assert ["A plan to catch up"] in rows(dialog, student)
    await dialog.store.write(studies.change, student, comeback=30)
    assert (await write(dialog, student, "/cards")).startswith("30 of 300")


async def test_today_names_the_cards(dialog, student) -> None:
    await due(dialog, student, 5)
    said = await write(dialog, student, "/today")
    assert "09:00  Your cards" in said
    assert "5 cards today, about 2 min. /cards" in said


async def keep_one(dialog, person, text) -> None:
    await write(dialog, person, f"/add {text}")


async def test_after_the_first_cards_the_time_is_asked_once(dialog, anna) -> None:
    await keep_one(dialog, anna, "recall :: TP / (TP + FN)")
    assert "When shall I bring you" in dialog.said(anna)[-1]
    said = await press(dialog, anna, "09:00")
    assert any("Every day at 09:00" in one for one in dialog.said(anna)), said
    assert "Which clock do you live by?" in said
    stored = await dialog.store.read(reminders.plan_of, anna, Kind.SESSION)
    assert stored.at == time(9)

    await keep_one(dialog, anna, "precision :: TP / (TP + FP)")
    assert sum("When shall I" in one for one in dialog.said(anna)) == 0
    assert "Kept: 1 card" in dialog.said(anna)[-1]


async def test_naming_the_clock_brings_nothing_from_before_the_time_was_chosen(
    dialog, anna
) -> None:
    await at(dialog, MONDAY.replace(hour=19, minute=8))
    await keep_one(dialog, anna, "recall :: TP / (TP + FN)")
    await press(dialog, anna, "18:00")
    await press(dialog, anna, "Berlin")
    await dialog.tick()
    assert not any("1 new card" in one for one in dialog.said(anna))

    await at(dialog, MONDAY.replace(hour=17) + timedelta(days=1, minutes=1))
    assert "1 new card today" in dialog.said(anna)[-1]


async def test_a_time_can_be_typed_and_one_in_quiet_hours_is_asked_about(dialog, anna) -> None:
    await keep_one(dialog, anna, "recall :: TP / (TP + FN)")
    assert "Type the time" in await press(dialog, anna, "Another time")
    assert "isn't a time" in await write(dialog, anna, "soonish")
    await write(dialog, anna, "6:30")
    assert any("inside your quiet hours" in one for one in dialog.said(anna))
    assert (await dialog.store.read(reminders.plan_of, anna, Kind.SESSION)).at == time(6, 30)


async def test_no_reminder_is_a_choice_and_can_be_changed_under_cards(dialog, student) -> None:
    await due(dialog, student, 2)
    await write(dialog, student, "/cards")
    assert "When shall I" in await press(dialog, student, "Reminder: 09:00")
    assert "No reminder then" in await press(dialog, student, "No reminder")
    assert await dialog.store.read(reminders.plan_of, student, Kind.SESSION) is None
    await write(dialog, student, "/cards")
    await press(dialog, student, "Remind me")
    await press(dialog, student, "20:00")
    assert (await dialog.store.read(reminders.plan_of, student, Kind.SESSION)).at == time(20)


async def test_a_press_on_a_time_that_no_button_has_changes_nothing(dialog, student) -> None:
    await due(dialog, student, 2)
    await write(dialog, student, "/cards")
    message = dialog.telegram.answers(student)[-1]
    dialog.telegram.press(student, message.id, "cardsat:2599", stale=True)
    await dialog.settle()
    assert (await dialog.store.read(reminders.plan_of, student, Kind.SESSION)).at == time(9)
