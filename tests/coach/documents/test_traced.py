"""The text of a PDF leads back to the page: each of its characters knows where it stands."""

import re

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdfium2 import raw

from coach.documents import pdf as portable
from coach.documents.traced import Place, Traced
from tests.fakes.files import column, pdf_of

letters = st.text(st.sampled_from("abcdefghij ABC,.-éü()\\0123"), min_size=1, max_size=50)
typed = st.lists(letters, min_size=1, max_size=12)


def on_page(pages: list[pypdfium2.PdfTextPage], place: Place) -> str:
    return chr(raw.FPDFText_GetUnicode(pages[place.page], place.character))


@given(st.lists(typed, min_size=1, max_size=3), st.booleans())
def test_every_character_stands_where_it_says(pages: list[list[str]], two_columns: bool) -> None:
    sides = [
        column(said, x=60) + column(said, x=330) if two_columns else column(said) for said in pages
    ]
    data = pdf_of(*sides)
    try:
        said = portable.trace(data)
    except portable.DocumentError:
        return
    assert said.text == portable.read(data).text
    assert len(said.places) == len(said.text)
    document = pypdfium2.PdfDocument(data)
    opened = [document[n].get_textpage() for n in range(len(document))]
    for sign, place in zip(said.text, said.places, strict=True):
        if place is None:
            assert sign.isspace()
        elif not sign.isspace():
            there = on_page(opened, place)
            assert there == sign or (sign == "-" and there in "\x02\ufffe\u00ad")
    visible = [place for sign, place in zip(said.text, said.places, strict=True) if sign.strip()]
    assert len(set(visible)) == len(visible)


def test_a_word_leads_to_its_box(pdf, lines) -> None:
    said = portable.trace(pdf(lines(["I am writting to you."])))
    start = said.text.index("writting")
    boxes = [place.box for place in said.places[start : start + 8] if place and place.box]
    lefts = [left for left, *_ in boxes]
    assert lefts == sorted(lefts)
    assert all(bottom < 762 < top for _, bottom, _, top in boxes)
    assert len(boxes) == 8
    assert 72 < lefts[0] < 110


def test_both_halves_of_a_broken_word_are_found(pdf, lines) -> None:
    said = portable.trace(
        pdf(lines(["I have been a self-taught engineer for eleven long ye-", "ars"]))
    )
    start = said.text.index("years")
    halves = [place.box for place in said.places[start : start + 5] if place]
    heights = {round(box[1]) for box in halves if box}
    assert len(heights) == 2


@given(st.text(), st.integers(0, 40), st.integers(0, 40))
def test_places_come_along_through_slices_additions_and_replacements(text, start, end) -> None:
    said = Traced(text, tuple(Place(0, n) for n in range(len(text))))
    moved = (said[start:end] + "·" + said.folded()).replaced(
        re.compile("[aeiou]+"), lambda found: Traced.ours("")
    )
    for sign, place in zip(moved.text, moved.places, strict=True):
        assert (sign == "·") if place is None else (text[place.character] == sign or sign == " ")


@pytest.mark.parametrize("text", ["", "  ", " a  b\n c ", "a", "\u2003x"])
def test_folded_is_what_split_and_join_give(text: str) -> None:
    assert Traced.ours(text).folded().text == " ".join(text.split())
