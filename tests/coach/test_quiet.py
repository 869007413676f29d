"""Quiet hours: start included, end excluded, across midnight; rows name reminder_cases."""

from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coach.quiet import DEFAULT_QUIET, QuietHours, QuietHoursError, parse

NIGHT = QuietHours(time(23), time(7))
minutes = st.times().map(lambda at: at.replace(second=0, microsecond=0))
ZONES = st.sampled_from(["Europe/Berlin", "America/Santiago", "Asia/Kathmandu", "UTC"])


def next_minute(at):
    return (datetime.combine(datetime(2026, 1, 1), at) + timedelta(minutes=1)).time()


@pytest.mark.parametrize(
    ("at", "quiet"), [("00:30", True), ("07:00", False), ("23:00", True), ("22:59", False)]
)
def test_row_22_the_start_is_quiet_and_the_end_is_not_across_midnight(at, quiet):
    assert NIGHT.holds(time.fromisoformat(at)) is quiet


def test_row_24_hours_that_end_when_they_start_are_refused_with_the_way_out():
    with pytest.raises(QuietHoursError) as refused:
        QuietHours(time(9), time(9))
    assert refused.value.sentence("en") == "That would silence everything; use /pause."
    assert "/pause" in refused.value.sentence("ru")


def test_quiet_hours_within_a_day_are_for_people_who_work_at_night():
    morning = QuietHours(time(8), time(16))
    assert [morning.holds(time(hour)) for hour in (7, 8, 15, 16)] == [False, True, True, False]


def test_row_21_what_falls_into_them_waits_for_their_end():
    held = DEFAULT_QUIET.over(datetime(2026, 11, 20, 5, 30, tzinfo=UTC), "Europe/Berlin")
    assert held == datetime(2026, 11, 20, 7, 0, tzinfo=UTC)


def test_the_end_is_tomorrows_before_midnight():
    held = NIGHT.over(datetime(2026, 11, 20, 22, 30, tzinfo=UTC), "Europe/Berlin")
    assert held == datetime(2026, 11, 21, 6, 0, tzinfo=UTC)


def test_in_the_hour_that_comes_twice_they_end_after_it_was_quiet():
    early = QuietHours(time(22), time(2, 30))
    held = early.over(datetime(2026, 10, 25, 1, 10, tzinfo=UTC), "Europe/Berlin")
    assert held == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@given(start=minutes, end=minutes, at=minutes)
def test_every_minute_is_quiet_here_or_in_the_hours_turned_round(start, end, at):
    assume(start != end)
    assert QuietHours(start, end).holds(at) is not QuietHours(end, start).holds(at)


@given(start=minutes, end=minutes)
def test_quiet_begins_at_the_start_and_lasts_to_the_minute_before_the_end(start, end):
    assume(start != end)
    hours = QuietHours(start, end)
    assert hours.holds(start)
    assert not hours.holds(end)
    before_end = next(
        at for at in (time(h, m) for h in range(24) for m in range(60)) if next_minute(at) == end
    )
    assert hours.holds(before_end)


@given(
    start=minutes,
    end=minutes,
    zone=ZONES,
    now=st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31)).map(
        lambda at: at.replace(tzinfo=UTC)
    ),
)
def test_what_is_held_leaves_within_a_day_and_outside_the_hours(start, end, zone, now):
    assume(start != end)
    hours = QuietHours(start, end)
    after = hours.over(now, zone)
    assert now <= after <= now + timedelta(hours=25)
    if not hours.holds(now.astimezone(ZoneInfo(zone)).time()):
        assert after == now


@pytest.mark.parametrize(
    "typed",
    ["23-7", "23:00–07:00", "from 11 pm to 7 am", "с 23 до 7", "11 вечера - 7 утра", "2300 — 0700"],
)
def test_quiet_hours_are_read_as_they_are_typed(typed):
    assert parse(typed) == NIGHT


@pytest.mark.parametrize("typed", ["", "23", "night", "23-25", "1-2-3", "22:00 08:00"])
def test_what_are_no_two_times_is_refused_with_an_example(typed):
    with pytest.raises(QuietHoursError) as refused:
        parse(typed)
    assert "22:00" in refused.value.sentence("en")
    assert "22:00" in refused.value.sentence("ru")


@given(st.text(max_size=20))
def test_anything_is_quiet_hours_or_refused_in_one_way(text):
    with suppress(QuietHoursError):
        assert parse(text).start != parse(text).end
