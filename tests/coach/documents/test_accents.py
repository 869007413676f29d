"""An accent belongs to the letter that it stands over, wherever the file draws it."""

import pytest

from coach.documents import pdf as portable

WIDTH = 92.9
"""Points that "Humboldt Universit" takes in 11 point Helvetica."""


def text_of(data: bytes) -> str:
    return portable.read(data).text


@pytest.mark.parametrize("accent_first", [True, False])
def test_an_accent_over_its_letter_is_drawn_into_it(pdf, accent_first: bool) -> None:
    accent, rest = (73.2 + WIDTH, 700, "\u00a8"), (72 + WIDTH, 700, "at zu Berlin")
    begun = (72, 700, "Humboldt Universit")
    drawn = [begun, accent, rest] if accent_first else [begun, rest, accent]
    assert text_of(pdf(drawn)) == "Humboldt Universität zu Berlin"


def test_an_accent_in_place_of_an_apostrophe_stays(pdf, lines) -> None:
    assert text_of(pdf(lines(["It\u00b4s mine, isn\u00b4t it"]))) == "It\u00b4s mine, isn\u00b4t it"


def test_a_hyphen_before_a_late_accent_is_still_the_typesetters(pdf) -> None:
    page = [
        (72, 700, "Humboldt Universitat zu Ber-"),
        (73.2 + WIDTH, 700, "\u00a8"),
        (72, 686, "lin"),
    ]
    assert text_of(pdf(page)) == "Humboldt Universität zu Berlin"


def test_a_composed_letter_leads_to_its_place(pdf) -> None:
    said = portable.trace(pdf([(72, 700, "a"), (73.2, 700, "\u00a8")]))
    assert said.text == "ä"
    place = said.places[0]
    assert place is not None
    assert (place.page, place.character) == (0, 0)
