"""How long a pause is, and the morning on which it ends."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.pauses import Length, Unit, end_of, read_length
from coach.quiet import DEFAULT_QUIET

NOW = datetime(2027, 1, 31, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "length"),
    [
        ("1 week", "1w"),
        ("2 weeks", "2w"),
        ("2w", "2w"),
        ("for 10 days", "10d"),
        ("a month", "1m"),
        ("2 недели", "2w"),
        ("на неделю", "1w"),
        ("месяц", "1m"),
    ],
)
def test_row_69_the_length_of_a_pause_is_read_as_it_is_typed(typed, length):
    assert str(read_length(typed)) == length


@pytest.mark.parametrize("typed", ["", "soon", "0 days", "400 days", "13 months", "2", "2 years"])
def test_what_is_no_length_up_to_a_year_is_none(typed):
    assert read_length(typed) is None


def test_a_pause_ends_in_the_morning_by_the_wall_clock_of_its_zone():
    """Clocks in Berlin go forward on 28 March 2027."""
    march = datetime(2027, 3, 20, 23, 30, tzinfo=UTC)  # already the 21st there
    end = end_of(Length(2, Unit.WEEK), march, zone="Europe/Berlin", quiet=DEFAULT_QUIET)
    assert end == datetime(2027, 4, 4, 6, 0, tzinfo=UTC)


def test_row_77_a_month_from_the_31st_ends_on_the_last_day_of_the_next():
    end = end_of(Length(1, Unit.MONTH), NOW, zone="UTC", quiet=DEFAULT_QUIET)
    assert end == datetime(2027, 2, 28, 8, 0, tzinfo=UTC)


@given(st.text(max_size=30) | st.from_regex(r"[0-9]{1,4} ?(d|w|m|weeks?|недель)", fullmatch=True))
def test_anything_is_a_length_that_ends_later_or_none(text):
    length = read_length(text)
    if length is not None:
        assert end_of(length, NOW, zone="UTC", quiet=DEFAULT_QUIET) > NOW
