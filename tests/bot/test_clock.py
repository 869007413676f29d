"""The clock: it can be waited for, and moved."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.clock import Clock, StandingClock

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_now_is_aware_and_in_utc():
    assert Clock().now().utcoffset() == timedelta(0)


def test_a_moved_clock_runs_ahead():
    clock = Clock()
    clock.move(HOUR)
    assert clock.now() - datetime.now(UTC) > timedelta(minutes=59)


async def test_moving_the_clock_wakes_those_whose_time_has_come_and_nobody_else():
    clock = StandingClock(NOW)
    soon = asyncio.create_task(clock.sleep_until(NOW + HOUR))
    later = asyncio.create_task(clock.sleep_until(NOW + 3 * HOUR))
    await asyncio.sleep(0)
    clock.move(2 * HOUR)
    await soon
    assert not later.done()
    clock.move(HOUR)
    await later


async def test_a_wait_ends_early_when_there_is_something_to_do():
    clock, wake = StandingClock(NOW), asyncio.Event()
    waiting = asyncio.create_task(clock.wait(wake, NOW + HOUR))
    await asyncio.sleep(0)
    wake.set()
    await waiting


async def test_what_is_due_is_not_waited_for():
    await Clock().sleep_until(NOW - HOUR)
    await StandingClock(NOW).wait(asyncio.Event(), NOW)
