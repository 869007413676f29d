"""Contacts: what leads to somebody is known by its shape, and what merely looks like it isn't."""

import time

import pytest

from coach.contacts import Contact, find

GIVEN_AWAY = [
    (Contact.EMAIL, "kai [at] lopez [dot] example"),
    (Contact.EMAIL, "lada (собака) sok (точка) example"),
    (Contact.EMAIL, "anna@example.org"),
    (Contact.PHONE, "0171 / 555 48 20"),
    (Contact.PHONE, "+49 (0) 152 - 555 017 33"),
    (Contact.PHONE, "8 916 555-01-77"),
    (Contact.ADDRESS, "14b Harrow Rise"),
    (Contact.ADDRESS, "27 Marlowe Gardens Flat 3"),
    (Contact.ADDRESS, "Amselweg 7, 74348 Lauffen"),
    (Contact.ADDRESS, "rue des Tanneurs"),
    (Contact.ADDRESS, "улица Тополевая, дом 12, квартира 5"),
    (Contact.ADDRESS, "P.O. Box 118"),
    (Contact.ADDRESS, "LS8 2QF"),
    (Contact.ADDRESS, "TX 76544"),
    (Contact.COMPANY, "Siebert & Söhne AG"),
    (Contact.COMPANY, "ООО «Северный Причал»"),
    (Contact.LINK, "seun-writes.blog"),
    (Contact.LINK, "github.com/anna/flow"),
]


@pytest.mark.parametrize(("kind", "written"), GIVEN_AWAY, ids=lambda one: str(one))
def test_what_leads_to_somebody_is_found_whole(kind, written):
    text = f"So it is: {written} and nothing else."
    assert (text.index(written), text.index(written) + len(written), kind) in list(find(text))


@pytest.mark.parametrize(
    "harmless",
    [
        "from 2017 - 2025 I led it",
        "in 2016–2024, then again",
        "cut 12000 rows to 40 in May",
        "at the café and in the evening",
        "I met 3 people at the Hill of Beans",
        "ist 40 Jahre alt und hat 15000 Zeilen geschrieben",
        "the team (10 people) and I",
    ],
)
def test_years_amounts_and_small_words_are_nobodys(harmless):
    assert list(find(harmless)) == []


@pytest.mark.parametrize("piece", ["Ab-", "A ", "1 ", "a [at] ", "& Co ", "12 Aa Bb ", "aB&", "a."])
def test_no_text_takes_long(piece):
    """Each took minutes with a pattern that looked twice at the same place."""
    begun = time.process_time()
    list(find(piece * (60_000 // len(piece))))
    assert time.process_time() - begun < 20
