"""Row 78 of reminder_cases: a time of day as people type it."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.daytimes import DaytimeError, parse

clock_times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
digits = st.sampled_from(
    ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "０１２３４５６７８９"]
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9", "09:00"),
        ("9:00", "09:00"),
        ("09.00", "09:00"),
        ("9am", "09:00"),
        ("21h", "21:00"),
        ("noon", "12:00"),
        ("٩", "09:00"),
        ("٠٩:٣٠", "09:30"),
        ("۲۱:۴۵", "21:45"),
    ],
)
def test_row_78_all_the_ways_to_type_a_time(typed, meant):
    assert parse(typed) == time.fromisoformat(meant)


@pytest.mark.parametrize("typed", ["25:00", "9:75"])
def test_row_78_no_time_is_refused_with_an_example(typed):
    with pytest.raises(DaytimeError) as refused:
        parse(typed)
    assert "9:30" in refused.value.sentence("en")
    assert "9:30" in refused.value.sentence("ru")
    assert typed not in str(refused.value)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("  9 AM ", "09:00"),
        ("9 a.m.", "09:00"),
        ("12am", "00:00"),
        ("12 pm", "12:00"),
        ("12 noon", "12:00"),
        ("12:30 p.m.", "12:30"),
        ("9:15pm", "21:15"),
        ("21:15 pm", "21:15"),
        ("at 7", "07:00"),
        ("9 o’clock", "09:00"),
        ("9 in the evening", "21:00"),
        ("10 at night", "22:00"),
        ("930", "09:30"),
        ("0930", "09:30"),
        ("9 30", "09:30"),
        ("9h30", "09:30"),
        ("19 Uhr", "19:00"),
        ("９：３０", "09:30"),
        ("24:00", "00:00"),
        ("Midnight", "00:00"),
        ("9 утра", "09:00"),
        ("в 9 утра", "09:00"),
        ("9 вечера", "21:00"),
        ("2 часа дня", "14:00"),
        ("12 дня", "12:00"),
        ("12 ночи", "00:00"),
        ("2 ночи", "02:00"),
        ("11 ночи", "23:00"),
        ("21 ч", "21:00"),
        ("9ч30", "09:30"),
        ("9 часов 30 минут", "09:30"),
        ("Полдень", "12:00"),
        ("полночь", "00:00"),
    ],
)
def test_english_and_russian_parts_of_the_day(typed, meant):
    assert parse(typed) == time.fromisoformat(meant)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "9:5",
        "24:30",
        "13 утра",
        "13am",
        "12 вечера",
        "7 ночи",
        "9-10",
        "-9",
        "9:00:00:00",
        "1e1",
    ],
)
def test_what_would_be_a_guess_is_refused(typed):
    with pytest.raises(DaytimeError):
        parse(typed)


@given(
    at=clock_times,
    digits=digits,
    shape=st.sampled_from(["{:%H:%M}", "{:%H.%M}", "{:%H%M}", "{:%Hh%M}"]),
)
def test_every_minute_of_the_day_is_read_in_every_script(at, digits, shape):
    typed = shape.format(at).translate(str.maketrans("0123456789", digits))
    assert parse(typed) == at


@given(at=clock_times)
def test_the_twelve_hour_clock_says_the_same(at):
    assert parse(f"{(at.hour - 1) % 12 + 1}:{at:%M} {'pm' if at.hour >= 12 else 'am'}") == at


@given(
    st.text(max_size=12)
    | st.from_regex(r"[0-9]{1,3}[:. ][0-9]{1,3} ?(am|pm|утра)?", fullmatch=True)
)
def test_anything_is_a_time_or_refused_in_one_way(text):
    try:
        at = parse(text)
    except DaytimeError:
        return
    assert (at.second, at.microsecond, at.tzinfo) == (0, 0, None)
