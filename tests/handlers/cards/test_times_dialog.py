"""A person's times: their zone, quiet hours, pauses and day; rows name reminder_cases."""

from datetime import UTC, datetime, time, timedelta

import pytest

from coach.pauses import Pause
from coach.quiet import DEFAULT_QUIET, QuietHours
from coach.reminders import EVERY_DAY, Kind
from handlers.chat.formatting import Said
from handlers.reminders import timezones
from handlers.reminders.quiet import ask_if_inside, outside
from handlers.reminders.reminders import Speech
from storage import people, reminders

WEEK = timedelta(weeks=1)


@pytest.fixture
def write(dialog, anna):
    async def write(text):
        dialog.telegram.send_text(anna, text)
        await dialog.settle()
        return dialog.said(anna)[-1]

    return write


@pytest.fixture
def press(dialog, anna):
    async def press(label):
        pressed = dialog.telegram.press_label(anna, label)
        await dialog.settle()
        return pressed

    return press


@pytest.fixture
def person(dialog, anna):
    async def person():
        return await dialog.store.read(people.get, anna)

    return person


@pytest.fixture
def plan(dialog, anna):
    async def plan(at="09:00", kind=Kind.SESSION, weekdays=EVERY_DAY, **more):
        def act(db):
            return reminders.set_plan(
                db,
                person_id=anna,
                chat_id=anna,
                kind=kind,
                zone=more.pop("zone", "UTC"),
                weekdays=weekdays,
                at=time.fromisoformat(at),
                now=dialog.clock.now(),
                **more,
            )

        return await dialog.store.write(act)

    return plan


@pytest.fixture
async def at_home(dialog, anna):
    """Anna's zone is known, so that nobody asks for it."""
    await dialog.store.write(people.set_timezone, anna, "UTC")


def labels(dialog, person):
    rows = (dialog.telegram.answers(person)[-1].keyboard or {}).get("inline_keyboard", ())
    return [button["text"] for row in rows for button in row]


async def test_a_city_that_is_tapped_is_the_zone_from_now_on(dialog, anna, write, press, person):
    await write("/timezone")
    await press("Berlin")
    assert (await person()).timezone == "Europe/Berlin"
    assert dialog.said(anna)[-1].startswith("Your clock: Berlin (Europe/Berlin). It is 13:00")


async def test_a_city_may_be_typed_with_the_command_or_after_it(write, person):
    await write("/timezone São Paulo")
    assert (await person()).timezone == "America/Sao_Paulo"
    await write("/timezone")
    await write("мюнхен")
    assert (await person()).timezone == "Europe/Berlin"


async def test_plans_move_along_with_their_person(dialog, anna, write, plan):
    await plan()
    await write("/timezone Tokyo")
    moved = await dialog.store.read(reminders.plan_of, anna, Kind.SESSION)
    assert (moved.zone, moved.at) == ("Asia/Tokyo", time(9))


@pytest.mark.parametrize("typed", ["MSK+0", "Mars/Base"])
async def test_row_16_a_bad_zone_is_refused_with_three_suggestions_and_the_old_one_kept(
    dialog, anna, write, press, person, typed
):
    await write("/timezone Lisbon")
    said = await write(f"/timezone {typed}")
    assert typed in said
    assert len(labels(dialog, anna)) == 3
    assert (await person()).timezone == "Europe/Lisbon"
    await write("tokio")
    assert (await person()).timezone == "Europe/Lisbon"
    await press("Tokyo")
    assert (await person()).timezone == "Asia/Tokyo"


async def test_a_country_with_several_times_is_asked_about(dialog, anna, write, press, person):
    await write("/timezone Spain")
    assert labels(dialog, anna) == ["Madrid", "Las Palmas"]
    await press("Las Palmas")
    assert (await person()).timezone == "Atlantic/Canary"


