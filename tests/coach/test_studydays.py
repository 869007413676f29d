"""Study days: a night lies between two of them, whatever the clock does."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.memory import Rating, learn
from coach.studydays import begin, study_day

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago",
         "Asia/Kathmandu", "Pacific/Kiritimati", "Antarctica/Troll"]  # fmt: skip
zones = st.sampled_from(ZONES).map(ZoneInfo)
roll_overs = st.sampled_from([time(0), time(2, 30), time(4), time(6)])
instants = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))


def berlin(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=BERLIN).astimezone(UTC)


def test_row_51_a_grade_at_half_past_one_belongs_to_the_day_before() -> None:
    assert study_day(berlin(2027, 5, 5, 1, 30), BERLIN) == date(2027, 5, 4)
    assert study_day(berlin(2027, 5, 5, 3, 59), BERLIN) == date(2027, 5, 4)
    assert study_day(berlin(2027, 5, 5, 4, 0), BERLIN) == date(2027, 5, 5)


def test_row_52_a_night_of_thirteen_hours_is_one_day() -> None:
    evening = study_day(berlin(2027, 5, 4, 20, 0), BERLIN)
    morning = study_day(berlin(2027, 5, 5, 9, 0), BERLIN)
    met = learn(None, Rating.GOOD, evening)
    assert (morning - evening).days == 1
    # The table says 7.319; fsrs 6.3.2 itself gives 7.315 after 24 h, and 2.307 after 13 h.
    assert learn(met, Rating.GOOD, morning).stability == pytest.approx(7.319, abs=0.005)


def test_row_53_a_day_of_23_hours_is_one_day() -> None:
    before = study_day(berlin(2027, 3, 27, 12, 0), BERLIN)
    after = study_day(berlin(2027, 3, 28, 11, 30), BERLIN)
    assert (after - before).days == 1


def test_clocks_put_back_over_the_roll_over_do_not_bring_yesterday_back() -> None:
    first, again = (datetime(2026, 10, 25, hour, 45, tzinfo=UTC) for hour in (0, 1))
    half_past_two = time(2, 30)
    assert first.astimezone(BERLIN).hour == again.astimezone(BERLIN).hour == 2
    later = again - timedelta(minutes=30)  # 02:15, the second time
    assert study_day(first, BERLIN, half_past_two) == date(2026, 10, 25)
    assert study_day(later, BERLIN, half_past_two) == date(2026, 10, 25)


@given(zone=zones, instant=instants, hours=st.floats(0, 72), roll_over=roll_overs)
def test_a_later_instant_never_has_an_earlier_day(
    zone: ZoneInfo, instant: datetime, hours: float, roll_over: time
) -> None:
    later = instant + timedelta(hours=hours)
    assert study_day(instant, zone, roll_over) <= study_day(later, zone, roll_over)


@given(zone=zones, instant=instants, roll_over=roll_overs)
def test_every_instant_lies_between_the_beginnings_of_its_day_and_the_next(
    zone: ZoneInfo, instant: datetime, roll_over: time
) -> None:
    day = study_day(instant, zone, roll_over)
    assert begin(day, zone, roll_over) <= instant
    assert instant < begin(day + timedelta(days=1), zone, roll_over)


@given(zone=zones, day=st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_the_same_hour_of_the_next_day_is_one_study_day_on(zone: ZoneInfo, day: date) -> None:
    here = datetime(day.year, day.month, day.day, 12, tzinfo=zone)
    assert study_day(here.astimezone(UTC), zone) == day
    assert study_day((here + timedelta(days=1)).astimezone(UTC), zone) == day + timedelta(days=1)
