"""A quiz question has one right answer, fits into a poll, and doesn't come back too soon."""

import pytest

from coach import quizzes
from coach.quizzes import choose, question, quizzable, topic_named
from coach.starters import starters
from coach.texts import LANGUAGES, say

ASKABLE = sorted({card.id for cards in quizzable().values() for card in cards})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("card", ASKABLE)
def test_a_question_fits_into_a_poll(card, language):
    asked = question(card, chat_id=-1001, language=language)
    assert len(asked.text) <= quizzes.LONGEST_QUESTION
    assert all(0 < len(option) <= quizzes.LONGEST_OPTION for option in asked.options)
    assert len(asked.explanation) <= quizzes.LONGEST_EXPLANATION
    assert asked.explanation != asked.options[asked.correct]
    assert asked.explanation.count("\n") <= 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("card", ASKABLE)
def test_a_question_has_four_answers_and_one_is_right(card, language):
    asked = question(card, chat_id=-1001, language=language)
    assert len({option.casefold() for option in asked.options}) == 4
    assert "{{" not in asked.text
    wrong = [option for at, option in enumerate(asked.options) if at != asked.correct]
    assert starters(language)[card].back.casefold() not in {option.casefold() for option in wrong}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_right_answer_is_not_given_away_by_its_length(language):
    longest = [
        max(asked.options, key=len) == asked.options[asked.correct]
        for asked in (question(card, chat_id=-1001, language=language) for card in ASKABLE)
    ]
    assert sum(longest) <= len(longest) / 2


def test_the_right_answer_stands_at_every_place():
    places = [question(card, chat_id=-1001).correct for card in ASKABLE]
    assert all(places.count(place) >= len(places) / 10 for place in range(4))


def test_a_chat_sees_a_question_always_the_same_way_and_another_chat_in_its_own():
    assert question("prec", chat_id=-1001) == question("prec", chat_id=-1001)
    assert len({question("prec", chat_id=-chat).options for chat in range(1000, 1020)}) > 5


def test_nothing_is_asked_twice_before_everything_was_asked_once():
    asked: list[str] = []
    for _ in range(2 * len(ASKABLE)):
        asked.append(choose(asked, chat_id=-1001))
    first, second = asked[: len(ASKABLE)], asked[len(ASKABLE) :]
    assert sorted(first) == ASKABLE
    assert first == second


def test_chats_have_an_order_of_their_own():
    assert len({choose([], chat_id=-chat) for chat in range(1000, 1020)}) > 5


def test_a_topic_is_found_by_tag_or_by_its_name_in_any_language():
    name = say("ru", "decks.topic.ml_metrics")
    for words in ("metrics", "ml::metrics", "Metrics ", name.upper()):
        assert topic_named(words) == "ml::metrics"
    assert topic_named("cooking") is None


def test_a_topic_keeps_to_its_cards():
    cards = {card.id for card in quizzable()["ml::metrics"]}
    asked: list[str] = []
    for _ in cards:
        asked.append(choose(asked, chat_id=-1001, topic="ml::metrics"))
    assert set(asked) == cards


def test_the_right_answer_stands_at_the_same_place_in_every_language():
    for card in ASKABLE:
        assert len({question(card, chat_id=-7, language=each).correct for each in LANGUAGES}) == 1
