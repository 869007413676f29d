"""The picture of a deck: honest about memory, clear about the days, the same in words."""

from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach import fonts
from coach.cards import Card, State
from coach.deck_pictures import AHEAD, DeckFacts, caption, deck, deck_of
from coach.interviews import Interview
from coach.lettering import width
from coach.memory import Memory
from coach.pictures import SIZE
from coach.scheduling import Wishes

TODAY = date(2026, 11, 20)
WEIGHT_OF = {str(number): name for name, number in fonts.WEIGHTS.items()}


def card(id, *, days_ago=None, stability=20.0, interval=5, suspended=False):
    if days_ago is None:
        return Card(str(id), str(id), suspended=suspended)
    memory = Memory(stability, 5.0, TODAY - timedelta(days=days_ago))
    return Card(str(id), str(id), State(memory, interval, 2, 0), suspended=suspended)


def facts(*cards, interview=None):
    return deck_of(cards, TODAY, Wishes(), interview)


def test_what_was_due_before_today_is_due_today_and_what_is_set_aside_is_not():
    seen = facts(
        card(1, days_ago=30),
        card(2, days_ago=5),
        card(3, days_ago=4),
        card(4, days_ago=9, suspended=True),
        card(5),
    )

    assert seen.due == {TODAY: 2, TODAY + timedelta(days=1): 1}
    assert (len(seen.chances), seen.new) == (3, 1)
    assert len(seen.days) == AHEAD


def test_before_an_interview_the_last_look_is_what_falls_due():
    on = TODAY + timedelta(days=10)
    far = card(1, days_ago=3, stability=90.0, interval=60)

    [looked] = facts(far, interview=Interview(on, TODAY)).due
    assert on - timedelta(days=3) <= looked < on
    assert list(facts(far, interview=Interview(TODAY, TODAY - timedelta(days=9))).due) == [
        TODAY + timedelta(days=57)
    ]


def test_chances_are_parted_into_strong_fair_and_fading():
    seen = facts(
        card(1, days_ago=0),
        card(2, days_ago=60, stability=20.0),
        card(3, days_ago=400, stability=2.0),
    )

    assert seen.shares == (1, 1, 1)
    assert seen.chances[0] == 1.0


def test_the_words_say_what_the_picture_shows():
    interview = Interview(TODAY + timedelta(days=30), TODAY)
    said = caption(
        facts(card(1, days_ago=0), card(2, days_ago=9), card(3), interview=interview), "en"
    )

    assert "you would know about 9" in said
    assert "of the 2 cards you have met" in said
    assert "2 strong, 0 fair, 0 fading. 1 not met yet." in said
    assert "2 due within a week, 1 of them today." in said
    assert "Interview on 20 December." in said


def test_a_deck_nobody_has_met_lies_ahead():
    said = caption(facts(card(1), card(2)), "en")

    assert said.startswith("No card has been met yet.")
    assert "No card has been met yet" in deck(facts(card(1)), "en")


def test_an_interview_that_is_over_is_not_spoken_of():
    over = Interview(TODAY - timedelta(days=1), TODAY - timedelta(days=30))

    assert "Interview" not in caption(facts(card(1, days_ago=1), interview=over), "en")


@settings(max_examples=40, deadline=None)
@given(
    chances=st.lists(st.floats(0, 1), max_size=30),
    new=st.integers(0, 10**6),
    due=st.dictionaries(
        st.integers(0, 40).map(lambda n: TODAY + timedelta(n)), st.integers(1, 10**6), max_size=21
    ),
    on=st.none() | st.integers(0, 40),
    language=st.sampled_from(["en", "ru"]),
)
def test_nothing_lies_outside_of_the_picture(chances, new, due, on, language):
    interview = None if on is None else Interview(TODAY + timedelta(on), TODAY)
    drawn = ElementTree.fromstring(deck(DeckFacts(TODAY, chances, new, due, interview), language))

    for text in (one for one in drawn.iter() if one.tag.endswith("text")):
        weight = WEIGHT_OF[text.get("font-weight")]
        wide = width(text.text or "", float(text.get("font-size")), weight)
        x = float(text.get("x"))
        left = {"start": x, "middle": x - wide / 2, "end": x - wide}[text.get("text-anchor")]
        assert left >= 0
        assert left + wide <= SIZE
    for box in (one for one in drawn.iter() if one.tag.endswith("rect")):
        assert float(box.get("x") or 0) + float(box.get("width")) <= SIZE


@pytest.mark.parametrize("language", ["en", "ru"])
def test_names_below_the_columns_keep_apart(language):
    soon = Interview(TODAY + timedelta(days=5), TODAY)
    drawn = ElementTree.fromstring(deck(facts(card(1, days_ago=1), interview=soon), language))
    below = sorted(
        (float(one.get("x")), width(one.text, float(one.get("font-size"))))
        for one in drawn.iter()
        if one.tag.endswith("text") and float(one.get("y")) > 950
    )

    for (left, wide), (right, _) in pairwise(below):
        assert left + wide < right + 30
