"""A person sets up a weekly habit, is nudged, proves it, skips, falls silent and comes back."""

from datetime import UTC, datetime, timedelta

from coach.habits import habits as catalogue
from coach.reminders import Kind, Rhythm
from coach.weeks import State
from storage import habits, people, reminders

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PULL = "https://github.com/psf/requests/pull/12"
WEEK = timedelta(weeks=1)


async def set_up(dialog, anna, *, day="Monday", at="09:00") -> None:
    dialog.telegram.send_text(anna, "/habits")
    await dialog.settle()
    for label in ("Be seen", "30 min", "After work"):
        await press(dialog, anna, label)
    if (day, at) != ("Monday", "09:00"):
        for label in ("Day and time", day, at):
            await press(dialog, anna, label)


async def at(dialog, when: datetime) -> None:
    """Goes to an instant and lets the time bring what it brings."""
    dialog.clock.move(when - dialog.clock.now())
    await dialog.tick()


async def press(dialog, anna, label) -> None:
    dialog.telegram.press_label(anna, label)
    await dialog.settle()


async def say(dialog, anna, text) -> str:
    dialog.telegram.send_text(anna, text)
    await dialog.settle()
    return dialog.said(anna)[-1]


def labels(message) -> list[str]:
    rows = (message.keyboard or {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def last(dialog, anna):
    return dialog.telegram.answers(anna)[-1]


async def state_of(dialog, anna, monday):
    week = await dialog.store.read(habits.week, anna, monday.date())
    return week and week.state


async def test_three_taps_set_it_up_in_one_message_that_edits_itself(dialog, anna) -> None:
    await set_up(dialog, anna)

    overview = next(said for said in dialog.said(anna) if said.startswith("Your weekly habit"))
    assert "For: Be seen" in overview
    assert "After work I will stay 30 minutes at my desk for it." in overview
    assert "Every Monday at 09:00" in overview
    plan = await dialog.store.read(reminders.plan_of, anna, Kind.NUDGE)
    assert plan.weekdays == {1}
    assert await dialog.store.read(reminders.plan_of, anna, Kind.LOOKBACK)


async def test_every_step_can_be_skipped(dialog, anna) -> None:
    dialog.telegram.send_text(anna, "/habits")
    await dialog.settle()
    for _ in range(3):
        await press(dialog, anna, "Skip")

    assert any("Every Monday at 09:00, UTC time" in said for said in dialog.said(anna))


async def test_the_usual_time_keeps_out_of_the_quiet_hours(dialog, anna) -> None:
    await say(dialog, anna, "/quiet 23-10")
    await set_up(dialog, anna)

    assert any("Every Monday at 10:00" in said for said in dialog.said(anna))
    assert not any("Shall I keep" in said for said in dialog.said(anna))


async def test_another_plan_leaves_the_chosen_day_and_time(dialog, anna) -> None:
    await set_up(dialog, anna, day="Thursday", at="18:00")
    for label in ("Plan", "After lunch"):
        await press(dialog, anna, label)

    plan = await dialog.store.read(reminders.plan_of, anna, Kind.NUDGE)
    assert (plan.weekdays, f"{plan.at:%H:%M}") == ({4}, "18:00")


async def test_the_plan_says_that_a_pause_holds_it(dialog, anna) -> None:
    await set_up(dialog, anna)
    await say(dialog, anna, "/pause 2 weeks")

    assert "You are taking a break" in await say(dialog, anna, "/habits")


async def test_a_question_about_the_time_stands_below_the_plan(dialog, anna) -> None:
    await say(dialog, anna, "/timezone Berlin")
    await set_up(dialog, anna)
    for label in ("Day and time", "Friday"):
        await press(dialog, anna, label)
    await say(dialog, anna, "23:30")

    plan, question = dialog.said(anna)[-2:]
    assert "Every Friday at 23:30, Berlin time" in plan
    assert "Shall I keep 23:30" in question


async def test_the_plan_and_the_time_can_be_typed(dialog, anna) -> None:
    dialog.telegram.send_text(anna, "/habits")
    await dialog.settle()
    await press(dialog, anna, "Get better")
    await press(dialog, anna, "15 min")
    await say(dialog, anna, "After the school run I will sit down in the library")
    await press(dialog, anna, "Day and time")
    await press(dialog, anna, "Thursday")
    wrong = await say(dialog, anna, "25:00")
    assert "9:30" in wrong
    await say(dialog, anna, "8.15")

    overview = dialog.said(anna)[-1]
    assert "After the school run I will sit down in the library" in overview
    assert "Every Thursday at 08:15" in overview


async def test_the_nudge_brings_one_habit_with_its_four_buttons(dialog, anna) -> None:
    await set_up(dialog, anna)
    await at(dialog, MONDAY)

    nudge = last(dialog, anna)
    done, later, another, skip = labels(nudge)
    assert done == "Done"
    assert "Later" in later
    assert another == "Another habit"
    assert skip == "Skip this week"
    assert "After work I will stay" in nudge.text


async def test_the_plan_gives_the_minutes_of_the_habit_and_they_are_said_once(dialog, anna) -> None:
    await set_up(dialog, anna)
    await at(dialog, MONDAY)
    for _ in range(8):
        words = last(dialog, anna).text
        week = await dialog.store.read(habits.week, anna, MONDAY.date())
        minutes = min(catalogue()[week.habit_id].minutes, 30)
        assert f"I will stay {minutes} minutes" in words
        assert words.count(" minutes") == 1 + ("Give it" in words)
        await press(dialog, anna, "Another habit")


async def test_how_last_week_went_is_said_before_the_new_one_is_opened(dialog, anna) -> None:
    await set_up(dialog, anna)
    for week in range(12):
        await at(dialog, MONDAY + week * WEEK)
        first, *_ = last(dialog, anna).text.splitlines()
        assert (f"{week} week" in first) == bool(week)
        await press(dialog, anna, "Done")
        await say(dialog, anna, f"Wrote down how I mended a map of week {week}")


async def test_a_week_that_is_done_says_so_under_every_button(dialog, anna) -> None:
    await set_up(dialog, anna)
    await at(dialog, MONDAY)
    nudge = last(dialog, anna)
    rows = nudge.keyboard["inline_keyboard"]
    data = {button["text"]: button["callback_data"] for row in rows for button in row}
    await press(dialog, anna, "Done")
    await say(dialog, anna, PULL)
    for label in ("Another habit", "Skip this week"):
        dialog.telegram.press(anna, nudge.id, data[label], stale=True)
        await dialog.settle()
        shown = next(one for one in dialog.telegram.answers(anna) if one.id == nudge.id)
        assert shown.text.startswith("This week is done already."), label
        assert labels(shown) == ["Add a proof"]

    await say(dialog, anna, "/habits")
    await press(dialog, anna, "A habit for this week")
    assert last(dialog, anna).text.startswith("This week is done already.")
    assert await state_of(dialog, anna, MONDAY) is State.DONE


async def test_another_habit_takes_the_place_of_the_first(dialog, anna) -> None:
    await set_up(dialog, anna)
    await at(dialog, MONDAY)
    first, count = last(dialog, anna).text, len(dialog.said(anna))

    await press(dialog, anna, "Another habit")

    assert last(dialog, anna).text != first
    assert len(dialog.said(anna)) == count
    assert len(labels(last(dialog, anna))) == 4


async def test_later_brings_the_same_habit_back_once(dialog, anna) -> None:
    await set_up(dialog, anna)
    await at(dialog, MONDAY)
    first, count = last(dialog, anna).text, len(dialog.said(anna))

    await press(dialog, anna, "Later")
    await at(dialog, MONDAY + timedelta(hours=1))
    await at(dialog, MONDAY + timedelta(hours=2))

    assert len(dialog.said(anna)) == count + 1
    assert first.startswith(last(dialog, anna).text), "only the hint at the zone is said once"


async def test_done_asks_for_a_proof_and_the_link_counts_the_week(dialog, anna) -> None:
    await set_up(dialog, anna)
    await at(dialog, MONDAY)
    await press(dialog, anna, "Done")
    assert "Where can it be seen?" in dialog.said(anna)[-1]

    answer = await say(dialog, anna, f"Fixed the retry docs: {PULL}/files?utm_source=tg")

    assert "Pull request, github.com/psf/requests/pull/12" in answer
    assert "This week is done." in answer
    assert "1 week in a row" in answer
    assert await state_of(dialog, anna, MONDAY) is State.DONE


async def test_what_is_no_proof_is_asked_for_once_more_and_a_letter_stays_a_letter(
    dialog, anna
) -> None:
    await set_up(dialog, anna)
    await at(dialog, MONDAY)
    await press(dialog, anna, "Done")

    assert "one sentence" in await say(dialog, anna, "done")
    assert "others can open" in await say(dialog, anna, "http://localhost:8000/mine")
    letter = "I would like to join your team because I read maps. " * 20
    dialog.telegram.send_text(anna, letter)
    await dialog.later(timedelta(seconds=2))
    assert any(said.startswith("Got it") for said in dialog.said(anna))


async def test_row_72_what_was_done_on_sunday_counts_and_monday_speaks_of_the_new_week(
    dialog, anna
) -> None:
    await set_up(dialog, anna)
    await at(dialog, MONDAY)
    await at(dialog, MONDAY + timedelta(days=6, hours=11))
    await press(dialog, anna, "Done")
    await say(dialog, anna, PULL)
    await at(dialog, MONDAY + WEEK)

    monday = last(dialog, anna)
    assert "Done" in labels(monday)
    assert "1 week" in monday.text, "last week is counted"
    assert await state_of(dialog, anna, MONDAY) is State.DONE
    assert await state_of(dialog, anna, MONDAY + WEEK) is State.OPEN


async def test_row_72_a_week_that_is_done_before_its_nudge_brings_no_nudge(dialog, anna) -> None:
    await set_up(dialog, anna, day="Thursday")
    await at(dialog, MONDAY)
    await say(dialog, anna, PULL)
    await press(dialog, anna, "Put it on my wall")
    count = len(dialog.said(anna))

    await at(dialog, MONDAY + timedelta(days=3))

    assert len(dialog.said(anna)) == count


async def test_row_73_on_monday_the_link_still_counts_for_the_week_before(dialog, anna) -> None:
    await set_up(dialog, anna)
    await at(dialog, MONDAY)
    await press(dialog, anna, "Done")
    await at(dialog, MONDAY + WEEK + timedelta(hours=14, minutes=59))

    answer = await say(dialog, anna, PULL)

    assert "It counts for last week: its grace day is today." in answer
    assert await state_of(dialog, anna, MONDAY) is State.DONE


async def test_row_73_on_tuesday_it_counts_for_the_new_week_and_that_is_told(dialog, anna) -> None:
    await set_up(dialog, anna)
    await at(dialog, MONDAY)
    await press(dialog, anna, "Done")
    await at(dialog, MONDAY + WEEK + timedelta(days=1))

    answer = await say(dialog, anna, PULL)

    assert "Last week closed on Monday at midnight, so this counts for the new week." in answer
    assert await state_of(dialog, anna, MONDAY) is State.OPEN
    assert await state_of(dialog, anna, MONDAY + WEEK) is State.DONE


async def ignore(dialog, weeks: int) -> None:
    for week in range(weeks):
        await at(dialog, MONDAY + week * WEEK)


async def test_row_74_after_three_without_an_answer_the_fourth_asks(dialog, anna) -> None:
    await set_up(dialog, anna)
    await ignore(dialog, 4)

    assert labels(last(dialog, anna)) == [
        "Keep it as it is",
        "Another day",
        "Smaller",
        "Once a month",
    ]


async def test_row_74_keep_brings_the_habit_and_goes_on_every_week(dialog, anna) -> None:
    await set_up(dialog, anna)
    await ignore(dialog, 4)
    await press(dialog, anna, "Keep it as it is")

    assert "Done" in labels(last(dialog, anna))
    plan = await dialog.store.read(reminders.plan_of, anna, Kind.NUDGE)
    assert (plan.rhythm, plan.weekdays) == (Rhythm.WEEKLY, {1})
    said = len(dialog.said(anna))
    await at(dialog, MONDAY + 4 * WEEK)
    assert len(dialog.said(anna)) == said + 1
    assert "Keep it as it is" not in labels(last(dialog, anna))


async def test_row_74_smaller_pressed_twice_halves_once(dialog, anna) -> None:
    await set_up(dialog, anna)
    await ignore(dialog, 4)
    asked = last(dialog, anna)
    rows = asked.keyboard["inline_keyboard"]
    data = {button["text"]: button["callback_data"] for row in rows for button in row}
    for _ in range(2):
        again = dialog.telegram.press(anna, asked.id, data["Smaller"], stale=True)
        await dialog.settle()
        assert again.answer is not None
    assert (await dialog.store.read(habits.plan, anna)).minutes == 15


async def test_row_74_smaller_halves_the_minutes_and_brings_the_habit(dialog, anna) -> None:
    await set_up(dialog, anna)
    await ignore(dialog, 4)
    await press(dialog, anna, "Smaller")

    assert "15 minutes a week from now on" in last(dialog, anna).text
    assert (await dialog.store.read(habits.plan, anna)).minutes == 15
    assert "Done" in labels(last(dialog, anna))


async def test_row_74_once_a_month_is_one_press_away(dialog, anna) -> None:
    await set_up(dialog, anna)
    await ignore(dialog, 4)
    await press(dialog, anna, "Once a month")

    plan = await dialog.store.read(reminders.plan_of, anna, Kind.NUDGE)
    assert plan.rhythm is Rhythm.MONTHLY


async def test_row_74_another_day_leads_to_the_days(dialog, anna) -> None:
    await set_up(dialog, anna)
    await ignore(dialog, 4)
    await press(dialog, anna, "Another day")
    await press(dialog, anna, "Friday")
    await press(dialog, anna, "18:00")

    plan = await dialog.store.read(reminders.plan_of, anna, Kind.NUDGE)
    assert plan.weekdays == {5}


async def test_row_74_five_without_an_answer_make_it_monthly_and_the_message_says_so(
    dialog, anna
) -> None:
    await set_up(dialog, anna)
    await ignore(dialog, 6)

    sixth = last(dialog, anna)
    assert "from now on I write once a month" in sixth.text
    assert "Every week again" in labels(sixth)
    count = len(dialog.said(anna))
    for week in (6, 7, 8, 9):  # 4 to 25 January: the first Monday was the 4th
        await at(dialog, MONDAY + week * WEEK)
    assert len(dialog.said(anna)) == count + 1
    await at(dialog, MONDAY + 10 * WEEK)  # 1 February
    assert len(dialog.said(anna)) == count + 2


async def test_row_74_what_became_monthly_by_itself_is_weekly_again_by_one_press(
    dialog, anna
) -> None:
    await set_up(dialog, anna)
    await ignore(dialog, 6)
    await press(dialog, anna, "Every week again")

    plan = await dialog.store.read(reminders.plan_of, anna, Kind.NUDGE)
    assert plan.rhythm is Rhythm.WEEKLY
    said = len(dialog.said(anna))
    await at(dialog, MONDAY + 6 * WEEK)
    assert len(dialog.said(anna)) == said + 1


async def test_skipping_is_fine_and_a_reserve_holds_the_row(dialog, anna) -> None:
    await set_up(dialog, anna)
    await at(dialog, MONDAY)
    await press(dialog, anna, "Done")
    await say(dialog, anna, PULL)
    await at(dialog, MONDAY + WEEK)
    await press(dialog, anna, "Skip this week")

    assert last(dialog, anna).text == (
        "Skipped, and that is fine: a reserve holds your streak of 1 week, 1 reserve left."
    )


async def test_the_return_after_a_miss_is_celebrated(dialog, anna) -> None:
    await set_up(dialog, anna)
    await at(dialog, MONDAY)
    await press(dialog, anna, "Skip this week")
    await at(dialog, MONDAY + WEEK)
    await press(dialog, anna, "Done")

    assert "you are back" in await say(dialog, anna, PULL)


async def test_sunday_looks_back_with_those_who_took_part_and_leaves_others_in_peace(
    dialog, anna
) -> None:
    await set_up(dialog, anna)
    await at(dialog, MONDAY)
    count = len(dialog.said(anna))
    sunday = MONDAY + timedelta(days=6, hours=9)
    await at(dialog, sunday)
    assert len(dialog.said(anna)) == count, "nothing was answered, so nothing more is said"

    await at(dialog, MONDAY + WEEK)
    await press(dialog, anna, "Done")
    await say(dialog, anna, PULL)
    await at(dialog, sunday + WEEK)
    assert last(dialog, anna).text.startswith("Your week\nThe week is done")
    assert "1 new proof on your wall." in last(dialog, anna).text


async def test_stop_stops_and_nothing_is_lost(dialog, anna) -> None:
    await set_up(dialog, anna)
    dialog.telegram.send_text(anna, "/habits")
    await dialog.settle()
    await press(dialog, anna, "Stop the nudges")
    count = len(dialog.said(anna))
    await at(dialog, MONDAY)

    assert len(dialog.said(anna)) == count


async def test_the_craftsmans_plan_is_asked_written_and_brought_back(dialog, anna) -> None:
    await set_up(dialog, anna)
    dialog.telegram.send_text(anna, "/habits")
    await dialog.settle()
    await press(dialog, anna, "Craftsman's plan")
    await press(dialog, anna, "Begin")
    assert "1 of 5: Your market" in last(dialog, anna).text
    await say(dialog, anna, "A rare mix: farms and data.")
    await press(dialog, anna, "Skip")
    await say(dialog, anna, "A stranger can run it from an empty machine.")
    await press(dialog, anna, "Skip")
    await press(dialog, anna, "Skip")
    assert "Your market: A rare mix: farms and data." in last(dialog, anna).text
    assert "What good is: A stranger" in last(dialog, anna).text

    await at(dialog, datetime(2026, 12, 27, 18, 0, tzinfo=UTC))
    assert "The quarter ends today" in last(dialog, anna).text
    await press(dialog, anna, "The next plan")
    assert "1 of 5" in last(dialog, anna).text
    assert "A rare mix" in dialog.said(anna)[-2], "what was written stays in sight"
    for _ in range(4):
        await press(dialog, anna, "Skip")
    await say(dialog, anna, "The map that I drew in November")
    assert "The craftsman's plan, 1st quarter 2027" in last(dialog, anna).text


async def test_all_of_it_is_said_in_russian_to_who_reads_russian(dialog) -> None:
    anya = dialog.telegram.add_person("Аня", "ru", "anya").id
    dialog.telegram.start(anya)
    await say(dialog, anya, "/habits")
    for label in (
        "Стать заметнее",
        "30 мин",
        "После работы",
        "День и время",
        "Понедельник",
        "09:00",
    ):
        await press(dialog, anya, label)
    await at(dialog, MONDAY)
    assert labels(last(dialog, anya))[2:] == ["Другая привычка", "Пропустить неделю"]
    await press(dialog, anya, "Готово")
    answer = await say(dialog, anya, f"Поправил документацию: {PULL}")

    assert "Подряд: 1 неделя, в запасе: 2 недели." in answer


async def test_a_week_that_a_pause_reaches_into_costs_nothing(dialog, anna) -> None:
    """Row 69: the streak is frozen, not broken, and no reserve is used."""
    await set_up(dialog, anna)
    await at(dialog, MONDAY)
    await press(dialog, anna, "Done")
    await say(dialog, anna, PULL)
    await at(dialog, MONDAY + WEEK)
    when = dialog.clock.now()
    await dialog.store.write(people.start_pause, anna, now=when, until=when + 2 * WEEK)
    await at(dialog, MONDAY + 2 * WEEK)
    await at(dialog, MONDAY + 4 * WEEK)

    wall = await say(dialog, anna, "/progress")
    assert "1 week in a row, 2 reserves in hand" in wall


async def test_today_names_the_weeks_habit_and_that_it_is_done(dialog, anna) -> None:
    await set_up(dialog, anna)
    await at(dialog, MONDAY)
    title = last(dialog, anna).text.split("\n\n")[1].splitlines()[0]

    assert f"This week: {title}" in await say(dialog, anna, "/today")
    await press(dialog, anna, "Done")
    await say(dialog, anna, PULL)
    assert f"This week, done: {title}" in await say(dialog, anna, "/today")


async def test_today_is_silent_about_a_week_that_was_skipped(dialog, anna) -> None:
    await set_up(dialog, anna)
    await at(dialog, MONDAY)
    await press(dialog, anna, "Skip this week")

    assert "This week" not in await say(dialog, anna, "/today")
