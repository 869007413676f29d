"""A day ahead as people type it."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from coach.dates import FARTHEST, DateError, parse

TODAY = date(2026, 11, 21)  # a Saturday


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("20 Dec", "2026-12-20"),
        ("20 December 2026", "2026-12-20"),
        ("December 20th", "2026-12-20"),
        ("Dec 20, 2026", "2026-12-20"),
        ("on the 20th of December", "2026-12-20"),
        ("20.12.", "2026-12-20"),
        ("20.12.26", "2026-12-20"),
        ("20/12/2026", "2026-12-20"),
        ("12/20", "2026-12-20"),
        ("2026-12-20", "2026-12-20"),
        ("3 Feb", "2027-02-03"),
        ("tomorrow", "2026-11-22"),
        ("in 3 weeks", "2026-12-12"),
        ("in a month", "2026-12-21"),
        ("friday", "2026-11-27"),
        ("saturday", "2026-11-28"),
        ("20 декабря", "2026-12-20"),
        ("20-го декабря 2026 г.", "2026-12-20"),
        ("20 дек", "2026-12-20"),
        ("через 3 недели", "2026-12-12"),
        ("завтра", "2026-11-22"),
        ("в среду", "2026-11-25"),
        ("today", "2026-11-21"),
    ],
)
def test_all_the_ways_to_type_a_day(typed, meant):
    assert parse(typed, TODAY) == date.fromisoformat(meant)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "unread"),
        ("soon", "unread"),
        ("30 February", "unread"),
        ("32.12.", "unread"),
        ("20", "unread"),
        ("20 Nov", "past"),
        ("2026-11-20", "past"),
        ("2020-01-01", "past"),
        ("2028-12-20", "far"),
        ("in 900 days", "unread"),
    ],
)
def test_what_is_no_day_ahead_is_refused_with_an_example(typed, code):
    with pytest.raises(DateError) as refused:
        parse(typed, TODAY)
    assert refused.value.code == code
    for language in ("en", "ru"):
        assert refused.value.sentence(language)


@given(
    st.integers(0, FARTHEST - 33),
    st.sampled_from(["en", "ru"]),
    st.sampled_from(["d MMMM", "d MMM y"]),
)
def test_a_day_as_we_say_it_is_read_back(days, language, pattern):
    day = TODAY + timedelta(days=days)

    assert parse(format_date(day, pattern, locale=language), TODAY) == day


@given(st.text(max_size=30))
def test_no_text_is_more_than_refused(text):
    with suppress(DateError):
        assert TODAY <= parse(text, TODAY) <= TODAY + timedelta(days=FARTHEST)
