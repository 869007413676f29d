"""The cities by which people name their time zone, with their names and where they lie.

Ours are in `data/cities.toml`; the city that names a zone comes from tzdata's `zone.tab` and, in
Russian, from CLDR.
"""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import copysign
from typing import Any, cast

from babel import Locale

_UNDIVIDED = str.maketrans("łøđıæþ", "lodiat")
"""Letters that Unicode doesn't take apart into a letter and its mark."""

_ISO_6709 = re.compile(r"([+-]\d\d)(\d\d)(\d\d)?([+-]\d{3})(\d\d)(\d\d)?")
"""A place as zone.tab writes it: ±DDMM[SS]±DDDMM[SS]."""


@dataclass(frozen=True, slots=True)
class City:
    """A city in an IANA zone and an ISO 3166 country; degrees, north and east positive."""

    english: str
    russian: str
    others: tuple[str, ...]
    zone: str
    country: str | None
    latitude: float
    longitude: float

    def name(self, language: str) -> str:
        """What it is called in a language that we speak."""
        return self.russian if language == "ru" else self.english

    @property
    def names(self) -> tuple[str, ...]:
        """Everything it is called."""
        return (self.english, self.russian, *self.others)


def folded(text: str) -> str:
    """How names are compared: small letters without marks, words with single blanks."""
    apart = unicodedata.normalize("NFKD", text.casefold()).translate(_UNDIVIDED)
    letters = (each if each.isalnum() else " " for each in apart if not unicodedata.combining(each))
    return " ".join("".join(letters).split())


@cache
def cities() -> tuple[City, ...]:
    """Ours first, then the cities of the zones that we have no line for or name otherwise."""
    return (*_ours(), *_named_by_zones())


@cache
def by_name() -> Mapping[str, list[City]]:
    """The cities of every folded name; several where a name is common."""
    index: dict[str, list[City]] = defaultdict(list)
    for city in cities():
        for name in dict.fromkeys(map(folded, city.names)):
            index[name].append(city)
    return index


@cache
def zones_of_countries() -> Mapping[str, list[str]]:
    """The zones of every country, the ones with cities of ours first."""
    zones: dict[str, list[str]] = defaultdict(list)
    ours = {zone: number for number, zone in enumerate(_file("cities.toml"))}
    for country, _, zone in sorted(_zone_table(), key=lambda row: ours.get(row[2], len(ours))):
        zones[country].append(zone)
    return zones


@cache
def countries() -> Mapping[str, str]:
    """The country of every folded name, in English and Russian."""
    known = zones_of_countries()
    spoken = {
        folded(name): country
        for language in ("en", "ru")
        for country, name in _cldr(language, "territories").items()
        if country in known
    }
    others = words("countries")
    return spoken | {folded(name): code for code, names in others.items() for name in names}


def words(table: str) -> Mapping[str, list[str]]:
    """A table of `data/zone_words.toml`."""
    return _file("zone_words.toml")[table]


def exemplar(zone: str, language: str) -> str:
    """The city by which a zone is known in CLDR, else in its own name."""
    named = _cldr(language, "time_zones").get(zone, {})
    return named.get("city") or zone.rsplit("/", 1)[-1].replace("_", " ")


def _cldr(language: str, table: str) -> Mapping[str, Any]:
    return cast(Mapping[str, Any], getattr(Locale(language), table))


def _ours() -> Iterator[City]:
    country = {zone: country for country, _, zone in _zone_table()}
    for zone, lines in _file("cities.toml").items():
        for english, (russian, latitude, longitude, *others) in lines.items():
            names = english, russian, tuple(others)
            yield City(*names, zone, country.get(zone), latitude, longitude)


def _named_by_zones() -> Iterator[City]:
    for country, (latitude, longitude), zone in _zone_table():
        english, russian = exemplar(zone, "en"), exemplar(zone, "ru")
        yield City(english, russian, (), zone, country, latitude, longitude)


@cache
def _zone_table() -> tuple[tuple[str, tuple[float, float], str], ...]:
    """Country, place and zone of every line of tzdata's zone.tab."""
    table = resources.files("tzdata") / "zoneinfo" / "zone.tab"
    rows = (line.split("\t") for line in table.read_text("utf-8").splitlines() if line[:1] != "#")
    return tuple((country, _place(at), zone) for country, at, zone, *_ in rows)


def _place(written: str) -> tuple[float, float]:
    found = _ISO_6709.fullmatch(written)
    assert found
    return _degrees(*found.groups("0")[:3]), _degrees(*found.groups("0")[3:])


def _degrees(degrees: str, minutes: str, seconds: str) -> float:
    return copysign(
        abs(int(degrees)) + int(minutes) / 60 + int(seconds) / 3600, float(degrees + "1")
    )


@cache
def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("coach") / "data" / name).read_text("utf-8"))
