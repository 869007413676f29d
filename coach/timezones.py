"""A person's time zone: found by what they type or where they are, and suggested, never guessed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import chain
from math import asin, cos, radians, sin, sqrt
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import fuzz, process

from coach import cities
from coach.cities import City, folded

SUGGESTIONS = 3

LONGEST = 80
"""Characters. No place has a longer name; whatever is longer was meant for something else."""

BORDER = 1.8
"""How many times farther a city with another time must be before the nearest is trusted. Of the
people in cities over 15,000 (GeoNames against the zones' outlines, 3,000 cities) this asks 12%,
offers 99.7% of those the right time, and is wrong without asking for 0.5%."""

ALIKE = 70
"""The least likeness of a misspelled name, as rapidfuzz measures it: 100 is equal."""

_OFFSET = re.compile(
    r"(?P<base>utc|gmt|msk|мск)?\s*(?P<sign>[+\-−–])\s*(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?"
)

_FROM_MOSCOW = timedelta(hours=3)

_EARTH_KM = 6371


@dataclass(frozen=True, slots=True)
class Place:
    """A time zone (IANA) and the city by which its person knows it."""

    zone: str
    name: str


def find(text: str, *, language: str, now: datetime) -> list[Place]:
    """What the text names for certain: a city, an IANA zone, a country. Several places when
    the name is common or the country has several times; none when nothing fits exactly."""
    if len(text) > LONGEST:
        return []
    named = cities.by_name().get(folded(text)) or _in_named_country(text)
    found = (_place_of(city, language) for city in named)
    return _one_of_a_zone(found) or _iana(text, language) or _in_country(text, language, now)


def suggestions(text: str, *, language: str, now: datetime) -> list[Place]:
    """Three places, best first, for a text in which `find` found nothing for certain: cities
    with that offset now, cities that it mentions or nearly spells, the likely ones."""
    short = text[:LONGEST]
    zones = chain(_at_offset(short, language, now), _abbreviated(short))
    meant = chain(_mentioned(short), _spelled_like(short))
    places = chain(
        (place(zone, language) for zone in zones),
        (_place_of(city, language) for city in meant),
        likely(language),
    )
    return _one_of_a_zone(places)[:SUGGESTIONS]


def likely(language: str) -> list[Place]:
    """Where most people who speak a language live."""
    return [place(zone, language) for zone in cities.words("likely")[language]]


def place(zone: str, language: str) -> Place:
    """A zone under the name of its best known city."""
    city = _best_known().get(zone)
    return _place_of(city, language) if city else Place(zone, cities.exemplar(zone, language))


def at(latitude: float, longitude: float) -> str:
    """The zone of the nearest city; degrees, north and east positive."""
    return _by_distance(latitude, longitude)[0][1].zone


def near(latitude: float, longitude: float, *, language: str, now: datetime) -> list[Place]:
    """The place of the nearest city; more, nearest first, when a border between two times is so
    close that only the person knows on which side they are."""
    ranked = _by_distance(latitude, longitude)
    reach = ranked[0][0] * BORDER
    close = (city for distance, city in ranked if distance <= reach)
    return _one_of_a_clock((_place_of(city, language) for city in close), now)


def known(zone: str) -> bool:
    """Whether we may set this zone: it has an IANA name that belongs to a place, or it is UTC."""
    return zone in _zones().values()


def _in_named_country(text: str) -> list[City]:
    """ "Cambridge, UK" names one Cambridge; "Paris, Texas" isn't the one we know."""
    city, _, country = text.partition(",")
    code = cities.countries().get(folded(country))
    return [each for each in cities.by_name().get(folded(city), []) if each.country == code]


def _iana(text: str, language: str) -> list[Place]:
    zone = _zones().get("_".join(text.casefold().split()))
    return [place(zone, language)] if zone else []


@cache
def _zones() -> Mapping[str, str]:
    """The IANA names by their small letters. "EST" and "Etc/GMT+3" look like places and aren't:
    they know no summer time, and the latter counts west of Greenwich."""
    names = (name for name in available_timezones() if "/" in name and name[:4] != "Etc/")
    return {name.casefold(): name for name in (*names, "UTC")}


def _in_country(text: str, language: str, now: datetime) -> list[Place]:
    code = cities.countries().get(folded(text))
    zones = cities.zones_of_countries()[code] if code else []
    return _one_of_a_clock((place(zone, language) for zone in zones), now)


def _at_offset(text: str, language: str, now: datetime) -> Iterator[str]:
    """The zones that are so far from Greenwich, or from Moscow, at this moment."""
    found = _OFFSET.fullmatch(text.strip().casefold())
    if found is None:
        return
    offset = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
    offset = offset if found["sign"] == "+" else -offset
    if found["base"] in ("msk", "мск"):
        offset += _FROM_MOSCOW
    zones = (each.zone for each in chain(likely(language), cities.cities()))
    yield from (zone for zone in zones if now.astimezone(ZoneInfo(zone)).utcoffset() == offset)


def _abbreviated(text: str) -> list[str]:
    return cities.words("abbreviations").get(text.strip().upper(), [])


def _mentioned(text: str) -> Iterator[City]:
    """The cities within a sentence, those with long names first."""
    words = folded(text).split()
    for length in (3, 2, 1):
        for start in range(len(words) - length + 1):
            yield from cities.by_name().get(" ".join(words[start : start + length]), [])


def _spelled_like(text: str) -> Iterator[City]:
    """The cities that begin like it, then those a few letters away."""
    typed, index = folded(text), cities.by_name()
    if len(typed) < 3:
        return
    begun = (name for name in index if name.startswith(typed))
    alike = process.extract(typed, index.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=9)
    for name in chain(begun, (name for name, *_ in alike)):
        yield from index[name]


def _by_distance(latitude: float, longitude: float) -> list[tuple[float, City]]:
    ranked = ((_kilometres(latitude, longitude, city), city) for city in cities.cities())
    return sorted(ranked, key=lambda each: each[0])


def _kilometres(latitude: float, longitude: float, city: City) -> float:
    """The way over the globe (haversine formula)."""
    here, there = radians(latitude), radians(city.latitude)
    east = radians(city.longitude - longitude)
    half = sin((there - here) / 2) ** 2 + cos(here) * cos(there) * sin(east / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(1.0, half)))


@cache
def _best_known() -> Mapping[str, City]:
    return {city.zone: city for city in reversed(cities.cities())}


def _place_of(city: City, language: str) -> Place:
    return Place(city.zone, city.name(language))


def _one_of_a_zone(places: Iterable[Place]) -> list[Place]:
    first: dict[str, Place] = {}
    for each in places:
        first.setdefault(each.zone, each)
    return list(first.values())


def _one_of_a_clock(places: Iterable[Place], now: datetime) -> list[Place]:
    """The first of those whose clocks agree, now and over the year to come."""
    first: dict[tuple[timedelta | None, ...], Place] = {}
    for each in places:
        first.setdefault(_clock(each.zone, now), each)
    return list(first.values())


def _clock(zone: str, now: datetime) -> tuple[timedelta | None, ...]:
    there = ZoneInfo(zone)
    return tuple(
        (now + timedelta(days=days)).astimezone(there).utcoffset() for days in range(0, 365, 73)
    )
