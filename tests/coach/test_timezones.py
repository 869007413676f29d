"""A person's time zone from what they type or where they are; rows name reminder_cases."""

import math
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach import cities, timezones

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def found(text, language="en"):
    return [place.zone for place in timezones.find(text, language=language, now=NOW)]


def at(city):
    return city.latitude, city.longitude


def suggested(text, language="en"):
    return [place.zone for place in timezones.suggestions(text, language=language, now=NOW)]


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Berlin", "Europe/Berlin"),
        ("  münchen ", "Europe/Berlin"),
        ("Munchen", "Europe/Berlin"),
        ("NYC", "America/New_York"),
        ("sao paulo", "America/Sao_Paulo"),
        ("Wroclaw", "Europe/Warsaw"),
        ("St Petersburg", "Europe/Moscow"),
        ("Питер", "Europe/Moscow"),
        ("Орёл", None),
        ("кишинев", "Europe/Chisinau"),
        ("Нью-Йорк", "America/New_York"),
        ("нью йорк", "America/New_York"),
        ("Алма-Ата", "Asia/Almaty"),
        ("Europe/Berlin", "Europe/Berlin"),
        ("america/new york", "America/New_York"),
        ("utc", "UTC"),
        ("Germany", "Europe/Berlin"),
        ("Япония", "Asia/Tokyo"),
        ("UK", "Europe/London"),
        ("Cambridge, UK", "Europe/London"),
        ("Париж, Франция", "Europe/Paris"),
    ],
)
def test_a_city_a_zone_or_a_country_with_one_time_is_found(typed, zone):
    assert found(typed) == ([zone] if zone else [])


def test_a_name_that_several_cities_have_is_asked_about():
    assert found("Birmingham") == ["Europe/London", "America/Chicago"]
    assert found("Окленд", "ru") == ["Pacific/Auckland", "America/Los_Angeles"]


def test_a_country_with_several_times_offers_one_city_for_each():
    places = timezones.find("США", language="ru", now=NOW)
    assert [place.name for place in places[:3]] == ["Нью-Йорк", "Чикаго", "Денвер"]
    offsets = [NOW.astimezone(ZoneInfo(zone)).utcoffset() for zone in found("Россия")]
    assert len(offsets) == len(set(offsets)) == 11


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "MSK+0",
        "Mars/Base",
        "UTC+3",
        "EST",
        "Etc/GMT+3",
        "GMT",
        "Paris, Texas",
        "x" * 5000,
        "+3",
    ],
)
def test_row_16_what_is_no_place_is_not_guessed_but_brings_three_suggestions(typed):
    assert found(typed) == []
    zones = suggested(typed)
    assert len(zones) == len(set(zones)) == 3
    assert set(zones) <= available_timezones()


def test_an_offset_suggests_cities_where_it_is_so_late_now():
    assert suggested("MSK+0", "ru") == ["Europe/Moscow", "Europe/Minsk", "Europe/Istanbul"]
    for typed, hours in (("UTC+3", 3), ("gmt −5", -5), ("+05:30", 5.5), ("МСК+4", 7)):
        first = NOW.astimezone(ZoneInfo(suggested(typed)[0]))
        assert first.utcoffset().total_seconds() == hours * 3600


def test_in_summer_the_same_offset_means_other_cities():
    july = datetime(2027, 7, 1, tzinfo=UTC)
    first = timezones.suggestions("UTC+2", language="en", now=july)[0]
    assert first.zone == "Europe/Berlin"
    assert "Europe/Berlin" not in suggested("UTC+2")


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Berlim", "Europe/Berlin"),
        ("Екатеренбург", "Asia/Yekaterinburg"),
        ("novosib", "Asia/Novosibirsk"),
        ("I live in Boston, MA", "America/New_York"),
        ("я из Тбилиси", "Asia/Tbilisi"),
        ("EST", "America/New_York"),
    ],
)
def test_what_is_nearly_a_place_is_the_first_suggestion(typed, zone):
    assert suggested(typed)[0] == zone


def test_the_suggestion_carries_the_name_that_was_meant():
    first = timezones.suggestions("Мюнхенн", language="ru", now=NOW)[0]
    assert first == timezones.Place("Europe/Berlin", "Мюнхен")


@given(st.text(max_size=90), st.sampled_from(["en", "ru"]))
def test_whatever_is_typed_every_zone_offered_can_be_set(text, language):
    for place in timezones.find(text, language=language, now=NOW):
        assert timezones.known(place.zone)
    zones = suggested(text, language)
    assert len(set(zones)) == 3
    assert all(map(timezones.known, zones))


def test_every_city_has_a_zone_a_place_and_two_names():
    for city in cities.cities():
        assert timezones.known(city.zone), city
        assert city.country, city
        assert abs(city.latitude) <= 90, city
        assert abs(city.longitude) <= 180, city
        assert city.english, city
        assert city.russian, city


def test_our_cities_lie_where_their_zone_is():
    """A slip of a sign or of two digits puts a city far from the one that names its zone."""
    homes = {}
    for city in cities.cities():
        homes.setdefault(city.zone, []).append(city)
    for group in homes.values():
        for city in group:
            assert math.dist(at(city), at(group[-1])) < 50, city


def test_every_word_that_stands_for_zones_leads_to_zones_of_cities():
    for table in ("likely", "abbreviations"):
        for zones in cities.words(table).values():
            assert all(map(timezones.known, zones))
    assert set(cities.words("countries")) <= set(cities.zones_of_countries())


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (52.52, 13.405, "Europe/Berlin"),
        (59.94, 30.31, "Europe/Moscow"),
        (-33.45, -70.67, "America/Santiago"),
        (27.72, 85.32, "Asia/Kathmandu"),
        (1.87, -157.4, "Pacific/Kiritimati"),
        (-14.28, -170.7, "Pacific/Pago_Pago"),
        (51.4769, 0.0, "Europe/London"),
        (33.45, -112.07, "America/Phoenix"),
    ],
)
def test_a_shared_location_has_the_zone_of_the_nearest_city(latitude, longitude, zone):
    assert timezones.at(latitude, longitude) == zone
    near = timezones.near(latitude, longitude, language="en", now=NOW)
    assert [place.zone for place in near] == [zone]


def test_near_a_border_both_times_are_offered():
    """Phenix City in Alabama lives by the clock of Columbus in Georgia."""
    near = timezones.near(32.47, -85.0, language="en", now=NOW)
    assert [place.zone for place in near] == ["America/New_York", "America/Chicago"]


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_place_on_earth_has_a_zone(latitude, longitude):
    assert timezones.known(timezones.at(latitude, longitude))


def test_across_the_date_line_is_not_far():
    east = timezones.near(-16.8, -179.9, language="en", now=NOW)
    west = timezones.near(-16.8, 179.9, language="en", now=NOW)
    assert east[0] == west[0]
