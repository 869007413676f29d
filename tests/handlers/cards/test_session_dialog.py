"""A session with cards as people have it: rows 37–39, 48–51, 62–66 and 68 of the acceptance table,
and what happens when a press comes twice, too late, or a card is gone by then."""

from datetime import UTC, date, datetime, timedelta

import pytest

from coach.batches import Limits
from coach.cards import Card, State, rebuild
from coach.interviews import Interview
from coach.memory import Memory, Rating
from coach.notes import NoteKind
from coach.scheduling import Wishes, fuzz_range
from coach.texts import say
from handlers.cards.card_buttons import CardButton, Press
from handlers.chat.formatting import units
from storage import cards, grades, notes, people, sessions, studies
from storage.notes import NewNote

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = MORNING.date()
DAY = timedelta(days=1)


@pytest.fixture
async def student(dialog, anna) -> int:
    """Anna on a Monday morning, with a clock of her own."""
    await dialog.store.write(people.set_timezone, anna, "UTC")
    dialog.clock.move(MORNING - dialog.clock.now())
    return anna


def note(front="recall", back="TP / (TP + FN)", kind=NoteKind.BASIC) -> NewNote:
    return NewNote(kind, front, back)


async def keep(dialog, person, *kept: NewNote) -> None:
    now = dialog.clock.now()
    await dialog.store.write(notes.add, person_id=person, notes=kept, now=now)


async def known(dialog, person, count, *, interval=8, due=TODAY, lapses=0) -> None:
    """So many cards that were learnt, each of a note of its own."""
    await keep(dialog, person, *(note(f"question {n}", f"answer {n}") for n in range(count)))
    for card in await dialog.store.read(cards.new, person, 10_000):
        memory = Memory(float(interval), 5.0, due - timedelta(interval))
        state = State(memory, interval, 4, lapses)
        learnt = Card(card.id, card.note, state)
        await dialog.store.write(cards.save, person, learnt)


async def press(dialog, person, label) -> str:
    dialog.telegram.press_label(person, label)
    await dialog.settle()
    return dialog.said(person)[-1]


async def write(dialog, person, text) -> str:
    dialog.telegram.send_text(person, text)
    await dialog.settle()
    return dialog.said(person)[-1]


async def begin(dialog, person) -> str:
    await write(dialog, person, "/cards")
    return await press(dialog, person, "Start")


async def grade(dialog, person, name="Good") -> str:
    await press(dialog, person, "Show answer")
    return await press(dialog, person, label_of(dialog, person, name))


