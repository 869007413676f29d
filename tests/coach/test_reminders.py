"""When a plan speaks, and whether it may: the rows of the acceptance table that are pure."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from coach.pauses import Pause
from coach.quiet import DEFAULT_QUIET, QuietHours
from coach.reminders import (
    EVERY_DAY,
    Hold,
    Kind,
    Listener,
    Plan,
    Rhythm,
    Send,
    Skip,
    Thinning,
    decide,
    fits_today,
    next_instant,
    next_slot,
    slot_on,
    slots_between,
    snoozed_until,
    thinning,
    travelled,
)
from coach.wallclock import local

MONDAY, SUNDAY = frozenset({1}), frozenset({7})
BERLIN, NEW_YORK, TOKYO = "Europe/Berlin", "America/New_York", "Asia/Tokyo"
LOS_ANGELES, LORD_HOWE = "America/Los_Angeles", "Australia/Lord_Howe"
SANTIAGO = "America/Santiago"
HOUR = timedelta(hours=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def plan(weekdays, at, zone, kind=Kind.NUDGE, **changes):
    return Plan(1, 7, 7, kind, zone, weekdays, time.fromisoformat(at), **changes)


def daily(at, zone):
    return plan(EVERY_DAY, at, zone, Kind.SESSION)


def instants(plan, after, until):
    return [slot.due_at for slot in slots_between(plan, utc(after), utc(until))]


@pytest.mark.parametrize(
    ("zone", "fired", "expected"),
    [
        pytest.param(BERLIN, "2027-03-22T08:00", "2027-03-29T07:00", id="row_01"),
        pytest.param(BERLIN, "2026-10-19T07:00", "2026-10-26T08:00", id="row_02"),
        pytest.param(NEW_YORK, "2027-03-08T14:00", "2027-03-15T13:00", id="row_03"),
    ],
)
def test_rows_01_to_03_a_weekly_plan_keeps_its_time_over_a_change_of_clocks(zone, fired, expected):
    following = next_instant(plan(MONDAY, "09:00", zone), utc(fired))
    assert following == utc(expected)
    assert local(following, zone).time() == time(9)


def test_row_04_a_time_that_the_clock_skips_comes_once_moved_by_the_gap():
    weekly = plan(SUNDAY, "02:30", BERLIN)
    assert instants(weekly, "2027-03-22", "2027-04-05") == [
        utc("2027-03-28T01:30"),
        utc("2027-04-04T00:30"),
    ]
    assert local(utc("2027-03-28T01:30"), BERLIN).time() == time(3, 30)


def test_row_05_a_daily_plan_in_the_gap_of_new_york_comes_once():
    there = daily("02:30", NEW_YORK)
    assert instants(there, "2027-03-14T05:00", "2027-03-15T05:00") == [utc("2027-03-14T07:30")]


def test_row_06_a_midnight_that_does_not_exist_loses_no_day():
    found = instants(daily("00:00", SANTIAGO), "2027-09-03T12:00", "2027-09-06T12:00")
    assert found == [utc("2027-09-04T04:00"), utc("2027-09-05T04:00"), utc("2027-09-06T03:00")]


def test_row_07_a_midnight_that_does_not_exist_loses_no_week():
    weekly = plan(SUNDAY, "00:00", SANTIAGO)
    assert next_instant(weekly, utc("2027-08-30T12:00")) == utc("2027-09-05T04:00")


def test_row_08_a_gap_of_half_an_hour_moves_by_half_an_hour():
    there = daily("02:15", LORD_HOWE)
    found = instants(there, "2027-10-02T14:00", "2027-10-03T14:00")
    assert found == [utc("2027-10-02T15:45")]
    assert local(found[0], LORD_HOWE).time() == time(2, 45)


@pytest.mark.parametrize(
    ("there", "day", "expected"),
    [
        pytest.param(
            plan(SUNDAY, "02:30", BERLIN), "2026-10-24T22:00", "2026-10-25T00:30", id="row_09"
        ),
        pytest.param(daily("01:30", NEW_YORK), "2026-11-01T04:00", "2026-11-01T05:30", id="row_10"),
        pytest.param(
            daily("01:45", LORD_HOWE), "2027-04-03T13:00", "2027-04-03T14:45", id="row_11"
        ),
    ],
)
def test_rows_09_to_11_a_time_that_comes_twice_is_said_the_first_time(there, day, expected):
    until = (utc(day) + 24 * HOUR).isoformat()[:16]
    assert instants(there, day, until) == [utc(expected)]


def test_row_12_an_odd_offset_is_kept_to_the_minute():
    weekly = plan(MONDAY, "09:00", "Asia/Kathmandu")
    assert next_instant(weekly, utc("2026-11-29T12:00")) == utc("2026-11-30T03:15")


@pytest.mark.parametrize(
    ("zone", "expected"),
    [("Pacific/Kiritimati", "2026-11-29T19:00"), ("Pacific/Pago_Pago", "2026-11-30T20:00")],
)
def test_row_13_the_weekday_is_judged_where_the_person_is(zone, expected):
    slot = next_slot(plan(MONDAY, "09:00", zone), utc("2026-11-28T00:00"))
    assert (slot.due_at, slot.local_date) == (utc(expected), date(2026, 11, 30))


def test_row_14_monday_is_one_wherever_a_week_begins():
    slot = next_slot(plan(frozenset({1}), "09:00", NEW_YORK), utc("2026-11-28T12:00"))
    assert slot.local_date.strftime("%A") == "Monday"


def test_a_zone_that_the_database_has_no_more_is_read_as_utc():
    gone = daily("09:00", "Mars/Base")
    assert next_instant(gone, utc("2026-11-20T12:00")) == utc("2026-11-21T09:00")


def test_row_18_after_travelling_west_the_same_date_has_no_second_slot():
    tokyo = daily("09:00", TOKYO)
    sent = next_slot(tokyo, utc("2026-11-23T12:00"))
    assert sent.due_at == utc("2026-11-24T00:00")
    moved, _, since = travelled(tokyo, LOS_ANGELES, utc("2026-11-24T02:00"))
    again, following = slots_between(moved, since, utc("2026-11-26T00:00"))
    assert (again.local_date, again.local_time) == (sent.local_date, sent.local_time)
    assert following.due_at == utc("2026-11-25T17:00")


def test_row_19_after_travelling_east_what_passed_long_ago_is_named_and_not_said():
    home = daily("09:00", LOS_ANGELES)
    now = utc("2026-11-23T16:00")  # Monday 08:00 at home, Tuesday 01:00 in Tokyo
    moved, passed, since = travelled(home, TOKYO, now)
    assert passed
    assert passed.local_date == date(2026, 11, 23)
    assert next_instant(moved, since) == utc("2026-11-24T00:00")


def test_row_19_what_has_only_just_passed_is_caught_up_on():
    home = plan(MONDAY, "09:00", LOS_ANGELES)
    now = utc("2026-11-23T16:00")  # 16 hours after Monday 09:00 in Tokyo; the window is 24
    moved, passed, since = travelled(home, TOKYO, now)
    assert passed is None
    assert next_instant(moved, since) == utc("2026-11-23T00:00")


def test_row_21_a_slot_in_quiet_hours_is_held_until_they_end():
    slot = slot_on(plan(EVERY_DAY, "06:30", BERLIN), date(2026, 11, 24))
    listener = Listener(BERLIN, DEFAULT_QUIET)
    held = decide(slot, listener, slot.due_at)
    assert held == Hold(utc("2026-11-24T07:00"))
    assert isinstance(decide(slot, listener, utc("2026-11-24T07:00")), Send)


@pytest.mark.parametrize(
    ("now", "quiet"), [("00:30", True), ("07:00", False), ("23:00", True), ("22:59", False)]
)
def test_row_22_quiet_hours_cross_midnight_and_leave_their_end_out(now, quiet):
    day = date(2026, 11, 24)
    slot = slot_on(plan(EVERY_DAY, now, BERLIN), day)
    decision = decide(slot, Listener(BERLIN, QuietHours(time(23), time(7))), slot.due_at)
    assert isinstance(decision, Hold | Skip) is quiet


def test_row_23_a_time_that_was_chosen_inside_quiet_hours_is_an_exception_for_itself_alone():
    slot = slot_on(daily("23:30", BERLIN), date(2026, 11, 24))
    listener = Listener(BERLIN, QuietHours(time(23), time(7)))
    assert isinstance(decide(slot, listener, slot.due_at, in_quiet=True), Send)
    assert not isinstance(decide(slot, listener, slot.due_at), Send)


def test_what_would_be_stale_at_the_end_of_quiet_hours_is_dropped():
    slot = slot_on(daily("22:30", BERLIN), date(2026, 11, 24))
    assert decide(slot, Listener(BERLIN, DEFAULT_QUIET), slot.due_at) == Skip("stale")


def test_a_message_is_not_to_leave_after_quiet_hours_have_begun():
    slot = slot_on(daily("21:50", BERLIN), date(2026, 11, 24))
    decision = decide(slot, Listener(BERLIN, DEFAULT_QUIET), slot.due_at)
    assert decision == Send(slot.due_at + timedelta(minutes=10))


@pytest.mark.parametrize(
    ("weekdays", "late", "sends"),
    [
        (EVERY_DAY, timedelta(hours=5, minutes=59), True),
        (EVERY_DAY, timedelta(hours=6, minutes=1), False),
        (MONDAY, timedelta(hours=23, minutes=59), True),
        (MONDAY, timedelta(hours=24, minutes=1), False),
    ],
)
def test_row_26_a_daily_slot_is_caught_up_on_for_six_hours_and_a_weekly_one_for_a_day(
    weekdays, late, sends
):
    slot = slot_on(plan(weekdays, "09:00", "UTC"), date(2026, 11, 23))
    decision = decide(slot, Listener("UTC"), slot.due_at + late)
    assert decision == (Send(slot.fresh_until) if sends else Skip("late"))


def test_row_33_a_snooze_is_an_hour_and_fits_only_before_it_gets_quiet():
    listener = Listener("UTC", DEFAULT_QUIET)
    assert snoozed_until(utc("2026-11-24T09:10"), listener, None) == utc("2026-11-24T10:10")
    assert fits_today(utc("2026-11-24T20:59"), listener)
    assert not fits_today(utc("2026-11-24T21:00"), listener)


@pytest.mark.parametrize(
    ("coming", "back"),
    [("2026-11-25T09:00", "2026-11-25T09:00"), ("2026-11-25T10:01", "2026-11-25T08:00")],
)
def test_row_34_a_snooze_into_the_night_waits_for_the_morning_and_for_what_comes_then(coming, back):
    listener = Listener("UTC", DEFAULT_QUIET)
    assert snoozed_until(utc("2026-11-24T21:40"), listener, utc(coming)) == utc(back)


def test_row_40_nothing_is_decided_for_who_is_not_there():
    slot = slot_on(daily("09:00", "UTC"), date(2026, 11, 24))
    assert decide(slot, Listener("UTC", inactive_reason="blocked"), slot.due_at) == Skip("blocked")


def test_rows_69_and_70_who_pauses_hears_nothing_and_counts_as_away():
    # Cohorts show a member whose pause holds as away (row 70); they ask the same pause.
    slot = slot_on(daily("09:00", "UTC"), date(2026, 11, 24))
    pause = Pause(utc("2026-11-20T00:00"), utc("2026-12-04T00:00"))
    assert decide(slot, Listener("UTC", pause=pause), slot.due_at) == Skip("paused")
    over = Pause(utc("2026-11-01T00:00"), slot.due_at)
    assert isinstance(decide(slot, Listener("UTC", pause=over), slot.due_at), Send)


@pytest.mark.parametrize(
    ("ignored", "brings_up"),
    [(0, None), (2, None), (3, Thinning.ASK), (4, Thinning.ASK), (5, Thinning.MONTHLY)],
)
def test_row_74_silence_thins_the_nudges_out(ignored, brings_up):
    assert thinning(ignored) is brings_up


def test_row_74_a_monthly_plan_speaks_on_the_first_of_its_weekdays_in_a_month():
    monthly = plan(MONDAY, "09:00", BERLIN, rhythm=Rhythm.MONTHLY)
    days = [
        slot.local_date for slot in slots_between(monthly, utc("2027-01-01"), utc("2027-04-30"))
    ]
    assert days == [date(2027, 1, 4), date(2027, 2, 1), date(2027, 3, 1), date(2027, 4, 5)]


def test_row_76_a_follow_up_comes_by_each_members_own_clock_and_not_at_night():
    # The cohort decides whom it misses; when each hears of it is their own plan.
    sunday = slots_between(
        plan(SUNDAY, "18:00", TOKYO, Kind.FOLLOW_UP), utc("2026-11-27"), utc("2026-11-30")
    )
    assert [slot.due_at for slot in sunday] == [utc("2026-11-29T09:00")]
    early_to_bed = Listener(TOKYO, QuietHours(time(17), time(9)))
    assert decide(sunday[0], early_to_bed, sunday[0].due_at) == Hold(utc("2026-11-30T00:00"))
