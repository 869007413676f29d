"""Reminders as people live them: the rows of the acceptance table, over the local Telegram."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from coach.quiet import QuietHours
from coach.reminders import EVERY_DAY, Kind
from handlers.chat.formatting import Said
from handlers.reminders.reminders import Speech, later_button, move_to_zone, next_look, put_off
from storage import Db, messages, people, privacy, reminders, slots
from storage.slots import State

HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)
MONDAY, SUNDAY = 1, 7
BERLIN = "Europe/Berlin"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def session(db, person, stored, now):
    """Cards are announced as one session, whatever was missed before."""
    rows = [[("Start", f"start:{stored.id}")], [later_button(person, stored, now)]]
    return Speech(Said("20 cards today."), rows)


def nudge(db, person, stored, now):
    return Speech(Said("Your habit this week."), [[("Done", f"done:{stored.id}")]])


@pytest.fixture
def spoken(dialog):
    """The dialog, with something to say for sessions and nudges."""
    dialog.speakers = {Kind.SESSION: session, Kind.NUDGE: nudge}
    return dialog


@pytest.fixture
async def plan(spoken, anna):
    """Plans something for Anna."""

    async def plan(at="09:00", *, kind=Kind.SESSION, zone="UTC", weekdays=EVERY_DAY, **more):
        def act(db: Db):
            people.set_timezone(db, anna, zone)
            return reminders.set_plan(
                db,
                person_id=anna,
                chat_id=anna,
                kind=kind,
                zone=zone,
                at=time.fromisoformat(at),
                weekdays=frozenset(weekdays),
                now=spoken.clock.now(),
                **more,
            )

        return await spoken.store.write(act)

    return plan


@pytest.fixture
def at(spoken):
    """Moves the clock to an instant (UTC), forth or back, and ticks."""

    async def at(instant, *, tick=True):
        spoken.clock.move(utc(instant) - spoken.clock.now())
        if tick:
            await spoken.tick()

    return at


@pytest.fixture
def heard(spoken, anna):
    """What Anna was reminded of, without the welcome."""
    return lambda: spoken.said(anna)[1:]


@pytest.fixture
def kept(spoken, anna):
    """The states of Anna's slots by their dates."""

    async def kept():
        stored = await spoken.store.read(slots.of_chat, anna)
        return {(one.slot.kind, one.slot.local_date.day): one.state for one in stored}

    return kept


def labels(message):
    rows = message.keyboard["inline_keyboard"]
    return [[button["text"] for button in row] for row in rows]


async def test_a_reminder_comes_at_its_time_and_once(plan, at, heard):
    await plan("09:00", zone=BERLIN)
    await at("2026-11-21T07:59")
    assert heard() == []
    await at("2026-11-21T08:00")
    await at("2026-11-21T08:00:30")
    await at("2026-11-21T12:00")
    assert heard() == ["20 cards today."]


async def test_row_01_the_next_instant_is_reckoned_from_the_wall_after_every_firing(
    spoken, plan, at, anna
):
    await plan("09:00", zone=BERLIN, weekdays={MONDAY}, kind=Kind.NUDGE)
    await at("2027-03-22T08:00")
    following = await spoken.store.read(reminders.next_due, anna, after=spoken.clock.now())
    assert following == utc("2027-03-29T07:00")


async def test_row_15_at_the_start_no_stored_instant_is_trusted(spoken, plan, at, heard, anna):
    """The rules changed while the bot was down: what was stored is an hour off."""
    await plan("09:00", zone=BERLIN)

    def old_rules(db):
        db.run("UPDATE plans SET due_at = due_at - 3600000")

    await spoken.store.write(old_rules)
    assert await spoken.store.write(reminders.recompute) == 1
    following = await spoken.store.read(reminders.next_due, anna, after=spoken.clock.now())
    assert following == utc("2026-11-21T08:00")
    assert await spoken.store.write(reminders.recompute) == 0


async def test_row_15_a_slot_that_was_said_by_the_old_rules_is_not_said_by_the_new(
    spoken, plan, at, heard, anna
):
    await plan("09:00", zone=BERLIN)
    await at("2026-11-21T08:00")

    def new_rules(db):
        """Berlin has moved west: 09:00 is an hour later, and still to come today."""
        db.run("UPDATE plans SET zone = 'Europe/London', served_at = served_at")

    await spoken.store.write(new_rules)
    await spoken.store.write(reminders.recompute)
    await at("2026-11-21T09:00")
    assert heard() == ["20 cards today."]
    await at("2026-11-22T09:00")
    assert len(heard()) == 2