async def test_a_shared_location_gives_the_zone_and_is_not_kept(dialog, anna, write, press, person):
    await write("/timezone")
    await press("By location")
    assert dialog.telegram.answers(anna)[-1].keyboard["keyboard"][0][0]["request_location"]
    dialog.telegram.send_content(anna, {"location": {"latitude": 27.7, "longitude": 85.3}})
    await dialog.settle()
    assert (await person()).timezone == "Asia/Kathmandu"
    assert "85.3" not in str(await dialog.store.read(lambda db: db.query("SELECT * FROM people")))


async def test_near_a_border_the_person_says_which_time_is_theirs(dialog, anna, press, person):
    dialog.telegram.send_content(anna, {"location": {"latitude": 32.47, "longitude": -85.0}})
    await dialog.settle()
    assert (await person()).timezone is None
    await press("Birmingham, Alabama")
    assert (await person()).timezone == "America/Chicago"


async def test_a_button_with_a_zone_that_is_no_more_changes_nothing(dialog, anna, write, person):
    await write("/timezone")
    message = dialog.telegram.answers(anna)[-1]
    dialog.telegram.press(anna, message, "zone:Mars/Base", stale=True)
    await dialog.settle()
    assert (await person()).timezone is None


async def test_a_long_text_after_timezone_is_a_letter_all_the_same(dialog, anna, write, person):
    await write("/timezone")
    dialog.telegram.send_text(anna, "I worked in Berlin for years and liked it. " * 12)
    await dialog.settle()
    assert (await person()).timezone is None
    assert not any("can't place" in said for said in dialog.said(anna))


async def test_row_17_the_zone_is_asked_for_once_and_the_default_counts_until_then(
    dialog, anna, write, press, person
):
    dialog.context["default_zone"] = "Asia/Tokyo"
    await write("/today")
    asked = [said for said in dialog.said(anna) if "Which clock" in said]
    assert len(asked) == 1
    assert "I go by Tokyo time" in asked[0]
    assert "Berlin" in labels(dialog, anna)
    await write("/quiet")
    await write("/today")
    assert len([said for said in dialog.said(anna) if "Which clock" in said]) == 1
    await press("Berlin")
    assert (await person()).timezone == "Europe/Berlin"


async def test_row_17_who_has_a_zone_is_not_asked(dialog, anna, write):
    await write("/timezone Berlin")
    await write("/today")
    assert not any("Which clock" in said for said in dialog.said(anna))
    asked = await dialog.store.write(
        timezones.ask_once, await dialog.store.read(people.get, anna), dialog.clock.now(), "UTC"
    )
    assert asked is False


@pytest.mark.usefixtures("at_home")
async def test_row_22_quiet_hours_are_tapped_or_typed(write, press, person):
    assert "22:00 to 08:00" in await write("/quiet")
    await press("23:00–07:00")
    assert (await person()).quiet == QuietHours(time(23), time(7))
    await write("/quiet")
    assert "21:30 to 06:45" in await write("9:30 pm - 6.45")
    assert (await person()).quiet == QuietHours(time(21, 30), time(6, 45))


@pytest.mark.usefixtures("at_home")
async def test_row_24_quiet_all_day_is_refused_and_the_old_hours_kept(write, person):
    assert await write("/quiet 9-9") == "That would silence everything; use /pause."
    assert (await person()).quiet == DEFAULT_QUIET
    await write("22-7")
    assert (await person()).quiet == QuietHours(time(22), time(7))


@pytest.mark.usefixtures("at_home")
async def test_row_78_hours_that_do_not_exist_are_refused_with_an_example(write, person):
    assert "22:00–08:00" in await write("/quiet 25:00-9:75")
    assert (await person()).quiet == DEFAULT_QUIET


@pytest.mark.usefixtures("at_home")
async def test_row_23_a_plan_inside_new_quiet_hours_is_asked_about_once_and_can_be_kept(
    dialog, anna, write, press, plan
):
    await plan("21:30", kind=Kind.NUDGE, weekdays={1})
    await write("/quiet 21:00-07:00")
    asked = dialog.said(anna)[-1]
    assert "21:30" in asked
    assert "21:00–07:00" in asked
    unchanged = await dialog.store.read(reminders.plan_of, anna, Kind.NUDGE)
    assert (unchanged.at, unchanged.in_quiet) == (time(21, 30), False)
    await press("Keep 21:30")
    kept = await dialog.store.read(reminders.plan_of, anna, Kind.NUDGE)
    assert (kept.at, kept.in_quiet, kept.weekdays) == (time(21, 30), True, {1})
    before = len(dialog.said(anna))
    await write("/quiet 21:15-07:00")
    assert len(dialog.said(anna)) == before + 1