def labels(dialog, person) -> list[str]:
    message = dialog.telegram.answers(person)[-1]
    rows = (message.keyboard or {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def label_of(dialog, person, name) -> str:
    return next(label for label in labels(dialog, person) if label.startswith(name))


def data_of(dialog, person, name) -> str:
    message = dialog.telegram.answers(person)[-1]
    rows = (message.keyboard or {}).get("inline_keyboard", [])
    return next(
        button["callback_data"] for row in rows for button in row if button["text"].startswith(name)
    )


async def log_of(dialog, person):
    every = await dialog.store.read(grades.all_of, person)
    return [entry for entries in every.values() for entry in entries]


async def all_cards(dialog, person) -> list[Card]:
    return await dialog.store.read(cards.of_person, person)


async def test_a_session_is_one_message_that_edits_itself(dialog, student) -> None:
    await known(dialog, student, 2)
    before = len(dialog.said(student))
    assert await write(dialog, student, "/cards") == "2 cards today, about 1 min."
    question = await press(dialog, student, "Start")
    assert question.startswith("1 of 2\n\nquestion ")
    assert "answer" not in question
    assert "answer " in await press(dialog, student, "Show answer")
    assert [label.split(" · ")[0] for label in labels(dialog, student)[:4]] == [
        "Again",
        "Hard",
        "Good",
        "Easy",
    ]
    assert (await press(dialog, student, label_of(dialog, student, "Good"))).startswith("2 of 2")
    end = await grade(dialog, student)
    assert end.startswith("Done for today\n2 cards, 2 known at the first look.")
    assert len(dialog.said(student)) == before + 1
    assert len(await log_of(dialog, student)) == 2


async def test_somebody_without_cards_is_told_how_to_begin(dialog, student) -> None:
    assert "No cards yet" in await write(dialog, student, "/cards")
    assert labels(dialog, student) == ["Ready-made cards"]


async def test_a_forgotten_card_comes_once_more_at_the_end(dialog, student) -> None:
    await known(dialog, student, 2)
    first = (await begin(dialog, student)).splitlines()[-1]
    await grade(dialog, student, "Again")
    assert (await grade(dialog, student)).startswith("3 of 3")
    assert first in dialog.said(student)[-1]
    assert "2 cards, 1 known at the first look." in await grade(dialog, student)


async def test_the_seconds_of_an_answer_run_from_the_question_on(dialog, student) -> None:
    await known(dialog, student, 1)
    await begin(dialog, student)
    await dialog.later(timedelta(seconds=7))
    await press(dialog, student, "Show answer")
    await dialog.later(timedelta(seconds=2))
    await press(dialog, student, label_of(dialog, student, "Good"))
    [entry] = await log_of(dialog, student)
    assert entry.seconds == 9.0


async def test_row_37_a_button_of_three_weeks_ago_opens_todays_session(dialog, student) -> None:
    await known(dialog, student, 2)
    await begin(dialog, student)
    await press(dialog, student, "Show answer")
    await dialog.later(timedelta(weeks=3))
    shown = await press(dialog, student, label_of(dialog, student, "Good"))
    assert shown.startswith("1 of 2")
    assert "Show answer" in labels(dialog, student)
    assert await log_of(dialog, student) == []
    session = await dialog.store.read(sessions.latest, student)
    assert session.day == TODAY + timedelta(weeks=3)
    assert len(dialog.telegram.calls("answerCallbackQuery")) == 3


async def test_row_37_an_old_button_says_so_when_nothing_is_left(dialog, student) -> None:
    await known(dialog, student, 1)
    await begin(dialog, student)
    await dialog.store.write(cards.suspend, student, (await all_cards(dialog, student))[0].id, True)
    await dialog.later(timedelta(weeks=3))
    assert await press(dialog, student, "Show answer") == "All done for today."


async def test_row_38_a_double_tap_grades_once(dialog, student) -> None:
    await known(dialog, student, 3)
    await begin(dialog, student)
    await press(dialog, student, "Show answer")
    good = label_of(dialog, student, "Good")
    edits = len(dialog.telegram.calls("editMessageText"))
    dialog.telegram.press_label(student, good)
    dialog.telegram.press_label(student, good)
    await dialog.settle()
    assert len(await log_of(dialog, student)) == 1
    assert dialog.said(student)[-1].startswith("2 of 3")
    assert len(dialog.telegram.calls("editMessageText")) == edits + 1
    silent = dialog.telegram.calls("answerCallbackQuery")[-1]
    assert not silent.params.get("text")


@pytest.mark.parametrize("label", ["Show answer", "Finish"])
async def test_row_38_so_do_other_buttons(dialog, student, label) -> None:
    await known(dialog, student, 3)
    await begin(dialog, student)
    edits = len(dialog.telegram.calls("editMessageText"))
    dialog.telegram.press_label(student, label)
    dialog.telegram.press_label(student, label)
    await dialog.settle()
    assert len(dialog.telegram.calls("editMessageText")) == edits + 1


async def test_row_39_undo_takes_a_grade_back_to_the_bit(dialog, student) -> None:
    await known(dialog, student, 3)
    before = await all_cards(dialog, student)
    question = await begin(dialog, student)
    await grade(dialog, student, "Again")
    assert await all_cards(dialog, student) != before
    assert await press(dialog, student, "Undo") == question
    assert await all_cards(dialog, student) == before
    assert await log_of(dialog, student) == []
    session = await dialog.store.read(sessions.latest, student)
    assert (session.position, len(session.queue)) == (0, 3)
    assert "Undo" not in labels(dialog, student)


async def test_row_39_the_last_grade_can_be_undone_at_the_end(dialog, student) -> None:
    await known(dialog, student, 1)
    question = await begin(dialog, student)
    await grade(dialog, student)
    assert await press(dialog, student, "Undo") == question
    assert (await grade(dialog, student, "Easy")).startswith("Done for today")
    assert [entry.rating for entry in await log_of(dialog, student)] == [Rating.EASY]


async def test_row_48_nothing_due_is_said_without_a_button_to_start(dialog, student) -> None:
    await known(dialog, student, 3, due=TODAY + DAY)
    assert await write(dialog, student, "/cards") == "All done for today.\nTomorrow: 3 cards."
    assert labels(dialog, student) == ["Remind me", "Decks", "How they come"]


async def test_row_50_a_card_graded_at_9_05_is_there_the_next_day_at_9(dialog, student) -> None:
    await keep(dialog, student, note())
    dialog.clock.move(timedelta(minutes=5))
    await begin(dialog, student)
    await press(dialog, student, "Show answer")
    assert "Again · 1 d" in labels(dialog, student)
    await press(dialog, student, "Again · 1 d")
    await grade(dialog, student, "Again")
    await dialog.later(DAY - timedelta(minutes=5))
    assert await write(dialog, student, "/cards") == "1 card today, about 1 min."


async def test_row_51_half_past_one_at_night_belongs_to_the_evening(dialog, student) -> None:
    await dialog.store.write(people.set_timezone, student, "Europe/Berlin")
    await keep(dialog, student, note())
    dialog.clock.move(datetime(2027, 5, 4, 23, 30, tzinfo=UTC) - dialog.clock.now())
    await begin(dialog, student)
    await grade(dialog, student, "Again")
    [entry] = await log_of(dialog, student)
    assert entry.day == date(2027, 5, 4)
    [card] = await all_cards(dialog, student)
    assert card.state.due == date(2027, 5, 5)


async def test_row_62_what_the_button_says_is_what_is_stored(dialog, student) -> None:
    await known(dialog, student, 12)
    await begin(dialog, student)
    for name in ("Again", "Hard", "Good", "Easy"):
        await press(dialog, student, "Show answer")
        label = label_of(dialog, student, name)
        session = await dialog.store.read(sessions.latest, student)
        await press(dialog, student, label)
        card = await dialog.store.read(cards.get, student, session.current)
        assert label == f"{name} · {card.state.interval} d"
        assert card.state.due == TODAY + timedelta(card.state.interval)


async def test_row_63_cards_go_where_the_load_is_lightest(dialog, student) -> None:
    """Forty cards lie on one day of the range and ten on the others."""
    await known(dialog, student, 1)
    await begin(dialog, student)
    await press(dialog, student, "Show answer")
    free = int(label_of(dialog, student, "Good").split(" · ")[1].removesuffix(" d"))
    await keep(dialog, student, *(note(f"heavy {n}") for n in range(40)))
    for card in await dialog.store.read(cards.new, student, 100):
        memory = Memory(float(free), 5.0, TODAY)
        await dialog.store.write(
            cards.save, student, Card(card.id, card.note, State(memory, free, 1, 0))
        )
    await press(dialog, student, label_of(dialog, student, "Good"))
    await press(dialog, student, "Undo")
    await press(dialog, student, "Show answer")
    balanced = int(label_of(dialog, student, "Good").split(" · ")[1].removesuffix(" d"))
    assert balanced != free
    assert abs(balanced - free) <= len(fuzz_range(free, 36_500))


async def test_row_64_a_light_sunday_takes_less(dialog, student) -> None:
    light = Wishes(light={7: 0.5})
    await dialog.store.write(studies.change, student, wishes=light, limits=Limits(200, 0))
    await known(dialog, student, 60)
    await begin(dialog, student)
    for _ in range(60):
        await grade(dialog, student)
    due = [card.state.due for card in await all_cards(dialog, student)]
    days = {day: due.count(day) for day in due}
    sundays = [count for day, count in days.items() if day.isoweekday() == 7]
    assert sundays
    assert max(sundays) <= 0.5 * len(due) / len(days) + 1
    assert min(count for day, count in days.items() if day.isoweekday() != 7) > max(sundays)


@pytest.mark.parametrize(
    "kept",
    [note(kind=NoteKind.BOTH), note("{{c1::TP}} by {{c2::all}}", "", NoteKind.CLOZE)],
    ids=["both ways", "cloze"],
)
async def test_row_65_of_a_note_one_card_comes_a_day(dialog, student, kept) -> None:
    await keep(dialog, student, kept)
    await begin(dialog, student)
    assert "1 card, 1 known" in await grade(dialog, student, "Easy")
    assert (await write(dialog, student, "/cards")).startswith("All done for today.")
    await dialog.later(DAY)
    assert "1 new card today" in await write(dialog, student, "/cards")


async def test_row_66_the_eighth_lapse_sets_a_card_aside_and_asks_what_to_do(
    dialog, student
) -> None:
    await known(dialog, student, 1, lapses=7)
    await begin(dialog, student)
    await grade(dialog, student, "Again")
    [end, warning] = dialog.said(student)[-2:]
    assert "“question 0” has slipped away 8 times" in warning
    assert labels(dialog, student) == [
        say("en", f"cards.leech.{cure}") for cure in ("rewrite", "split", "hint", "delete")
    ]
    assert end.startswith("Done for today")
    [card] = await all_cards(dialog, student)
    assert card.suspended
    assert card.leech


async def test_row_66_a_lapse_taken_back_takes_the_warning_back(dialog, student) -> None:
    await known(dialog, student, 1, lapses=7)
    await begin(dialog, student)
    await grade(dialog, student, "Again")
    end, _ = dialog.telegram.answers(student)[-2:]
    dialog.telegram.press(student, end.id, data_in(end, "Undo"))
    await dialog.settle()
    assert dialog.said(student)[-1] == "Taken back: the card stays among your cards."
    [card] = await all_cards(dialog, student)
    assert not card.suspended


@pytest.mark.parametrize(("lapses", "warned"), [(8, False), (11, True), (15, True)])
async def test_row_66_the_next_warnings_come_each_four_lapses(
    dialog, student, lapses, warned
) -> None:
    await known(dialog, student, 1, lapses=lapses)
    await begin(dialog, student)
    await grade(dialog, student, "Again")
    assert ("slipped away" in dialog.said(student)[-1]) is warned


async def test_row_68_a_higher_limit_at_noon_offers_the_rest_at_once(dialog, student) -> None:
    await known(dialog, student, 40)
    await dialog.store.write(studies.change, student, limits=Limits(20, 0))
    await begin(dialog, student)
    for _ in range(20):
        await grade(dialog, student)
    assert (await write(dialog, student, "/cards")).startswith("All done for today.")
    await dialog.store.write(studies.change, student, limits=Limits(30, 0))
    assert (await write(dialog, student, "/cards")).startswith("10 of 20 cards today")


async def test_a_session_goes_on_after_a_restart(dialog, student) -> None:
    """Nothing of it is held in the process: what was shown is in the tables."""
    await known(dialog, student, 3)
    await begin(dialog, student)
    await press(dialog, student, "Show answer")
    again = type(dialog)(dialog.telegram, dialog.store, dialog.clock, dialog.dispatcher)
    again._offset = dialog._offset
    shown = await press(again, student, label_of(again, student, "Good"))
    assert shown.startswith("2 of 3")
    assert len(await log_of(again, student)) == 1


async def test_a_session_goes_on_past_the_roll_over(dialog, student) -> None:
    await known(dialog, student, 2)
    dialog.clock.move(timedelta(hours=18, minutes=50))
    await begin(dialog, student)
    await grade(dialog, student)
    await dialog.later(timedelta(minutes=20))
    assert (await grade(dialog, student)).startswith("Done for today")
    assert {entry.day for entry in await log_of(dialog, student)} == {TODAY, TODAY + DAY}


async def test_cards_again_goes_on_where_one_was_and_the_old_message_says_so(
    dialog, student
) -> None:
    await known(dialog, student, 3)
    await begin(dialog, student)
    await grade(dialog, student)
    assert await write(dialog, student, "/cards") == "You are in the middle: 2 of 3."
    assert (await press(dialog, student, "Go on")).startswith("2 of 3")
    assert "It goes on below ↓" in dialog.said(student)
    assert len(await log_of(dialog, student)) == 1


async def test_finish_keeps_what_is_done_and_leaves_the_rest(dialog, student) -> None:
    await known(dialog, student, 3)
    await begin(dialog, student)
    await grade(dialog, student)
    end = await press(dialog, student, "Finish")
    assert end == "Enough for now\n1 card, 1 known at the first look.\nThe rest waits for you."
    assert labels(dialog, student) == ["Undo", "Go on"]
    assert (await press(dialog, student, "Go on")).startswith("1 of 2")


async def test_a_return_is_celebrated_at_the_end(dialog, student) -> None:
    await known(dialog, student, 1)
    await begin(dialog, student)
    await grade(dialog, student)
    await dialog.later(timedelta(days=40))
    await begin(dialog, student)
    assert "you are back, after 40 days away" in await grade(dialog, student)


@pytest.mark.parametrize("shown", [False, True], ids=["question", "answer"])
async def test_a_card_deleted_in_the_middle_is_passed_over(dialog, student, shown) -> None:
    await known(dialog, student, 2)
    await begin(dialog, student)
    session = await dialog.store.read(sessions.latest, student)
    card = await dialog.store.read(cards.get, student, session.current)
    if shown:
        await press(dialog, student, "Show answer")
    await dialog.store.write(notes.delete, int(card.note), student)
    label = label_of(dialog, student, "Good") if shown else "Show answer"
    assert (await press(dialog, student, label)).startswith("1 of 1")
    assert await log_of(dialog, student) == []
    assert "1 card, 1 known" in await grade(dialog, student)


async def test_undo_past_a_deleted_card_takes_the_right_grade(dialog, student) -> None:
    """The forgotten card waits at the end once more; then it is deleted."""
    await known(dialog, student, 3)
    await begin(dialog, student)
    forgotten = (await dialog.store.read(sessions.latest, student)).current
    await grade(dialog, student, "Again")
    card = await dialog.store.read(cards.get, student, forgotten)
    await dialog.store.write(notes.delete, int(card.note), student)
    await grade(dialog, student)
    assert (await grade(dialog, student)).startswith("Done for today")
    for _ in range(2):
        await press(dialog, student, "Undo")
    await press(dialog, student, "Undo")
    session = await dialog.store.read(sessions.latest, student)
    assert len(session.queue) == 2
    assert session.steps == ()
    assert await log_of(dialog, student) == []


async def test_a_grade_before_the_answer_was_shown_changes_nothing(dialog, student) -> None:
    await known(dialog, student, 2)
    await begin(dialog, student)
    session = await dialog.store.read(sessions.latest, student)
    forged = CardButton(press=Press.EASY, session=session.id, position=0).pack()
    message = dialog.telegram.answers(student)[-1]
    dialog.telegram.press(student, message.id, forged, stale=True)
    await dialog.settle()
    assert await log_of(dialog, student) == []


async def test_a_button_of_somebody_elses_session_touches_neither(dialog, student) -> None:
    await known(dialog, student, 2)
    await begin(dialog, student)
    await press(dialog, student, "Show answer")
    stolen = data_of(dialog, student, "Good")
    boris = dialog.telegram.add_person("Boris", "en", "boris").id
    dialog.telegram.start(boris)
    await dialog.settle()
    await keep(dialog, boris, note("my own"))
    await write(dialog, boris, "/cards")
    message = dialog.telegram.answers(boris)[-1]
    dialog.telegram.press(boris, message.id, stolen, stale=True)
    await dialog.settle()
    assert "my own" in dialog.said(boris)[-1]
    assert await log_of(dialog, student) == await log_of(dialog, boris) == []
    assert dialog.said(student)[-1].startswith("1 of 2")


async def test_an_interview_is_heard_on_the_buttons(dialog, student) -> None:
    interview = Interview(on=TODAY + timedelta(10), since=TODAY)
    await dialog.store.write(studies.change, student, interview=interview)
    await known(dialog, student, 1, interval=60)
    await begin(dialog, student)
    await press(dialog, student, "Show answer")
    easy = int(label_of(dialog, student, "Easy").split(" · ")[1].removesuffix(" d"))
    assert 7 <= easy <= 9
    await press(dialog, student, label_of(dialog, student, "Easy"))
    [card] = await all_cards(dialog, student)
    assert card.state.interval > 60


async def test_every_state_can_be_rebuilt_from_the_log(dialog, student) -> None:
    await keep(dialog, student, *(note(f"new {n}") for n in range(5)))
    await begin(dialog, student)
    for name in ("Again", "Good", "Hard", "Easy", "Good", "Again"):
        await grade(dialog, student, name)
    logs = await dialog.store.read(grades.all_of, student)
    for card in await all_cards(dialog, student):
        assert rebuild(logs[card.id], Wishes()) == card.state


@pytest.mark.parametrize(
    "text",
    [
        "x" * 20_000,
        "🧠" * 3_000,
        "see a.bc " * 900,
        "@a " * 2_000,
        "def f(x):\n    return {x: [1, 2]}\n" * 80,
        "שלום ‏עולם " * 300,
        "<b>bold</b> &amp; [x](http://evil.example) *y* `z`",
    ],
    ids=["long", "astral", "links", "mentions", "code", "rtl", "markup"],
)
async def test_whatever_stands_on_a_card_fits_into_the_message(dialog, student, text) -> None:
    await keep(dialog, student, note(text, text))
    before = len(dialog.said(student))
    await begin(dialog, student)
    await press(dialog, student, "Show answer")
    assert len(dialog.said(student)) == before + 1
    message = dialog.telegram.answers(student)[-1]
    assert units(message.text) <= 4096
    assert text[:40].strip() in message.text
    assert message.keyboard
    assert (await press(dialog, student, label_of(dialog, student, "Good"))).startswith("Done")


async def test_a_gap_is_marked_in_question_and_answer(dialog, student) -> None:
    await keep(dialog, student, note("Recall is {{c1::TP}} / (TP + FN)", "", NoteKind.CLOZE))
    assert "Recall is […] / (TP + FN)" in await begin(dialog, student)
    shown = await press(dialog, student, "Show answer")
    assert shown.endswith("Recall is TP / (TP + FN)")
    bold = [e for e in dialog.telegram.answers(student)[-1].body["entities"] if e["type"] == "bold"]
    assert len(bold) == 2


async def test_in_russian(dialog, student) -> None:
    await dialog.store.write(people.set_language, student, "ru")
    await known(dialog, student, 3)
    assert await write(dialog, student, "/cards") == "Сегодня 3 карточки, примерно 1 мин."
    await press(dialog, student, "Начать")
    await press(dialog, student, "Показать ответ")
    assert labels(dialog, student)[0] == "Снова · 1 дн."


def data_in(message, label) -> str:
    rows = message.keyboard["inline_keyboard"]
    return next(b["callback_data"] for row in rows for b in row if b["text"] == label)