async def test_row_17_without_a_zone_the_first_reminder_says_which_is_used(spoken, anna, heard, at):
    # Asking once, with city buttons, is the business of /timezone.
    await spoken.store.write(
        reminders.set_plan,
        person_id=anna,
        chat_id=anna,
        kind=Kind.SESSION,
        zone="Europe/Riga",
        at=time(9),
        now=spoken.clock.now(),
    )
    await at("2026-11-21T07:00")
    await at("2026-11-22T07:00")
    first, second = heard()
    assert "Europe/Riga" in first
    assert "/timezone" in first
    assert second == "20 cards today."


async def test_row_18_travelling_west_brings_no_second_message_for_a_date(
    spoken, plan, at, heard, anna
):
    await plan("09:00", zone="Asia/Tokyo")
    await at("2026-11-24T00:00")
    assert len(heard()) == 1
    await at("2026-11-24T02:00", tick=False)
    await spoken.store.write(move_to_zone, anna, "America/Los_Angeles", spoken.clock.now())
    for instant in ("2026-11-24T02:00", "2026-11-24T17:00", "2026-11-25T16:59"):
        await at(instant)
    assert len(heard()) == 1
    await at("2026-11-25T17:00")
    assert len(heard()) == 2


async def test_row_19_travelling_east_says_nothing_at_night(spoken, plan, at, heard, kept, anna):
    await plan("09:00", zone="America/Los_Angeles")
    await at("2026-11-22T17:00")
    await at("2026-11-23T16:00", tick=False)  # 01:00 on Tuesday in Tokyo
    await spoken.store.write(move_to_zone, anna, "Asia/Tokyo", spoken.clock.now())
    await spoken.tick()
    assert len(heard()) == 1
    assert (await kept())[Kind.SESSION, 23] is State.SKIPPED
    await at("2026-11-24T00:00")
    assert len(heard()) == 2


async def test_row_21_what_falls_into_quiet_hours_comes_once_when_they_end(plan, at, heard):
    await plan("06:30")
    for instant in ("06:30", "07:59"):
        await at(f"2026-11-23T{instant}")
        assert heard() == []
    await at("2026-11-23T08:00")
    await at("2026-11-23T09:00")
    assert heard() == ["20 cards today."]


async def test_row_23_a_time_chosen_inside_quiet_hours_is_kept(spoken, plan, at, heard, anna):
    await spoken.store.write(people.set_quiet, anna, QuietHours(time(23), time(7)))
    await plan("23:30", in_quiet=True)
    await at("2026-11-23T23:30")
    assert heard() == ["20 cards today."]


async def test_row_25_after_days_of_downtime_only_the_newest_is_said(plan, at, heard, kept):
    await at("2026-11-23T08:00", tick=False)
    await plan("09:00")
    await at("2026-11-29T12:00")
    assert heard() == ["20 cards today."]
    states = list((await kept()).values())
    assert states == [State.MISSED] * 6 + [State.CLAIMED]


@pytest.mark.parametrize(("back", "said"), [("14:59", 1), ("15:01", 0)])
async def test_row_26_a_session_is_caught_up_on_for_six_hours(plan, at, heard, back, said):
    await plan("09:00")
    await at(f"2026-11-23T{back}")
    assert len(heard()) == said
    await at("2026-11-24T09:00")
    assert len(heard()) == said + 1


async def test_row_27_what_waits_together_is_said_in_one_message_with_two_buttons(
    spoken, plan, at, heard, anna
):
    await plan("09:00")
    await plan("10:00", kind=Kind.NUDGE, weekdays={MONDAY})
    await at("2026-11-23T12:00")
    assert heard() == ["20 cards today.\n\nYour habit this week."]
    [_, message] = spoken.telegram.answers(anna)
    assert labels(message) == [["Start"], ["Done"]]


async def test_row_29_what_was_claimed_and_not_sent_when_the_process_died_is_sent(
    spoken, plan, at, heard
):
    await plan("09:00")
    await at("2026-11-23T09:00", tick=False)
    await spoken.only_tick()
    assert heard() == []  # the process dies here
    await at("2026-11-23T14:59")
    assert heard() == ["20 cards today."]


async def test_row_29_what_comes_up_after_its_window_is_not_sent(spoken, plan, at, heard, kept):
    await plan("09:00")
    await at("2026-11-23T09:00", tick=False)
    await spoken.only_tick()
    await at("2026-11-23T15:01", tick=False)
    await spoken.settle()
    await spoken.tick()
    assert heard() == []
    assert (await kept())[Kind.SESSION, 23] is State.SKIPPED