@pytest.mark.usefixtures("at_home")
async def test_row_23_a_time_chosen_inside_quiet_hours_can_be_moved(
    dialog, anna, write, press, plan, person
):
    await write("/quiet 23-7")
    chosen, now = await plan("23:30"), dialog.clock.now()
    anna_ = await person()
    asked = await dialog.store.write(
        lambda db: ask_if_inside(db, anna_, chosen, anna_.quiet, "session", now)
    )
    await dialog.settle()
    assert asked
    await press("Move to 22:45")
    moved = await dialog.store.read(reminders.plan_of, anna, Kind.SESSION)
    assert (moved.at, moved.in_quiet) == (time(22, 45), False)


@pytest.mark.parametrize(
    ("at", "other"), [("23:30", "22:45"), ("06:30", "07:00"), ("03:30", "07:00")]
)
def test_row_23_the_other_time_is_the_nearest_that_is_not_quiet(at, other):
    assert outside(time.fromisoformat(at), QuietHours(time(23), time(7))).isoformat()[:5] == other


@pytest.mark.usefixtures("at_home")
async def test_row_23_a_plan_outside_quiet_hours_brings_no_question(dialog, anna, write, plan):
    await plan("09:00")
    assert "from 23:00" in await write("/quiet 23-7")


def session(db, person, stored, now):
    return Speech(Said("Cards."))


@pytest.mark.usefixtures("at_home")
async def test_row_69_two_weeks_of_pause_are_silent_and_end_with_one_hello(
    dialog, anna, write, plan, person
):
    dialog.speakers = {Kind.SESSION: session, Kind.NUDGE: session}
    await plan("09:00")
    await plan("10:00", kind=Kind.NUDGE, weekdays={5})
    assert "Quiet until 4 December" in await write("/pause 2 weeks")
    said = len(dialog.said(anna))
    for hour in range(24, 24 * 14, 4):
        dialog.clock.move(
            datetime(2026, 11, 20, 12, tzinfo=UTC) + timedelta(hours=hour - 24) - dialog.clock.now()
        )
        await dialog.tick()
    assert len(dialog.said(anna)) == said
    dialog.clock.move(datetime(2026, 12, 4, 8, tzinfo=UTC) - dialog.clock.now())
    await dialog.tick()
    hello = dialog.said(anna)[said:]
    assert len(hello) == 1
    assert hello[0].startswith("Hello again!")
    assert "09:00  Your cards" in hello[0]
    assert not (await person()).paused(dialog.clock.now())
    await dialog.later(timedelta(minutes=30))
    assert len(dialog.said(anna)) == said + 1


async def test_row_69_the_pause_is_remembered_so_that_a_streak_is_frozen(dialog, anna, write):
    begun = dialog.clock.now()
    await write("/pause 1 week")
    end = datetime(2026, 11, 27, 8, tzinfo=UTC)
    await dialog.later(end - begun)
    assert await dialog.store.read(people.pauses, anna) == [Pause(begun, end)]


@pytest.mark.usefixtures("at_home")
async def test_a_pause_without_an_end_lasts_until_they_press_back(
    dialog, anna, write, press, person
):
    await write("/pause")
    await press("Until I come back")
    await dialog.later(60 * WEEK)
    assert (await person()).paused(dialog.clock.now())
    assert "until you come back" in await write("/today")
    await press("I'm back")
    assert not (await person()).paused(dialog.clock.now())


async def test_who_comes_back_early_is_greeted_once_and_not_again_at_the_end(
    dialog, anna, write, press
):
    await write("/pause")
    await press("2 weeks")
    await dialog.later(WEEK)
    await press("I'm back")
    assert dialog.said(anna)[-1].startswith("Good to have you back.")
    said = len(dialog.said(anna))
    await dialog.later(2 * WEEK)
    assert len(dialog.said(anna)) == said


