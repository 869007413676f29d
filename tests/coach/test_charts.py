"""The pictures of letters and of a week: nothing leaves the card, and words say what it shows."""

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach import fonts, letter_pictures, week_pictures
from coach.letter_pictures import LetterFacts, VersionFacts, repeated
from coach.lettering import width
from coach.letters import Criterion, Critique, Edit, EditKind, Kind, Review
from coach.pictures import HEAT, LONGEST_CAPTION, SIZE, Day
from coach.week_pictures import WeekFacts
from coach.weeks import Account

LANGUAGES = ("en", "ru")
MONDAY = date(2026, 11, 16)
WEIGHT_OF = {str(number): name for name, number in fonts.WEIGHTS.items()}


def texts(svg):
    return [one for one in ElementTree.fromstring(svg).iter() if one.tag.endswith("text")]


def read(svg):
    return [one.text for one in texts(svg)]


def assert_on_the_card(svg):
    tags = {one.tag.split("}")[1] for one in ElementTree.fromstring(svg).iter()}
    assert tags <= {"svg", "rect", "text", "circle", "path"}
    for text in texts(svg):
        size, weight = float(text.get("font-size")), WEIGHT_OF[text.get("font-weight")]
        wide, x = width(text.text or "", size, weight), float(text.get("x"))
        anchor = text.get("text-anchor")
        begins = {"start": x, "middle": x - wide / 2, "end": x - wide}[anchor]
        assert 0 <= begins <= begins + wide <= SIZE
        assert 0 < float(text.get("y")) < SIZE


SCORES = st.dictionaries(st.sampled_from(Criterion), st.integers(1, 4))
VERSIONS = st.lists(
    st.builds(VersionFacts, st.integers(1, 999), st.dates(), SCORES, st.floats(0, 100)),
    max_size=12,
)
FAULTS = st.lists(st.tuples(st.text(max_size=60), st.text(max_size=60), st.integers(2, 999)))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200), VERSIONS, FAULTS, st.sampled_from(LANGUAGES))
def test_a_letter_stays_on_its_card_whatever_it_is_called(title, versions, faults, language):
    facts = LetterFacts(title, versions, faults[:3])
    assert_on_the_card(letter_pictures.letter(facts, language))
    assert 0 < len(letter_pictures.caption(facts, language)) <= LONGEST_CAPTION


DAYS = st.dictionaries(
    st.integers(0, 6).map(lambda day: MONDAY + timedelta(day)),
    st.builds(Day, *[st.integers(0, 10**6)] * 3),
)


@settings(max_examples=40, deadline=None)
@given(
    st.text(max_size=100),
    DAYS,
    st.lists(st.text(min_size=1, max_size=400), max_size=6),
    st.integers(0, 5000),
    st.sampled_from(LANGUAGES),
)
def test_a_week_stays_on_its_card_whoever_made_it(name, days, works, streak, language):
    facts = WeekFacts(MONDAY, days, works, Account(streak=streak), name)
    assert_on_the_card(week_pictures.week(facts, language))
    assert 0 < len(week_pictures.caption(facts, language)) <= LONGEST_CAPTION


def version(number, slips, **scores):
    scored = {Criterion(name): score for name, score in scores.items()}
    return VersionFacts(number, date(2026, 11, number), scored, slips)


def test_a_score_is_told_by_a_number_and_by_its_shade():
    facts = LetterFacts("A", [version(1, 2.0, evidence=1), version(2, 0.5, evidence=4)])
    svg = letter_pictures.letter(facts, "en")
    assert {"1", "4", "0.5", "2", "v1", "v2"} <= set(read(svg))
    assert HEAT[1] in svg
    assert HEAT[4] in svg
    assert "Evidence: 1 → 4." in letter_pictures.caption(facts, "en")
    assert "Опечаток на 100 слов: 2 → 0,5." in letter_pictures.caption(facts, "ru")


def test_of_many_versions_the_newest_six_are_shown():
    facts = LetterFacts("A", [version(number, 1.0, evidence=2) for number in range(1, 10)])
    assert [one for one in read(letter_pictures.letter(facts, "en")) if one[:1] == "v"] == [
        f"v{number}" for number in range(4, 10)
    ]


def test_the_fewer_slips_the_lower_the_bar():
    facts = LetterFacts("A", [version(1, 4.0), version(2, 1.0), version(3, 0.0)])
    root = ElementTree.fromstring(letter_pictures.letter(facts, "en"))
    bars = [float(one.get("height")) for one in root.iter() if one.get("width") == "52"]
    assert bars == sorted(bars, reverse=True)
    assert len(set(bars)) == 3


def review(*edits):
    return Review(Kind.COVER_LETTER, "en", Critique("house rules", "", ""), edits)


def slip(wrong, right, *, ask=False, kind=EditKind.SPELLING):
    return Edit(0, len(wrong), wrong, right, kind, 1.0, ask=ask)


def test_what_comes_back_is_what_was_wrong_twice_beyond_doubt():
    one = slip("recieve", "receive")
    first = review(one, slip("Recieve", "Receive"), slip("teh", "the"), slip("a", "b", ask=True))
    second = review(slip("a", "b", ask=True), one, slip("very", "", kind=EditKind.STYLE))
    assert repeated([first, second]) == (("recieve", "receive", 3),)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_too_long_keeps_the_word_for_the_week(language):
    svg = week_pictures.week(WeekFacts(MONDAY, name="Александра-Константиновна " * 3), language)
    assert "week" in read(svg)[0] or "неделя" in read(svg)[0]
    assert "…" in read(svg)[0]


def test_a_week_names_three_works_and_counts_the_rest():
    works = [f"Post, example.org/{number}" for number in range(5)]
    svg = week_pictures.week(WeekFacts(MONDAY, {MONDAY: Day(5)}, works), "en")
    assert "and 2 more" in read(svg)
    assert "5 proofs" in read(svg)
    assert not any("letter" in one for one in read(svg))