async def test_a_message_that_waited_into_quiet_hours_is_held_until_they_end(
    spoken, plan, at, heard
):
    await plan("21:50", weekdays={MONDAY}, kind=Kind.NUDGE)
    await at("2026-11-23T21:50", tick=False)
    await spoken.only_tick()
    await at("2026-11-23T22:30", tick=False)
    await spoken.settle()
    await at("2026-11-24T07:59")
    assert heard() == []
    await at("2026-11-24T08:00")
    assert heard() == ["Your habit this week."]


async def test_row_31_a_clock_put_back_ten_minutes_says_nothing_twice(plan, at, heard):
    await plan("09:00")
    for instant in ("09:00:05", "08:55", "08:59:30", "09:00", "09:30"):
        await at(f"2026-11-23T{instant}")
    assert heard() == ["20 cards today."]


async def test_row_32_a_clock_that_ran_ahead_and_was_put_back_leaves_no_silence(
    spoken, plan, at, heard
):
    await plan("09:00")
    await at("2026-11-23T09:00")
    await at("2026-11-26T09:00", tick=False)
    await spoken.only_tick()  # three days ahead, for a moment: claimed, and nothing has left
    for day in (23, 24, 25, 26):
        await at(f"2026-11-{day}T09:01")
        assert len(heard()) == day - 22


async def test_row_32_what_did_leave_ahead_of_its_time_is_not_said_again(plan, at, heard):
    await plan("09:00")
    await at("2026-11-26T09:00")
    await at("2026-11-23T08:55")
    for day in (23, 24, 25, 26, 27):
        await at(f"2026-11-{day}T09:01")
    assert len(heard()) == 1 + 3 + 1


async def test_row_33_a_snoozed_reminder_comes_back_after_an_hour(spoken, plan, at, heard, anna):
    await plan("09:00")
    await at("2026-11-23T09:00")
    await at("2026-11-23T09:10")
    press = spoken.telegram.press_label(anna, "Later today")
    await spoken.settle()
    assert press.answer == "I'll be back at 10:10."
    await at("2026-11-23T10:09")
    assert len(heard()) == 1
    await at("2026-11-23T10:10")
    await at("2026-11-23T11:30")
    assert len(heard()) == 2


async def test_row_33_no_button_promises_a_today_that_would_be_night(spoken, plan, at, anna):
    await plan("21:30")
    await at("2026-11-23T21:30")
    assert labels(spoken.telegram.answers(anna)[-1]) == [["Start"], ["Later"]]


async def test_row_34_a_snooze_into_the_night_comes_with_the_next_mornings_session(
    spoken, plan, at, heard, anna
):
    await plan("21:30", kind=Kind.NUDGE, weekdays={MONDAY})
    await plan("09:00")
    spoken.speakers = {Kind.NUDGE: session, Kind.SESSION: nudge}
    await at("2026-11-23T09:00")
    await at("2026-11-23T21:40")
    press = spoken.telegram.press_label(anna, "Later")
    await spoken.settle()
    assert press.answer == "I'll be back tomorrow at 09:00."
    await at("2026-11-24T08:00")
    assert len(heard()) == 2
    await at("2026-11-24T09:00")
    assert heard()[2:] == ["20 cards today.\n\nYour habit this week."]


async def test_row_34_a_snoozed_session_is_taken_in_by_the_next_days(spoken, plan, at, heard, anna):
    await plan("09:00")
    await spoken.store.write(people.set_quiet, anna, QuietHours(time(10), time(8)))
    await at("2026-11-23T09:30")
    spoken.telegram.press_label(anna, "Later")
    await spoken.settle()
    await at("2026-11-24T09:00")
    await at("2026-11-24T09:30")
    assert len(heard()) == 2


async def test_row_35_what_is_done_does_not_come_back(spoken, plan, at, heard, anna):
    await plan("09:00")
    await at("2026-11-23T09:10")
    spoken.telegram.press_label(anna, "Later")
    await spoken.settle()
    await spoken.store.write(slots.done, anna, Kind.SESSION, spoken.clock.now())
    await at("2026-11-23T10:10")
    assert len(heard()) == 1


async def test_row_36_a_second_snooze_replaces_the_first(spoken, plan, at, heard, anna):
    await plan("09:00")
    await at("2026-11-23T09:10")
    spoken.telegram.press_label(anna, "Later")
    await spoken.settle()
    await at("2026-11-23T09:30")
    spoken.telegram.press_label(anna, "Later")
    await spoken.settle()
    await at("2026-11-23T10:10")
    assert len(heard()) == 1
    await at("2026-11-23T10:30")
    await at("2026-11-23T11:10")
    assert len(heard()) == 2


