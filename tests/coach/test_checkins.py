"""Check-ins on journeys."""

from datetime import UTC, date, datetime

import pytest

from coach.checkins import check_in, follows

TOKYO, LOS_ANGELES, BERLIN = "Asia/Tokyo", "America/Los_Angeles", "Europe/Berlin"


def counted(at, zone, last=None):
    return check_in(datetime.fromisoformat(at).replace(tzinfo=UTC), zone, last)


def test_row_20_a_check_in_counts_for_the_study_day_of_the_zone_set_at_that_moment():
    late = counted("2026-11-24T00:30", BERLIN)  # 01:30, before the day rolls over
    assert late.day == date(2026, 11, 23)
    assert counted("2026-11-24T00:30", TOKYO).day == date(2026, 11, 24)


@pytest.mark.parametrize("again", ["2026-11-24T02:00", "2026-11-24T18:00"])
def test_row_20_travelling_west_earns_no_second_day(again):
    last = counted("2026-11-24T00:00", TOKYO)
    assert counted(again, LOS_ANGELES, last) is None


def test_row_20_travelling_west_does_not_break_the_chain():
    last = counted("2026-11-24T00:00", TOKYO)
    following = counted("2026-11-25T18:00", LOS_ANGELES, last)
    assert follows(last, following)


def test_row_20_travelling_east_earns_no_second_day_within_twelve_hours():
    last = counted("2026-11-23T17:00", LOS_ANGELES)
    assert counted("2026-11-24T00:00", TOKYO, last) is None


def test_row_20_travelling_east_over_a_date_does_not_break_the_chain():
    last = counted("2026-11-24T04:00", LOS_ANGELES)  # the evening of the 23rd
    following = counted("2026-11-25T00:00", TOKYO, last)  # the morning of the 25th, 20 hours later
    assert (last.day, following.day) == (date(2026, 11, 23), date(2026, 11, 25))
    assert follows(last, following)


def test_a_day_without_one_breaks_the_chain_at_home():
    last = counted("2026-11-23T09:00", BERLIN)
    assert not follows(last, counted("2026-11-25T09:00", BERLIN, last))
