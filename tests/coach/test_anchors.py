"""A quote anchors where it stands, however it was retyped, and nowhere else."""

import unicodedata
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coach.anchors import Page, Span, anchor

LETTER = (
    "Dear team,\n\nI didn’t plan to leave the lab — it happened. In two years I wrote the\n"
    "annotation guide, and the guide cut disputes from one in five to one in twelve.\n\n"
    "I love comunicating with people, and I love teaching. The guide is public."
)


def shown(quote: str, occurrence: int = 1, text: str = LETTER) -> str | None:
    span = anchor(text, quote, occurrence)
    return span and text[span.start : span.end]


def test_the_very_words_anchor():
    assert anchor(LETTER, "Dear team") == Span(0, 9)


@pytest.mark.parametrize(
    ("retyped", "original"),
    [
        ("wrote the annotation guide", "wrote the\nannotation guide"),
        ("I didn't plan", "I didn’t plan"),
        ("the lab - it happened", "the lab — it happened"),
        ("cut  disputes\tfrom", "cut disputes from"),
        ("  Dear team,  ", "Dear team,"),
    ],
)
def test_a_retyped_quote_shows_the_original(retyped, original):
    assert shown(retyped) == original


def test_a_typo_mended_inside_the_quote_still_anchors():
    assert shown("I love communicating with people") == "I love comunicating with people"


def test_nothing_is_shown_for_words_that_are_not_there():
    assert anchor(LETTER, "I led twelve engineers") is None
    assert anchor(LETTER, "I won a prize for the annotation guide") is None


def test_two_passages_alike_are_not_chosen_between():
    text = "I taught the course in spring. Later I taught the course in sprung."
    assert anchor(text, "I taught the course in sprang") is None


@pytest.mark.parametrize("blank", ["", "  \n ", "\u200b", "\u00ad "])
def test_a_blank_quote_is_nowhere(blank):
    assert anchor(LETTER, blank) is None


def test_occurrences_are_counted_in_whole_words():
    text = "within it, in it, in spring"
    assert anchor(text, "in") == Span(11, 13)
    assert anchor(text, "in", 2) == Span(18, 20)


def test_a_wrong_number_is_forgiven_only_where_there_is_one_place():
    assert shown("annotation", 3) == "annotation"
    assert anchor(LETTER, "guide", 9) is None
    assert anchor(LETTER, "guide", 0) is None


def test_a_ligature_or_an_accent_is_never_cut_in_two():
    assert shown("the first", text="It was the ﬁrst of many.") == "the ﬁrst"
    assert anchor("oﬃ", "of") is None
    assert shown("café", text="the cafe\u0301 there") == "cafe\u0301"


def test_invisible_characters_do_not_hide_a_passage():
    hidden = "I wro\u200bte the gui\u00adde"
    assert shown("wrote the guide", text=hidden) == "wro\u200bte the gui\u00adde"


words = st.text("abc de\n’'\"“”—-ёжñﬁ.,\u00a0\u200b", min_size=1, max_size=60)


@given(words, st.data())
@example("a\u0301a", None)
def test_every_passage_of_a_text_anchors_to_itself(text, data):
    start = data.draw(st.integers(0, len(text) - 1)) if data else 0
    end = data.draw(st.integers(start + 1, len(text))) if data else 1
    passage = text[start:end]
    span = anchor(text, passage)
    if any(character.isalnum() for character in passage):
        assert span is not None
        assert text[span.start : span.end] == passage.strip()


@given(words, words)
def test_what_is_shown_reads_like_the_quote(text, quote):
    span = anchor(text, quote)
    if span is None:
        return
    assert 0 <= span.start < span.end <= len(text)
    if len(quote) < 10:
        assert bare(text[span.start : span.end]) == bare(quote)


def bare(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.translate(str.maketrans("’“”—", '\'""-')))
    return " ".join(plain.replace("\u200b", "").split())


@given(words, st.integers(1, 4))
def test_a_page_answers_as_the_function_does(text, occurrence):
    page = Page(text)
    for quote in ("a", "ab", text[:5]):
        assert page.anchor(quote, occurrence) == anchor(text, quote, occurrence)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("a" * 60_000, "a" * 499 + "b"),
        ("a" * 60_000, "a" * 30_000 + "b"),
        ("ab " * 20_000, "ab ba " * 80),
        ("— ’ " * 15_000, "- ' " * 120 + "xxxxxxx"),
        ("a\u0301" * 30_000, "a" * 1000),
    ],
)
def test_no_text_makes_it_slow(text, quote):
    began = process_time()
    anchor(text, quote)
    assert process_time() - began < 5