async def test_row_37_a_button_of_three_weeks_ago_revives_nothing(spoken, plan, at, heard, anna):
    # That Start opens today's session belongs to the session itself.
    await plan("09:00")
    await at("2026-11-23T09:00")
    old = spoken.telegram.answers(anna)[-1]
    await at("2026-12-14T09:00")
    press = spoken.telegram.press(
        anna, old.id, old.keyboard["inline_keyboard"][1][0]["callback_data"]
    )
    await spoken.settle()
    assert press.answer == "This one is over; the next comes by itself."
    await at("2026-12-14T12:00")
    assert len(heard()) == 2


async def test_nobody_puts_off_what_is_somebody_elses(spoken, plan, at, anna):
    await plan("09:00")
    await at("2026-11-23T09:00")
    [*_, stored] = await spoken.store.read(slots.of_chat, anna)
    boris = spoken.telegram.add_person("Boris", "en").id
    spoken.telegram.start(boris)
    await spoken.settle()
    stranger = await spoken.store.read(people.get, boris)
    assert await spoken.store.write(put_off, stored.id, stranger, spoken.clock.now()) is None


async def test_row_40_who_blocked_the_bot_hears_nothing_more(spoken, plan, at, heard, anna):
    await plan("09:00")
    spoken.telegram.state.people[anna].blocked = True  # Telegram tells us only when we try
    await at("2026-11-23T09:00")
    person = await spoken.store.read(people.get, anna)
    assert person.inactive_reason == "blocked"
    calls = len(spoken.telegram.calls("sendMessage"))
    await at("2026-11-24T09:00")
    assert len(spoken.telegram.calls("sendMessage")) == calls
    assert heard() == []


async def test_row_41_who_comes_back_keeps_the_plan_and_gets_no_backlog(
    spoken, plan, at, heard, anna
):
    await plan("09:00")
    spoken.telegram.block(anna)
    await spoken.settle()
    await at("2026-11-23T09:00")
    await at("2026-11-24T09:00")
    await at("2026-11-24T10:00", tick=False)
    spoken.telegram.block(anna, blocked=False)
    await spoken.settle()
    await spoken.tick()
    assert heard() == []
    await at("2026-11-25T09:00")
    assert heard() == ["20 cards today."]


@pytest.mark.parametrize("reason", ["deactivated", "not_started"])
async def test_row_42_who_cannot_be_written_to_is_inactive_for_their_own_reason(
    spoken, plan, at, kept, anna, reason
):
    # The deep link for a member who never started the bot belongs to cohorts.
    await plan("09:00")
    await plan("21:30", kind=Kind.NUDGE, weekdays={SUNDAY})
    await at("2026-11-22T22:30")  # the nudge waits for the end of quiet hours
    if reason == "deactivated":
        spoken.telegram.deactivate(anna)
    else:
        spoken.telegram.state.people[anna].started = False
    await at("2026-11-23T08:00")
    assert (await spoken.store.read(people.get, anna)).inactive_reason == reason
    calls = len(spoken.telegram.calls("sendMessage"))
    await at("2026-11-23T09:00")
    await at("2026-11-24T09:00")
    assert len(spoken.telegram.calls("sendMessage")) == calls
    stored = await kept()
    assert {stored[Kind.NUDGE, 22], stored[Kind.SESSION, 23]} == {State.SKIPPED}


async def test_row_40_a_word_in_a_group_does_not_open_the_private_chat_again(
    spoken, plan, at, heard, anna
):
    await plan("09:00")
    group = spoken.telegram.add_group("Cohort", [anna], [anna]).id
    spoken.telegram.block(anna)
    await spoken.settle()
    spoken.telegram.send_text(anna, "/help", group)
    await spoken.settle()
    assert len(spoken.said(group)) == 1  # other chats of the same person are unaffected
    assert (await spoken.store.read(people.get, anna)).inactive_reason == "blocked"


async def test_row_45_a_chat_that_must_wait_holds_up_nobody_else(spoken, plan, at, heard, kept):
    await plan("09:00")
    spoken.telegram.fault("too_many", "sendMessage", retry_after=17)
    # The delivery waits for the clock; that others go on meanwhile: tests/bot/test_reminding.py.
    await at("2026-11-23T09:00", tick=False)
    await spoken.only_tick()
    assert (await kept())[Kind.SESSION, 23] is State.CLAIMED


async def test_row_69_a_pause_silences_every_kind_and_loses_nothing(
    spoken, plan, at, heard, kept, anna
):
    # The hello at its end is said by /pause.
    await plan("09:00")
    await plan("10:00", kind=Kind.NUDGE)
    pause = {"now": spoken.clock.now(), "until": spoken.clock.now() + 14 * DAY}
    await spoken.store.write(people.start_pause, anna, **pause)
    for day in range(21, 31):
        await at(f"2026-11-{day}T11:00")
    assert heard() == []
    await at("2026-12-05T11:00")
    assert len(heard()) == 1