async def test_a_pause_that_is_made_longer_ends_once_at_its_new_end(dialog, anna, write):
    await write("/pause 1 week")
    await write("/pause a month")
    said = len(dialog.said(anna))
    await dialog.later(2 * WEEK)
    assert len(dialog.said(anna)) == said
    await dialog.later(3 * WEEK)
    assert len(dialog.said(anna)) == said + 1


async def test_who_blocked_the_bot_is_not_greeted(dialog, anna, write):
    await write("/pause 1 week")
    dialog.telegram.block(anna, True)
    await dialog.settle()
    await dialog.later(2 * WEEK)
    assert not any(said.startswith("Hello again") for said in dialog.said(anna))


async def test_a_length_can_be_typed_after_pause_and_a_letter_stays_a_letter(
    dialog, anna, write, person
):
    await write("/pause")
    assert "2 weeks" in await write("for ever and a day"), "it is asked for once more"
    assert "Quiet until 4 December" in await write("2 weeks")
    assert (await person()).paused(dialog.clock.now())

    await write("/pause")
    dialog.telegram.send_text(anna, "I would like to join your team because I read maps. " * 20)
    await dialog.later(timedelta(seconds=2))
    assert any(said.startswith("Got it") for said in dialog.said(anna))


@pytest.mark.usefixtures("at_home")
async def test_a_press_answers_the_question_about_the_pause(dialog, write, press, person):
    await write("/pause")
    await press("1 week")
    await write("2 weeks")
    until = (await person()).pause.until
    assert until - dialog.clock.now() < timedelta(days=8), "what is typed later is no answer to it"


async def test_the_question_about_quiet_hours_stands_below_what_was_said(dialog, anna, write, plan):
    await dialog.store.write(people.set_timezone, anna, "UTC")
    await plan("21:30", kind=Kind.NUDGE, weekdays={1})
    await write("/quiet 21-7")
    said = dialog.said(anna)[-2:]
    assert said[0].startswith("I keep quiet from 21:00")
    assert "Shall I keep 21:30" in said[1]


async def test_a_city_is_named_in_the_language_of_who_reads_it(dialog):
    anya = dialog.telegram.add_person("Аня", "ru", "anya").id
    dialog.telegram.start(anya)
    for typed in ("/timezone Казань", "/timezone"):
        dialog.telegram.send_text(anya, typed)
        await dialog.settle()
    assert "Ваши часы: Москва." in dialog.said(anya)[-1]


async def test_a_length_nobody_understands_starts_no_pause(write, person):
    assert "2 weeks" in await write("/pause for ever and a day")
    assert (await person()).pause is None


async def test_today_says_what_comes_and_when_by_the_persons_clock(dialog, anna, write, plan):
    await write("/timezone Berlin")
    await plan("18:30", zone="Europe/Berlin")
    await plan("09:00", kind=Kind.NUDGE, zone="Europe/Berlin", weekdays={5})
    await plan("10:00", kind=Kind.LOOKBACK, zone="Europe/Berlin", weekdays={7})
    assert await write("/today") == "Today\n09:00  Your weekly habit\n18:30  Your cards"


async def test_today_is_honest_when_nothing_is_planned(dialog, anna, write):
    await write("/timezone Berlin")
    assert "Nothing is planned for today" in await write("/today")


async def test_everything_is_said_in_russian_too(dialog):
    olga = dialog.telegram.add_person("Olga", "ru", "olga").id
    for text in ("/timezone", "Екатеринбург", "/quiet 23-7", "/pause", "/today", "/pause неделя"):
        dialog.telegram.send_text(olga, text)
        await dialog.settle()
    said = dialog.said(olga)
    assert (
        "Ваши часы: Екатеринбург (Asia/Yekaterinburg). Сейчас там 17:00. Не так? /timezone" in said
    )
    assert said[-1].startswith("Молчу до 27 ноября.")
