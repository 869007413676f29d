"""What is kept about when a person may be reminded."""

from datetime import time, timedelta

from coach.pauses import Pause
from coach.quiet import DEFAULT_QUIET, QuietHours
from storage import people


def newcomer(db, now):
    return people.seen(db, id=7, language="en", now=now)


def test_a_newcomer_has_the_default_quiet_hours_and_no_pause(db, now):
    person = newcomer(db, now)
    assert person.quiet == DEFAULT_QUIET
    assert person.pause is None
    assert not person.paused(now)


def test_quiet_hours_are_kept_as_they_were_set(db, now):
    newcomer(db, now)
    people.set_quiet(db, 7, QuietHours(time(23, 30), time(6, 5)))
    assert people.get(db, 7).quiet == QuietHours(time(23, 30), time(6, 5))


def test_a_pause_holds_until_its_end_and_not_at_it(db, now):
    newcomer(db, now)
    end = now + timedelta(weeks=2)
    people.start_pause(db, 7, now=now, until=end)
    person = people.get(db, 7)
    assert person.paused(end - timedelta(milliseconds=1))
    assert not person.paused(end)


def test_a_pause_without_an_end_holds_for_good(db, now):
    newcomer(db, now)
    people.start_pause(db, 7, now=now, until=None)
    assert people.get(db, 7).paused(now + timedelta(days=10_000))


def test_a_pause_within_a_pause_moves_its_end_and_keeps_its_start(db, now):
    newcomer(db, now)
    people.start_pause(db, 7, now=now, until=now + timedelta(days=7))
    later = now + timedelta(days=3)
    people.start_pause(db, 7, now=later, until=None)
    assert people.get(db, 7).pause == Pause(now, None)


def test_pauses_that_are_over_are_remembered_so_that_no_streak_breaks(db, now):
    newcomer(db, now)
    day = timedelta(days=1)
    people.start_pause(db, 7, now=now, until=now + 14 * day)
    assert people.end_pause(db, 7, now + 3 * day) == Pause(now, now + 3 * day)
    people.start_pause(db, 7, now=now + 20 * day, until=now + 27 * day)
    people.end_pause(db, 7, now + 28 * day)
    people.start_pause(db, 7, now=now + 40 * day, until=None)
    assert people.pauses(db, 7) == [
        Pause(now, now + 3 * day),
        Pause(now + 20 * day, now + 27 * day),
        Pause(now + 40 * day, None),
    ]


def test_ending_no_pause_changes_nothing(db, now):
    newcomer(db, now)
    assert people.end_pause(db, 7, now) is None
    assert people.end_pause(db, 8, now) is None


def test_row_17_the_zone_is_asked_for_once_and_never_when_it_is_known(db, now):
    newcomer(db, now)
    assert people.ask_for_zone(db, 7, now)
    assert not people.ask_for_zone(db, 7, now)
    people.seen(db, id=8, language="en", now=now)
    people.set_timezone(db, 8, "Europe/Berlin")
    assert not people.ask_for_zone(db, 8, now)
