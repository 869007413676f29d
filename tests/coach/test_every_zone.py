"""Every zone of the time zone database, 2024-2030: no slot missing, none double, at its time."""

from datetime import UTC, date, datetime, time, timedelta
from importlib import resources
from itertools import pairwise
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo, available_timezones

import pytest

from coach.reminders import EVERY_DAY, Kind, Plan, next_slot, slots_after
from coach.wallclock import local

FIRST, LAST = date(2024, 1, 1), date(2030, 12, 31)
DAYS = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
HOUR = timedelta(hours=1)


def data_of(zone: str) -> bytes:
    found = (Path(folder, zone) for folder in TZPATH)
    system = next((path.read_bytes() for path in found if path.is_file()), None)
    return system or (resources.files("tzdata") / "zoneinfo" / zone).read_bytes()


ZONES = sorted({data_of(zone): zone for zone in sorted(available_timezones())}.values())
"""One name for each: Asia/Saigon is Asia/Ho_Chi_Minh."""

TIMES = tuple(map(time.fromisoformat, ("00:00", "02:30", "09:00", "23:45")))
ODD = (
    *("Australia/Lord_Howe", "Africa/Casablanca", "America/Santiago", "Africa/Cairo"),
    *("Asia/Beirut", "America/Nuuk", "Europe/Dublin", "Pacific/Apia", "Asia/Kathmandu"),
)
"""Half an hour of summer time, a Ramadan without it, midnights that don't exist, winter time as
the exception, a day left out."""


def slots(zone: str, at: time, weekdays: frozenset[int]):
    """The slots of 2024-2030, asked for one after the other as after every firing."""
    plan = Plan(1, 7, 7, Kind.SESSION, zone, weekdays, at)
    begin = datetime(2023, 12, 29, tzinfo=UTC)
    for slot in slots_after(plan, begin):
        if slot.local_date > LAST:
            return
        if slot.local_date >= FIRST:
            yield slot


def check(zone: str, at: time, weekdays: frozenset[int]) -> None:
    found = list(slots(zone, at, weekdays))
    assert [slot.local_date for slot in found] == [
        day for day in DAYS if day.isoweekday() in weekdays
    ], zone
    assert all(one.due_at < two.due_at for one, two in pairwise(found)), zone
    for slot in found:
        wall = local(slot.due_at, zone)
        if wall != datetime.combine(slot.local_date, at):
            assert in_gap(zone, datetime.combine(slot.local_date, at)), (zone, slot)
            assert timedelta(0) < wall - datetime.combine(slot.local_date, at) <= 24 * HOUR


def in_gap(zone: str, wall: datetime) -> bool:
    """Whether the clock never shows `wall`."""
    there = wall.replace(tzinfo=ZoneInfo(zone))
    return there.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != wall


@pytest.mark.parametrize("number", range(len(TIMES)), ids=lambda number: str(TIMES[number]))
def test_a_daily_plan_has_one_slot_each_day_in_every_zone(number):
    """The times go round the zones, and all of them through those below."""
    for zone in ZONES[number :: len(TIMES)]:
        check(zone, TIMES[number], EVERY_DAY)


@pytest.mark.parametrize("zone", ODD)
def test_a_daily_plan_has_one_slot_each_day_where_clocks_are_odd(zone):
    for at in TIMES:
        check(zone, at, EVERY_DAY)


def test_a_weekly_plan_has_one_slot_each_week_in_every_zone():
    for number, zone in enumerate(ZONES):
        for at in TIMES if zone in ODD else (TIMES[number % len(TIMES)],):
            check(zone, at, frozenset({number % 7 + 1}))


def test_reckoning_anew_after_a_firing_gives_what_reckoning_ahead_gives():
    for zone in ZONES:
        weekly = Plan(1, 7, 7, Kind.SESSION, zone, frozenset({7}), time(2, 30))
        ahead = list(slots(zone, weekly.at, weekly.weekdays))
        for one, two in list(pairwise(ahead))[::9]:
            assert next_slot(weekly, one.due_at) == two, zone
