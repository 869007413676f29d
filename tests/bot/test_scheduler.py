"""The ticker: every round calls everybody, whoever fails."""

from datetime import timedelta

from bot.scheduler import Ticker


async def test_a_round_calls_every_tick_with_the_instant(clock):
    called = []

    async def note(now):
        called.append(now)

    await Ticker([note, note], clock, timedelta(seconds=30)).tick()
    assert called == [clock.now(), clock.now()]


async def test_a_tick_that_fails_keeps_no_other_from_its_turn(clock, caplog):
    called = []

    async def fail(_now):
        raise ValueError

    async def note(now):
        called.append(now)

    await Ticker([fail, note], clock, timedelta(seconds=30)).tick()
    assert called == [clock.now()]
    assert "a tick failed" in caplog.text


async def test_it_ticks_by_itself_until_it_is_stopped(clock, until):
    called = []

    async def note(now):
        called.append(now)

    ticker = Ticker([note], clock, timedelta(seconds=0.01))
    ticker.start()
    await until(lambda: called)
    ticker.stop()


async def test_it_ticks_at_the_start_and_at_once_when_the_clock_is_moved(clock, until):
    called = []

    async def note(now):
        called.append(now)

    ticker = Ticker([note], clock, timedelta(hours=1))
    ticker.start()
    await until(lambda: clock.waiting)
    assert called == [clock.now()]
    clock.move(timedelta(days=7))
    await until(lambda: len(called) == 2)
    assert called[-1] == clock.now()
    ticker.stop()


async def test_it_ticks_when_something_is_due_and_leaves_what_stays_due_to_the_next_round(
    clock, until
):
    due, called = [clock.now() + timedelta(minutes=1)], []

    async def note(now):
        called.append(now)
        return due[0]

    ticker = Ticker([note], clock, timedelta(hours=1))
    ticker.start()
    await until(lambda: clock.waiting)
    clock.move(timedelta(minutes=1))
    await until(lambda: len(called) == 2)
    await until(lambda: clock.waiting)
    assert len(called) == 2
    ticker.stop()