async def test_row_71_after_delete_everything_nothing_that_was_queued_is_sent(
    spoken, plan, at, heard, anna
):
    await plan("09:00")
    await plan("10:00", kind=Kind.NUDGE)
    await at("2026-11-23T10:00", tick=False)
    await spoken.only_tick()
    await spoken.store.write(privacy.forget, anna)
    await spoken.settle()
    await at("2026-11-24T09:00")
    assert heard() == []
    assert await spoken.store.read(slots.of_chat, anna) == []
    assert await spoken.store.read(reminders.plans_of, anna) == []


async def test_row_74_unanswered_nudges_are_counted_until_somebody_reacts(spoken, plan, at, anna):
    await plan("09:00", kind=Kind.NUDGE, weekdays={MONDAY})
    for week in range(3):
        await at(f"{date(2026, 11, 23) + week * 7 * DAY}T09:00")
        assert await spoken.store.read(slots.ignored, anna, Kind.NUDGE) == week + 1
    await spoken.store.write(slots.answered, anna, Kind.NUDGE, spoken.clock.now())
    assert await spoken.store.read(slots.ignored, anna, Kind.NUDGE) == 0


async def follow_up(dialog, member, zone, quiet=None):
    """Plans that a member is asked at 18:00 on Sunday, by their own clock."""

    def act(db: Db):
        people.set_timezone(db, member, zone)
        if quiet:
            people.set_quiet(db, member, quiet)
        reminders.set_plan(
            db,
            person_id=member,
            chat_id=member,
            kind=Kind.FOLLOW_UP,
            zone=zone,
            at=time(18),
            weekdays={SUNDAY},
            now=dialog.clock.now(),
        )

    dialog.telegram.start(member)
    await dialog.settle()
    await dialog.store.write(act)


async def test_row_76_each_member_is_followed_up_once_by_their_own_clock_and_not_in_quiet_hours(
    spoken, at
):
    # Whom a cohort misses is the cohort's to say.
    spoken.speakers = {Kind.FOLLOW_UP: nudge}
    siesta = QuietHours(time(17), time(19, 30))
    quiet = {"Asia/Tokyo": None, BERLIN: None, "America/New_York": None, "Asia/Kathmandu": siesta}
    members = {zone: spoken.telegram.add_person("M", "en").id for zone in quiet}
    for zone, member in members.items():
        await follow_up(spoken, member, zone, quiet[zone])
    for quarter in range(4 * 24):
        hour, part = divmod(quarter, 4)
        await at(f"2026-11-22T{hour:02}:{15 * part:02}")
    heard_at = {}
    for zone, member in members.items():
        [_, told] = spoken.telegram.answers(member)
        heard_at[zone] = f"{datetime.fromtimestamp(told.body['date'], ZoneInfo(zone)):%a %H:%M}"
    evening = dict.fromkeys(members, "Sun 18:00")
    assert heard_at == evening | {"Asia/Kathmandu": "Sun 19:30"}


async def test_a_speaker_with_nothing_to_say_is_asked_and_left_alone(spoken, plan, at, heard, kept):
    await plan("09:00")
    spoken.speakers = {Kind.SESSION: lambda *_: None}
    await at("2026-11-23T09:00")
    assert heard() == []
    assert (await kept())[Kind.SESSION, 23] is State.SKIPPED


async def test_row_44_a_moved_chat_keeps_the_mark_of_what_was_sent(spoken, plan, at, kept, anna):
    """Everything moves in one transaction, and the slot is still the same."""
    await plan("09:00")
    await at("2026-11-23T09:00")
    await spoken.store.write(messages.move_chat, anna, -100_777)
    moved = await spoken.store.read(slots.of_chat, -100_777)
    assert moved[-1].slot.local_date == date(2026, 11, 23)
    await at("2026-11-23T09:00:30")
    assert len(await spoken.store.read(slots.of_chat, -100_777)) == len(moved)


async def test_a_tick_knows_when_the_next_one_is_worth_while(spoken, plan, at, anna):
    await plan("09:00")
    assert await spoken.store.read(next_look, spoken.clock.now()) == utc("2026-11-21T09:00")
    await at("2026-11-21T09:00")
    spoken.telegram.press_label(anna, "Later today")
    await spoken.settle()
    assert await spoken.store.read(next_look, spoken.clock.now()) == utc("2026-11-21T10:00")
